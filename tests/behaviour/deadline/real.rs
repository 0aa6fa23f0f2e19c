//! Real time: without a runtime, in one of tokio without timers, and where tasks move between threads. Nothing here depends on
//! how fast the machine is: a function that hangs for ever ends.

use std::future::{Future, pending};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use portcullis::{Violation, deadline, time_left};
use tokio::runtime::Builder;
use tokio::task::yield_now;

use crate::common::code;

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The least of executors.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park();
    }
}

#[deadline("20ms")]
async fn hangs() -> Result<(), Violation> {
    pending().await
}

#[test]
fn without_a_runtime() {
    let start = Instant::now();
    assert_eq!(code(block_on(hangs())), "deadline");
    assert!(start.elapsed() >= Duration::from_millis(20));
}

#[test]
fn in_a_runtime_without_timers() {
    let runtime = Builder::new_current_thread().build().unwrap();
    assert_eq!(code(runtime.block_on(hangs())), "deadline");
}

#[test]
fn the_earlier_one_of_many_rings_first() {
    #[deadline(Duration::from_millis(millis))]
    async fn waits(millis: u64) -> Result<(), Violation> {
        pending().await
    }
    let longer = thread::spawn(|| {
        let start = Instant::now();
        assert_eq!(code(block_on(waits(60))), "deadline");
        start.elapsed()
    });
    let never = thread::spawn(|| {
        let mut never = pin!(waits(3_600_000));
        assert!(never.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    });
    never.join().unwrap();
    for _ in 0..5 {
        assert_eq!(code(block_on(waits(1))), "deadline");
    }
    assert!(longer.join().unwrap() >= Duration::from_millis(60));
}

#[test]
fn sync_code_that_never_ends() {
    #[deadline("10ms")]
    fn spins() -> Result<(), Violation> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_hours(1) {}
        Ok(())
    }
    #[deadline("1h")]
    fn around() -> Result<u32, Violation> {
        let mut refused = 0;
        for _ in 0..3 {
            refused += u32::from(spins().is_err());
        }
        Ok(refused)
    }
    assert_eq!(code(spins()), "deadline");
    assert_eq!(around().unwrap(), 3);
    assert_eq!(time_left(), None);
}

#[test]
fn a_waker_that_panics_does_not_silence_the_others() {
    struct Falls;
    impl Wake for Falls {
        fn wake(self: Arc<Self>) {
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    }
    let mut falls = Box::pin(hangs());
    assert!(falls.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(Falls)))).is_pending());
    assert_eq!(code(block_on(hangs())), "deadline");
    assert_eq!(code(block_on(hangs())), "deadline");
}

/// Each task has its own deadline, whichever thread it is on, and knows how much is left of it.
#[test]
fn tasks_that_move_between_threads() {
    static MOVED: AtomicU32 = AtomicU32::new(0);
    static WRONG: AtomicU32 = AtomicU32::new(0);

    #[deadline(Duration::from_secs(secs))]
    async fn task(secs: u64, turns: u32) -> Result<u64, Violation> {
        for _ in 0..turns {
            let here = thread::current().id();
            yield_now().await;
            if thread::current().id() != here {
                MOVED.fetch_add(1, Ordering::Relaxed);
            }
            let left = time_left();
            if !left.is_some_and(|left| left <= Duration::from_secs(secs) && left > Duration::from_secs(secs / 2)) {
                WRONG.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(secs)
    }
    let runtime = Builder::new_multi_thread().worker_threads(4).build().unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..200).map(|at| tokio::spawn(task(1_000 << (at % 20), 50))).collect();
        let hanging: Vec<_> = (0..20).map(|_| tokio::spawn(hangs())).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        for task in hanging {
            assert_eq!(code(task.await.unwrap()), "deadline");
        }
    });
    assert_eq!(WRONG.load(Ordering::Relaxed), 0);
    assert!(MOVED.load(Ordering::Relaxed) > 0, "no task has moved: this shows nothing");
}

#[test]
fn a_task_that_is_aborted() {
    let runtime = Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let aborted = tokio::spawn(hangs());
        yield_now().await;
        aborted.abort();
        assert!(aborted.await.is_err_and(|error| error.is_cancelled()));
    });
}
