//! `zero_trust`: the protections together.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod answers;
mod keys;
mod signatures;
mod whole;
