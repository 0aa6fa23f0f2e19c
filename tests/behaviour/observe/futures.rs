//! `async fn`: watched in each poll, and polled as it would be.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use portcullis::testing::Clock;
use portcullis::zero_trust;

use super::{codes, compare, outcome, told};
use crate::common::{Later, Log, Noisy, poll, run};

async fn plain(list: Vec<u8>, at: usize) -> u8 {
    Later::default().await;
    let picked = list[at];
    Later::default().await;
    picked + 200
}

#[zero_trust(observe)]
async fn observed(list: Vec<u8>, at: usize) -> u8 {
    Later::default().await;
    let picked = list[at];
    Later::default().await;
    picked + 200
}

#[zero_trust(or(return super::refused(&violation)))]
async fn refusing(
    #[trusted(reason = "any will do")] list: Vec<u8>,
    #[trusted(reason = "any will do")] at: usize,
) -> u8 {
    Later::default().await;
    let picked = list[at];
    Later::default().await;
    picked + 200
}

#[test]
fn the_same_values_and_panics() {
    for at in 0..5 {
        let list = || vec![1, 60, 255];
        compare(&at, || run(plain(list(), at)), || run(observed(list(), at)), || run(refusing(list(), at)));
    }
}

#[test]
fn a_panic_is_told_by_the_poll_that_it_comes_in() {
    #[zero_trust(observe)]
    async fn fails() {
        Later::default().await;
        panic!("for the test");
    }
    assert_eq!(codes(|| outcome(|| run(fails()))), (Err("for the test".to_owned()), vec!["panic"]));
    // One that comes while it waits is another's.
    let (_, told) = codes(|| {
        outcome(|| {
            let mut waiting = pin!(fails());
            assert!(poll(waiting.as_mut()).is_pending());
            panic!("somewhere else");
        })
    });
    assert_eq!(told, [""; 0]);
}

#[test]
fn steps_go_on_from_poll_to_poll() {
    #[zero_trust(observe, bounded_steps(max = 10))]
    async fn turns(count: u32) -> u32 {
        let mut sum = 0;
        for turn in 0..count {
            Later::default().await;
            sum += turn;
        }
        sum
    }
    let interleaved = |a: u32, b: u32| {
        codes(|| {
            let (mut first, mut second) = (pin!(turns(a)), pin!(turns(b)));
            let mut done = (None, None);
            for _ in 0..100 {
                if done.0.is_none()
                    && let Poll::Ready(sum) = poll(first.as_mut())
                {
                    done.0 = Some(sum);
                }
                if done.1.is_none()
                    && let Poll::Ready(sum) = poll(second.as_mut())
                {
                    done.1 = Some(sum);
                }
            }
            (done.0.unwrap(), done.1.unwrap())
        })
    };
    assert_eq!(interleaved(10, 10), ((45, 45), vec![]));
    assert_eq!(interleaved(11, 10), ((55, 45), vec!["steps"]));
    assert_eq!(interleaved(60, 50), ((1_770, 1_225), vec!["steps"; 2]));
}

#[test]
fn a_deadline_drops_nothing() {
    let clock = Clock::new();
    #[zero_trust(observe, deadline("2s"))]
    async fn slow(clock: &Clock, secs: u64) -> u64 {
        Later::default().await;
        clock.advance(Duration::from_secs(secs));
        Later::default().await;
        secs
    }
    clock.hold(|| {
        assert_eq!(codes(|| run(slow(clock, 2))), (2, vec!["deadline"]));
        assert_eq!(codes(|| run(slow(clock, 3))), (3, vec!["deadline"]));
        // Dropped by another, too late.
        let ((), told) = codes(|| {
            let mut waiting = Box::pin(slow(clock, 3));
            assert!(poll(waiting.as_mut()).is_pending() && poll(waiting.as_mut()).is_pending());
        });
        assert_eq!(told, ["deadline"]);
    });
}

#[test]
fn a_place_is_kept_until_the_future_is_gone() {
    #[zero_trust(observe, bounded_concurrency(max = 1))]
    async fn at_once(inner: bool) {
        if inner {
            Box::pin(at_once(false)).await;
        }
        Later::default().await;
    }
    let ((), all) = told(|| {
        // It is in it twice, and is one request.
        run(at_once(true));
        let (mut first, mut second) = (Box::pin(at_once(true)), Box::pin(at_once(false)));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        drop(first);
        drop(second);
        run(at_once(false));
    });
    assert_eq!(all.iter().map(|told| told.code).collect::<Vec<_>>(), ["busy"]);
}

#[test]
fn drops_come_in_their_turn() {
    async fn plain(log: &Log, _first: Noisy<'_>, _: Noisy<'_>) {
        let _third = Noisy(log, "third");
        Later::default().await;
    }
    #[zero_trust(observe, bounded_steps(max = 9))]
    async fn observed(log: &Log, _first: Noisy<'_>, _: Noisy<'_>) {
        let _third = Noisy(log, "third");
        Later::default().await;
    }
    let ((a, b), c) = {
        let (plain_log, log) = (Log::default(), Log::default());
        run(plain(&plain_log, Noisy(&plain_log, "first"), Noisy(&plain_log, "second")));
        run(observed(&log, Noisy(&log, "first"), Noisy(&log, "second")));
        let cancelled = Log::default();
        let mut waiting = Box::pin(observed(&cancelled, Noisy(&cancelled, "first"), Noisy(&cancelled, "second")));
        assert!(poll(waiting.as_mut()).is_pending());
        drop(waiting);
        ((plain_log.taken(), log.taken()), cancelled.taken())
    };
    assert_eq!(a, b);
    assert_eq!(a, c);
}
