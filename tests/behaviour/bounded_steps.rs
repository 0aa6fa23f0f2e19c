//! `bounded_steps`, run.

mod asynchronous;
mod attributes;
mod closures;
mod exact;
mod nested;
mod shared;
mod transparent;

use std::cell::Cell;

/// How many iterations were begun.
#[derive(Default)]
pub(super) struct Count(Cell<u64>);

impl Count {
    pub(super) fn one(&self) {
        self.0.set(self.0.get() + 1);
    }

    pub(super) fn taken(&self) -> u64 {
        self.0.take()
    }
}
