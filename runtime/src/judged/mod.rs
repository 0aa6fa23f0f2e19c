//! What the compiler works out of ranges that no macro sees: named constants, and the fields of covered types.
//!
//! A macro prints the steps of a function up to a place, and the compiler takes them, with one admitted value of each range after the
//! other. It says nothing unless the place fails for one of them; whatever it does not know ends the way there.
//!
//! The tests of the macros run this code too, against an interpreter (`macros/src/admitted/oracle.rs`).

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_lossless,
    clippy::cast_possible_wrap,
    clippy::indexing_slicing,
    missing_docs,
    reason = "the compiler runs it, on steps that a macro of ours has printed: a mistake here is no panic of a server, and nobody \
              calls it by hand"
)]

mod named;
mod number;
mod text;

pub use named::{
    Bounded, Bounds, ByBounded, ByOtherwise, ByPointer, ByWhole, Field, Fields, Named, Opaque, Slot, Whole, fields,
    none, slot, unasked,
};
pub use number::{
    I8, I16, I32, I64, I128, ISIZE, Integer, Number, Type, U8, U16, U32, U64, U128, USIZE, exactly, highest, literal,
    lowest, minus, typed,
};

use self::number::Outcome;
use self::text::Text;

/// As many steps as one way has.
pub const MOST_STEPS: usize = 24;

/// A range is looked at where it ends, and at zero.
const VALUES: usize = 3;

/// What an operator does.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    /// Which of its bits are set is not followed.
    Bits,
    Shift,
    /// By `as`, where a value that is lost is refused.
    Cast(Type),
    /// By `as`, where it is not.
    Wrap(Type),
    /// By `From`.
    From(Type),
    /// A list with so many elements, and the index.
    Index,
}

/// One step. Those that a place needs are named by where they stand.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// What the macro knows.
    Known(Number),
    Constant(&'a str, Option<Number>),
    /// A value of a range, which is the nth of the way.
    Range(&'a str, usize, Bounds),
    Apply(Op, usize, usize),
}

/// A way to the place: the last step is the place itself.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The values of the parameters that the macro chose.
    pub at: &'a str,
    pub ranges: usize,
    pub steps: &'a [Step<'a>],
}

/// What is said of the place.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub shown: &'a str,
    pub help: &'a str,
}

/// A way on which the place fails.
#[derive(Clone, Copy, Debug)]
pub struct Fault<'a> {
    pub way: Way<'a>,
    /// What the steps were.
    pub values: [Option<Number>; MOST_STEPS],
    outcome: Outcome,
}

/// Does not compile where one of the ways surely ends in a fault. It is never anything but `false`.
#[track_caller]
#[must_use]
pub const fn fails(site: Site<'_>, ways: &[Way<'_>]) -> bool {
    match fault(ways) {
        Some(fault) => refuse(text::of(site, fault)),
        None => false,
    }
}

/// The first that there is.
#[must_use]
pub const fn fault<'a>(ways: &[Way<'a>]) -> Option<Fault<'a>> {
    let mut nth = 0;
    while nth < ways.len() {
        let way = ways[nth];
        let mut choice = 0;
        while choice < VALUES.pow(number::small(way.ranges)) && way.steps.len() <= MOST_STEPS {
            let mut values = [None; MOST_STEPS];
            if let Some(outcome) = end(way.steps, choice, &mut values) {
                return Some(Fault { way, values, outcome });
            }
            choice += 1;
        }
        nth += 1;
    }
    None
}

#[track_caller]
const fn refuse(text: Text) -> ! {
    panic!("{}", text.as_str())
}

/// How the last step fails, when those before it surely do not.
const fn end(steps: &[Step<'_>], choice: usize, values: &mut [Option<Number>; MOST_STEPS]) -> Option<Outcome> {
    let mut at = 0;
    while at < steps.len() {
        let outcome = match steps[at] {
            Step::Known(number) => Outcome::Holds(number),
            Step::Constant(_, number) => Outcome::of(number),
            Step::Range(_, nth, bounds) => bounds.value((choice / VALUES.pow(number::small(nth))) % VALUES),
            Step::Apply(op, left, right) => match (left < at, right < at) {
                (true, true) => match (values[left], values[right]) {
                    (Some(left), Some(right)) => number::apply(op, left, right),
                    _ => Outcome::Unknown,
                },
                _ => Outcome::Unknown,
            },
        };
        match outcome {
            Outcome::Holds(number) => values[at] = Some(number),
            Outcome::Unknown => return None,
            fault if at + 1 == steps.len() => return Some(fault),
            _ => return None,
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
