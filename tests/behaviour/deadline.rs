//! `deadline`, run. Time is a test's own, but where the real alarm is what is tested.

mod futures;
mod nested;
mod real;
mod sync;

use std::time::Duration;

pub(super) const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
