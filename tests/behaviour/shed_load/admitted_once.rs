//! A request is asked once, at the first gate that it comes to.

use std::pin::pin;

use portcullis::{Violation, bounded_concurrency, carry, carry_call, shed_load};

use super::shut;
use crate::common::{Later, code, panic_of, poll, run};

#[shed_load(memory = "16MiB")]
fn inner() -> Result<u32, Violation> {
    Ok(1)
}

#[shed_load(memory = "16MiB")]
async fn inner_later() -> Result<u32, Violation> {
    Later::default().await;
    inner()
}

/// A request without a gate of its own.
#[bounded_concurrency(max = 1_000)]
fn around<R>(body: impl FnOnce() -> Result<R, Violation>) -> Result<R, Violation> {
    body()
}

#[bounded_concurrency(max = 1_000)]
async fn around_later<R>(body: impl Future<Output = Result<R, Violation>>) -> Result<R, Violation> {
    body.await
}

#[shed_load(memory = "85%")]
fn admitted<R>(body: impl FnOnce() -> Result<R, Violation>) -> Result<R, Violation> {
    body()
}

#[shed_load(memory = "85%")]
async fn admitted_later<R>(body: impl Future<Output = Result<R, Violation>>) -> Result<R, Violation> {
    Later::default().await;
    body.await
}

#[shed_load(priority = probe)]
fn probe<R>(body: impl FnOnce() -> Result<R, Violation>) -> Result<R, Violation> {
    body()
}

#[shed_load(priority = probe)]
async fn probe_later<R>(body: impl Future<Output = Result<R, Violation>>) -> Result<R, Violation> {
    body.await
}

#[test]
fn what_an_admitted_function_calls_is_not_asked() {
    shut();
    for _ in 0..3 {
        assert_eq!(code(inner()), "memory");
        assert_eq!(admitted(inner).unwrap(), 1);
        assert_eq!(code(inner()), "memory");
        assert_eq!(run(admitted_later(inner_later())).unwrap(), 1);
        assert_eq!(code(run(inner_later())), "memory");
    }
}

#[test]
fn the_whole_request_is_admitted_by_its_first_gate() {
    shut();
    assert_eq!(code(around(inner)), "memory");
    assert_eq!(around(|| admitted(|| Ok(2)).and_then(|two| Ok(two + inner()?))).unwrap(), 3);
    assert_eq!(code(run(around_later(inner_later()))), "memory");
    let one_after_the_other = async {
        let two = admitted_later(async { Ok(2) }).await?;
        Later::default().await;
        Ok(two + inner_later().await?)
    };
    assert_eq!(run(around_later(one_after_the_other)).unwrap(), 3);
    // Refused by the first is not admitted by it.
    assert_eq!(code(around(|| inner().or_else(|_| inner()))), "memory");
}

#[test]
fn the_next_request_is_asked_again_however_the_last_one_ended() {
    shut();
    assert_eq!(panic_of(|| admitted(|| -> Result<(), Violation> { panic!("on the way") })), "on the way");
    assert_eq!(code(inner()), "memory");
    assert!(
        admitted(|| -> Result<(), Violation> {
            inner().map(|_| ())?;
            around(|| Ok(()))
        })
        .is_ok()
    );
    assert_eq!(code(inner()), "memory");
    {
        let mut dropped = pin!(admitted_later(inner_later()));
        assert!(poll(dropped.as_mut()).is_pending());
        // Between two polls of it the thread works on something else.
        assert_eq!(code(inner()), "memory");
        assert!(poll(dropped.as_mut()).is_pending());
    }
    assert_eq!(code(inner()), "memory");
}

#[test]
fn futures_of_several_requests_on_one_thread_are_not_mixed_up() {
    shut();
    let mut first = pin!(admitted_later(async { inner_later().await }));
    let mut second = pin!(around_later(async {
        Later::default().await;
        inner_later().await
    }));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    assert!(poll(first.as_mut()).is_pending());
    assert_eq!(code(run(second)), "memory");
    assert_eq!(run(first).unwrap(), 1);
}

#[test]
fn a_probe_is_admitted_and_what_it_calls_with_it() {
    shut();
    for _ in 0..3 {
        assert_eq!(probe(inner).unwrap(), 1);
        assert_eq!(run(probe_later(inner_later())).unwrap(), 1);
        assert_eq!(code(inner()), "memory");
    }
    #[shed_load(memory = "16MiB", priority = probe)]
    fn with_a_threshold() -> Result<u32, Violation> {
        Ok(7)
    }
    #[shed_load(memory = "16MiB", priority = normal)]
    fn ordinary() -> Result<u32, Violation> {
        Ok(7)
    }
    assert_eq!(with_a_threshold().unwrap(), 7);
    assert_eq!(code(ordinary()), "memory");
}

#[test]
fn calling_a_probe_is_no_way_in() {
    shut();
    assert_eq!(around(|| probe(|| Ok(7))).unwrap(), 7);
    assert_eq!(code(around(|| probe(|| Ok(())).and_then(|()| inner()))), "memory");
    assert_eq!(code(around(|| probe(inner))), "memory");
}

#[test]
fn an_admission_is_taken_along_by_what_carries_the_request() {
    shut();
    let elsewhere = |call: Box<dyn FnOnce() -> Result<u32, Violation> + Send>| std::thread::spawn(call).join().unwrap();
    assert_eq!(admitted(|| elsewhere(Box::new(carry_call(inner)))).unwrap(), 1);
    assert_eq!(
        admitted(|| elsewhere(Box::new(|| run(carry(inner_later()))))).map_err(|refused| refused.code()),
        Err("memory")
    );
    assert_eq!(
        admitted(|| {
            let carried = carry(inner_later());
            elsewhere(Box::new(move || run(carried)))
        })
        .unwrap(),
        1
    );
    // Nothing is taken along by a thread alone.
    assert_eq!(code(admitted(|| elsewhere(Box::new(inner)))), "memory");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_of_the_request_are_admitted_with_it() {
    shut();
    #[shed_load(memory = "85%")]
    async fn handler(carried: bool) -> Result<u32, Violation> {
        let task = async {
            tokio::task::yield_now().await;
            inner()
        };
        if carried { portcullis::spawn(task).await.unwrap() } else { tokio::spawn(task).await.unwrap() }
    }
    for _ in 0..100 {
        assert_eq!(handler(true).await.unwrap(), 1);
        assert_eq!(code(handler(false).await), "memory");
    }
}

/// Calls itself through its own gate.
#[test]
fn a_recursive_function_is_asked_once() {
    #[shed_load(memory = "85%")]
    fn down(left: u32) -> Result<u32, Violation> {
        if left == 0 { inner() } else { down(left - 1) }
    }
    shut();
    assert_eq!(down(20).unwrap(), 1);
    assert_eq!(code(inner()), "memory");
}
