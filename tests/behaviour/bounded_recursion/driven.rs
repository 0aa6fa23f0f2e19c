//! `testing::drive_depth`: finds the bound, and complains of what has none, or another, or does not recover.

use std::cell::Cell;

use portcullis::testing::{Driven, Refusal, drive_depth};
use portcullis::{Violation, bounded_recursion, checked_arithmetic};

use crate::common::{panic_of, run};

fn found(driven: Driven) -> (u32, &'static str) {
    (driven.accepted, driven.code)
}

#[test]
fn the_bound_is_found_to_the_level() {
    fn driven(max: u32) -> (u32, &'static str) {
        #[bounded_recursion(max = max)]
        fn down(left: u32, max: u32) -> Result<(), Violation> {
            if left == 0 { Ok(()) } else { down(left - 1, max) }
        }
        found(drive_depth(|levels| down(levels - 1, max)))
    }
    for max in [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 64, 100, 1_000] {
        assert_eq!(driven(max), (max, "recursion.depth"));
    }
}

#[test]
fn a_future_and_an_error_of_ones_own() {
    #[derive(Debug)]
    enum Error {
        Refused(&'static str),
        Empty,
    }
    impl From<Violation> for Error {
        fn from(violation: Violation) -> Self {
            Self::Refused(violation.code())
        }
    }
    impl Refusal for Error {
        fn code(&self) -> Option<&'static str> {
            match self {
                Self::Refused(code) => Some(code),
                Self::Empty => None,
            }
        }
    }
    #[bounded_recursion(max = 12)]
    async fn down(left: u32) -> Result<(), Error> {
        if left == 0 { Ok(()) } else { Box::pin(down(left - 1)).await }
    }
    assert_eq!(found(drive_depth(|levels| run(down(levels - 1)))), (12, "recursion.depth"));
    let message = panic_of(|| drive_depth(|levels| if levels > 3 { Err(Error::Empty) } else { Ok(()) }));
    assert_eq!(message, "drive_depth: 4 levels are refused by something else than a bound on recursion: Empty");
}

#[bounded_recursion(max = 6)]
fn down(left: u32) -> Result<(), Violation> {
    if left == 0 { Ok(()) } else { down(left - 1) }
}

#[test]
fn what_it_complains_of() {
    let message = panic_of(|| drive_depth(|_| down(6)));
    assert_eq!(message, "drive_depth: a single level is refused");

    let message = panic_of(|| drive_depth(|_| down(0)));
    assert!(message.starts_with("drive_depth: 1048576 levels are accepted"), "{message}");

    #[checked_arithmetic]
    fn other(levels: u32) -> Result<u32, Violation> {
        Ok(u32::MAX - 3 + levels)
    }
    let message = panic_of(|| drive_depth(other));
    assert!(message.contains("something else than a bound on recursion"), "{message}");
    assert!(message.contains("arithmetic.overflow"), "{message}");

    let refused = Cell::new(false);
    let message = panic_of(|| {
        drive_depth(|levels| {
            if levels > 6 {
                refused.set(true);
            }
            down(if refused.get() { 6 } else { levels - 1 })
        })
    });
    assert!(message.starts_with("drive_depth: 4 levels were accepted, and are refused after"), "{message}");

    let calls = Cell::new(0);
    let message = panic_of(|| {
        drive_depth(|levels| {
            calls.set(calls.get() + 1);
            down(if calls.get() > 7 { 0 } else { levels - 1 })
        })
    });
    assert!(message.starts_with("drive_depth: 7 levels were refused, and are accepted"), "{message}");
}
