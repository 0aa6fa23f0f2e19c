//! `zero_trust`: the protections together.

#![allow(
    clippy::only_used_in_recursion,
    clippy::useless_conversion,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    clippy::manual_async_fn,
    clippy::used_underscore_binding,
    clippy::no_effect_underscore_binding,
    clippy::fn_params_excessive_bools,
    clippy::trivially_copy_pass_by_ref,
    clippy::self_only_used_in_recursion,
    clippy::cast_possible_truncation,
    clippy::let_and_return,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod answers;
mod impls;
mod keys;
mod modules;
mod proof;
mod routes;
mod signatures;
mod strange;
mod whole;
