//! What the language's own panic would have said: a test may expect it (`#[should_panic(expected = "index out of bounds")]`).

use core::fmt;

use super::{Cause, Values};
use crate::Violation;

/// Shown behind our own message, in brackets. Nothing, where the language has no such panic, or words it by the collection.
pub(crate) struct Native<'a>(pub(crate) &'a Violation);

impl fmt::Display for Native<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.cause() {
            Cause::Index { operator: "[]", values } => match values.values() {
                Values::Index { index, length } => {
                    write!(f, " (index out of bounds: the len is {length} but the index is {index})")
                }
                _ => Ok(()),
            },
            Cause::Arithmetic { operator, of, values } if is_integer(of) => {
                let by_zero =
                    self.0.code() == "arithmetic.division" && !matches!(values.values(), Values::Operands(..));
                match said(operator, by_zero, matches!(values.values(), Values::Operand(_))) {
                    Some(said) => write!(f, " ({said})"),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

fn is_integer(of: &str) -> bool {
    of.starts_with(['i', 'u']) && of.get(1..).is_some_and(|width| width == "size" || width.parse::<u8>().is_ok())
}

fn said(operator: &str, by_zero: bool, unary: bool) -> Option<&'static str> {
    Some(match (operator.trim_end_matches('='), by_zero) {
        ("+", _) => "attempt to add with overflow",
        ("-", _) if unary => "attempt to negate with overflow",
        ("-", _) => "attempt to subtract with overflow",
        ("*", _) => "attempt to multiply with overflow",
        ("/", false) => "attempt to divide with overflow",
        ("/", true) => "attempt to divide by zero",
        ("%", false) => "attempt to calculate the remainder with overflow",
        ("%", true) => "attempt to calculate the remainder with a divisor of zero",
        ("<<", _) => "attempt to shift left with overflow",
        (">>", _) => "attempt to shift right with overflow",
        _ => return None,
    })
}
