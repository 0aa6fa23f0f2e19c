//! `shed_load`: who is admitted, who is not, and who is asked at all.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    clippy::unused_self,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod admitted_once;
#[cfg(target_os = "linux")]
mod children;
mod places;
mod refusals;

use std::sync::LazyLock;

/// More than the gates at `16MiB` let a process have, for as long as the tests run: each of these calls it first, so none of those
/// gates was ever open.
pub(crate) fn shut() {
    static HELD: LazyLock<Vec<u8>> = LazyLock::new(|| vec![1; 64 << 20]);
    assert_eq!(std::hint::black_box(&**HELD).last(), Some(&1));
}
