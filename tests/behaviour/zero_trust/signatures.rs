//! Functions of every shape. `unsafe fn` is not among them: this package forbids it.

use std::fmt::Debug;
use std::pin::Pin;

use portcullis::{Violation, zero_trust};

use crate::common::{Later, code, run};

trait Handler {
    const STEP: u8;
    fn now(&self, number: u8) -> Result<u8, Violation>;
    fn later(&self, number: u8) -> impl Future<Output = Result<u8, Violation>> + Send;
    async fn native(&mut self, number: u8) -> Result<u8, Violation>;
    fn boxed(&self, number: u8) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send + '_>>;
    fn consumed(self, number: u8) -> Result<Self, Violation>
    where
        Self: Sized;
    /// A default body is protected like any other.
    #[zero_trust]
    fn given(&self, #[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + Self::STEP)
    }
}

#[derive(Debug)]
struct Server {
    step: u8,
}

impl Handler for Server {
    const STEP: u8 = 100;

    #[zero_trust]
    fn now(&self, #[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + self.step)
    }

    #[zero_trust]
    async fn later(&self, #[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Later::default().await;
        assert!(number > 0, "nothing");
        Ok(number + self.step)
    }

    #[zero_trust]
    async fn native(&mut self, #[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Later::default().await;
        assert!(number > 0, "nothing");
        Ok(number + self.step)
    }

    // As `async_trait` leaves it.
    #[zero_trust]
    fn boxed(
        &self,
        #[check(range(max = 200))] number: u8,
    ) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send + '_>> {
        Box::pin(async move {
            Later::default().await;
            assert!(number > 0, "nothing");
            Ok(number + self.step)
        })
    }

    #[zero_trust]
    fn consumed(mut self, #[check(range(max = 200))] number: u8) -> Result<Self, Violation>
    where
        Self: Sized,
    {
        assert!(number > 0, "nothing");
        self.step += number;
        Ok(self)
    }
}

#[track_caller]
fn ensure_guarded(call: impl Fn(u8) -> Result<u8, Violation>) {
    for _ in 0..2 {
        assert_eq!(call(155).unwrap(), 255);
        assert_eq!([201, 156, 0].map(|bad| code(call(bad))), ["input.range", "arithmetic.overflow", "panic"]);
    }
}

#[test]
fn methods_of_a_trait() {
    let server = Server { step: 100 };
    ensure_guarded(|number| server.now(number));
    ensure_guarded(|number| run(server.later(number)));
    ensure_guarded(|number| run(Server { step: 100 }.native(number)));
    ensure_guarded(|number| Server { step: 100 }.consumed(number).map(|server| server.step));
    ensure_guarded(|number| run(server.boxed(number)));
    ensure_guarded(|number| server.given(number));
}

/// Written out, where the return type names a future.
#[zero_trust]
fn spelled(#[check(range(max = 200))] number: u8) -> Pin<Box<dyn Future<Output = Result<u8, Violation>> + Send>> {
    Box::pin(async move {
        Later::default().await;
        assert!(number > 0, "nothing");
        Ok(number + 100)
    })
}

#[zero_trust]
fn opaque(#[check(range(max = 200))] number: u8) -> impl Future<Output = Result<u8, Violation>> + Send {
    async move {
        Later::default().await;
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
}

#[test]
fn functions_that_return_a_future() {
    ensure_guarded(|number| run(spelled(number)));
    ensure_guarded(|number| run(opaque(number)));
    // Nothing is decided before the first poll.
    drop((spelled(0), opaque(201)));
}

#[test]
fn generics_constants_and_lifetimes() {
    #[zero_trust]
    fn constant<const MAX: u8, const N: usize>(
        #[check(range(max = MAX))] number: u8,
        #[trusted(reason = "the test's own")] _rest: [u8; N],
    ) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
    #[zero_trust]
    #[allow(single_use_lifetimes, reason = "the case")]
    fn longest<'a, 'b: 'a>(
        #[check(length(max = 3))] one: &'a str,
        #[check(length(max = 3))] two: &'b str,
    ) -> Result<&'a str, Violation> {
        Ok(if one.len() > two.len() { one } else { two })
    }
    #[zero_trust]
    fn shown<T>(
        #[trusted(reason = "the test's own")] value: &T,
        #[trusted(reason = "the test's own")] other: impl Debug,
        #[check(range(max = 200))] number: u8,
    ) -> Result<String, Violation>
    where
        T: Debug + ?Sized,
    {
        Ok(format!("{value:?} {other:?} {}", number + 100))
    }
    ensure_guarded(|number| constant::<200, 3>(number, [0; 3]));
    assert_eq!(longest("a", "bc").unwrap(), "bc");
    assert_eq!(code(longest("a", "bcde")), "input.length");
    assert_eq!(shown("a", 'b', 1).unwrap(), "\"a\" 'b' 101");
    assert_eq!(code(shown("a", 'b', 200)), "arithmetic.overflow");
    assert_eq!(code(shown("a", 'b', 201)), "input.range");
}

#[test]
fn a_function_with_a_foreign_calling_convention() {
    #[zero_trust(or(return u32::MAX))]
    extern "C" fn foreign(#[check(range(max = 200))] number: u8) -> u32 {
        assert!(number > 0, "nothing");
        u32::from(number + 100)
    }
    let pointer: extern "C" fn(u8) -> u32 = foreign;
    assert_eq!([155, 156, 201, 0].map(|number| pointer(number)), [255, u32::MAX, u32::MAX, u32::MAX]);
    assert_eq!(foreign(1), 101);
}

#[test]
fn attributes_of_the_user_stay() {
    /// Documented.
    #[must_use = "the case"]
    #[inline(never)]
    #[zero_trust]
    #[allow(clippy::let_and_return, reason = "the case")]
    fn below(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        let sum = number + 100;
        sum.checked_sub(0).ok_or_else(|| Violation::field("a", "b", "c"))
    }
    ensure_guarded(below);
}
