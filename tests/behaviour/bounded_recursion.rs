//! `bounded_recursion`: the bound is exact, and the count is right again after every way out.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::only_used_in_recursion,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod attributes;
mod bounds;
mod driven;
mod exits;
mod futures;
mod groups;
mod leaves;
mod model;
mod places;
mod signatures;
mod stack;
#[cfg(unix)]
mod stack_ends;
mod tasks;
