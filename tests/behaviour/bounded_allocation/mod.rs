//! `bounded_allocation`: what it refuses, and what it leaves alone. That nothing was asked for shows in `tests/allocation`.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]
#![allow(
    clippy::style,
    clippy::perf,
    clippy::complexity,
    clippy::pedantic,
    reason = "a case is a form that users write, which is not always the one that clippy would"
)]

/// The same function twice: as it is, and under a limit that none of its calls reaches.
macro_rules! twin {
    (async fn $plain:ident, $protected:ident $($rest:tt)*) => {
        async fn $plain $($rest)*

        #[portcullis::bounded_allocation(max = "1MiB", or(panic))]
        async fn $protected $($rest)*
    };
    ($(#[$attribute:meta])* fn $plain:ident, $protected:ident $($rest:tt)*) => {
        $(#[$attribute])*
        fn $plain $($rest)*

        #[portcullis::bounded_allocation(max = "1MiB", or(panic))]
        $(#[$attribute])*
        fn $protected $($rest)*
    };
}

mod collected;
mod exits;
mod extended;
mod inferred;
mod own;
mod places;
mod read;
mod sizes;
mod uncounted;

use std::fmt::Debug;

use portcullis::{Kind, Violation};

/// What a refusal has to say.
#[track_caller]
fn refused<T: Debug>(answer: Result<T, Violation>, operator: &str) {
    let violation = answer.expect_err("a refusal");
    assert_eq!((violation.code(), violation.kind()), ("allocation", Kind::Allocation));
    assert_eq!(violation.internal().operator(), Some(operator));
}
