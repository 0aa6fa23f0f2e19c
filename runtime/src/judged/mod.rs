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
    clippy::cast_sign_loss,
    clippy::unused_self,
    clippy::indexing_slicing,
    clippy::large_types_passed_by_value,
    missing_docs,
    reason = "the compiler runs it, on steps that a macro of ours has printed: a mistake here is no panic of a server, and nobody \
              calls it by hand"
)]

mod named;
mod number;
mod steps;
mod text;

pub use named::{
    Bounded, Bounds, ByBounded, ByOtherwise, ByPointer, ByWhole, Field, Fields, Named, Opaque, Slot, Whole, bounds,
    fields, none, slot, unasked,
};
pub use number::{
    I8, I16, I32, I64, I128, ISIZE, Integer, Number, Type, U8, U16, U32, U64, U128, USIZE, exactly, highest, lowest,
    minus,
};

use self::number::Outcome;
use self::steps::{MOST_STEPS, Step, Way};
use self::text::Text;

/// A range is looked at where it ends, and at zero.
const VALUES: usize = 3;

/// As many ranges as are tried together.
const MOST_RANGES: usize = 3;

/// A number by its name.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    Constant(&'a str, Option<Number>),
    Range(&'a str, Bounds),
}

/// A place, with what is said of it, and the ways to it (`steps`).
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub shown: &'a str,
    pub help: &'a str,
    pub ways: &'a str,
}

/// A way on which a place fails.
#[derive(Clone, Copy, Debug)]
pub struct Fault<'a> {
    pub way: Way<'a>,
    /// What the steps were.
    pub values: [Option<Number>; MOST_STEPS],
    outcome: Outcome,
}

/// Does not compile where the nth place surely fails; then it tells of those after it too.
#[track_caller]
pub const fn ensure(leaves: &[Leaf<'_>], sites: &[Site<'_>], nth: usize) {
    if let Some(found) = fault(leaves, sites[nth].ways) {
        let mut text = text::of(Text::new(), sites[nth], leaves, found);
        let mut after = nth + 1;
        while after < sites.len() {
            if let Some(found) = fault(leaves, sites[after].ways) {
                text = text::of(text.push("\n"), sites[after], leaves, found);
            }
            after += 1;
        }
        refuse(text);
    }
}

#[track_caller]
const fn refuse(text: Text) -> ! {
    panic!("{}", text.as_str())
}

/// The first way that ends in a fault.
#[must_use]
pub const fn fault<'a>(leaves: &[Leaf<'_>], ways: &'a str) -> Option<Fault<'a>> {
    let mut rest = ways;
    while !rest.is_empty() {
        let (way, after) = steps::read(rest, leaves);
        rest = after;
        let mut choice = 0;
        while choice < VALUES.pow(number::small(way.ranges)) && way.ranges <= MOST_RANGES {
            let mut values = [None; MOST_STEPS];
            if let Some(outcome) = end(&way, leaves, choice, &mut values) {
                return Some(Fault { way, values, outcome });
            }
            choice += 1;
        }
    }
    None
}

/// How the last step fails, when those before it surely do not. One that is not known may have looked at all that it depends on, and
/// may have left the function.
const fn end(
    way: &Way<'_>,
    leaves: &[Leaf<'_>],
    choice: usize,
    values: &mut [Option<Number>; MOST_STEPS],
) -> Option<Outcome> {
    let (mut held, mut lost) = (0, 0);
    let mut at = 0;
    while at < way.len {
        let (outcome, deps) = match way.steps[at] {
            Step::Known(number) => (Outcome::Holds(number), 0),
            Step::Leaf(leaf, nth) => match leaves[leaf] {
                Leaf::Constant(_, number) => (Outcome::of(number), 0),
                Leaf::Range(_, bounds) => (bounds.value((choice / VALUES.pow(number::small(nth))) % VALUES), 0),
            },
            Step::Apply(op, left, right, deps) => match (values[left], values[right]) {
                (Some(left), Some(right)) => (number::apply(op, left, right), deps),
                _ => (Outcome::Unknown, deps),
            },
        };
        match outcome {
            Outcome::Holds(number) => {
                values[at] = Some(number);
                held |= deps;
            }
            Outcome::Unknown => lost |= deps,
            fault if at + 1 == way.len && (held | deps) & lost == 0 => return Some(fault),
            _ => return None,
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
