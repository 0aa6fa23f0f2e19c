//! A permit is taken at the first poll, and is back after every way out.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;

use portcullis::{Kind, Violation, bounded_concurrency, zero_trust};

use super::{admitted, wait};
use crate::common::{Later, code, panic_of, poll, run};

#[bounded_concurrency(max = 3)]
async fn hold() -> Result<(), Violation> {
    wait().await
}

#[test]
fn the_limit_is_exact_and_so_it_is_again() {
    for _ in 0..3 {
        assert_eq!(admitted(|| Box::pin(hold())), 3);
    }
}

#[test]
fn a_refusal_is_for_the_client_to_repeat() {
    const NONE: i8 = -7;
    #[bounded_concurrency(max = NONE)]
    fn closed() -> Result<(), Violation> {
        Ok(())
    }
    let refused = closed().unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("busy", Kind::Busy));
    let internal = refused.internal();
    assert!(internal.function().ends_with("::closed"), "{internal}");
    assert!(internal.to_string().starts_with("busy: all 0 are taken in "), "{internal}");
    assert_eq!(internal.location().unwrap().file(), file!());
}

#[test]
fn what_is_not_polled_takes_none() {
    #[bounded_concurrency(max = 1)]
    async fn one() -> Result<(), Violation> {
        wait().await
    }
    let unpolled = [one(), one()];
    assert_eq!(admitted(|| Box::pin(one())), 1);
    drop(unpolled);
    assert_eq!(admitted(|| Box::pin(one())), 1);
}

#[test]
fn a_refused_call_runs_nothing() {
    #[bounded_concurrency(max = 1, or(return false))]
    fn nest(ran: &Cell<u32>, inner: &mut dyn FnMut()) -> bool {
        ran.set(ran.get() + 1);
        inner();
        true
    }
    let ran = Cell::new(0);
    let mut refused = None;
    assert!(nest(&ran, &mut || {
        // Another thread is another request.
        refused = Some(thread::scope(|scope| scope.spawn(|| nest(&Cell::new(0), &mut || {})).join().unwrap()));
    }));
    assert_eq!((refused, ran.get()), (Some(false), 1));
    assert!(nest(&ran, &mut || {}));
}

#[test]
fn every_way_out_of_a_call_gives_it_back() {
    #[bounded_concurrency(max = 1)]
    fn leave(way: u32) -> Result<u32, Violation> {
        match way {
            0 => return Ok(7),
            1 => Err(Violation::field("way", "range", "must not be 1"))?,
            2 => panic!("way"),
            _ => {}
        }
        Ok(way)
    }
    for round in 0..3 {
        assert_eq!(leave(0).unwrap(), 7, "{round}");
        assert_eq!(code(leave(1)), "input.range");
        assert_eq!(panic_of(|| leave(2)), "way");
        assert_eq!(leave(3).unwrap(), 3);
    }
}

#[test]
fn every_way_out_of_a_future_gives_it_back() {
    #[bounded_concurrency(max = 1)]
    async fn leave(way: u32) -> Result<(), Violation> {
        Later::default().await;
        match way {
            0 => return Ok(()),
            1 => Err(Violation::field("way", "range", "must not be 1"))?,
            2 => panic!("way"),
            3 => wait().await?,
            _ => {}
        }
        Ok(())
    }
    for _ in 0..3 {
        run(leave(0)).unwrap();
        assert_eq!(code(run(leave(1))), "input.range");
        assert_eq!(panic_of(|| run(leave(2))), "way");
        let mut cancelled = Box::pin(leave(3));
        for _ in 0..3 {
            assert!(poll(cancelled.as_mut()).is_pending());
        }
        assert_eq!(code(run(leave(4))), "busy");
        drop(cancelled);
        run(leave(4)).unwrap();
    }
}

/// The body is dropped as soon as it is done, so that whoever keeps the future keeps no permit.
#[test]
fn a_future_that_is_done_holds_nothing() {
    #[bounded_concurrency(max = 1)]
    async fn done(token: Rc<()>) -> Result<usize, Violation> {
        Ok(Rc::strong_count(&token))
    }
    let token = Rc::new(());
    let mut kept = Box::pin(done(Rc::clone(&token)));
    assert!(poll(kept.as_mut()).is_ready());
    assert_eq!(Rc::strong_count(&token), 1);
    assert_eq!(run(done(Rc::clone(&token))).unwrap(), 2);
}

#[test]
fn a_panic_that_is_caught_inside_gives_it_back() {
    #[zero_trust(bounded_concurrency(max = 1))]
    fn caught(#[check(range(max = 9))] number: u32) -> Result<u32, Violation> {
        assert!(number > 0, "nothing");
        Ok(number)
    }
    for _ in 0..3 {
        assert_eq!(code(caught(0)), "panic");
        assert_eq!(code(caught(10)), "input.range");
        assert_eq!(caught(9).unwrap(), 9);
    }
}

/// The drop of a body that is cancelled, and panics.
#[test]
fn a_drop_that_panics_gives_it_back() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            panic!("drop");
        }
    }
    #[bounded_concurrency(max = 1)]
    async fn loud() -> Result<(), Violation> {
        let _loud = Loud;
        wait().await
    }
    let mut cancelled = Box::pin(loud());
    assert!(poll(cancelled.as_mut()).is_pending());
    assert!(catch_unwind(AssertUnwindSafe(|| drop(cancelled))).is_err());
    let mut next = Box::pin(loud());
    assert!(poll(next.as_mut()).is_pending());
    std::mem::forget(next);
}

/// A future that is dropped on another thread, in the middle of another request of the same function.
#[test]
fn it_goes_back_to_the_request_that_took_it() {
    #[bounded_concurrency(max = 2)]
    async fn hold() -> Result<(), Violation> {
        wait().await
    }
    #[bounded_concurrency(max = 1)]
    fn other(cancelled: Box<dyn Send>, left: u32) -> Result<(), Violation> {
        drop(cancelled);
        // Nested: still under its own permit.
        if left == 0 { Ok(()) } else { other(Box::new(()), left - 1) }
    }
    for _ in 0..4 {
        let mut cancelled = Box::pin(hold());
        assert!(poll(cancelled.as_mut()).is_pending());
        thread::spawn(move || other(Box::new(cancelled), 3)).join().unwrap().unwrap();
    }
    assert_eq!(admitted(|| Box::pin(hold())), 2);

    #[bounded_concurrency(max = 2)]
    async fn drops(cancelled: Option<super::Waiting>, left: u32) -> Result<(), Violation> {
        if left == 9 {
            wait().await?;
        }
        // Of this very function.
        drop(cancelled);
        if left > 0 { Box::pin(drops(None, left - 1)).await } else { Ok(()) }
    }
    for _ in 0..4 {
        let mut cancelled: super::Waiting = Box::pin(drops(None, 9));
        assert!(poll(cancelled.as_mut()).is_pending());
        run(drops(Some(cancelled), 3)).unwrap();
    }
    assert_eq!(admitted(|| Box::pin(drops(None, 9))), 2);
}
