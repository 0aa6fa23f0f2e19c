//! Protected functions in code that has names of its own for what generated code needs.

#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod allocation;
mod by_macro;
mod constants;
mod lints;
mod modules;
mod named;
mod no_prelude;
mod prelude;
mod std_macros;
