//! Many threads and tasks, with panics, cancellations, recursion and parts that outlive their request: at no moment are more
//! requests in the function than its limit, and at the end it is empty.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;

use portcullis::{Violation, bounded_concurrency, carry_call};
use tokio::runtime::Builder;
use tokio::task::yield_now;

use crate::common::code;

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Which requests are in the function, each as often as parts of it are.
struct Inside {
    requests: Mutex<Vec<u64>>,
    most: AtomicUsize,
    served: AtomicUsize,
    refused: AtomicUsize,
}

struct Part<'a>(&'a Inside, u64);

impl Inside {
    const fn new() -> Self {
        Self {
            requests: Mutex::new(Vec::new()),
            most: AtomicUsize::new(0),
            served: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
        }
    }

    fn enter(&self, request: u64) -> Part<'_> {
        let mut requests = self.requests.lock().unwrap();
        requests.push(request);
        let different = requests.iter().collect::<BTreeSet<_>>().len();
        self.most.fetch_max(different, Ordering::Relaxed);
        Part(self, request)
    }

    fn note(&self, ended: Result<(), Violation>) {
        let count = if ended.is_ok() { &self.served } else { &self.refused };
        count.fetch_add(1, Ordering::Relaxed);
        if ended.is_err() {
            assert_eq!(code(ended), "busy");
        }
    }

    #[track_caller]
    fn ensure(&self, limit: usize) {
        assert!(self.requests.lock().unwrap().is_empty());
        let all = [&self.most, &self.served, &self.refused].map(|count| count.load(Ordering::Relaxed));
        assert_eq!(all[0], limit, "the limit was passed, or never reached");
        assert!(all[1] > 100 && all[2] > 100, "served, refused: {all:?}");
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        let mut requests = self.0.requests.lock().unwrap();
        let at = requests.iter().position(|request| *request == self.1).unwrap();
        requests.swap_remove(at);
    }
}

fn next_request() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// These panics are many, and say nothing.
fn be_quiet() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
            if panic.payload().downcast_ref() != Some(&"dice") {
                before(panic);
            }
        }));
    });
}

const THREADS: u64 = 8;

#[test]
fn threads() {
    #[bounded_concurrency(max = 3)]
    fn enter(inside: &Inside, request: u64, roll: u64) -> Result<(), Violation> {
        let _part = inside.enter(request);
        thread::yield_now();
        match roll {
            0 => panic!("dice"),
            // Once more, in the same request.
            1 => enter(inside, request, 0)?,
            2 => enter(inside, request, 9)?,
            _ => thread::yield_now(),
        }
        Ok(())
    }
    be_quiet();
    let inside = Inside::new();
    let start = Barrier::new(usize::try_from(THREADS).unwrap());
    thread::scope(|scope| {
        for seed in 1..=THREADS {
            let (inside, start) = (&inside, &start);
            scope.spawn(move || {
                let mut dice = Dice(seed);
                start.wait();
                for _ in 0..2_000 {
                    let roll = dice.roll(8);
                    if let Ok(ended) = catch_unwind(AssertUnwindSafe(|| enter(inside, next_request(), roll))) {
                        inside.note(ended);
                    }
                }
            });
        }
    });
    inside.ensure(3);
    // None is missing.
    let all: Vec<_> = (0..3).map(|_| portcullis_permits(&inside, enter)).collect();
    assert_eq!(all, [3, 3, 3]);
}

type Enter = fn(&Inside, u64, u64) -> Result<(), Violation>;

/// How many threads can be in the function at once.
fn portcullis_permits(inside: &Inside, enter: Enter) -> usize {
    inside.most.store(0, Ordering::Relaxed);
    let start = Barrier::new(12);
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                start.wait();
                // Until all that fit have met.
                while inside.most.load(Ordering::Relaxed) < 3 {
                    let _ = enter(inside, next_request(), 9);
                }
            });
        }
    });
    inside.most.load(Ordering::Relaxed)
}

/// Tasks: some wait, some are aborted, some panic, some recurse through `.await`, a task or a thread, some without waiting for
/// what they have begun.
#[test]
fn tasks() {
    static INSIDE: Inside = Inside::new();

    #[bounded_concurrency(max = 4)]
    async fn enter(request: u64, roll: u64) -> Result<(), Violation> {
        let _part = INSIDE.enter(request);
        yield_now().await;
        match roll {
            0 => panic!("dice"),
            1 => boxed(request, 9).await?,
            2 => portcullis::spawn(boxed(request, 9)).await.unwrap()?,
            // Detached: it comes in under the permit, takes its own, or is refused.
            3 => drop(portcullis::spawn(boxed(request, 9))),
            4 => drop(portcullis::spawn(boxed(request, 3))),
            5 => {
                let call = carry_call(move || crate::common::poll(boxed(request, 9).as_mut()).is_pending());
                assert!(tokio::task::spawn_blocking(call).await.unwrap());
            }
            _ => yield_now().await,
        }
        yield_now().await;
        Ok(())
    }
    fn boxed(request: u64, roll: u64) -> Pin<Box<dyn Future<Output = Result<(), Violation>> + Send>> {
        Box::pin(enter(request, roll))
    }

    be_quiet();
    let runtime = Builder::new_multi_thread().worker_threads(4).build().unwrap();
    runtime.block_on(async {
        let drivers = (1..=THREADS).map(|seed| {
            tokio::spawn(async move {
                let mut dice = Dice(seed);
                for _ in 0..1_000 {
                    let task = tokio::spawn(enter(next_request(), dice.roll(9)));
                    if dice.roll(5) == 0 {
                        yield_now().await;
                        task.abort();
                    }
                    if let Ok(ended) = task.await {
                        INSIDE.note(ended);
                    }
                }
            })
        });
        for driver in drivers.collect::<Vec<_>>() {
            driver.await.unwrap();
        }
        // The detached ones.
        while !INSIDE.requests.lock().unwrap().is_empty() {
            yield_now().await;
        }
    });
    // Waits for all.
    drop(runtime);
    INSIDE.ensure(4);
    assert_eq!(super::admitted(|| Box::pin(boxed_waiting())), 4);

    async fn boxed_waiting() -> Result<(), Violation> {
        enter(next_request(), 9).await
    }
}

/// Whether a part is in before its request has left is a race on purpose, and so is whether another request is.
#[test]
fn parts_race_with_the_end_of_their_request() {
    static INSIDE: Inside = Inside::new();

    #[bounded_concurrency(max = 1)]
    fn enter(
        request: u64,
        leaves: Option<&mut Option<thread::JoinHandle<Result<(), Violation>>>>,
    ) -> Result<(), Violation> {
        let _part = INSIDE.enter(request);
        if let Some(left) = leaves {
            *left = Some(thread::spawn(carry_call(move || enter(request, None))));
        }
        thread::yield_now();
        Ok(())
    }

    for _ in 0..300 {
        let mut part = None;
        enter(next_request(), Some(&mut part)).unwrap();
        let other = thread::spawn(|| enter(next_request(), None));
        for ended in [part.unwrap().join(), other.join()] {
            if let Err(refused) = ended.unwrap() {
                assert_eq!(refused.code(), "busy");
            }
        }
        enter(next_request(), None).unwrap();
    }
    assert_eq!(INSIDE.most.load(Ordering::Relaxed), 1);
}
