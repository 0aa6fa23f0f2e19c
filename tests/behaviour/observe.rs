//! Functions that only observe: each is what it would be without the attribute, and tells what the default level would refuse.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::implicit_clone,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::let_and_return,
    clippy::manual_async_fn,
    clippy::needless_for_each,
    clippy::needless_lifetimes,
    clippy::needless_pass_by_value,
    clippy::panic_in_result_fn,
    clippy::redundant_closure_for_method_calls,
    clippy::redundant_locals,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    clippy::unwrap_used,
    clippy::used_underscore_binding,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod arithmetic;
mod futures;
mod indexing;
mod input;
mod limits;
mod panics;
mod places;
mod recursion;

use std::cell::RefCell;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use portcullis::{Event, Violation, set_observer};

use crate::common::text;

thread_local! {
    static TOLD: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
    static REFUSED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// What was told of one violation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    code: &'static str,
    function: &'static str,
    line: Option<u32>,
    field: Option<String>,
}

fn listen(event: &Event<'_>) {
    if let Event::Observed(violation) = event {
        let internal = violation.internal();
        let told = Told {
            code: violation.code(),
            function: internal.function().rsplit("::").next().unwrap_or_default(),
            line: internal.location().map(|place| place.line()),
            field: violation.fields().first().map(|field| field.path.to_string()),
        };
        TOLD.with_borrow_mut(|all| all.push(told));
    }
}

/// What was observed on this thread while `body` ran, and what came of it.
pub(crate) fn told<R>(body: impl FnOnce() -> R) -> (R, Vec<Told>) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_observer(listen).expect("nobody else observes"));
    TOLD.with_borrow_mut(Vec::clear);
    let value = body();
    (value, TOLD.with_borrow_mut(std::mem::take))
}

/// The codes alone.
pub(crate) fn codes<R>(body: impl FnOnce() -> R) -> (R, Vec<&'static str>) {
    let (value, told) = told(body);
    (value, told.into_iter().map(|told| told.code).collect())
}

/// For `or(return ..)` of the third twin.
pub(crate) fn refused<R: Default>(violation: &Violation) -> R {
    REFUSED.with_borrow_mut(|codes| codes.push(violation.code()));
    R::default()
}

/// What the call ends with: its value or the message of its panic.
pub(crate) fn outcome<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload| text(&*payload))
}

/// The observed twin is the plain one, and tells first what the default level refuses.
#[track_caller]
pub(crate) fn compare<R: PartialEq + Debug>(
    input: &dyn Debug,
    plain: impl FnOnce() -> R,
    observed: impl FnOnce() -> R,
    refusing: impl FnOnce() -> R,
) -> Vec<&'static str> {
    let expected = outcome(plain);
    let (found, told) = codes(|| outcome(observed));
    assert_eq!(found, expected, "of {input:?}");
    REFUSED.with_borrow_mut(Vec::clear);
    let let_through = outcome(refusing);
    let code = REFUSED.with_borrow_mut(Vec::pop);
    assert_eq!(told.first().copied(), code, "told {told:?} of {input:?}");
    if code.is_none() {
        assert_eq!(let_through, expected, "of {input:?}");
    }
    told
}

/// A function three times: as it is, as it observes, and as it refuses.
macro_rules! twins {
    ($(
        [$($keys:tt)*]
        fn $name:ident($($(#[$rule:meta])* $parameter:ident: $type:ty),* $(,)?) $(-> $output:ty)? $body:block
    )*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not each body needs them")]
            use super::*;

            #[allow(clippy::all, clippy::pedantic, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "as a user writes it")]
            pub(super) fn plain($($parameter: $type),*) $(-> $output)? $body

            #[portcullis::zero_trust(observe $($keys)*)]
            pub(super) fn observed($($(#[$rule])* $parameter: $type),*) $(-> $output)? $body

            #[portcullis::zero_trust(or(return crate::observe::refused(&violation)) $($keys)*)]
            pub(super) fn refusing($($(#[$rule])* $parameter: $type),*) $(-> $output)? $body
        }
    )*};
}
pub(crate) use twins;
