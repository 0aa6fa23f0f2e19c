//! The same small server in each framework, and what its clients are to find.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

pub mod actix;
pub mod axum;
pub mod matrix;
pub mod poem;
pub mod rocket;
pub mod suite;
pub mod tonic;
pub mod warp;

use std::hint::black_box;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use portcullis::validator::Validate;
use portcullis::{Violation, zero_trust};
use serde::{Deserialize, Serialize};

/// The body of `POST /orders`.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[validate(crate = "portcullis::validator")]
pub struct Order {
    /// A rule on a field.
    #[validate(length(min = 1, max = 20))]
    pub item: String,
    /// Rules in a list.
    #[validate(nested)]
    pub lines: Vec<Line>,
}

/// A part of it.
#[derive(Clone, Debug, Deserialize, Serialize, Validate)]
#[validate(crate = "portcullis::validator")]
pub struct Line {
    /// A rule further in.
    #[validate(range(min = 1, max = 99))]
    pub count: u32,
}

/// A product that a `u32` does not hold when `secs` is near its bound, which PC0301 would say when it is compiled if it saw `secs`.
#[zero_trust(route)]
pub fn secret_coins(#[check(range(max = 86_400))] secs: u32) -> Result<u32, Violation> {
    Ok(black_box(secs) * 50_000)
}

/// As many calls within each other.
#[zero_trust(bounded_recursion(max = 8))]
pub fn secret_nest(#[check(range(max = 1_000))] levels: u32) -> Result<u32, Violation> {
    if levels <= 1 { Ok(1) } else { Ok(secret_nest(levels - 1)? + 1) }
}

/// Panics over one number.
#[must_use]
pub fn secret_panic(number: u32) -> u32 {
    assert_ne!(number, 1313, "secret message about {number}");
    number
}

/// Runs a server, which tells its port when it listens, on a thread of its own, until the process ends. Gives its address.
#[must_use]
pub fn start(serve: fn(&Sender<u16>)) -> String {
    let (listens, port) = channel();
    thread::spawn(move || serve(&listens));
    format!("http://127.0.0.1:{}", port.recv().unwrap())
}
