//! A protected `async fn` runs at the depth that it had where it was called, however it is polled.

use std::future::Future;
use std::pin::{Pin, pin};

use futures_util::future::{join, join_all, select};
use portcullis::{RecursionGroup, Violation, bounded_recursion, recursion_group};

use crate::common::{Later, code, poll, run};

recursion_group!(GROUP);

fn depth() -> u32 {
    GROUP.with(RecursionGroup::depth)
}

#[bounded_recursion(max = 10, group = GROUP)]
async fn descend(left: u32) -> Result<u32, Violation> {
    let entered = depth();
    Later::default().await;
    assert_eq!(depth(), entered);
    let deepest = if left == 0 { depth() } else { Box::pin(descend(left - 1)).await? };
    assert_eq!(depth(), entered);
    Ok(deepest)
}

#[test]
fn the_bound_is_exact() {
    assert_eq!(run(descend(9)).unwrap(), 10);
    assert_eq!(code(run(descend(10))), "recursion.depth");
    assert_eq!(run(descend(9)).unwrap(), 10);
    assert_eq!(depth(), 0);
}

#[test]
fn a_future_takes_its_depth_where_it_is_made() {
    #[bounded_recursion(max = 3, group = GROUP)]
    async fn make() -> Result<Pin<Box<dyn Future<Output = Result<u32, Violation>> + Send>>, Violation> {
        Ok(Box::pin(descend(0)))
    }
    let made_inside = run(make()).unwrap();
    assert_eq!(run(made_inside).unwrap(), 2);
    assert_eq!(run(descend(0)).unwrap(), 1);
}

#[test]
fn siblings_are_equally_deep() {
    #[bounded_recursion(max = 4, group = GROUP)]
    async fn fan_out(left: u32) -> Result<u32, Violation> {
        if left == 0 {
            Later::default().await;
            return Ok(depth());
        }
        let (one, other) = join(Box::pin(fan_out(left - 1)), Box::pin(fan_out(left - 1))).await;
        let (one, other) = (one?, other?);
        assert_eq!(one, other);
        Ok(one)
    }
    assert_eq!(run(fan_out(3)).unwrap(), 4);
    assert_eq!(code(run(fan_out(4))), "recursion.depth");
    for depth in run(join_all((0..10).map(|_| fan_out(3)))) {
        assert_eq!(depth.unwrap(), 4);
    }
}

#[test]
fn a_future_that_is_dropped_half_way_gives_nothing_back() {
    for _ in 0..20 {
        let mut dropped = Box::pin(descend(9));
        assert!(poll(dropped.as_mut()).is_pending());
        assert_eq!(depth(), 0);
    }
    assert_eq!(run(descend(9)).unwrap(), 10);

    #[bounded_recursion(max = 5, group = GROUP)]
    async fn race(left: u32) -> Result<u32, Violation> {
        if left == 0 {
            return Ok(depth());
        }
        let slow = Box::pin(async {
            race(0).await?;
            std::future::pending::<Result<u32, Violation>>().await
        });
        let quick = Box::pin(race(left - 1));
        let winner = select(quick, slow).await.factor_first().0;
        assert_eq!(depth(), 5 - left);
        winner
    }
    assert_eq!(run(race(4)).unwrap(), 5);
    assert_eq!(depth(), 0);
}

#[test]
fn a_panic_leaves_the_depth_as_it_was() {
    #[bounded_recursion(max = 10, group = GROUP)]
    async fn panics(left: u32) -> Result<(), Violation> {
        assert!(left > 0, "on purpose");
        Box::pin(panics(left - 1)).await
    }
    for _ in 0..20 {
        assert!(std::panic::catch_unwind(|| run(panics(9))).is_err());
        assert_eq!(depth(), 0);
    }
}

#[test]
fn futures_and_functions_count_together() {
    #[bounded_recursion(max = 6, group = GROUP)]
    async fn asynchronous(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(depth()) } else { synchronous(left - 1) }
    }
    #[bounded_recursion(max = 6, group = GROUP)]
    fn synchronous(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(depth()) } else { run(asynchronous(left - 1)) }
    }
    assert_eq!(run(asynchronous(5)).unwrap(), 6);
    assert_eq!(code(run(asynchronous(6))), "recursion.depth");
    assert_eq!(synchronous(5).unwrap(), 6);
    assert_eq!(code(synchronous(6)), "recursion.depth");
}

/// The depth of one function survives in a future of another, polled where neither is entered.
#[test]
fn private_counts_are_all_taken_along() {
    type Answer = Pin<Box<dyn Future<Output = Result<u32, Violation>> + Send>>;

    #[bounded_recursion(max = 10)]
    fn one(left: u32) -> Answer {
        Box::pin(async move { if left == 0 { Ok(0) } else { elsewhere(two(left - 1)) } })
    }
    #[bounded_recursion(max = 10)]
    fn two(left: u32) -> Answer {
        Box::pin(async move { if left == 0 { Ok(0) } else { elsewhere(one(left - 1)) } })
    }
    /// On a thread whose counts are all zero.
    fn elsewhere(future: Answer) -> Result<u32, Violation> {
        std::thread::spawn(|| run(future)).join().unwrap()
    }
    assert_eq!(run(one(19)).unwrap(), 0);
    assert_eq!(code(run(one(20))), "recursion.depth");
    assert_eq!(run(one(19)).unwrap(), 0);
}

/// A future refuses before any of its body has run, and no earlier than when it is polled.
#[test]
fn a_refused_call_runs_nothing() {
    #[bounded_recursion(max = 2)]
    async fn count(entered: &mut u32, left: u32) -> Result<(), Violation> {
        *entered += 1;
        if left == 0 { Ok(()) } else { Box::pin(count(entered, left - 1)).await }
    }
    let mut entered = 0;
    assert_eq!(code(run(count(&mut entered, 2))), "recursion.depth");
    assert_eq!(entered, 2);
    drop(count(&mut entered, 0));
    assert_eq!(entered, 2);
}

#[test]
fn every_way_out() {
    #[bounded_recursion(max = 2, or(return left + self_written.len()))]
    async fn returned(self_written: &str, left: usize) -> usize {
        if left == 0 { 0 } else { Box::pin(returned(self_written, left - 1)).await }
    }
    assert_eq!(run(returned("abc", 1)), 0);
    assert_eq!(run(returned("abc", 5)), 6);

    #[bounded_recursion(max = 2, or(panic))]
    async fn panics(left: u32) {
        if left > 0 {
            Box::pin(panics(left - 1)).await;
        }
    }
    run(panics(1));
    let message = crate::common::panic_of(|| run(panics(2)));
    assert!(message.starts_with("portcullis: recursion.depth: entered more than 2 deep in "), "{message}");

    #[bounded_recursion(max = 2, key = name)]
    async fn keyed(name: String, left: u32) -> Result<(), Violation> {
        if left == 0 { Ok(()) } else { Box::pin(keyed(name, left - 1)).await }
    }
    let refused = run(keyed("player".to_owned(), 2)).unwrap_err();
    assert_eq!(refused.internal().key(), Some("player"));
    assert!(refused.internal().function().ends_with("keyed"), "{}", refused.internal().function());
    assert!(refused.internal().location().is_some_and(|place| place.file().ends_with("futures.rs")));
}

#[test]
fn futures_that_end_a_plain_function() {
    #[bounded_recursion(max = 3, group = GROUP)]
    fn boxed(left: u32) -> Pin<Box<dyn Future<Output = Result<u32, Violation>> + Send>> {
        Box::pin(async move { if left == 0 { Ok(depth()) } else { boxed(left - 1).await } })
    }
    assert_eq!(run(boxed(2)).unwrap(), 3);
    assert_eq!(code(run(boxed(3))), "recursion.depth");

    #[bounded_recursion(max = 3, group = GROUP)]
    fn opaque(left: &u32) -> impl Future<Output = Result<u32, Violation>> + Send {
        async move {
            match left.checked_sub(1) {
                None => Ok(depth()),
                Some(left) => {
                    let inner: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(boxed(left));
                    inner.await
                }
            }
        }
    }
    assert_eq!(run(opaque(&2)).unwrap(), 3);
    assert_eq!(code(run(opaque(&3))), "recursion.depth");
}

#[test]
fn async_closures_and_blocks_inside() {
    #[bounded_recursion(max = 4, group = GROUP)]
    async fn inside(left: u32) -> Result<u32, Violation> {
        let again = async |left| Box::pin(inside(left)).await;
        let block = async { if left == 0 { Ok(depth()) } else { again(left - 1).await } };
        pin!(block).await
    }
    assert_eq!(run(inside(3)).unwrap(), 4);
    assert_eq!(code(run(inside(4))), "recursion.depth");
}

#[test]
fn carried_blocks_and_calls() {
    #[bounded_recursion(max = 5, group = GROUP)]
    fn by_block(left: u32) -> impl Future<Output = Result<u32, Violation>> + Send {
        async move {
            if left == 0 {
                return Ok(depth());
            }
            let block = portcullis::carry(async move { by_block(left - 1).await });
            std::thread::spawn(move || run(block)).join().unwrap()
        }
    }
    assert_eq!(run(by_block(4)).unwrap(), 5);
    assert_eq!(code(run(by_block(5))), "recursion.depth");

    #[bounded_recursion(max = 5, group = GROUP)]
    fn by_call(left: u32) -> Result<u32, Violation> {
        if left == 0 {
            return Ok(depth());
        }
        std::thread::spawn(portcullis::carry_call(move || by_call(left - 1))).join().unwrap()
    }
    assert_eq!(by_call(4).unwrap(), 5);
    assert_eq!(code(by_call(5)), "recursion.depth");
    assert_eq!(depth(), 0);
}

/// The documented hole, and that there is one: without `carry` a block begins anew.
#[test]
fn a_plain_block_elsewhere_begins_anew() {
    #[bounded_recursion(max = 5, group = GROUP)]
    fn plain(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(depth()) } else { std::thread::spawn(move || plain(left - 1)).join().unwrap() }
    }
    assert_eq!(plain(20).unwrap(), 1);
}

#[test]
fn nothing_is_left_on_the_thread_that_polled() {
    recursion_group!(OTHER);
    #[bounded_recursion(max = 10, group = OTHER)]
    async fn other(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(OTHER.with(RecursionGroup::depth) * 100 + depth()) } else { Box::pin(descend_to(left)).await }
    }
    #[bounded_recursion(max = 10, group = GROUP)]
    async fn descend_to(left: u32) -> Result<u32, Violation> {
        Box::pin(other(left - 1)).await
    }
    let future = Box::pin(other(3));
    std::thread::spawn(move || {
        assert_eq!(run(future).unwrap(), 403);
        assert_eq!((OTHER.with(RecursionGroup::depth), depth()), (0, 0));
    })
    .join()
    .unwrap();
}
