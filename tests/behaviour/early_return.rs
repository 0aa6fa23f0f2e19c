//! Early return everywhere: a violation in a closure, an adaptor, an async block or a nested scope of a function is what the
//! function returns, and all else about the function is as it would be without the boundary.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]
#![allow(
    clippy::style,
    clippy::perf,
    clippy::complexity,
    clippy::pedantic,
    reason = "a case is a form that users write, which is not always the one that clippy would"
)]

mod captures;
mod closures;
mod coercions;
mod drops;
mod flow;
mod futures;
mod locks;
mod no_boundary;
mod opaque;
mod outlived;
mod panics;
mod polls;
mod receivers;
mod return_types;
mod several_functions;
mod stacked;
mod threads;
