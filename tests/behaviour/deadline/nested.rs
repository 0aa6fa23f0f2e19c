//! The nearest deadline is in force.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::Poll;

use portcullis::testing::Clock;
use portcullis::{Violation, bounded_steps, carry, carry_call, deadline, time_left};

use super::ms;
use crate::common::{Later, code, panic_of, poll};

#[deadline("100ms")]
fn short(clock: &Clock, turns: u32, each: u64) -> Result<(), Violation> {
    for _ in 0..turns {
        clock.advance(ms(each));
    }
    Ok(())
}

#[test]
fn a_shorter_one_ends_only_its_own_function() {
    #[deadline("1s")]
    fn around(clock: &Clock, calls: u32) -> Result<u32, Violation> {
        let mut refused = 0;
        for _ in 0..calls {
            refused += u32::from(short(clock, 9, 30).is_err());
        }
        Ok(refused)
    }
    let clock = Clock::new();
    clock.hold(|| {
        // 120 each.
        assert_eq!(around(clock, 8).unwrap(), 8);
        assert_eq!(around(clock, 9).unwrap(), 9);
        assert_eq!(code(around(clock, 10)), "deadline");
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn a_longer_one_gives_nothing() {
    #[deadline("50ms")]
    fn around(clock: &Clock, turns: u32) -> Result<(), Violation> {
        assert_eq!(time_left(), Some(ms(50)));
        short(clock, turns, 10)?;
        assert_eq!(time_left(), Some(ms(50 - 10 * u64::from(turns))));
        Ok(())
    }
    let clock = Clock::new();
    clock.hold(|| {
        around(clock, 5).unwrap();
        assert_eq!(code(around(clock, 6)), "deadline");
    });
    assert_eq!(clock.alarms(), 0);
}

/// The inner function's checkpoint is the one that hears of the outer deadline, and the outer function's the next.
#[test]
fn news_that_the_inner_one_saw() {
    #[deadline("200ms")]
    fn around(clock: &Clock) -> Result<u32, Violation> {
        let mut calls = 0;
        loop {
            calls += 1;
            if short(clock, 1, 0).is_err() {
                return Ok(calls);
            }
            // Comes between two checkpoints, and brings the news of another clock's alarm too.
            if calls == 3 {
                clock.advance(ms(250));
                let other = Clock::new();
                assert_eq!(code(other.hold(|| inner_request(other))), "deadline");
            }
        }
    }
    fn inner_request(clock: &'static Clock) -> Result<(), Violation> {
        // Of another request: on another thread.
        std::thread::spawn(move || clock.hold(|| short(clock, 9, 50))).join().unwrap()
    }
    let clock = Clock::new();
    clock.hold(|| assert_eq!(code(around(clock)), "deadline"));
}

#[test]
fn an_outer_one_that_was_never_looked_at_before() {
    #[deadline("200ms")]
    fn around(clock: &Clock, between: u64) -> Result<(), Violation> {
        // The first checkpoints of the request are those of the inner function.
        short(clock, 1, 0)?;
        clock.advance(ms(between));
        for _ in 0..1 {}
        Ok(())
    }
    let clock = Clock::new();
    clock.hold(|| {
        around(clock, 199).unwrap();
        assert_eq!(code(around(clock, 200)), "deadline");
    });
}

#[test]
fn a_panic_puts_back_what_was_in_force() {
    #[deadline("10ms", or(panic))]
    fn falls() {
        panic!("fell");
    }
    #[deadline("1s")]
    fn around() -> Result<(), Violation> {
        assert_eq!(panic_of(falls), "fell");
        assert_eq!(time_left(), Some(ms(1_000)));
        Ok(())
    }
    let clock = Clock::new();
    clock.hold(|| around().unwrap());
    assert_eq!((clock.alarms(), time_left()), (0, None));
}

#[test]
fn futures_in_futures() {
    #[deadline("100ms")]
    async fn inner(turns: u32) -> Result<u32, Violation> {
        for _ in 0..turns {
            Later::default().await;
        }
        Ok(turns)
    }
    #[deadline("250ms")]
    async fn outer(calls: u32) -> Result<u32, Violation> {
        let mut refused = 0;
        for _ in 0..calls {
            assert!(time_left() <= Some(ms(250)));
            refused += u32::from(inner(9).await.is_err());
        }
        Ok(refused)
    }
    let clock = Clock::new();
    let drive = |calls: u32| {
        clock.hold(|| {
            let mut outer = pin!(outer(calls));
            loop {
                if let Poll::Ready(done) = poll(outer.as_mut()) {
                    break done;
                }
                clock.advance(ms(30));
            }
        })
    };
    // 120 each.
    assert_eq!(drive(1).unwrap(), 1);
    assert_eq!(drive(2).unwrap(), 2);
    assert_eq!(code(drive(3)), "deadline");
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn sync_code_in_a_future() {
    #[deadline("50ms")]
    async fn outer(clock: &Clock, turns: u32) -> Result<(), Violation> {
        Later::default().await;
        short(clock, turns, 10)
    }
    let clock = Clock::new();
    clock.hold(|| {
        for (turns, refused) in [(5, false), (6, true)] {
            let mut outer = pin!(outer(clock, turns));
            assert!(poll(outer.as_mut()).is_pending());
            match poll(outer.as_mut()) {
                Poll::Ready(done) => assert_eq!(done.is_err(), refused),
                Poll::Pending => panic!("it waits"),
            }
        }
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn it_goes_along_to_other_threads() {
    #[deadline("100ms")]
    fn around(clock: &'static Clock, before: u64, turns: u32) -> Result<(), Violation> {
        clock.advance(ms(before));
        #[deadline("1h")]
        fn elsewhere(clock: &Clock, turns: u32) -> Result<(), Violation> {
            for _ in 0..turns {
                clock.advance(ms(10));
            }
            Ok(())
        }
        std::thread::spawn(carry_call(move || {
            assert_eq!(time_left(), Some(ms(100 - before)));
            elsewhere(clock, turns)
        }))
        .join()
        .unwrap()
    }
    let clock = Clock::new();
    clock.hold(|| {
        around(clock, 40, 6).unwrap();
        assert_eq!(code(around(clock, 40, 7)), "deadline");
    });
    assert_eq!(clock.alarms(), 0);
}

/// What is carried out of a request has an alarm of its own.
#[test]
fn what_goes_on_when_its_request_is_over() {
    type Task = Pin<Box<dyn Future<Output = Result<(), Violation>>>>;

    #[deadline("1h")]
    async fn task(turns: u32) -> Result<(), Violation> {
        for _ in 0..turns {
            Later::default().await;
        }
        Ok(())
    }
    #[deadline("100ms")]
    fn starts() -> Result<Task, Violation> {
        for _ in 0..3 {}
        Ok(Box::pin(carry(task(5))))
    }
    let clock = Clock::new();
    let mut started = clock.hold(starts).unwrap();
    assert!(poll(started.as_mut()).is_pending());
    clock.advance(ms(99));
    assert!(poll(started.as_mut()).is_pending());
    clock.advance(ms(1));
    match poll(started.as_mut()) {
        Poll::Ready(done) => assert_eq!(code(done), "deadline"),
        Poll::Pending => panic!("it waits"),
    }
}

/// The same, of a task that has no deadline of its own, on a thread on which another request hears of the news first.
#[test]
fn what_goes_on_and_hears_of_it_last() {
    type Task = Pin<Box<dyn Future<Output = Result<(), Violation>>>>;

    #[bounded_steps(max = 1_000)]
    async fn task(turns: u32) -> Result<(), Violation> {
        for _ in 0..turns {
            Later::default().await;
        }
        Ok(())
    }
    #[bounded_steps(max = 1_000)]
    fn other() -> Result<(), Violation> {
        for _ in 0..3 {}
        Ok(())
    }
    #[deadline("100ms")]
    fn starts(carried: bool) -> Result<Task, Violation> {
        for _ in 0..3 {}
        if carried {
            return Ok(Box::pin(carry(task(9))));
        }
        // Joins this request with its first poll.
        let mut joined = Box::pin(task(9));
        assert!(poll(joined.as_mut()).is_pending());
        Ok(joined)
    }
    for carried in [true, false] {
        let clock = Clock::new();
        let mut started = clock.hold(|| starts(carried)).unwrap();
        for _ in 0..3 {
            assert!(poll(started.as_mut()).is_pending());
            other().unwrap();
        }
        assert_eq!(clock.alarms(), 1);
        clock.advance(ms(100));
        other().unwrap();
        match poll(started.as_mut()) {
            Poll::Ready(done) => assert_eq!(code(done), "deadline"),
            Poll::Pending => panic!("it waits"),
        }
        drop(started);
        assert_eq!(clock.alarms(), 0);
    }
}

/// What another request hears of on the same thread is no news for it only.
#[test]
fn another_request_that_is_polled_within() {
    #[bounded_steps(max = 1_000)]
    async fn other() -> Result<(), Violation> {
        for _ in 0..9 {
            Later::default().await;
        }
        Ok(())
    }
    #[deadline("100ms")]
    fn around(
        clock: &Clock,
        mut other: Pin<&mut dyn Future<Output = Result<(), Violation>>>,
    ) -> Result<u32, Violation> {
        let mut turns = 0;
        for _ in 0..3 {
            assert!(poll(other.as_mut()).is_pending());
            turns += 1;
            clock.advance(ms(if turns == 3 { 100 } else { 0 }));
        }
        assert!(poll(other.as_mut()).is_pending());
        for _ in 0..1 {
            turns += 1;
        }
        Ok(turns)
    }
    let clock = Clock::new();
    // Made outside of the request, and so no part of it.
    let mut other = pin!(carry(other()));
    clock.hold(|| assert_eq!(code(around(clock, other.as_mut())), "deadline"));
}

#[test]
fn a_part_that_is_over_leaves_the_alarm_of_the_whole() {
    #[bounded_steps(max = 1_000)]
    async fn part(turns: u32) -> Result<(), Violation> {
        for _ in 0..turns {
            Later::default().await;
        }
        Ok(())
    }
    #[deadline("100ms")]
    async fn whole(turns: u32) -> Result<(), Violation> {
        part(turns).await?;
        std::future::pending().await
    }
    let clock = Clock::new();
    let mut future = clock.hold(|| {
        let mut future = Box::pin(whole(5));
        for _ in 0..3 {
            assert!(poll(future.as_mut()).is_pending());
        }
        // One of the whole, one of the part that loops.
        assert_eq!(clock.alarms(), 2);
        for _ in 0..5 {
            assert!(poll(future.as_mut()).is_pending());
        }
        future
    });
    assert_eq!(clock.alarms(), 1);
    clock.advance(ms(100));
    assert_eq!(clock.alarms(), 0);
    assert!(poll(future.as_mut()).is_ready());
}
