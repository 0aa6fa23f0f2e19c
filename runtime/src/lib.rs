//! portcullis
#![doc(test(attr(deny(warnings))))]

// The examples and the derive of `validator` name this crate as a user does.
extern crate self as portcullis;

mod arithmetic;
mod boundary;
mod depth;
mod input;
mod refusal;
mod violation;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use portcullis_macros::{bounded_recursion, catch_panic, checked_arithmetic, validated_input, zero_trust};
pub use refusal::FromViolation;
pub use validator;
pub use violation::{FieldError, Integer, Internal, Kind, Values, Violation};
