//! `#[derive(Covered)]`: what `validator` lets through, keeps, or cannot derive.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::option_option,
    clippy::struct_field_names,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::ptr_arg,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod depth;
mod holes;
mod names;
mod same_verdict;
mod shapes;
mod strange;

use portcullis::Violation;

/// `path code` of each error.
#[track_caller]
fn broken<T>(result: Result<T, Violation>) -> Vec<String> {
    let Err(violation) = result else { panic!("it was not refused") };
    violation.fields().iter().map(|field| format!("{} {}", field.path, field.code)).collect()
}
