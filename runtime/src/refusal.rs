//! How a violation leaves the function: through the trait on its return type, or as a panic.

use core::task::Poll;

use crate::proof::refusing;
use crate::violation::native::Native;
use crate::{Kind, Violation};

/// A return type that can carry a [`Violation`].
///
/// `Result<T, E>` does whenever `E: From<Violation>`: `Violation` itself, `Box<dyn Error>`, `anyhow::Error`, your own
/// error enum. Implement it for a reply type of your own and every protection returns through it:
///
/// ```
/// use portcullis::{FromViolation, Violation, zero_trust};
///
/// enum Reply {
///     Reward(u32),
///     Refused(&'static str),
/// }
///
/// impl FromViolation for Reply {
///     fn from_violation(violation: Violation) -> Self {
///         Reply::Refused(violation.code())
///     }
/// }
///
/// #[zero_trust]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Reply {
///     Reply::Reward(secs * 10)
/// }
///
/// assert!(matches!(collect(6), Reply::Reward(60)));
/// assert!(matches!(collect(0), Reply::Refused("input.range")));
/// ```
#[diagnostic::on_unimplemented(
    message = "[PC0007] the return type `{Self}` cannot carry a violation",
    label = "a refused call has to return something",
    note = "return a `Result<_, E>` where `E: From<portcullis::Violation>`, or\n\
            implement `portcullis::FromViolation` for the type",
    note = "or say in the attribute what to do instead: `or(return <expr>)` or\n\
            `or(panic)`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0007/"
)]
pub trait FromViolation {
    /// Turns the violation into the value that the caller gets.
    fn from_violation(violation: Violation) -> Self;
}

impl<T, E: From<Violation>> FromViolation for Result<T, E> {
    fn from_violation(violation: Violation) -> Self {
        Err(E::from(violation))
    }
}

/// `poll` and its like: the refusal is ready.
impl<R: FromViolation> FromViolation for Poll<R> {
    fn from_violation(violation: Violation) -> Self {
        Self::Ready(R::from_violation(violation))
    }
}

/// `Option<Result<T, E>>`, as the items of a stream: the refusal is one.
impl<R: FromViolation> FromViolation for Option<R> {
    fn from_violation(violation: Violation) -> Self {
        Some(R::from_violation(violation))
    }
}

/// What generated code returns. Cold and out of line: a refusal costs the calls that succeed nothing.
#[cold]
#[inline(never)]
#[must_use]
pub fn refuse<R: FromViolation>(violation: Violation, function: &'static str) -> R {
    refusing(|| R::from_violation(violation.within(function)))
}

/// `or(return ..)`: the violation that the expression sees.
#[cold]
#[inline(never)]
#[must_use]
pub fn within(violation: Violation, function: &'static str) -> Violation {
    violation.within(function)
}

/// `or(panic)`.
///
/// # Panics
/// Always. The message is for the server's log: it holds the internal half, and what the language's own panic would have said.
#[cold]
#[inline(never)]
#[track_caller]
pub fn panic(violation: Violation, function: &'static str) -> ! {
    let violation = violation.within(function);
    panic!("portcullis: {}{}", violation.internal(), Native(&violation))
}

/// A violation in a closure or an async block of a function that has a boundary: unwinds to it, with no panic message,
/// and comes out of the function as itself (`crate::boundary`).
///
/// # Panics
/// With a message, where no boundary is around: nobody would hear of it otherwise.
#[cold]
#[inline(never)]
#[track_caller]
pub fn unwind(violation: Violation, function: &'static str) -> ! {
    #[cfg(feature = "std")]
    if crate::boundary::is_around() {
        // To an observed function on the way it is no panic.
        crate::observe::foresee();
        std::panic::resume_unwind(alloc::boxed::Box::new(violation.within(function)))
    }
    panic(violation, function)
}

/// At a boundary that is not for this kind of violation: with two attributes on one function, the boundary of the other is
/// outside, and the violation unwinds on to it. A closure of another function is answered here.
#[cold]
#[must_use]
pub fn pass_on(violation: Violation, is: fn(&Violation) -> bool, function: &'static str) -> Violation {
    if is(&violation) && violation.internal().function() == function {
        unwind(violation, function)
    }
    violation
}

/// A value of the function's return type that is never made: it only names the type.
#[cold]
#[must_use]
pub fn never<R>() -> R {
    unreachable!("stands in a branch that never runs")
}

/// What a function returns: the only way to name `!` where a type is wanted.
pub trait Returns {
    #[doc(hidden)]
    type Output;
}

impl<R> Returns for fn() -> R {
    type Output = R;
}

/// The type that an expression would have if the `return` or the panic in the argument's place did not come first.
#[must_use]
pub fn instead<T>(never: core::convert::Infallible) -> T {
    match never {}
}

/// Whether `checked_arithmetic` refused: which of the ways out a boundary takes.
#[must_use]
pub fn is_arithmetic(violation: &Violation) -> bool {
    violation.kind() == Kind::Arithmetic
}

/// Whether `checked_indexing` refused.
#[must_use]
pub fn is_index(violation: &Violation) -> bool {
    violation.kind() == Kind::Index
}

/// Whether `bounded_steps` refused.
#[must_use]
pub fn is_steps(violation: &Violation) -> bool {
    violation.kind() == Kind::Steps
}

/// Whether `deadline` refused.
#[must_use]
pub fn is_deadline(violation: &Violation) -> bool {
    violation.kind() == Kind::Deadline
}

/// Whether `bounded_allocation` refused.
#[must_use]
pub fn is_allocation(violation: &Violation) -> bool {
    violation.kind() == Kind::Allocation && !is_budget(violation)
}

/// Whether `allocation_budget` refused.
#[must_use]
pub fn is_budget(violation: &Violation) -> bool {
    violation.is_of_budget()
}

/// Whether a checkpoint refused, for whichever of the limits that the request has.
#[must_use]
pub fn is_checkpoint(violation: &Violation) -> bool {
    matches!(violation.kind(), Kind::Steps | Kind::Deadline) || is_budget(violation)
}
