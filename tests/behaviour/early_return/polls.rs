//! Poll functions written by hand, which return `Poll` and are no futures of ours.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::{code, run};

/// Sums what it is given, one item a poll.
struct Sums<'a> {
    v: &'a [u8],
    sum: u8,
}

impl Sums<'_> {
    #[checked_arithmetic]
    #[checked_indexing]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<u8, Violation>>> {
        let Some((first, rest)) = self.v.split_first() else { return Poll::Ready(None) };
        if *first == 0 {
            self.v = rest;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let sum = [self.sum].iter().map(|sum| sum + first).next();
        self.v = rest;
        self.sum = sum.unwrap_or(0);
        Poll::Ready(Some(Ok(self.sum + [0, 1][usize::from(self.sum / 100)])))
    }
}

#[test]
fn a_poll_function_of_a_stream_refuses_with_an_item() {
    let mut sums = pin!(Sums { v: &[50, 0, 60, 90, 55, 9], sum: 0 });
    let mut next = || sums.as_mut().poll_next(&mut Context::from_waker(std::task::Waker::noop()));
    assert!(matches!(next(), Poll::Ready(Some(Ok(50)))));
    assert!(next().is_pending());
    assert!(matches!(next(), Poll::Ready(Some(Ok(111)))));
    for expected in ["index.bounds", "index.bounds", "arithmetic.overflow"] {
        let Poll::Ready(Some(refused)) = next() else { panic!("an item") };
        assert_eq!(code(refused), expected);
    }
}

#[test]
fn poll_of_a_future_written_by_hand() {
    struct Counting(u8);
    impl Future for Counting {
        type Output = Result<u8, Violation>;
        #[checked_arithmetic]
        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<u8, Violation>> {
            let step = |x: u8| x + 100;
            self.0 = step(self.0);
            if self.0 < 200 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(Ok(self.0))
        }
    }
    assert_eq!(run(Counting(50)).unwrap(), 250);
    assert_eq!(code(run(Counting(156))), "arithmetic.overflow");
}
