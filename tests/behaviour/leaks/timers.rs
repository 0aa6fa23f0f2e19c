//! Timers and intervals that outlive their request.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use portcullis::{RequestOver, Violation, bounded_concurrency, bounded_steps, interval, live_timers, sleep};
use tokio::task::yield_now;

use super::{alone, runtime};
use crate::common::code;

const SECOND: Duration = Duration::from_secs(1);

/// Lets a minute pass, in steps.
async fn minute() {
    for _ in 0..60 {
        tokio::time::sleep(SECOND).await;
    }
}

#[test]
fn an_interval_in_a_task_ends_with_its_request() {
    #[bounded_concurrency(max = 64)]
    async fn watch(ticks: Arc<AtomicUsize>, plain: Arc<AtomicUsize>) -> Result<(), Violation> {
        let mut interval = interval(SECOND)?;
        portcullis::spawn(async move {
            while interval.tick().await.is_ok() {
                ticks.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut interval = tokio::time::interval(SECOND);
        tokio::spawn(async move {
            loop {
                interval.tick().await;
                plain.fetch_add(1, Ordering::Relaxed);
            }
        });
        tokio::time::sleep(Duration::from_millis(3_500)).await;
        Ok(())
    }
    let _alone = alone();
    runtime().block_on(async {
        let [ticks, plain] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        for _ in 0..3 {
            watch(Arc::clone(&ticks), Arc::clone(&plain)).await.unwrap();
        }
        minute().await;
        // At 0, 1, 2 and 3 s of each request.
        assert_eq!((ticks.load(Ordering::Relaxed), live_timers()), (12, 0));
        // Those of the plain form go on.
        assert!(plain.load(Ordering::Relaxed) > 180);
    });
}

/// Cancelled, panicked, refused within: the request is over.
#[test]
fn every_end_of_a_request_ends_its_timers() {
    #[bounded_concurrency(max = 64)]
    async fn leave(way: u32) -> Result<(), Violation> {
        let mut ticking = interval(SECOND)?;
        portcullis::spawn(async move { while ticking.tick().await.is_ok() {} });
        portcullis::spawn(async {
            let ended: Result<(), RequestOver> = sleep(3_600 * SECOND).await;
            assert!(ended.is_err());
        });
        // Part of the same request: its end is not the request's.
        inner().await?;
        yield_now().await;
        match way {
            0 => Ok(()),
            1 => Err(Violation::field("way", "range", "must not be 1")),
            2 => panic!("in a request, on purpose"),
            _ => pending().await,
        }
    }
    #[bounded_steps(max = 9)]
    async fn inner() -> Result<(), Violation> {
        yield_now().await;
        assert!(live_timers() > 0);
        Ok(())
    }
    #[bounded_steps(max = 9)]
    fn sync() -> Result<(), Violation> {
        let mut ticking = interval(SECOND)?;
        portcullis::spawn(async move { while ticking.tick().await.is_ok() {} });
        Ok(())
    }
    let _alone = alone();
    runtime().block_on(async {
        for way in [0, 1, 2, 3, 0] {
            let request = tokio::spawn(leave(way));
            for _ in 0..16 {
                yield_now().await;
            }
            assert_eq!(live_timers() > 0, way == 3, "{way}");
            request.abort();
            let _ = request.await;
            for _ in 0..16 {
                yield_now().await;
            }
            assert_eq!((live_timers(), portcullis::live_tasks()), (0, 0), "{way}");
        }
        sync().unwrap();
        for _ in 0..16 {
            yield_now().await;
        }
        assert_eq!(live_timers(), 0);
    });
}

/// A request that has ended is not taken for the next one in its place.
#[test]
fn a_timer_of_an_ended_request_stays_ended() {
    #[bounded_steps(max = 9)]
    async fn make() -> Result<portcullis::Interval, Violation> {
        interval(SECOND)
    }
    #[bounded_steps(max = 9)]
    async fn hold(timer: &mut portcullis::Interval) -> Result<bool, Violation> {
        let mut own = interval(SECOND)?;
        own.tick().await.unwrap();
        Ok(timer.tick().await.is_ok())
    }
    let _alone = alone();
    runtime().block_on(async {
        let mut ended = make().await.unwrap();
        assert_eq!(ended.tick().await.unwrap_err().to_string(), "the request is over");
        for _ in 0..3 {
            assert!(!hold(&mut ended).await.unwrap());
        }
        assert_eq!(live_timers(), 1);
    });
    assert_eq!(live_timers(), 0);
}

#[test]
fn outside_of_a_request_they_are_plain() {
    let _alone = alone();
    runtime().block_on(async {
        let mut ticking = interval(SECOND).unwrap();
        let first = ticking.tick().await.unwrap();
        assert_eq!(ticking.tick().await.unwrap() - first, SECOND);
        sleep(SECOND).await.unwrap();
        assert_eq!(live_timers(), 1);
        // Dropped in the middle.
        let _ = tokio::time::timeout(SECOND, sleep(60 * SECOND)).await.unwrap_err();
        assert_eq!(code(interval(Duration::ZERO)), "input.range");
        drop(ticking);
    });
    assert_eq!(live_timers(), 0);
}
