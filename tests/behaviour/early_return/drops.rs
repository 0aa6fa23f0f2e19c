//! What drops while a violation unwinds: everything, in the order of an early return.

use std::cell::Cell;
use std::rc::Rc;

use portcullis::{Violation, checked_arithmetic};

use crate::common::{Log, Noisy, code, run};

#[test]
fn in_the_order_of_an_early_return() {
    #[checked_arithmetic]
    fn by_return<'a>(log: &'a Log, first: Noisy<'a>, _second: Noisy<'a>, x: u8) -> Result<u8, Violation> {
        let _local = Noisy(log, "local");
        let _moved = first;
        let mut sum = 0;
        for x in [x, 1] {
            let _inner = Noisy(log, "inner");
            sum += x;
        }
        Ok(sum)
    }
    #[checked_arithmetic]
    fn by_unwinding<'a>(log: &'a Log, first: Noisy<'a>, _second: Noisy<'a>, x: u8) -> Result<u8, Violation> {
        let _local = Noisy(log, "local");
        let _moved = first;
        let mut sum = 0;
        [x, 1].iter().for_each(|x| {
            let _inner = Noisy(log, "inner");
            sum += x;
        });
        Ok(sum)
    }
    let log = Log::default();
    for x in [1, 255] {
        let one = by_return(&log, Noisy(&log, "first"), Noisy(&log, "second"), x).map_err(|refused| refused.code());
        let expected = log.taken();
        let two = by_unwinding(&log, Noisy(&log, "first"), Noisy(&log, "second"), x).map_err(|refused| refused.code());
        assert_eq!((log.taken(), two), (expected, one));
    }
}

/// Tells whether it was dropped in an unwinding, and calls a protected function there.
struct Calls<'a>(&'a Cell<Option<&'static str>>);

impl Drop for Calls<'_> {
    fn drop(&mut self) {
        #[checked_arithmetic]
        fn protected(v: &[u8]) -> Result<u8, Violation> {
            Ok(v.iter().fold(0, |sum, x| sum + x))
        }
        assert_eq!(protected(&[1, 2]).unwrap(), 3);
        self.0.set(Some(if std::thread::panicking() { code(protected(&[255, 2])) } else { "in peace" }));
    }
}

#[test]
fn a_drop_in_the_unwinding_may_call_a_protected_function_that_refuses() {
    #[checked_arithmetic]
    fn protected(seen: &Cell<Option<&'static str>>, v: &[u8]) -> Result<u8, Violation> {
        let _calls = Calls(seen);
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    let seen = Cell::new(None);
    assert_eq!(protected(&seen, &[1, 2]).unwrap(), 3);
    assert_eq!(seen.take(), Some("in peace"));
    assert_eq!(code(protected(&seen, &[255, 2])), "arithmetic.overflow");
    assert_eq!(seen.take(), Some("arithmetic.overflow"));
}

#[test]
fn what_a_closure_owns_and_what_an_adaptor_holds_is_dropped_once() {
    #[checked_arithmetic]
    fn protected(counted: &Rc<()>, v: &[u8]) -> Result<usize, Violation> {
        let kept: Vec<Rc<()>> = v.iter().map(|_| counted.clone()).collect();
        let own = counted.clone();
        let all = kept.into_iter().zip(v).map(move |(one, x)| (one, own.clone(), x + 1)).collect::<Vec<_>>();
        Ok(all.len())
    }
    let counted = Rc::new(());
    assert_eq!(protected(&counted, &[1, 2, 3]).unwrap(), 3);
    assert_eq!(code(protected(&counted, &[1, 255, 3])), "arithmetic.overflow");
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn the_future_of_a_refused_async_fn_holds_nothing_any_more() {
    #[checked_arithmetic]
    async fn protected(counted: Rc<()>, v: &[u8]) -> Result<usize, Violation> {
        crate::common::Later::default().await;
        let sum = v.iter().fold(0, |sum, x| sum + x);
        Ok(usize::from(sum) + Rc::strong_count(&counted))
    }
    let counted = Rc::new(());
    assert_eq!(run(protected(counted.clone(), &[1, 2])).unwrap(), 5);
    let mut future = Box::pin(protected(counted.clone(), &[255, 2]));
    assert!(crate::common::poll(future.as_mut()).is_pending());
    assert_eq!(Rc::strong_count(&counted), 2);
    assert!(crate::common::poll(future.as_mut()).is_ready());
    assert_eq!(Rc::strong_count(&counted), 1, "though the future itself is still there");
}
