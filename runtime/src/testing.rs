//! For the tests of those who use the attributes.

#[cfg(feature = "std")]
mod clock;

use core::fmt;

#[cfg(feature = "std")]
pub use self::clock::Clock;
use crate::Violation;

/// What [`drive_depth`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Driven {
    /// The deepest call that was accepted.
    pub accepted: u32,
    /// What one level more was refused with: `recursion.depth` or `recursion.stack`.
    pub code: &'static str,
}

/// An error by which [`drive_depth`] can tell that a bound on recursion refused.
///
/// [`Violation`] is one. For an error type of your own that a `Violation` becomes, say what it became.
#[diagnostic::on_unimplemented(
    message = "`drive_depth` cannot tell from an error of type `{Self}` which protection refused",
    note = "return the `portcullis::Violation` itself, or implement\n\
            `portcullis::testing::Refusal` for the type"
)]
pub trait Refusal: fmt::Debug {
    /// The violation's code, if it was one.
    fn code(&self) -> Option<&'static str>;
}

impl Refusal for Violation {
    fn code(&self) -> Option<&'static str> {
        Some(Violation::code(self))
    }
}

/// No test drives deeper: what is accepted so deep has no bound that a test could find.
const DEEPEST: u32 = 1 << 20;

/// Shows that a function refuses at its bound and recovers from it.
///
/// `call` has to make the function recurse as many levels as it is told. It is called with more and more of them until it is
/// refused, then in between until the bound is known to the level, and then on both sides of it once more: a refusal must
/// not change what comes after it.
///
/// ```
/// use portcullis::{Violation, bounded_recursion, testing::drive_depth};
///
/// #[bounded_recursion(max = 32)]
/// fn nested(text: &str) -> Result<usize, Violation> {
///     match text.strip_prefix('[') {
///         Some(inner) => Ok(nested(inner)? + 1),
///         None => Ok(1),
///     }
/// }
///
/// let driven = drive_depth(|levels| nested(&"[".repeat(levels as usize - 1)));
/// assert_eq!((driven.accepted, driven.code), (32, "recursion.depth"));
/// ```
///
/// It runs on the thread that calls it: the 2 MiB of a test's thread, unless you spawn one. An `async fn` is driven by a
/// `call` that polls it to its end, such as `|levels| runtime.block_on(walk(levels))`. About 50 calls are made.
///
/// # Panics
/// When the function refuses a single level, accepts 1,048,576 of them, is refused by something else than a bound on
/// recursion, accepts a depth beyond one that it refuses, or does not accept again what it accepted before. A function
/// without any bound ends the test's process by overflowing the stack, as it would end the server's.
#[track_caller]
pub fn drive_depth<T, E: Refusal>(mut call: impl FnMut(u32) -> Result<T, E>) -> Driven {
    let mut refusal = |levels: u32| call(levels).err().map(|error| recursion(&error, levels));
    assert!(refusal(1).is_none(), "drive_depth: a single level is refused");
    let (mut accepted, mut refused) = (1, 2_u32);
    let mut code = loop {
        if let Some(code) = refusal(refused) {
            break code;
        }
        assert!(
            refused < DEEPEST,
            "drive_depth: {refused} levels are accepted, so there is no bound that a test could find"
        );
        (accepted, refused) = (refused, refused.saturating_mul(2));
    };
    // The bound is between the two.
    while refused.abs_diff(accepted) > 1 {
        let between = accepted.midpoint(refused);
        match refusal(between) {
            Some(shallower) => (refused, code) = (between, shallower),
            None => accepted = between,
        }
    }
    for levels in [accepted, 1] {
        assert!(
            refusal(levels).is_none(),
            "drive_depth: {levels} levels were accepted, and are refused after a call that was too deep"
        );
        assert!(
            refusal(refused).is_some(),
            "drive_depth: {refused} levels were refused, and are accepted the next time"
        );
    }
    Driven { accepted, code }
}

/// The code of a refusal, which has to be that of a bound.
#[track_caller]
fn recursion(error: &impl Refusal, levels: u32) -> &'static str {
    match error.code() {
        Some(code) if code.starts_with("recursion.") => code,
        _ => panic!("drive_depth: {levels} levels are refused by something else than a bound on recursion: {error:?}"),
    }
}
