//! `drop_iteratively` and the derive: any depth, each node once, on a small stack.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::box_collection,
    clippy::unwrap_used,
    dead_code,
    reason = "the types under test are what a user writes, and only their drops matter"
)]

mod depth;
mod drops;
mod types;
