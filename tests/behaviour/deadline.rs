//! `deadline`, run. Time is a test's own, but where the real alarm is what is tested.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]
#![allow(
    clippy::empty_loop,
    clippy::never_loop,
    clippy::while_let_loop,
    clippy::explicit_counter_loop,
    clippy::unused_async,
    clippy::cast_possible_truncation,
    reason = "loops are what is tested, of every kind"
)]

mod futures;
mod nested;
mod real;
mod sync;

use std::time::Duration;

pub(super) const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
