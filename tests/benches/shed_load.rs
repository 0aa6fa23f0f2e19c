//! What an open gate adds to a call: with all of the request around it, and to one within a request that is admitted.
//!
//! The last lines are the figure that the docs give: nanoseconds for each call, over the same call without the attribute.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark"
)]

mod harness;

use std::hint::black_box;
use std::time::{Duration, Instant};

use harness::Comparison;
use portcullis::{Violation, shed_load};

/// Calls of one run.
const CALLS: u64 = 10_000;

/// The same functions twice.
macro_rules! twins {
    ($($module:ident: $(#[$attribute:meta])?;)*) => {$(
        mod $module {
            use super::*;

            $(#[$attribute])?
            #[inline(never)]
            pub(super) fn handler(number: u64) -> Result<u64, Violation> {
                Ok(number.rotate_left(7) ^ 0x5555)
            }

            /// A request that reads the numbers of a text and answers with their sum.
            $(#[$attribute])?
            #[inline(never)]
            pub(super) fn parse(text: &str) -> Result<u64, Violation> {
                Ok(text.split(',').filter_map(|number| number.parse::<u64>().ok()).sum())
            }
        }
    )*};
}
twins! {
    plain: ;
    gated: #[shed_load(memory = "85%")];
}

/// A request that is admitted, and goes through the gate of each function that it calls.
#[shed_load(memory = "85%")]
fn admitted(handler: fn(u64) -> Result<u64, Violation>) -> Result<u64, Violation> {
    Ok(calls(handler))
}

fn calls(handler: fn(u64) -> Result<u64, Violation>) -> u64 {
    let handler = black_box(handler);
    (0..CALLS).fold(0, |sum, number| sum ^ handler(black_box(number)).unwrap_or(0))
}

fn parses(parse: fn(&str) -> Result<u64, Violation>) -> u64 {
    const TEXT: &str = "12,345,6,17,1200,9";
    let parse = black_box(parse);
    (0..CALLS).fold(0, |sum, _| sum ^ parse(black_box(TEXT)).unwrap_or(0))
}

const EMPTY: Comparison = Comparison {
    name: "empty_handler",
    variants: &[
        ("plain", || calls(plain::handler)),
        ("gated", || calls(gated::handler)),
        ("within_a_request", || admitted(gated::handler).unwrap_or(0)),
    ],
};

const PARSE: Comparison = Comparison {
    name: "parse_numbers",
    variants: &[("plain", || parses(plain::parse)), ("gated", || parses(gated::parse))],
};

/// The shortest of many interleaved rounds of each, for one call.
fn nanoseconds() -> [f64; 3] {
    let mut shortest = [Duration::MAX; 3];
    for _ in 0..2_000 {
        for ((_, work), shortest) in EMPTY.variants.iter().zip(&mut shortest) {
            let start = Instant::now();
            black_box(black_box(*work)());
            *shortest = start.elapsed().min(*shortest);
        }
    }
    shortest.map(|round| round.as_secs_f64() * 1e9 / CALLS as f64)
}

fn main() {
    harness::main(&[EMPTY, PARSE]);
    if std::env::args().any(|arg| arg == "--test" || arg == "--one") {
        return;
    }
    assert_eq!(
        portcullis::memory::status().map(|status| status.admitted),
        Some(100),
        "the gate is shut: {:?}",
        portcullis::memory::status()
    );
    let [plain, gated, within] = nanoseconds();
    println!(
        "\na call takes {plain:.2} ns; through an open gate, with its request, {:+.2} ns; within a request {:+.2} ns",
        gated - plain,
        within - plain
    );
}
