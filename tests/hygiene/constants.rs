//! Items whose names generated code could take for its own: a constant turns a pattern of that name into a comparison.

#![allow(non_upper_case_globals, unused, reason = "the names are the case")]

use portcullis::{Violation, zero_trust};

const depth: u32 = 1;
const value: u8 = 2;
const violation: u8 = 3;
const input: u8 = 4;
const done: u8 = 5;
const l: i32 = 6;
const r: i32 = 7;
const result: u8 = 8;
static max: u32 = 9;
static this: u32 = 10;

fn catch() {}
fn within() {}
fn refuse() {}
fn panic() {}
fn unwind() {}
fn never() {}
struct Depth;
struct Input;
struct Probe;
struct Operands;
struct Violations;
mod rules {}
mod portcullis_macros {}
struct Rule;
enum Judged {}
trait Protected {}
trait Routed {}
mod not_protected {}
fn gated() {}
fn rule() {}

#[zero_trust(route)]
fn handle(#[check(range(min = 1, max = 200))] number: u8, deeper: bool) -> Result<u8, Violation> {
    if deeper {
        return handle(number, deeper);
    }
    assert!(number != 7, "on purpose");
    let sum = [number].iter().map(|number| number + 50).sum::<u8>();
    let mut negative = -i8::try_from(sum.min(100)).unwrap_or(0);
    negative -= 1;
    Ok(sum + 50 + (1 << value) + violation + done)
}

#[zero_trust]
async fn later(#[check(range(min = 1, max = 200))] number: u8) -> Result<u8, Violation> {
    assert!(number != 7, "on purpose");
    Ok(number + 100)
}

/// In a module without the constant `violation`: that name is the user's own in `or(return ..)`, so a constant of that
/// name takes it, which the compiler refuses.
mod told {
    use super::{depth, done, input, l, r, value};
    use portcullis::zero_trust;

    #[zero_trust(or(return u32::from(violation.code() == "input.range") + depth))]
    pub(super) fn told(#[check(range(max = 9))] number: u32) -> u32 {
        number + 100
    }
}
use told::told;

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn user_constants_and_functions() {
    assert_eq!(handle(1, false).unwrap(), 113);
    assert_eq!(handle(0, false).unwrap_err().code(), "input.range");
    assert_eq!(handle(200, false).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!(handle(7, false).unwrap_err().code(), "panic");
    assert_eq!(handle(1, true).unwrap_err().code(), "recursion.depth");
    assert_eq!(handle(1, false).unwrap(), 113);
    assert_eq!(block_on(later(155)).unwrap(), 255);
    assert_eq!(block_on(later(156)).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!([told(9), told(10)], [109, 2]);
}

/// Parameters and locals of the same names.
#[zero_trust]
fn locals(
    #[check(range(max = 9))] left: u8,
    #[check(range(max = 9))] __value: u8,
    #[check(range(max = 9))] error: u8,
) -> Result<u8, Violation> {
    let outcome = left + __value;
    let (body, caught) = (outcome, error);
    Ok(body * caught)
}

#[test]
fn user_locals() {
    assert_eq!(locals(9, 9, 9).unwrap(), 162);
    assert_eq!(locals(9, 9, 10).unwrap_err().fields()[0].path, "error");
}

#[test]
fn routes_of_hidden_names() {
    assert_eq!(portcullis::gated!(handle)(1, false).is_ok(), handle(1, false).is_ok());
    assert_eq!(portcullis::rules_of!(handle)[0].parameter, "number");
}
