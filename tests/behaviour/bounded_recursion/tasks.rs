//! Depth under a runtime that steals work: many roots that recurse through `.await`, `join!`, `select!`, spawned functions,
//! carried blocks, aborts, timeouts and panics, while each call knows how deep it is.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use portcullis::{RecursionGroup, Violation, bounded_recursion, carry, recursion_group};
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::timeout;

const ROOTS: u64 = 1_500;
const LEVELS: u32 = 9;

recursion_group!(GROUP);

/// What the calls of one run have seen.
struct Seen {
    depth: fn() -> u32,
    asked: AtomicUsize,
    wrong: AtomicUsize,
    migrations: AtomicUsize,
}

impl Seen {
    const fn new(depth: fn() -> u32) -> Self {
        Self { depth, asked: AtomicUsize::new(0), wrong: AtomicUsize::new(0), migrations: AtomicUsize::new(0) }
    }

    fn expect(&self, depth: u32) {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if (self.depth)() != depth {
            self.wrong.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Lets the runtime move the task.
    async fn pause(&self, depth: u32) {
        let before = thread::current().id();
        yield_now().await;
        if thread::current().id() != before {
            self.migrations.fetch_add(1, Ordering::Relaxed);
        }
        self.expect(depth);
    }
}

/// A choice that depends on where in the tree of calls it is made, and on nothing else.
fn next(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 27)
}

/// The same recursion under the attribute, and under a count that a guard keeps across `.await`.
macro_rules! mixed {
    ($seen:ident, $name:ident, $plain:ident, [$(#[$attribute:meta])*], $enter:expr, $carry:path) => {
        $(#[$attribute])*
        fn $name(depth: u32, seed: u64) -> impl Future<Output = Result<(), Violation>> + Send {
            async move {
                let _entered = $enter;
                $seen.expect(depth);
                if depth == LEVELS {
                    $seen.pause(depth).await;
                    return Ok(());
                }
                let seed = next(seed);
                match seed % 9 {
                    0 => boxed($name(depth + 1, seed)).await?,
                    1 => {
                        let (one, other) = tokio::join!(boxed($name(depth + 1, seed)), boxed($name(depth + 1, seed + 1)));
                        one?;
                        other?;
                    }
                    2 => {
                        let loser = async move {
                            $name(depth + 1, seed).await?;
                            std::future::pending::<Result<(), Violation>>().await
                        };
                        tokio::select! {
                            done = boxed($name(depth + 1, seed + 1)) => done?,
                            done = boxed(loser) => done?,
                        }
                    }
                    3 => tokio::spawn(boxed($name(depth + 1, seed))).await.unwrap()?,
                    4 => tokio::spawn(boxed($carry(async move { $name(depth + 1, seed).await }))).await.unwrap()?,
                    5 => {
                        let aborted = tokio::spawn(boxed($name(depth + 1, seed)));
                        $seen.pause(depth).await;
                        aborted.abort();
                        let _ = aborted.await;
                    }
                    6 => {
                        // Ends or not, as the machine is fast or slow.
                        if let Ok(done) = timeout(Duration::from_micros(50), boxed($name(depth + 1, seed))).await {
                            done?;
                        }
                    }
                    7 => {
                        let panics = tokio::spawn(boxed($carry(async move {
                            $name(depth + 1, seed).await?;
                            std::panic::resume_unwind(Box::new("on purpose"))
                        })));
                        assert!(panics.await.is_err());
                    }
                    _ => $plain(depth + 1, seed).await?,
                }
                $seen.pause(depth).await;
                Ok(())
            }
        }

        $(#[$attribute])*
        async fn $plain(depth: u32, seed: u64) -> Result<(), Violation> {
            let _entered = $enter;
            $seen.expect(depth);
            if depth < LEVELS {
                boxed($name(depth + 1, seed)).await?;
            }
            $seen.pause(depth).await;
            Ok(())
        }
    };
}

type Boxed = Pin<Box<dyn Future<Output = Result<(), Violation>> + Send>>;

fn boxed(future: impl Future<Output = Result<(), Violation>> + Send + 'static) -> Boxed {
    Box::pin(future)
}

static PROTECTED: Seen = Seen::new(|| GROUP.with(RecursionGroup::depth));
mixed!(PROTECTED, descend, descend_plain, [#[bounded_recursion(max = LEVELS, group = GROUP)]], (), carry);

static NAIVE: Seen = Seen::new(|| naive::DEPTH.get());
mixed!(NAIVE, descend_naive, descend_naive_plain, [], naive::Guard::enter(), std::convert::identity);

/// What one would write first.
mod naive {
    use std::cell::Cell;

    std::thread_local! {
        pub(super) static DEPTH: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) struct Guard;

    impl Guard {
        pub(super) fn enter() -> Self {
            DEPTH.set(DEPTH.get().wrapping_add(1));
            Self
        }
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get().wrapping_sub(1));
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap()
}

fn run_roots<F: Future<Output = Result<(), Violation>> + Send + 'static>(root: fn(u32, u64) -> F) {
    runtime().block_on(async {
        let roots: Vec<_> = (0..ROOTS).map(|seed| tokio::spawn(boxed(root(1, seed << 20)))).collect();
        for root in roots {
            root.await.unwrap().unwrap();
        }
    });
}

#[test]
fn no_depth_is_wrong_and_tasks_do_move() {
    run_roots(descend);
    let read = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    assert_eq!(read(&PROTECTED.wrong), 0, "of {}", read(&PROTECTED.asked));
    assert!(read(&PROTECTED.asked) > 10_000, "{}", read(&PROTECTED.asked));
    assert!(read(&PROTECTED.migrations) > 0);
}

/// The control: with a guard that is held across `.await` the same run is wrong, so the run can tell.
#[test]
fn a_guard_across_an_await_is_wrong() {
    run_roots(descend_naive);
    assert!(NAIVE.wrong.load(Ordering::Relaxed) > 0);
}

/// Each call spawns the next and does not wait.
#[test]
fn a_chain_of_spawns_ends_at_the_bound() {
    static ENTERED: AtomicU32 = AtomicU32::new(0);
    static CARRIED: AtomicU32 = AtomicU32::new(0);

    #[bounded_recursion(max = 40, or(return))]
    fn next(done: tokio::sync::mpsc::Sender<()>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            ENTERED.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(next(done));
        })
    }
    #[bounded_recursion(max = 40, or(return))]
    fn carried(done: tokio::sync::mpsc::Sender<()>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            CARRIED.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(carry(async move { carried(done).await }));
        })
    }
    runtime().block_on(async {
        let (done, mut all) = tokio::sync::mpsc::channel(1);
        next(done.clone()).await;
        carried(done).await;
        // Ends when the last of the chain has dropped its end.
        assert_eq!(all.recv().await, None);
    });
    assert_eq!(ENTERED.load(Ordering::Relaxed), 40);
    assert_eq!(CARRIED.load(Ordering::Relaxed), 40);
}

#[test]
fn no_worker_keeps_a_depth_of_what_was_cut_off() {
    let runtime = runtime();
    let cut = runtime.block_on(async {
        let tasks: Vec<_> = (0..500)
            .map(|seed| {
                tokio::spawn(async move {
                    let fails = boxed(async move {
                        descend(1, seed).await?;
                        std::panic::resume_unwind(Box::new("on purpose"))
                    });
                    if seed % 2 == 0 {
                        let _ = fails.await;
                    } else {
                        let _ = timeout(Duration::from_micros(50), fails).await;
                    }
                })
            })
            .collect();
        let mut cut = 0;
        for task in tasks {
            cut += u32::from(task.await.is_err());
        }
        cut
    });
    assert!(cut >= 250, "{cut} tasks have panicked");
    runtime.block_on(async {
        let asked: Vec<_> = (0..200)
            .map(|_| {
                tokio::spawn(async {
                    yield_now().await;
                    GROUP.with(RecursionGroup::depth)
                })
            })
            .collect();
        for depth in asked {
            assert_eq!(depth.await.unwrap(), 0);
        }
    });
}
