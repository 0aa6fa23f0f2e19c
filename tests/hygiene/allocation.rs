//! What asks for memory, where there is no prelude and under a user's strict lints.

#![no_implicit_prelude]
#![deny(
    warnings,
    unused,
    unused_qualifications,
    trivial_casts,
    unused_results,
    clippy::all,
    clippy::pedantic,
    clippy::shadow_unrelated,
    clippy::shadow_reuse,
    clippy::panic
)]

use ::portcullis::{Violation, bounded_allocation, zero_trust};
use ::std::assert_eq;
use ::std::io::Read;
use ::std::iter::{Extend, Iterator};
use ::std::result::Result::{self, Ok};
use ::std::string::String;
use ::std::vec::Vec;

/// Names that generated code could take for its own.
#[allow(dead_code)]
mod __private {}
#[allow(dead_code)]
struct Target;
#[allow(dead_code)]
struct Unknown;

#[bounded_allocation(max = "1KiB")]
fn ask(n: usize, reader: &mut impl Read) -> Result<usize, Violation> {
    let mut list = Vec::with_capacity(n);
    list.reserve(n);
    list.extend((0..n).map(|at| at % 7));
    list.resize(n, 0);
    let copies: Vec<usize> = list.iter().copied().filter(|at| *at > 0).collect();
    let filled = ::std::vec![::std::vec![0_u8; 2]; n / 10];
    let mut text = "ab".repeat(n);
    if reader.read_to_string(&mut text).is_err() {
        return Ok(0);
    }
    let lengths = |by: usize| ::std::vec![by; n];
    Ok(copies.len() + filled.len() + text.len() + lengths(3).len())
}

#[zero_trust(bounded_allocation(max = "1KiB"))]
fn both(#[check(range(max = 1_000))] n: usize) -> Result<String, Violation> {
    let make = |by: usize| "x".repeat(by);
    let mut all = make(n);
    all.reserve(n * 2);
    all.extend(['y', 'z']);
    Ok(all)
}

#[test]
fn without_a_prelude() {
    assert_eq!(ask(10, &mut &b"tail"[..]).ok(), ::std::option::Option::Some(8 + 1 + 24 + 10));
    assert_eq!(ask(129, &mut &b""[..]).map_err(|violation| violation.code()), Result::Err("allocation"));
    assert_eq!(both(2).ok().as_deref(), ::std::option::Option::Some("xxyz"));
    assert_eq!(both(1_000).map_err(|violation| violation.code()), Result::Err("allocation"));
}
