//! What expanded code names. Outside semver: it changes together with the pinned macros, and with nothing else.
//!
//! The prelude's names stand here too, since the user's crate may have none (`#![no_implicit_prelude]`) or others.

pub use core::option::Option::{None, Some};
pub use core::result::Result::{Err, Ok};
pub use core::{compile_error, concat, module_path, stringify};
pub use std::thread_local;

pub use crate::arithmetic::{ByBits, ByInteger, ByOperator, BySign, Negated, Operands, ShiftOperands};
pub use crate::boundary::{catch, catch_future};
pub use crate::depth::{Depth, DepthCell};
pub use crate::input::probe::{ByContent, ByNothing, ByValidate, Probe};
pub use crate::input::{Input, rules};
pub use crate::refusal::{has_unwound, instead, never, panic, refuse, unwind, within};
pub use crate::total::Total;
