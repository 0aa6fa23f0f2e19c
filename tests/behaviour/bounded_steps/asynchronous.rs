//! Futures: what is counted follows them, whoever polls and in whatever order.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use futures_util::future::join;
use portcullis::{Violation, bounded_steps};

use super::Count;
use crate::common::{Later, code, panic_of, poll, run};

#[bounded_steps(max = 10)]
async fn inner(n: u32, count: &Count) -> Result<(), Violation> {
    for _ in 0..n {
        count.one();
        Later::default().await;
    }
    Ok(())
}

#[test]
fn across_awaits() {
    let count = Count::default();
    run(inner(10, &count)).unwrap();
    assert_eq!(code(run(inner(11, &count))), "steps");
    assert_eq!(count.taken(), 20);
}

#[test]
fn the_call_is_no_step_before_it_is_polled() {
    #[bounded_steps(max = 1)]
    async fn around(count: &Count) -> Result<(), Violation> {
        for _ in 0..3 {
            // Never polled.
            drop(inner(1, count));
            break;
        }
        Ok(())
    }
    run(around(&Count::default())).unwrap();
}

#[test]
fn what_is_joined_has_limits_of_its_own_and_takes_from_the_one_around() {
    #[bounded_steps(max = 30)]
    async fn both(one: u32, other: u32, count: &Count) -> Result<(), Violation> {
        let (one, other) = join(inner(one, count), inner(other, count)).await;
        one?;
        other
    }
    let count = Count::default();
    // They take turns, and neither's steps are the other's.
    run(both(10, 10, &count)).unwrap();
    assert_eq!(count.taken(), 20);
    assert_eq!(code(run(both(11, 3, &count))), "steps");
    assert_eq!(count.taken(), 13);

    #[bounded_steps(max = 20)]
    async fn fewer(one: u32, other: u32, count: &Count) -> Result<(), Violation> {
        let (one, other) = join(inner(one, count), inner(other, count)).await;
        one?;
        other
    }
    run(fewer(9, 9, &count)).unwrap();
    assert_eq!(count.taken(), 18);
    assert_eq!(code(run(fewer(9, 10, &count))), "steps");
    assert_eq!(count.taken(), 18);
}

#[test]
fn what_is_cancelled_has_taken_what_it_took() {
    fn turns(mut lost: Pin<&mut impl Future>, context: &mut Context<'_>) -> bool {
        (0..4).all(|_| lost.as_mut().poll(context).is_pending())
    }
    #[bounded_steps(max = 20)]
    async fn around(rest: u32, count: &Count) -> Result<(), Violation> {
        {
            let mut lost = pin!(inner(10, count));
            // Four turns, and gone.
            let turns = futures_util::future::poll_fn(|context| Poll::Ready(turns(lost.as_mut(), context)));
            assert!(turns.await);
        }
        for _ in 0..rest {
            count.one();
            Later::default().await;
        }
        Ok(())
    }
    let count = Count::default();
    // The call and four iterations.
    run(around(15, &count)).unwrap();
    assert_eq!(count.taken(), 19);
    assert_eq!(code(run(around(16, &count))), "steps");
    assert_eq!(count.taken(), 19);
}

#[test]
fn two_requests_on_one_thread_know_nothing_of_each_other() {
    let (one_count, other_count) = (Count::default(), Count::default());
    let (mut one, mut other) = (pin!(inner(11, &one_count)), pin!(inner(10, &other_count)));
    for _ in 0..10 {
        assert!(poll(one.as_mut()).is_pending());
        assert!(poll(other.as_mut()).is_pending());
    }
    assert!(matches!(poll(one), Poll::Ready(Err(_))));
    assert!(matches!(poll(other), Poll::Ready(Ok(()))));
    assert_eq!((one_count.taken(), other_count.taken()), (10, 10));
}

#[test]
fn a_panic_in_a_poll_puts_back_what_was_in_force() {
    #[bounded_steps(max = 10)]
    async fn falls() -> Result<(), Violation> {
        for at in 0..9 {
            Later::default().await;
            assert!(at < 4, "fell");
        }
        Ok(())
    }
    #[bounded_steps(max = 20)]
    fn around(rest: u32) -> Result<(), Violation> {
        assert_eq!(panic_of(|| run(falls())), "fell");
        for _ in 0..rest {}
        Ok(())
    }
    around(14).unwrap();
    assert_eq!(code(around(15)), "steps");
}

#[test]
fn sync_code_in_a_future_and_a_future_in_sync_code() {
    #[bounded_steps(max = 3)]
    fn sync(n: u32) -> Result<(), Violation> {
        for _ in 0..n {}
        Ok(())
    }
    #[bounded_steps(max = 10)]
    async fn future(n: u32) -> Result<(), Violation> {
        Later::default().await;
        sync(n)?;
        Later::default().await;
        sync(n)
    }
    #[bounded_steps(max = 8)]
    fn drives(n: u32) -> Result<(), Violation> {
        run(future(n))
    }
    run(future(3)).unwrap();
    assert_eq!(code(run(future(4))), "steps");
    drives(2).unwrap();
    assert_eq!(code(drives(3)), "steps");
}

#[test]
fn recursion() {
    #[bounded_steps(max = 40)]
    async fn tree(depth: u32) -> Result<u32, Violation> {
        let mut nodes = 1;
        if depth > 0 {
            for _ in 0..2 {
                Later::default().await;
                nodes += Box::pin(tree(depth - 1)).await?;
            }
        }
        Ok(nodes)
    }
    assert_eq!(run(tree(3)).unwrap(), 15);
    assert_eq!(code(run(tree(4))), "steps");
}

#[test]
fn a_stream_that_does_not_end() {
    #[bounded_steps(max = 50)]
    async fn drain(mut stream: impl futures_util::Stream<Item = u8> + Unpin) -> Result<usize, Violation> {
        use futures_util::StreamExt as _;
        let mut bytes = 0;
        while let Some(_) = stream.next().await {
            bytes += 1;
        }
        Ok(bytes)
    }
    assert_eq!(run(drain(futures_util::stream::iter([1; 50]))).unwrap(), 50);
    assert_eq!(code(run(drain(futures_util::stream::repeat(1)))), "steps");
}
