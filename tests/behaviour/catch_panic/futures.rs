//! Protected futures.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};

use portcullis::{Violation, catch_panic, zero_trust};

use crate::common::{Later, code, panic_of, poll, run};

/// Counts its polls and panics at the second; tells of its drop.
struct Fragile {
    polls: Rc<Cell<u32>>,
    dropped: Rc<Cell<u32>>,
}

impl Future for Fragile {
    type Output = u32;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        self.polls.set(self.polls.get() + 1);
        assert!(self.polls.get() < 2, "at the second poll");
        Poll::Pending
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        self.dropped.set(self.dropped.get() + 1);
    }
}

#[catch_panic]
async fn protected(inner: Fragile) -> Result<u32, Violation> {
    Ok(inner.await)
}

#[test]
fn after_a_panic_the_body_is_dropped_and_not_polled_again() {
    let (polls, dropped) = (Rc::<Cell<u32>>::default(), Rc::<Cell<u32>>::default());
    let mut future = pin!(protected(Fragile { polls: polls.clone(), dropped: dropped.clone() }));
    assert!(poll(future.as_mut()).is_pending());
    assert_eq!(dropped.get(), 0);
    let Poll::Ready(refused) = poll(future.as_mut()) else { panic!("it waits") };
    assert_eq!(code(refused), "panic");
    assert_eq!((polls.get(), dropped.get()), (2, 1), "dropped before the refusal is handed out");
    // A future that is done is misused here; the body stays untouched even so.
    panic_of(|| poll(future.as_mut()));
    assert_eq!((polls.get(), dropped.get()), (2, 1));
}

#[test]
fn what_the_body_holds_drops_while_the_panic_unwinds() {
    struct Explosive;
    impl Drop for Explosive {
        fn drop(&mut self) {
            // Later, in the drop of the future, this would be a second panic.
            assert!(std::thread::panicking(), "in the drop");
        }
    }
    struct Holder(Option<Explosive>);
    impl Future for Holder {
        type Output = u32;
        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
            assert!(self.0.is_none(), "in the poll");
            Poll::Ready(1)
        }
    }
    #[catch_panic]
    async fn protected(explodes: bool) -> Result<u32, Violation> {
        Ok(Holder(explodes.then(|| Explosive)).await)
    }
    assert_eq!(code(run(protected(true))), "panic");
    assert_eq!(run(protected(false)).unwrap(), 1);
}

#[test]
fn a_future_is_send_when_its_twin_is() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    #[catch_panic]
    async fn one(name: &str, mut list: Vec<u8>) -> Result<usize, Violation> {
        Later::default().await;
        list.push(1);
        Ok(name.len() + list.len())
    }
    #[zero_trust]
    async fn all(
        #[check(length(max = 9))] name: &str,
        #[check(length(max = 9))] mut list: Vec<u8>,
    ) -> Result<usize, Violation> {
        Later::default().await;
        list.push(1);
        Ok(name.len() + list.len())
    }
    assert_eq!(run(is_send(one("ab", vec![0]))).unwrap(), 4);
    assert_eq!(run(is_send(all("ab", vec![0]))).unwrap(), 4);
    let joined = std::thread::spawn(|| run(all("abc", Vec::new())).unwrap()).join().unwrap();
    assert_eq!(joined, 4);
}

#[test]
fn the_body_runs_when_polled_and_not_before() {
    #[catch_panic]
    async fn protected(polled: &Cell<bool>) -> Result<(), Violation> {
        polled.set(true);
        panic!("at once")
    }
    let polled = Cell::new(false);
    let future = protected(&polled);
    assert!(!polled.get());
    assert_eq!(code(run(future)), "panic");
    assert!(polled.get());
}

async fn plain(buffer: [u8; 1024], name: &str) -> Result<usize, Violation> {
    Later::default().await;
    Ok(buffer.iter().filter(|byte| **byte > 0).count() + name.len())
}

#[catch_panic]
async fn caught(buffer: [u8; 1024], name: &str) -> Result<usize, Violation> {
    Later::default().await;
    Ok(buffer.iter().filter(|byte| **byte > 0).count() + name.len())
}

/// The buffer is twice in the plain future, as a parameter and as the variable that the body sees, and the boundary adds
/// a third: 2,088 and 3,144 bytes when this was written.
#[test]
fn how_much_larger_a_protected_future_is() {
    let (plain, caught) = (size_of_val(&plain([0; 1024], "a")), size_of_val(&caught([0; 1024], "a")));
    assert!(caught <= plain + 1024 + 64, "plain {plain}, protected {caught}");
    assert_eq!(run(self::plain([1; 1024], "a")).unwrap(), 1025);
    assert_eq!(run(self::caught([1; 1024], "a")).unwrap(), 1025);
}

#[test]
fn a_small_future_grows_by_two_words() {
    async fn plain(number: u32) -> Result<u32, Violation> {
        Later::default().await;
        Ok(number)
    }
    #[catch_panic]
    async fn caught(number: u32) -> Result<u32, Violation> {
        Later::default().await;
        Ok(number)
    }
    let (plain, caught) = (size_of_val(&plain(1)), size_of_val(&caught(1)));
    assert!(caught <= plain + 16, "plain {plain}, protected {caught}");
}
