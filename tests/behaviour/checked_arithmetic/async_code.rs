//! Futures: operands that wait, and what may cross an `await`.

use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use portcullis::{Violation, checked_arithmetic};

use super::{Log, panic_of};

/// The output of a future that wakes itself.
fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Pending once, then `value`.
async fn later<T>(value: T) -> T {
    let mut asked = false;
    poll_fn(|_| if std::mem::replace(&mut asked, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    value
}

fn sent<F: Future + Send>(future: F) -> F {
    future
}

#[test]
fn both_operands_awaited() {
    twin! { async fn plain, protected(a: u32, b: u32) -> u32 { later(a).await + later(b).await * 2 } }
    assert_eq!(run(plain(3, 4)), run(protected(3, 4)));
}

#[test]
fn awaited_operands_in_order() {
    twin! {
        async fn plain, protected(log: &Log) -> u32 {
            let mut sum = later(log.on("a", 5)).await - later(log.on("b", 2)).await;
            sum += later(log.on("c", 1)).await;
            sum
        }
    }
    let log = Log::default();
    assert_eq!(run(plain(&log)), run(protected(&log)));
    assert_eq!(log.taken(), ["a", "b", "c"].repeat(2));
}

#[test]
fn the_future_is_still_send() {
    #[checked_arithmetic]
    async fn protected(total: &Mutex<u64>, v: &[u64]) -> Result<u64, Violation> {
        let mut sum = 0;
        for x in v {
            sum += later(x).await;
            *total.lock().unwrap() += later(*x).await;
        }
        Ok(sum * later(2).await + *total.lock().unwrap())
    }
    assert_eq!(run(sent(protected(&Mutex::new(1), &[1, 2]))).unwrap(), 10);
    assert!(run(sent(protected(&Mutex::new(u64::MAX), &[1]))).is_err());
}

#[test]
fn an_async_fn_returns_the_violation() {
    #[checked_arithmetic]
    async fn protected(x: u8) -> Result<u8, Violation> {
        let x = later(x).await;
        Ok(later(x + 1).await)
    }
    assert_eq!(run(protected(1)).unwrap(), 2);
    let refused = run(protected(255)).unwrap_err();
    assert_eq!((refused.code(), refused.internal().operator()), ("arithmetic.overflow", Some("+")));
    assert!(refused.internal().function().ends_with("::protected"));
}

#[test]
fn nothing_is_refused_before_the_future_is_polled() {
    #[checked_arithmetic]
    async fn protected(log: &Log) -> Result<u8, Violation> {
        Ok(log.on("ran", 255) + 1)
    }
    let log = Log::default();
    let future = protected(&log);
    assert!(log.taken().is_empty());
    assert!(run(future).is_err());
    assert_eq!(log.taken(), ["ran"]);
}

#[test]
fn an_async_block_in_an_async_fn_returns_the_violation() {
    #[checked_arithmetic]
    async fn protected(x: u8) -> Result<u8, Violation> {
        let inner = async { later(x).await + 1 };
        Ok(inner.await)
    }
    assert_eq!(run(protected(1)).unwrap(), 2);
    let refused = run(protected(255)).unwrap_err();
    assert!(refused.internal().to_string().starts_with("arithmetic.overflow: `+` of u8"));
}

#[test]
fn an_async_closure() {
    #[checked_arithmetic]
    async fn protected(x: u8) -> Result<u8, Violation> {
        let mut calls = 0;
        let mut next = async |y: u8| {
            calls += 1;
            later(y).await + x
        };
        let sum = next(1).await + next(2).await;
        Ok(sum + calls)
    }
    assert_eq!(run(protected(3)).unwrap(), 11);
}

#[test]
fn a_function_that_returns_a_pinned_future_refuses_in_it() {
    #[checked_arithmetic]
    fn protected<'a>(x: &'a u8) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send + 'a>> {
        Box::pin(async move { Ok(later(*x).await + 1) })
    }
    assert_eq!(run(protected(&1)).unwrap(), 2);
    assert_eq!(run(protected(&255)).unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn or_return_in_an_async_fn_sees_the_parameters() {
    #[checked_arithmetic(or(return (violation.code(), x)))]
    async fn protected(x: u8) -> (&'static str, u8) {
        ("fine", ready(x).await - 1)
    }
    assert_eq!(run(protected(1)), ("fine", 0));
    assert_eq!(run(protected(0)), ("arithmetic.overflow", 0));
}

#[test]
fn an_operator_before_the_future_that_a_function_returns() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> impl Future<Output = u8> {
        let y = x + 1;
        async move { y + 1 }
    }
    assert_eq!(run(protected(1)), 3);
    assert!(panic_of(|| drop(protected(255))).starts_with("portcullis: arithmetic.overflow: `+` of u8"));
}
