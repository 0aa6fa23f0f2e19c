//! What expanded code names. Outside semver: it changes together with the pinned macros, and with nothing else.
//!
//! The prelude's names stand here too, since the user's crate may have none (`#![no_implicit_prelude]`) or others.

pub use crate::__portcullis_dbg as dbg;
pub use core::future::Future;
pub use core::option::Option::{None, Some};
pub use core::result::Result::{self, Err, Ok};
pub use core::{compile_error, concat, include_bytes, module_path, stringify};
#[cfg(feature = "std")]
pub use std::thread_local;

#[cfg(not(feature = "alloc-count"))]
pub use core::compile_error as needs_counting;
#[cfg(feature = "alloc-count")]
pub use core::concat as needs_counting;
/// What a protection needs is printed as `const _: &str = needs_..!(message)`: a text that nobody reads, or the error.
/// Without `std` only the first is said: a target that has none often has no unwinding either.
#[cfg(feature = "std")]
pub use core::{compile_error as needs_unwinding, concat as needs_std};
#[cfg(not(feature = "std"))]
pub use core::{compile_error as needs_std, concat as needs_unwinding};

pub use crate::allocation::added::{Added, ByAdded, ByAdder};
#[cfg(feature = "std")]
pub use crate::allocation::bytes;
pub use crate::allocation::gathered::{ByGathered, ByGatherer, Gathered};
pub use crate::allocation::made::{ByMade, ByMadeWith, ByMaker, Capacity};
pub use crate::allocation::read::{ByGuard, ByMut, ByReader, BySource, ReadFrom};
pub use crate::allocation::sized::{ByHeld, ByHolder, ByUnheld, Growing, More, Times, Whole};
pub use crate::allocation::{Elements, element};
pub use crate::arithmetic::cast::{ByCast, ByNumber as ByLossy, Cast, Target};
pub use crate::arithmetic::method::{
    ByFactors, ByItems, ByIterator, ByLoan, ByMethod, ByNumber, BySlice, ByTotal, Receiver, Totals,
};
pub use crate::arithmetic::{
    ByBits, ByInteger, ByOperator, BySign, Negated, OpenOperands, OpenShiftOperands, Operands, ShiftOperands,
};
#[cfg(feature = "std")]
pub use crate::boundary::{catch, catch_future, catch_violation, catch_violation_future};
#[cfg(feature = "std")]
pub use crate::checkpoint::checkpoint;
#[cfg(feature = "std")]
pub use crate::concurrency::Permit;
#[cfg(feature = "std")]
pub use crate::counting::account::{Budget, budgeted};
#[cfg(feature = "std")]
pub use crate::deadline::{Deadline, until};
#[cfg(feature = "std")]
pub use crate::depth::future::{admit, admit_keyed, scope, scoped};
#[cfg(feature = "std")]
pub use crate::depth::observed::{Descent, observed_admit, observed_scope, observed_scoped};
#[cfg(feature = "std")]
pub use crate::depth::{Depth, RecursionGroup, keyed, mark, mark_keyed};
pub use crate::escapes::escape;
pub use crate::indexing::calls::{self, ByCall, ByName, Called, Stepped};
pub use crate::indexing::lent::{Asked, ByKept, ByLent};
pub use crate::indexing::{ByDeref, ByDerefOwn, ByDerefTwice, ByIndex, ByOwn, ByPlace, Indexed, again, copied};
#[cfg(feature = "validator")]
pub use crate::input::covered::{At, ByOrder, ByRange, Compared, Covered, Found, Invalid, validate};
pub use crate::input::probe::{ByContent, ByCovered, ByList, ByNothing, ByValidate, Lend, Probe};
pub use crate::input::{Input, rules};
#[cfg(feature = "std")]
pub use crate::memory::gate::{Gate, admit_probe};
#[cfg(feature = "std")]
pub use crate::observe::{
    Foreseen, judged, observed,
    panics::{Panics, panics_told},
    steps::step,
    watch::{Entries, Watch, watched},
};
pub use crate::proof::{proof_needs_unwinding, proved};
pub use crate::refusal::{
    Returns, instead, is_allocation, is_arithmetic, is_budget, is_checkpoint, is_deadline, is_index, is_steps, never,
    panic, pass_on, refuse, unwind, within,
};
#[cfg(feature = "std")]
pub use crate::request::{Entered, Handler, counted, in_request};
pub use crate::route::{Protected, Routed, Rules, Texts, not_protected, rule};
#[cfg(feature = "std")]
pub use crate::stack::{Reserve, Stack};
#[cfg(not(feature = "std"))]
pub use crate::stand_in::{
    Budget, Deadline, Depth, Descent, Entered, Entries, Foreseen, Gate, Handler, Panics, Permit, RecursionGroup,
    Reserve, Stack, Steps, Watch, admit, admit_keyed, admit_probe, budgeted, bytes, catch, catch_future,
    catch_violation, catch_violation_future, checkpoint, counted, in_request, judged, keyed, mark, mark_keyed,
    observed, observed_admit, observed_scope, observed_scoped, panics_told, scope, scoped, step, thread_local, until,
    watched,
};
#[cfg(feature = "std")]
pub use crate::steps::Steps;
#[cfg(feature = "alloc")]
pub use crate::take_apart::{ByKeptLeaf, ByLeaf, ByParts, ByTaken, ByUntakeable, Field, FieldOf};
pub use core::default::Default;
pub use core::ops::Drop;
pub use core::time::Duration;
#[cfg(feature = "validator")]
pub use validator::{
    Validate, ValidateContains, ValidateDoesNotContain, ValidateEmail, ValidateIp, ValidateLength,
    ValidateNonControlCharacter, ValidateRange, ValidateRegex, ValidateRequired, ValidateUrl, ValidationErrors,
    validate_must_match,
};

/// What the compiler runs of a function.
pub mod judged {
    pub use crate::judged::*;
}

/// What the gates hand to.
pub mod gates {
    pub use portcullis_macros::{axum_route, escapes, gated, protections_of, rocket_routes, rules_of, unprotected};
}
