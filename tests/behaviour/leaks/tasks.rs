//! Too many tasks.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use portcullis::{Kind, Tasks, Violation, bounded_recursion, live_tasks};
use tokio::task::yield_now;

use super::{alone, runtime};
use crate::common::code;

#[test]
fn tasks_that_never_end() {
    static MAILS: Tasks = Tasks::new(20);
    let _alone = alone();
    runtime().block_on(async {
        // The plain form takes them all.
        let held = Arc::new(());
        let plain: Vec<_> = (0..1_000)
            .map(|_| {
                let held = Arc::clone(&held);
                tokio::spawn(async move {
                    pending::<()>().await;
                    drop(held);
                })
            })
            .collect();
        assert_eq!(Arc::strong_count(&held), 1_001);
        plain.iter().for_each(tokio::task::JoinHandle::abort);

        let mut refused = 0;
        let mut tasks = Vec::new();
        for _ in 0..1_000 {
            match MAILS.spawn(pending::<()>()) {
                Ok(task) => tasks.push(task),
                Err(violation) => {
                    assert_eq!((violation.code(), violation.kind()), ("busy", Kind::Busy));
                    refused += 1;
                }
            }
        }
        assert_eq!((tasks.len(), refused, MAILS.live(), live_tasks()), (20, 980, 20, 20));
        // One that goes lets one in.
        tasks.pop().unwrap().abort();
        while MAILS.live() == 20 {
            yield_now().await;
        }
        tasks.push(MAILS.spawn(pending()).unwrap());
        assert_eq!(code(MAILS.spawn(pending::<()>())), "busy");
        assert_eq!(MAILS.max(), 20);
    });
    // With the runtime.
    assert_eq!((MAILS.live(), live_tasks()), (0, 0));
}

#[test]
fn every_end_of_a_task_counts_it_out() {
    static KIND: Tasks = Tasks::new(1);
    let _alone = alone();
    runtime().block_on(async {
        for _ in 0..3 {
            assert_eq!(KIND.spawn(async { 7 }).unwrap().await.unwrap(), 7);
            assert!(KIND.spawn(async { panic!("in a task, on purpose") }).unwrap().await.unwrap_err().is_panic());
            let aborted = KIND.spawn(pending::<()>()).unwrap();
            aborted.abort();
            assert!(aborted.await.unwrap_err().is_cancelled());
            assert_eq!(KIND.spawn_blocking(|| 8).unwrap().await.unwrap(), 8);
            assert!(KIND.spawn_blocking(|| panic!("on a thread, on purpose")).unwrap().await.unwrap_err().is_panic());
            // A task is counted out before its end is told, but not a thread: the closure's captures drop with it.
            assert_eq!((KIND.live(), live_tasks()), (0, 0));
        }
    });
}

/// Outside of a runtime the panic is tokio's own, and nothing stays counted.
#[test]
fn without_a_runtime() {
    static KIND: Tasks = Tasks::new(1);
    let _alone = alone();
    for _ in 0..2 {
        assert!(crate::common::panic_of(|| KIND.spawn(async {})).contains("Tokio 1.x runtime"));
        assert!(crate::common::panic_of(|| portcullis::spawn(async {})).contains("Tokio 1.x runtime"));
    }
    assert_eq!((KIND.live(), live_tasks()), (0, 0));
}

/// The limits of the request go along.
#[test]
fn tasks_count_on() {
    static KIND: Tasks = Tasks::new(100);
    static CALLS: AtomicUsize = AtomicUsize::new(0);

    #[bounded_recursion(max = 10)]
    fn deeper() -> Result<(), Violation> {
        CALLS.fetch_add(1, Ordering::Relaxed);
        KIND.spawn(async {
            let _ = deeper();
        })?;
        Ok(())
    }
    let _alone = alone();
    runtime().block_on(async {
        deeper().unwrap();
        while KIND.live() > 0 {
            yield_now().await;
        }
    });
    assert_eq!(CALLS.load(Ordering::Relaxed), 10);
}
