//! Async code: each poll is caught, and what a violation in an inner block or closure becomes is the future's output.

use std::pin::{Pin, pin};
use std::task::Poll;

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::{Later, code, poll, run};

fn sent<F: Future + Send>(future: F) -> F {
    future
}

#[test]
fn the_future_of_a_function_with_closures_is_still_send_and_its_violation_crosses_no_poll() {
    #[checked_arithmetic]
    #[checked_indexing]
    async fn protected(v: Vec<u8>, name: &str) -> Result<u8, Violation> {
        let first: u8 = v.iter().map(|x| x + 1).max().unwrap_or(0);
        Later::default().await;
        let second = v.iter().fold(v[0], |sum, x| sum + x);
        Later::default().await;
        Ok([first, second].map(|x| x + name.len() as u8)[1])
    }
    assert_eq!(run(sent(protected(vec![1, 2], "ab"))).unwrap(), 6);
    for (v, polls) in [(vec![255], 1), (vec![], 2), (vec![100, 100], 2), (vec![85, 85], 3)] {
        let mut future = pin!(sent(protected(v, "ab")));
        for _ in 1..polls {
            assert!(poll(future.as_mut()).is_pending());
        }
        let Poll::Ready(refused) = poll(future.as_mut()) else { panic!("it waits") };
        assert!(["arithmetic.overflow", "index.bounds"].contains(&code(refused)));
    }
    let joined = std::thread::spawn(|| run(protected(vec![255], "ab")).unwrap_err().code()).join().unwrap();
    assert_eq!(joined, "arithmetic.overflow");
}

#[test]
fn an_async_move_block_with_its_own_question_mark_and_return() {
    #[checked_arithmetic]
    async fn protected(x: Option<u8>) -> Result<u8, Violation> {
        let inner = async move {
            let x = x?;
            if x == 7 {
                return None;
            }
            Later::default().await;
            Some(x + 1)
        };
        Ok(inner.await.unwrap_or(0))
    }
    assert_eq!([Some(1), None, Some(7)].map(|x| run(protected(x)).unwrap()), [2, 0, 0]);
    assert_eq!(code(run(protected(Some(255)))), "arithmetic.overflow");
}

#[test]
fn an_async_block_that_a_synchronous_function_runs_to_its_end() {
    #[checked_arithmetic]
    fn protected(x: u8) -> Result<u8, Violation> {
        let add = async |y: u8| {
            Later::default().await;
            x + y
        };
        Ok(run(async { add(1).await + run(async { x + 1 }) }))
    }
    assert_eq!(protected(1).unwrap(), 4);
    for x in [255, 127] {
        assert_eq!(code(protected(x)), "arithmetic.overflow");
    }
}

#[test]
fn async_closures_that_borrow_and_that_move() {
    #[checked_arithmetic]
    async fn protected(v: &[u8]) -> Result<usize, Violation> {
        let mut total = 0;
        let mut add = async |x: &u8| {
            Later::default().await;
            total += x;
            [*x].map(|x| x + 1)[0]
        };
        for x in v {
            add(x).await;
        }
        let text = String::from("ab");
        let length = async move || text.len() - 1;
        Ok(length().await + usize::from(total))
    }
    assert_eq!(run(protected(&[1, 2])).unwrap(), 4);
    assert_eq!(code(run(protected(&[255]))), "arithmetic.overflow");
    assert_eq!(code(run(protected(&[200, 100]))), "arithmetic.overflow");
}

#[test]
fn a_future_dropped_in_the_middle_leaves_no_boundary_behind() {
    #[checked_arithmetic]
    async fn protected(v: &[u8]) -> Result<u8, Violation> {
        let sum = v.iter().fold(0, |sum, x| sum + x);
        Later::default().await;
        Ok(sum)
    }
    #[checked_arithmetic]
    fn adder() -> Result<impl Fn(u8) -> u8, Violation> {
        Ok(|x| x + 1)
    }
    {
        let mut future = pin!(protected(&[1]));
        assert!(poll(future.as_mut()).is_pending());
        assert!(crate::common::panic_of(|| adder().unwrap()(255)).starts_with("portcullis: "), "none between polls");
    }
    assert!(crate::common::panic_of(|| adder().unwrap()(255)).starts_with("portcullis: "));
}

/// What two futures refuse stays apart, however their polls are mixed.
#[test]
fn futures_polled_in_turns() {
    #[checked_arithmetic]
    async fn protected(x: u8) -> Result<u8, Violation> {
        let mut sum = x;
        for _ in 0..3 {
            Later::default().await;
            [100].iter().for_each(|by| sum += by);
        }
        Ok(sum)
    }
    let mut futures: Vec<_> = [0_u8, 60, 156].into_iter().map(|x| (Box::pin(protected(x)), 0)).collect();
    let mut ends = Vec::new();
    for round in 1..=4 {
        for (future, ended) in &mut futures {
            if *ended == 0
                && let Poll::Ready(refused) = poll(future.as_mut())
            {
                *ended = round;
                ends.push((round, code(refused)));
            }
        }
    }
    assert_eq!(ends, [(2, "arithmetic.overflow"), (3, "arithmetic.overflow"), (4, "arithmetic.overflow")]);
}

trait Service {
    /// As `async_trait` leaves it.
    fn call<'life0, 'async_trait>(
        &'life0 self,
        v: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        Self: 'async_trait;
}

struct Step(u8);

impl Service for Step {
    #[checked_arithmetic]
    fn call<'life0, 'async_trait>(
        &'life0 self,
        v: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        Box::pin(async move {
            let this = self;
            Later::default().await;
            let sum = v.iter().fold(this.0, |sum, x| sum + x);
            Ok(async { sum + 1 }.await)
        })
    }
}

#[test]
fn the_boxed_future_that_async_trait_leaves() {
    let service: &dyn Service = &Step(1);
    assert_eq!(run(sent(service.call(vec![1, 2]))).unwrap(), 5);
    assert_eq!(code(run(service.call(vec![255]))), "arithmetic.overflow");
    assert_eq!(code(run(service.call(vec![254]))), "arithmetic.overflow");
}

#[test]
fn a_function_that_ends_with_an_async_block() {
    #[checked_arithmetic(or(return violation.code().len()))]
    fn protected(v: &[u8]) -> impl Future<Output = usize> + Send {
        async move {
            Later::default().await;
            usize::from(v.iter().fold(0, |sum, x| sum + x))
        }
    }
    assert_eq!(run(sent(protected(&[1, 2]))), 3);
    assert_eq!(run(protected(&[255, 2])), "arithmetic.overflow".len());
}
