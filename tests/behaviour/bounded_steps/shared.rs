//! One budget for the threads and tasks of a request.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::thread;

use portcullis::{Violation, bounded_steps, carry, carry_call};
use tokio::runtime::Builder;
use tokio::task::yield_now;

use crate::common::{code, poll, run};

type Task = Pin<Box<dyn Future<Output = Result<(), Violation>>>>;

/// Iterations of all threads.
static NONE: AtomicU64 = AtomicU64::new(0);

fn count(steps: &AtomicU64) {
    steps.fetch_add(1, Ordering::Relaxed);
}

/// A helper with a limit of its own that it never reaches.
#[bounded_steps(max = 1_000_000)]
fn work(n: u64, steps: &AtomicU64) -> Result<(), Violation> {
    for _ in 0..n {
        count(steps);
    }
    Ok(())
}

#[test]
fn threads_take_from_one_budget_to_the_step() {
    #[bounded_steps(max = 10_000)]
    fn fan_out(threads: u64, each: u64, steps: &Arc<AtomicU64>) -> Result<u64, Violation> {
        let handles: Vec<_> = std::iter::repeat_with(|| {
            let steps = Arc::clone(steps);
            thread::spawn(carry_call(move || work(each, &steps)))
        })
        .take(threads as usize)
        .collect();
        work(each, steps)?;
        let refused = handles.into_iter().filter_map(|handle| handle.join().unwrap().err()).count();
        Ok(refused as u64)
    }
    let steps = Arc::new(AtomicU64::new(0));
    // A call and its iterations for each of five: 5 * 2000.
    assert_eq!(fan_out(4, 1_999, &steps).unwrap(), 0);
    assert_eq!(steps.swap(0, Ordering::Relaxed), 5 * 1_999);
    // One step more than there is: one of them is refused, whichever comes last.
    let refused = fan_out(4, 2_000, &steps).map_or(1, |refused| refused);
    let taken = steps.swap(0, Ordering::Relaxed);
    assert!(refused >= 1);
    assert_eq!(taken, 10_000 - 5);
}

#[test]
fn what_a_thread_took_is_gone_for_the_one_that_started_it() {
    #[bounded_steps(max = 100)]
    fn around(elsewhere: u64, here: u64) -> Result<(), Violation> {
        thread::spawn(carry_call(move || work(elsewhere, &NONE))).join().unwrap()?;
        for _ in 0..here {}
        Ok(())
    }
    around(49, 50).unwrap();
    assert_eq!(code(around(49, 51)), "steps");
    assert_eq!(code(around(100, 0)), "steps");
    around(99, 0).unwrap();
}

#[test]
fn a_nested_limit_goes_along_and_so_does_what_is_around_it() {
    #[bounded_steps(max = 20)]
    fn inner(elsewhere: u64) -> Result<(), Violation> {
        thread::spawn(carry_call(move || work(elsewhere, &NONE))).join().unwrap()
    }
    #[bounded_steps(max = 50)]
    fn outer(first: u64, second: u64, here: u64) -> Result<(), Violation> {
        inner(first)?;
        inner(second)?;
        for _ in 0..here {}
        Ok(())
    }
    // Of the inner limit: a call, and its iterations.
    inner(19).unwrap();
    assert_eq!(code(inner(20)), "steps");
    // Of the outer one: two calls each.
    outer(19, 19, 8).unwrap();
    assert_eq!(code(outer(19, 19, 9)), "steps");
    assert_eq!(code(outer(0, 20, 0)), "steps");
    outer(0, 0, 46).unwrap();
    assert_eq!(code(outer(0, 0, 47)), "steps");
}

/// A task that goes on when the function that started it is over: it takes from that function's limit, to its end, and from the one
/// around.
#[test]
fn what_goes_on_alone() {
    async fn steps(n: u64) -> Result<(), Violation> {
        for _ in 0..n {
            one().await?;
        }
        Ok(())
    }
    // One step.
    #[bounded_steps(max = 1_000_000)]
    async fn one() -> Result<(), Violation> {
        Ok(())
    }
    #[bounded_steps(max = 20)]
    fn starts(n: u64) -> Result<Task, Violation> {
        for _ in 0..5 {}
        Ok(Box::pin(carry(steps(n))))
    }
    #[bounded_steps(max = 40)]
    fn around(elsewhere: u64, here: u64, again: u64) -> Result<(u64, u64), Violation> {
        let mut task = starts(elsewhere)?;
        for _ in 0..here {}
        let first = matches!(poll(task.as_mut()), Poll::Ready(Ok(())));
        // Another one has what is left of this limit, and not of the other.
        let mut other: Task = Box::pin(carry(steps(again)));
        let second = matches!(poll(other.as_mut()), Poll::Ready(Ok(())));
        Ok((u64::from(first), u64::from(second)))
    }
    // 6 are taken at the start, so 15 are left of the limit of 20, and 34 of the other.
    assert_eq!(around(15, 19, 0).unwrap(), (1, 1));
    assert_eq!(around(16, 0, 0).unwrap(), (0, 1));
    assert_eq!(around(15, 20, 0).unwrap(), (0, 1));
    assert_eq!(code(around(0, 35, 0)), "steps");
    assert_eq!(around(15, 9, 10).unwrap(), (1, 1));
    assert_eq!(around(15, 9, 11).unwrap(), (1, 0));
    assert_eq!(around(0, 0, 34).unwrap(), (1, 1));
    assert_eq!(around(0, 0, 35).unwrap(), (1, 0));
}

#[test]
fn a_future_that_has_spawned_goes_on_with_what_is_left() {
    #[bounded_steps(max = 30)]
    async fn spawns(elsewhere: u64, here: u64) -> Result<(), Violation> {
        for _ in 0..5 {
            crate::common::Later::default().await;
        }
        let handle = thread::spawn(carry_call(move || work(elsewhere, &NONE)));
        crate::common::Later::default().await;
        handle.join().unwrap()?;
        crate::common::Later::default().await;
        for _ in 0..here {
            crate::common::Later::default().await;
        }
        Ok(())
    }
    #[bounded_steps(max = 40)]
    async fn around(elsewhere: u64, here: u64, rest: u64) -> Result<(), Violation> {
        spawns(elsewhere, here).await?;
        for _ in 0..rest {
            crate::common::Later::default().await;
        }
        Ok(())
    }
    run(spawns(14, 10)).unwrap();
    assert_eq!(code(run(spawns(14, 11))), "steps");
    run(around(14, 10, 9)).unwrap();
    assert_eq!(code(run(around(14, 10, 10))), "steps");
    assert_eq!(code(run(around(14, 11, 0))), "steps");
}

#[test]
fn outside_of_a_limit_nothing_is_shared() {
    #[portcullis::deadline("1h")]
    fn no_limit(n: u64) -> Result<(), Violation> {
        thread::spawn(carry_call(move || work(n, &NONE))).join().unwrap()
    }
    no_limit(100_000).unwrap();
    thread::spawn(carry_call(|| work(100_000, &NONE))).join().unwrap().unwrap();
}

#[test]
fn what_is_carried_does_not_take_from_where_it_runs() {
    #[bounded_steps(max = 10)]
    fn runs(call: impl FnOnce() -> Result<(), Violation>, rest: u64) -> Result<(), Violation> {
        call()?;
        for _ in 0..rest {}
        Ok(())
    }
    // Carried from outside of any request.
    runs(carry_call(|| work(100, &NONE)), 10).unwrap();
    assert_eq!(code(runs(carry_call(|| work(100, &NONE)), 11)), "steps");
    assert_eq!(code(runs(|| work(100, &NONE), 0)), "steps");
}

#[test]
fn tasks_that_move_between_threads() {
    static TAKEN: AtomicU64 = AtomicU64::new(0);
    static MOVED: AtomicU64 = AtomicU64::new(0);
    const MAX: u64 = 20_000;

    async fn task(n: u64) -> Result<(), Violation> {
        for at in 0..n {
            let here = thread::current().id();
            one(at).await?;
            if thread::current().id() != here {
                count(&MOVED);
            }
        }
        Ok(())
    }
    #[bounded_steps(max = 100)]
    async fn one(at: u64) -> Result<(), Violation> {
        count(&TAKEN);
        if at.is_multiple_of(3) {
            yield_now().await;
        }
        Ok(())
    }
    #[bounded_steps(max = MAX)]
    async fn request(tasks: u64, each: u64) -> Result<u64, Violation> {
        let mut spawned = Vec::new();
        while (spawned.len() as u64) < tasks {
            spawned.push(portcullis::spawn(task(each)));
        }
        let mut refused = 0;
        for handle in spawned {
            refused += u64::from(handle.await.unwrap().is_err());
        }
        Ok(refused)
    }
    let runtime = Builder::new_multi_thread().worker_threads(4).build().unwrap();
    for _ in 0..20 {
        // Two iterations of the request for each task, and the calls of the task.
        assert_eq!(runtime.block_on(async { tokio::spawn(request(40, 498)).await.unwrap() }).unwrap(), 0);
        assert_eq!(TAKEN.swap(0, Ordering::Relaxed), 40 * 498);
        let refused = runtime.block_on(async { tokio::spawn(request(40, 600)).await.unwrap() });
        assert_eq!(code(refused), "steps");
        // The tasks go on for as long as there is anything, whether or not the request is over.
        while TAKEN.load(Ordering::Relaxed) > 0 && runtime.metrics().num_alive_tasks() > 0 {
            thread::yield_now();
        }
        let taken = TAKEN.swap(0, Ordering::Relaxed);
        assert!((MAX - 80..=MAX).contains(&taken), "{taken}");
    }
    assert!(MOVED.load(Ordering::Relaxed) > 0, "no task has moved: this shows nothing");
}

#[test]
fn a_recursion_that_spawns_itself() {
    #[bounded_steps(max = 500)]
    fn deeper(level: u64, deepest: Arc<AtomicU64>) -> Result<(), Violation> {
        deepest.fetch_max(level, Ordering::Relaxed);
        thread::spawn(carry_call(move || deeper(level + 1, deepest))).join().unwrap()
    }
    let deepest = Arc::new(AtomicU64::new(0));
    assert_eq!(code(deeper(0, Arc::clone(&deepest))), "steps");
    assert_eq!(deepest.load(Ordering::Relaxed), 500);
}

#[test]
fn a_carried_future_that_is_dropped() {
    #[bounded_steps(max = 10)]
    fn around(here: u64) -> Result<(), Violation> {
        {
            let mut lost = pin!(carry(async {
                work(3, &NONE)?;
                std::future::pending::<Result<(), Violation>>().await
            }));
            assert!(poll(lost.as_mut()).is_pending());
        }
        for _ in 0..here {}
        Ok(())
    }
    around(6).unwrap();
    assert_eq!(code(around(7)), "steps");
}

/// The limit that it is polled under has nothing in common with what its steps are taken from.
#[test]
fn a_future_that_has_spawned_and_is_polled_by_another_request() {
    #[bounded_steps(max = 20)]
    async fn spawns(turns: u64) -> Result<(), Violation> {
        thread::spawn(carry_call(|| work(9, &NONE))).join().unwrap()?;
        for _ in 0..turns {
            crate::common::Later::default().await;
        }
        Ok(())
    }
    #[bounded_steps(max = 30)]
    fn begins(turns: u64) -> Result<Task, Violation> {
        let mut begun = Box::pin(spawns(turns));
        assert!(poll(begun.as_mut()).is_pending());
        Ok(begun)
    }
    #[bounded_steps(max = 30)]
    fn goes_on(mut begun: Pin<&mut dyn Future<Output = Result<(), Violation>>>, rest: u64) -> Result<bool, Violation> {
        let ready = poll(begun.as_mut()).is_ready();
        for _ in 0..rest {}
        Ok(ready)
    }
    // One turn is taken here, and the other request has all else.
    let mut begun = begins(9).unwrap();
    assert!(!goes_on(begun.as_mut(), 29).unwrap());
    assert_eq!(code(goes_on(begun.as_mut(), 30)), "steps");
    // 10 are taken elsewhere, so 10 turns are left.
    assert!(run(begins(10).unwrap()).is_ok());
    assert_eq!(code(run(begins(11).unwrap())), "steps");
}

#[test]
fn what_was_begun_before_there_was_anything_to_share() {
    async fn turns(n: u64) -> Result<(), Violation> {
        between(n).await
    }
    #[portcullis::deadline("1h")]
    async fn between(n: u64) -> Result<(), Violation> {
        for _ in 0..n {
            crate::common::Later::default().await;
        }
        Ok(())
    }
    async fn elsewhere() -> Result<(), Violation> {
        crate::common::Later::default().await;
        thread::spawn(carry_call(|| work(9, &NONE))).join().unwrap()
    }
    #[bounded_steps(max = 30)]
    async fn around(n: u64, rest: u64) -> Result<(), Violation> {
        let (one, other) = futures_util::future::join(turns(n), elsewhere()).await;
        one?;
        other?;
        // With no poll between.
        for _ in 0..rest {}
        Ok(())
    }
    // A call and its turns, a call and its nine steps.
    run(around(19, 0)).unwrap();
    assert_eq!(code(run(around(20, 0))), "steps");
    run(around(10, 9)).unwrap();
    assert_eq!(code(run(around(10, 10))), "steps");
}

#[test]
fn the_step_after_what_has_spawned() {
    #[bounded_steps(max = 20)]
    async fn spawns() -> Result<(), Violation> {
        thread::spawn(carry_call(|| work(9, &NONE))).join().unwrap()
    }
    #[bounded_steps(max = 30)]
    async fn around(rest: u64) -> Result<(), Violation> {
        spawns().await?;
        for _ in 0..rest {}
        Ok(())
    }
    run(around(19)).unwrap();
    assert_eq!(code(run(around(20))), "steps");
}

#[test]
fn the_log_names_the_limit_that_was_carried() {
    #[portcullis::deadline("1h")]
    async fn turns(n: u64) -> Result<(), Violation> {
        for _ in 0..n {
            crate::common::Later::default().await;
        }
        Ok(())
    }
    #[bounded_steps(max = 12)]
    fn around() -> Result<(), Violation> {
        run(carry(turns(20)))
    }
    let refused = around().unwrap_err();
    assert!(refused.internal().to_string().starts_with("steps: more than 12 steps in "), "{}", refused.internal());
}
