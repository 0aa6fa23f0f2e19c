//! `validated_input` against the same checks by hand, before a small body: by hand for the same answer, which tells all that is
//! wrong, and by hand for the first of it only.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::hint::black_box;

use harness::Comparison;
use portcullis::validator::Validate;
use portcullis::{Violation, validated_input};

/// What the checks by hand refuse with.
#[cold]
#[inline(never)]
fn refused(path: &str, detail: &str) -> Violation {
    Violation::field(path, "range", detail)
}

/// What they collect.
type Wrong = Vec<(String, &'static str)>;

#[cold]
#[inline(never)]
fn wrong(wrong: &mut Wrong, path: &str, detail: &'static str) {
    wrong.push((path.to_owned(), detail));
}

#[cold]
#[inline(never)]
fn refused_all(wrong: Wrong) -> Violation {
    let all: Vec<String> = wrong.iter().map(|(path, detail)| format!("{path} {detail}")).collect();
    Violation::field("request", "range", all.join("; "))
}

/// The least that a handler does: an answer of its own.
#[inline(never)]
fn answer(numbers: &[u64]) -> u64 {
    numbers.iter().fold(0, |sum, number| sum.rotate_left(5) ^ number)
}

mod numbers {
    use super::*;

    #[inline(never)]
    #[validated_input]
    fn checked(
        #[check(range(min = 1, max = 86_400))] secs: i32,
        #[check(range(max = 99))] count: u32,
        #[check(range(min = 0.0, max = 1.0))] share: f64,
    ) -> Result<u64, Violation> {
        Ok(answer(&[secs as u64, count.into(), share.to_bits()]))
    }

    #[inline(never)]
    fn all_by_hand(secs: i32, count: u32, share: f64) -> Result<u64, Violation> {
        let mut found = Wrong::new();
        if !(1..=86_400).contains(&secs) {
            wrong(&mut found, "secs", "must be between 1 and 86400");
        }
        if count > 99 {
            wrong(&mut found, "count", "must be at most 99");
        }
        if !(0.0..=1.0).contains(&share) {
            wrong(&mut found, "share", "must be between 0 and 1");
        }
        if !found.is_empty() {
            return Err(refused_all(found));
        }
        Ok(answer(&[secs as u64, count.into(), share.to_bits()]))
    }

    #[inline(never)]
    fn by_hand(secs: i32, count: u32, share: f64) -> Result<u64, Violation> {
        if !(1..=86_400).contains(&secs) {
            return Err(refused("secs", "must be between 1 and 86400"));
        }
        if count > 99 {
            return Err(refused("count", "must be at most 99"));
        }
        if !(0.0..=1.0).contains(&share) {
            return Err(refused("share", "must be between 0 and 1"));
        }
        Ok(answer(&[secs as u64, count.into(), share.to_bits()]))
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "numbers",
        variants: &[
            ("by hand", || all_by_hand(black_box(60), black_box(9), black_box(0.5)).unwrap_or(0)),
            ("first by hand", || by_hand(black_box(60), black_box(9), black_box(0.5)).unwrap_or(0)),
            ("validated_input", || checked(black_box(60), black_box(9), black_box(0.5)).unwrap_or(0)),
        ],
    };
}

mod words {
    use super::*;

    #[inline(never)]
    #[validated_input]
    fn checked(
        #[check(length(min = 1, max = 64, unit = bytes), ascii)] name: &str,
        #[check(one_of("red", "black"))] suit: &str,
    ) -> Result<u64, Violation> {
        Ok(answer(&[name.len() as u64, suit.len() as u64]))
    }

    #[inline(never)]
    fn all_by_hand(name: &str, suit: &str) -> Result<u64, Violation> {
        let mut found = Wrong::new();
        if !(1..=64).contains(&name.len()) {
            wrong(&mut found, "name", "must have a number of bytes that is between 1 and 64");
        }
        if !name.is_ascii() {
            wrong(&mut found, "name", "must be ASCII");
        }
        if !["red", "black"].contains(&suit) {
            wrong(&mut found, "suit", "is not one of the admitted values");
        }
        if !found.is_empty() {
            return Err(refused_all(found));
        }
        Ok(answer(&[name.len() as u64, suit.len() as u64]))
    }

    #[inline(never)]
    fn by_hand(name: &str, suit: &str) -> Result<u64, Violation> {
        if !(1..=64).contains(&name.len()) {
            return Err(refused("name", "must have a number of bytes that is between 1 and 64"));
        }
        if !name.is_ascii() {
            return Err(refused("name", "must be ASCII"));
        }
        if !["red", "black"].contains(&suit) {
            return Err(refused("suit", "is not one of the admitted values"));
        }
        Ok(answer(&[name.len() as u64, suit.len() as u64]))
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "words",
        variants: &[
            ("by hand", || all_by_hand(black_box("a name of a usual length"), black_box("black")).unwrap_or(0)),
            ("first by hand", || by_hand(black_box("a name of a usual length"), black_box("black")).unwrap_or(0)),
            ("validated_input", || checked(black_box("a name of a usual length"), black_box("black")).unwrap_or(0)),
        ],
    };
}

mod elements {
    use super::*;

    static NUMBERS: [u32; 64] = [7; 64];

    #[inline(never)]
    #[validated_input]
    fn checked(#[check(length(max = 64), each(range(min = 1, max = 99)))] numbers: &[u32]) -> Result<u64, Violation> {
        Ok(answer(&[numbers.len() as u64]))
    }

    #[inline(never)]
    fn all_by_hand(numbers: &[u32]) -> Result<u64, Violation> {
        let mut found = Wrong::new();
        if numbers.len() > 64 {
            wrong(&mut found, "numbers", "must have a length that is at most 64");
        } else {
            for (index, number) in numbers.iter().enumerate() {
                if !(1..=99).contains(number) {
                    wrong(&mut found, &format!("numbers[{index}]"), "must be between 1 and 99");
                }
            }
        }
        if !found.is_empty() {
            return Err(refused_all(found));
        }
        Ok(answer(&[numbers.len() as u64]))
    }

    #[inline(never)]
    fn by_hand(numbers: &[u32]) -> Result<u64, Violation> {
        if numbers.len() > 64 {
            return Err(refused("numbers", "must have a length that is at most 64"));
        }
        for (index, number) in numbers.iter().enumerate() {
            if !(1..=99).contains(number) {
                return Err(refused(&format!("numbers[{index}]"), "must be between 1 and 99"));
            }
        }
        Ok(answer(&[numbers.len() as u64]))
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "elements",
        variants: &[
            ("by hand", || all_by_hand(black_box(&NUMBERS)).unwrap_or(0)),
            ("first by hand", || by_hand(black_box(&NUMBERS)).unwrap_or(0)),
            ("validated_input", || checked(black_box(&NUMBERS)).unwrap_or(0)),
        ],
    };
}

/// A type that derives `Validate`: by hand, `validate()` is called.
mod derived {
    use super::*;

    #[derive(Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Order {
        #[validate(length(min = 1, max = 20))]
        item: String,
        #[validate(range(min = 1, max = 99))]
        count: u32,
        #[validate(email)]
        mail: String,
    }

    #[inline(never)]
    #[validated_input]
    fn checked(order: &Order) -> Result<u64, Violation> {
        Ok(answer(&[order.count.into(), order.item.len() as u64, order.mail.len() as u64]))
    }

    #[inline(never)]
    fn by_hand(order: &Order) -> Result<u64, Violation> {
        if order.validate().is_err() {
            return Err(refused("order", "is not valid"));
        }
        Ok(answer(&[order.count.into(), order.item.len() as u64, order.mail.len() as u64]))
    }

    fn order() -> Order {
        Order { item: "pen".to_owned(), count: 2, mail: "a@example.org".to_owned() }
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "derived",
        variants: &[
            ("by hand", || by_hand(black_box(&order())).unwrap_or(0)),
            ("validated_input", || checked(black_box(&order())).unwrap_or(0)),
        ],
    };
}

fn main() {
    harness::main(&[numbers::COMPARISON, words::COMPARISON, elements::COMPARISON, derived::COMPARISON]);
}
