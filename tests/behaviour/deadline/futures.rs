//! Futures: dropped when their time is over, also when nothing wakes them.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::{join, pending, select};
use portcullis::testing::Clock;
use portcullis::{Violation, catch_panic, deadline, time_left, zero_trust};

use super::ms;
use crate::common::{Later, Log, Noisy, code, panic_of, poll};

/// Counts how often it is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Woken {
    fn taken(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

#[deadline("2s")]
async fn hangs(log: &Log) -> Result<(), Violation> {
    let _one = Noisy(log, "one");
    let _other = Noisy(log, "other");
    pending().await
}

#[test]
fn it_is_woken_and_dropped() {
    let (clock, woken, log) = (Clock::new(), Arc::new(Woken::default()), Log::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(hangs(&log));
    clock.hold(|| assert!(future.as_mut().poll(&mut context).is_pending()));
    clock.advance(ms(1_999));
    assert_eq!(woken.taken(), 0);
    assert!(future.as_mut().poll(&mut context).is_pending());
    clock.advance(ms(1));
    assert_eq!((woken.taken(), clock.alarms()), (1, 0));
    assert!(log.taken().is_empty());
    match future.as_mut().poll(&mut context) {
        Poll::Ready(refused) => {
            let refused = refused.unwrap_err();
            assert_eq!(refused.code(), "deadline");
            assert!(refused.internal().location().unwrap().line() < 40);
            assert!(refused.internal().function().ends_with("::hangs"));
        }
        Poll::Pending => panic!("it waits"),
    }
    assert_eq!(log.taken(), ["other", "one"]);
}

#[test]
fn time_begins_with_the_first_poll() {
    let (clock, log) = (Clock::new(), Log::default());
    let mut future = pin!(hangs(&log));
    clock.advance(ms(5_000));
    clock.hold(|| assert!(poll(future.as_mut()).is_pending()));
    clock.advance(ms(1_999));
    assert!(poll(future.as_mut()).is_pending());
    clock.advance(ms(1));
    assert!(poll(future.as_mut()).is_ready());
}

#[test]
fn the_waker_of_the_last_poll_is_the_one() {
    let (clock, log) = (Clock::new(), Log::default());
    let (first, last) = (Arc::new(Woken::default()), Arc::new(Woken::default()));
    let mut future = pin!(hangs(&log));
    for woken in [&first, &first, &last] {
        let waker = Waker::from(Arc::clone(woken));
        clock.hold(|| assert!(future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending()));
        assert_eq!(clock.alarms(), 1);
    }
    clock.advance(ms(2_000));
    assert_eq!((first.taken(), last.taken()), (0, 1));
    // Nobody else holds the one that was replaced.
    assert_eq!(Arc::strong_count(&first), 1);
}

#[test]
fn what_is_done_in_time_leaves_no_alarm() {
    #[deadline("2s")]
    async fn two_turns() -> Result<u8, Violation> {
        Later::default().await;
        Later::default().await;
        Ok(7)
    }
    let clock = Clock::new();
    clock.hold(|| {
        let mut future = Box::pin(two_turns());
        assert!(poll(future.as_mut()).is_pending());
        assert_eq!(clock.alarms(), 1);
        assert!(poll(future.as_mut()).is_pending());
        assert!(matches!(poll(future.as_mut()), Poll::Ready(Ok(7))));
        assert_eq!(clock.alarms(), 0);
        assert_eq!(panic_of(|| poll(future.as_mut())), "`async fn` resumed after completion");

        // Dropped in mid-await, and before.
        let mut future = Box::pin(two_turns());
        assert!(poll(future.as_mut()).is_pending());
        drop(future);
        assert_eq!(clock.alarms(), 0);
        drop(two_turns());
    });
}

#[test]
fn at_the_point_itself_it_is_over_also_when_the_body_would_be_done() {
    #[deadline("1s")]
    async fn turn() -> Result<u8, Violation> {
        Later::default().await;
        Ok(7)
    }
    let clock = Clock::new();
    for (by, done) in [(999, true), (1_000, false)] {
        let mut future = pin!(turn());
        clock.hold(|| assert!(poll(future.as_mut()).is_pending()));
        clock.advance(ms(by));
        match poll(future) {
            Poll::Ready(value) => assert_eq!(value.is_ok(), done),
            Poll::Pending => panic!("it waits"),
        }
    }
}

#[test]
fn a_loop_that_never_waits_is_asked_in_mid_poll() {
    #[deadline("1s")]
    async fn spins(clock: &Clock) -> Result<(), Violation> {
        loop {
            clock.advance(ms(300));
            std::future::ready(()).await;
        }
    }
    let clock = Clock::new();
    clock.hold(|| match poll(pin!(spins(clock))) {
        Poll::Ready(refused) => assert_eq!(code(refused), "deadline"),
        Poll::Pending => panic!("it waits"),
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn other_ways_out() {
    #[deadline("1s", or(return Err(format!("{}, {name}", violation.code()))))]
    async fn value(name: &str) -> Result<u8, String> {
        pending().await
    }
    #[deadline("1s", or(panic))]
    async fn panics(mut kept: Vec<u8>) -> Vec<u8> {
        kept.push(1);
        pending().await
    }
    #[zero_trust(deadline("1s", or(return Ok(9))))]
    async fn all(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n > 0 { Ok(n) } else { pending().await }
    }
    let clock = Clock::new();
    clock.hold(|| {
        let (mut value, mut panics) = (pin!(value("pool")), Box::pin(panics(Vec::new())));
        let (mut all, done) = (pin!(all(0)), all(3));
        assert!(poll(value.as_mut()).is_pending());
        assert!(poll(panics.as_mut()).is_pending());
        assert!(poll(all.as_mut()).is_pending());
        assert!(matches!(poll(pin!(done)), Poll::Ready(Ok(3))));
        clock.advance(ms(1_000));
        assert_eq!(poll(value), Poll::Ready(Err("deadline, pool".to_owned())));
        assert!(panic_of(|| poll(panics.as_mut())).starts_with("portcullis: deadline: not over, 0ns after it in "));
        assert!(matches!(poll(all), Poll::Ready(Ok(9))));
    });
}

#[test]
fn joined_and_selected() {
    #[deadline("1s")]
    async fn one(n: u8) -> Result<u8, Violation> {
        if n > 0 {
            Later::default().await;
            return Ok(n);
        }
        pending().await
    }
    let clock = Clock::new();
    clock.hold(|| {
        let mut both = pin!(join(one(1), one(0)));
        assert!(poll(both.as_mut()).is_pending());
        assert!(poll(both.as_mut()).is_pending());
        clock.advance(ms(1_000));
        match poll(both.as_mut()) {
            Poll::Ready((done, refused)) => {
                assert_eq!(done.unwrap(), 1);
                assert_eq!(code(refused), "deadline");
            }
            Poll::Pending => panic!("it waits"),
        }
        {
            let mut first = Box::pin(select(Box::pin(one(0)), Box::pin(one(2))));
            assert!(poll(first.as_mut()).is_pending());
            assert_eq!(clock.alarms(), 2);
            assert!(poll(first.as_mut()).is_ready());
        }
        assert_eq!(clock.alarms(), 0);
    });
}

#[test]
fn a_drop_that_panics_at_the_deadline_is_caught() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in the drop");
        }
    }
    #[deadline("1s")]
    #[catch_panic]
    async fn bombs() -> Result<(), Violation> {
        let _bomb = Bomb;
        pending().await
    }
    let clock = Clock::new();
    clock.hold(|| {
        let mut future = pin!(bombs());
        assert!(poll(future.as_mut()).is_pending());
        clock.advance(ms(1_000));
        match poll(future) {
            Poll::Ready(refused) => assert_eq!(code(refused), "panic"),
            Poll::Pending => panic!("it waits"),
        }
    });
    assert_eq!(clock.alarms(), 0);
}

#[async_trait::async_trait]
trait Ask {
    async fn ask(&self, name: String) -> Result<String, Violation>;
}

struct Shard(u64);

#[async_trait::async_trait]
impl Ask for Shard {
    #[deadline(ms(self.0))]
    async fn ask(&self, name: String) -> Result<String, Violation> {
        Later::default().await;
        assert_eq!(time_left().map(|left| left <= ms(self.0)), Some(true));
        Later::default().await;
        Ok(name)
    }
}

impl Shard {
    #[deadline("1s")]
    async fn owned<T: Default + Send>(self, given: T) -> Result<(u64, T), Violation> {
        Later::default().await;
        Ok((self.0, given))
    }

    #[deadline("1s")]
    fn boxed(&self) -> Pin<Box<dyn Future<Output = Result<u64, Violation>> + Send + '_>> {
        Box::pin(async move {
            Later::default().await;
            Ok(self.0)
        })
    }
}

#[test]
fn methods() {
    fn is_send<T: Send>(of: T) -> T {
        of
    }
    let clock = Clock::new();
    clock.hold(|| {
        let shard = Shard(500);
        for (by, done) in [(499, true), (500, false)] {
            let mut asked = is_send(shard.ask("pool".to_owned()));
            let mut boxed = is_send(shard.boxed());
            let mut owned = pin!(is_send(Shard(1).owned(String::new())));
            assert!(poll(asked.as_mut()).is_pending());
            assert!(poll(boxed.as_mut()).is_pending());
            assert!(poll(owned.as_mut()).is_pending());
            clock.advance(ms(by));
            assert!(matches!(poll(boxed.as_mut()), Poll::Ready(Ok(500))));
            assert!(matches!(poll(owned), Poll::Ready(Ok((1, _)))));
            let later = poll(asked.as_mut());
            assert_eq!(later.is_pending(), done);
            if done {
                assert!(matches!(poll(asked.as_mut()), Poll::Ready(Ok(name)) if name == "pool"));
            }
        }
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn drops_come_in_their_order() {
    macro_rules! twin {
        ($name:ident $(, #[$attribute:meta])?) => {
            $(#[$attribute])?
            async fn $name<'a>(log: &'a Log, _first: Noisy<'a>, _: Noisy<'a>, last: Noisy<'a>) -> Result<u8, Violation> {
                let _local = Noisy(log, "local");
                Later::default().await;
                log.note(last.1);
                Ok(1)
            }
        };
    }
    twin!(plain);
    twin!(protected, #[deadline("1s")]);
    let log = Log::default();
    let noisy = |name| Noisy(&log, name);
    let mut future = Box::pin(plain(&log, noisy("first"), noisy("ignored"), noisy("last")));
    assert!(poll(future.as_mut()).is_pending());
    assert!(poll(future.as_mut()).is_ready());
    let expected = log.taken();
    let mut future = Box::pin(protected(&log, noisy("first"), noisy("ignored"), noisy("last")));
    assert!(poll(future.as_mut()).is_pending());
    assert!(poll(future.as_mut()).is_ready());
    assert_eq!(log.taken(), expected);
    // In mid-await.
    let mut future = Box::pin(plain(&log, noisy("first"), noisy("ignored"), noisy("last")));
    assert!(poll(future.as_mut()).is_pending());
    drop(future);
    let expected = log.taken();
    let mut future = Box::pin(protected(&log, noisy("first"), noisy("ignored"), noisy("last")));
    assert!(poll(future.as_mut()).is_pending());
    drop(future);
    assert_eq!(log.taken(), expected);
}
