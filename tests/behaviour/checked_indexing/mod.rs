//! `checked_indexing`: what it leaves alone, and what it refuses.
//!
//! A transparency case runs one source twice, plain and under the attribute ([`twin!`]); [`agreeing!`] also lets the plain
//! function panic, which is where the protected one has to refuse.

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
    clippy::reversed_empty_ranges,
    reason = "a case is a form that users write, which is not always the one that clippy would"
)]

macro_rules! twin {
    ($($functions:tt)*) => {
        twin_under! { checked_indexing; $($functions)* }
    };
}

/// A use of `list` at each of some places, some inside and some not: the protected function gives what the plain one does,
/// leaves the list as that does, and refuses by `operator` where that panics.
macro_rules! agreeing {
    ($($name:ident $operator:literal ($list:ident: $type:ty = $value:expr, $at:ident: $place:ty = $places:expr)
        { $($body:tt)* })*) => {$(
        #[test]
        fn $name() {
            #[allow(unused_mut, dropping_references)]
            fn plain(mut $list: $type, $at: $place) -> String {
                let answer = { let answer = { $($body)* }; format!("{answer:?}") };
                format!("{answer} {:?}", $list)
            }
            #[portcullis::checked_indexing]
            #[allow(unused_mut, dropping_references)]
            fn protected(mut $list: $type, $at: $place) -> Result<String, portcullis::Violation> {
                let answer = { let answer = { $($body)* }; format!("{answer:?}") };
                Ok(format!("{answer} {:?}", $list))
            }
            let mut refused = [false; 2];
            for place in $places {
                let again = place.clone();
                let (plain, protected) = (|| plain($value, again), protected($value, place));
                refused[usize::from(crate::checked_indexing::agree($operator, plain, protected))] = true;
            }
            assert_eq!(refused, [true; 2], "both inside and outside");
        }
    )*};
}

mod async_code;
mod borrows;
mod closures;
mod collections;
mod detection;
mod drops;
mod elements;
mod exhaustive;
mod exits;
mod generics;
mod guards;
mod lent;
mod list_methods;
mod macros_seen_through;
mod maps;
mod nested;
mod order;
mod own_methods;
mod own_types;
mod parts;
mod patterns;
mod ranges;
mod slice_methods;

mod statics;
mod text_methods;
mod values;
mod writes;
mod written_by_macros;

use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Values, Violation};

use crate::common::Log;

/// The same answer, or, where the plain function panics, a refusal by `operator`. Gives whether it was refused.
#[track_caller]
fn agree<T: PartialEq + std::fmt::Debug>(
    operator: &str,
    plain: impl FnOnce() -> T,
    protected: Result<T, Violation>,
) -> bool {
    match (catch_unwind(AssertUnwindSafe(plain)), protected) {
        (Ok(plain), Ok(protected)) => {
            assert_eq!(plain, protected);
            false
        }
        (Err(_), Err(violation)) => {
            assert_eq!((violation.code(), violation.internal().operator()), ("index.bounds", Some(operator)));
            true
        }
        (Ok(plain), Err(violation)) => panic!("plain gives {plain:?}: {}", violation.internal()),
        (Err(_), Ok(protected)) => panic!("plain panics, protected gives {protected:?}"),
    }
}

/// What a refusal has to say.
#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Violation>, operator: &str, values: Values) {
    let violation = answer.expect_err("a refusal");
    assert_eq!((violation.code(), violation.kind()), ("index.bounds", portcullis::Kind::Index));
    assert_eq!(violation.internal().operator(), Some(operator));
    assert_eq!(violation.internal().values(), values);
}

fn at(index: usize, length: usize) -> Values {
    Values::Index { index, length }
}

fn part(start: usize, end: usize, length: usize) -> Values {
    Values::Range { start, end, length }
}
