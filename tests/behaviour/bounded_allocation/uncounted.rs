//! `allocation_budget` where nothing counts: this program has the system's allocator as it is.

use std::panic::catch_unwind;

use portcullis::counting::{ensure_installed, gross_bytes, is_installed, live_bytes};
use portcullis::{Kind, Violation, zero_trust};

use crate::common::{code, panic_of, run};

#[test]
fn a_budget_that_counts_nothing_admits_nothing() {
    #[zero_trust(allocation_budget = "64MiB")]
    fn sync() -> Result<(), Violation> {
        Ok(())
    }
    #[zero_trust(allocation_budget = "64MiB")]
    async fn future() -> Result<(), Violation> {
        Ok(())
    }
    #[zero_trust(allocation_budget = "64MiB", without(catch_panic), or(return))]
    fn bare() {}
    for answer in [sync(), run(future())] {
        let violation = answer.unwrap_err();
        assert_eq!((violation.code(), violation.kind()), ("panic", Kind::Panic));
        assert!(violation.internal().to_string().contains("`Counting` is not the global allocator"));
    }
    assert_eq!(code(sync()), "panic", "each time");
    assert!(panic_of(bare).contains("#[global_allocator] static ALLOCATOR"));
}

#[test]
fn the_start_of_the_program_can_ask() {
    assert!(!is_installed());
    assert!(catch_unwind(ensure_installed).is_err());
    assert_eq!((live_bytes(), gross_bytes()), (0, 0));
}
