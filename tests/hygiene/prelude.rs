//! Other meanings for the names of the prelude.

#![allow(unused, non_snake_case, clippy::enum_glob_use, reason = "the names are the case")]

use portcullis::{Violation, zero_trust};

type Answer = std::result::Result<u8, Violation>;

struct Result;
struct Option;
struct Some(u8);
struct None;
struct Ok;
struct String;
struct Vec;
struct Box;
trait From {}
trait Into {}
trait Drop {}
trait Fn {}
trait Iterator {}
trait Validate {}
trait FromViolation {}
trait ByInteger {
    fn __portcullis_numbers(&self) {}
}
fn Err(_: u8) -> Ok {
    Ok
}
fn drop(_: u8) {}

#[zero_trust]
fn handle(
    #[check(range(min = 1, max = 200))] number: u8,
    #[check(length(max = 3), one_of("a", "abcd"))] name: &str,
    deeper: bool,
) -> Answer {
    if deeper {
        return handle(number, name, deeper);
    }
    assert!(number != 7, "on purpose");
    let Ok = Err(1);
    let mut sum = number + 50;
    sum += 50;
    Answer::Ok(sum)
}

#[zero_trust(or(return Ok))]
fn other(#[check(range(max = 200))] number: u8) -> Ok {
    let _ = number + ::core::hint::black_box(100_u8);
    Err(number)
}

#[zero_trust]
async fn later(#[check(range(max = 200))] number: u8) -> Answer {
    assert!(number != 7, "on purpose");
    Answer::Ok([number].iter().map(|number| number + 100).sum())
}

#[test]
fn other_meanings() {
    let code = |answer: Answer| answer.unwrap_err().code();
    assert_eq!(handle(155, "a", false).unwrap(), 255);
    assert_eq!(code(handle(0, "a", false)), "input.range");
    assert_eq!(code(handle(1, "abcd", false)), "input.length");
    assert_eq!(code(handle(1, "b", false)), "input.one_of");
    assert_eq!(code(handle(156, "a", false)), "arithmetic.overflow");
    assert_eq!(code(handle(7, "a", false)), "panic");
    assert_eq!(code(handle(1, "a", true)), "recursion.depth");
    let Ok = other(1);
    let Ok = other(201);
    let _later = later(1);
}
