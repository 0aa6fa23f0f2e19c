//! `validated_input`: a value that breaks its rule is refused before the body, and is not repeated to anyone.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    clippy::ptr_arg,
    clippy::ignored_unit_patterns,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod between;
mod containers;
mod elements;
mod items;
mod levels;
mod parameters;
mod refusals;
mod rules;
mod steps;
mod types;
mod words;

use portcullis::Violation;

/// `path code` of each error.
#[track_caller]
fn broken<T>(result: Result<T, Violation>) -> Vec<String> {
    let Err(violation) = result else { panic!("it was not refused") };
    violation.fields().iter().map(|field| format!("{} {}", field.path, field.code)).collect()
}
