//! `checked_arithmetic`: what it leaves alone, and what it refuses.
//!
//! A transparency case runs one source twice, plain and under the attribute ([`twin!`]), or states the value that the
//! language gives. A detection case asks the violation for its code, operator, operands and line.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]
#![allow(
    clippy::style,
    clippy::perf,
    clippy::complexity,
    clippy::pedantic,
    clippy::unit_cmp,
    reason = "a case is a form that users write, which is not always the one that clippy would"
)]

macro_rules! twin {
    ($($functions:tt)*) => {
        twin_under! { checked_arithmetic; $($functions)* }
    };
}

#[macro_use]
mod oracle;

mod async_code;
mod casts;
mod closures;
mod control_flow;
mod detection;
mod drops;
mod exhaustive;
mod exits;
mod expressions;
mod guarded_places;
mod items;
mod limits;
mod literals;
mod macro_names;
mod macros_of_other_crates;
mod macros_seen_through;
mod methods;
mod open_types;
mod order;
mod other_types;
mod places;
mod policies;
mod profile;
mod properties;
mod references;
mod std_types;
mod time;
mod totals;
mod traits;
mod type_parameters;
mod untouched;
mod written_by_macros;

use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Integer, Values, Violation};

use crate::common::Log;

/// A value whose drop is in the log.
struct Noisy<'a> {
    log: &'a Log,
    name: &'static str,
    value: u32,
}

impl<'a> Noisy<'a> {
    fn new(log: &'a Log, name: &'static str, value: u32) -> Self {
        Self { log, name, value }
    }
}

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.log.on(self.name, ());
    }
}

/// The message of the panic that `body` has to end with.
#[track_caller]
fn panic_of<R>(body: impl FnOnce() -> R) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(body)) else { panic!("it returned instead of panicking") };
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast::<&str>().expect("a message")).to_owned(),
    }
}

fn operands(left: i128, right: i128) -> Values {
    Values::Operands(Integer::Signed(left), Integer::Signed(right))
}

fn would_be(result: i128) -> Values {
    Values::Result(Integer::Signed(result))
}

/// What a refusal has to say.
struct Refusal {
    code: &'static str,
    operator: &'static str,
    values: Values,
    line: u32,
}

impl Refusal {
    #[track_caller]
    fn check<T: std::fmt::Debug>(self, refused: Result<T, Violation>) {
        let violation = refused.expect_err("a refusal");
        let internal = violation.internal();
        assert_eq!(violation.code(), self.code);
        assert_eq!(violation.kind(), portcullis::Kind::Arithmetic);
        assert_eq!(internal.operator(), Some(self.operator));
        assert_eq!(internal.values(), self.values);
        let place = internal.location().expect("a place");
        assert_eq!(place.line(), self.line, "{internal}");
        assert!(place.file().contains("checked_arithmetic"), "{internal}");
    }
}
