//! A request takes one permit of a function, wherever its parts run.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::thread;

use portcullis::{Violation, bounded_concurrency, carry, carry_call};
use tokio::runtime::Builder;
use tokio::sync::Notify;

use super::{admitted, wait};
use crate::common::{Later, code, poll, run};

#[test]
fn recursion_takes_one() {
    #[bounded_concurrency(max = 1)]
    fn deeper(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(deeper(left - 1)? + deeper(0)? + 1) }
    }
    assert_eq!(deeper(9).unwrap(), 9);
    assert_eq!(deeper(9).unwrap(), 9);
}

#[test]
fn recursion_through_futures_takes_one() {
    #[bounded_concurrency(max = 1)]
    async fn deeper(left: u32) -> Result<u32, Violation> {
        Later::default().await;
        let below = if left == 0 { 0 } else { Box::pin(deeper(left - 1)).await? + 1 };
        Later::default().await;
        Ok(below)
    }
    for _ in 0..3 {
        assert_eq!(run(deeper(9)).unwrap(), 9);
    }
    // Two at once are two requests.
    let mut first = Box::pin(deeper(9));
    assert!(poll(first.as_mut()).is_pending());
    assert_eq!(code(run(deeper(0))), "busy");
    assert_eq!(run(first).unwrap(), 9);
    assert_eq!(run(deeper(0)).unwrap(), 0);
}

#[test]
fn two_functions_that_call_each_other_take_one_each() {
    #[bounded_concurrency(max = 1)]
    fn even(left: u32) -> Result<bool, Violation> {
        if left == 0 { Ok(true) } else { odd(left - 1) }
    }
    #[bounded_concurrency(max = 1)]
    fn odd(left: u32) -> Result<bool, Violation> {
        if left == 0 { Ok(false) } else { even(left - 1) }
    }
    assert!(even(8).unwrap());
    assert!(odd(7).unwrap());
}

/// A request remembers so many permits; beyond them each entry takes one.
#[test]
fn more_than_a_request_remembers_are_taken_again() {
    macro_rules! nested {
        ($($name:ident)*) => {$(
            #[bounded_concurrency(max = 1)]
            fn $name(inner: &mut dyn FnMut() -> Result<(), Violation>) -> Result<(), Violation> {
                inner()
            }
        )*};
    }
    nested!(a b c d);
    let mut nothing = || Ok(());
    for _ in 0..2 {
        a(&mut || b(&mut || c(&mut || d(&mut || Ok(()))))).unwrap();
        a(&mut || b(&mut || c(&mut || a(&mut || b(&mut || c(&mut || Ok(()))))))).unwrap();
        assert_eq!(code(a(&mut || b(&mut || c(&mut || d(&mut || d(&mut || Ok(()))))))), "busy");
        // And are back afterwards.
        d(&mut nothing).unwrap();
    }
}

/// What is carried out of a request has its places for permits of its own.
#[test]
fn permits_that_are_over_are_forgotten() {
    type Part = Box<dyn FnOnce() -> Result<u32, Violation>>;
    macro_rules! nested {
        ($($name:ident)*) => {$(
            #[bounded_concurrency(max = 1)]
            fn $name(inner: &mut dyn FnMut() -> Result<Part, Violation>) -> Result<Part, Violation> {
                inner()
            }
        )*};
    }
    nested!(a b c);
    #[bounded_concurrency(max = 1)]
    fn deeper(left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(deeper(left - 1)? + 1) }
    }
    let part = a(&mut || b(&mut || c(&mut || Ok(Box::new(carry_call(|| deeper(3))))))).unwrap();
    assert_eq!(part().unwrap(), 3);
    assert_eq!(deeper(3).unwrap(), 3);
}

#[test]
fn another_thread_enters_under_the_permit_of_the_request() {
    #[bounded_concurrency(max = 1)]
    fn deeper(left: u32) -> Result<u32, Violation> {
        if left == 0 {
            return Ok(0);
        }
        let below = thread::spawn(carry_call(move || deeper(left - 1))).join().unwrap()?;
        // Here too, after the other one has left.
        Ok(below + deeper(0)? + 1)
    }
    assert_eq!(deeper(4).unwrap(), 4);
    assert_eq!(deeper(4).unwrap(), 4);
}

/// What is carried out of a request that ends first takes its own permit, and is refused where there is none.
#[test]
fn what_outlives_the_request_takes_its_own() {
    #[bounded_concurrency(max = 1)]
    fn leaves_behind() -> Result<Box<dyn FnOnce() -> Result<(), Violation>>, Violation> {
        Ok(Box::new(carry_call(|| leaves_behind().map(drop))))
    }
    #[bounded_concurrency(max = 1)]
    async fn holds() -> Result<Pin<Box<dyn Future<Output = Result<(), Violation>>>>, Violation> {
        Ok(Box::pin(carry(async { holds_long().await })))
    }
    #[bounded_concurrency(max = 1)]
    async fn holds_long() -> Result<(), Violation> {
        wait().await
    }
    let later = leaves_behind().unwrap();
    let later_still = leaves_behind().unwrap();
    later().unwrap();
    later_still().unwrap();
    let (mut one, mut two) = (run(holds()).unwrap(), run(holds()).unwrap());
    assert!(poll(one.as_mut()).is_pending());
    assert_eq!(code(run(two.as_mut())), "busy");
    drop(one);
    assert_eq!(admitted(|| Box::pin(holds_long())), 1);
}

/// A part that has entered under the request's permit keeps it until it leaves, so that the limit holds.
#[test]
fn a_task_keeps_the_permit_after_the_request() {
    #[bounded_concurrency(max = 1)]
    async fn enter(left: u32, entered: Arc<Notify>, leave: Arc<Notify>) -> Result<(), Violation> {
        if left > 0 {
            // Detached, and inside before the request ends.
            portcullis::spawn(boxed(left - 1, Arc::clone(&entered), leave));
            entered.notified().await;
        } else {
            entered.notify_one();
            leave.notified().await;
        }
        Ok(())
    }
    fn boxed(
        left: u32,
        entered: Arc<Notify>,
        leave: Arc<Notify>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Violation>> + Send>> {
        Box::pin(enter(left, entered, leave))
    }
    Builder::new_current_thread().build().unwrap().block_on(async {
        for _ in 0..3 {
            let (entered, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
            enter(1, Arc::clone(&entered), Arc::clone(&leave)).await.unwrap();
            let probe = || enter(0, Arc::new(Notify::new()), Arc::new(Notify::new()));
            assert_eq!(code(probe().await), "busy");
            leave.notify_one();
            while Arc::strong_count(&entered) > 1 {
                tokio::task::yield_now().await;
            }
            let leave = Arc::new(Notify::new());
            leave.notify_one();
            enter(0, Arc::new(Notify::new()), leave).await.unwrap();
        }
    });
}
