//! `require(..)`: what has to hold between parameters.

use portcullis::{Violation, validated_input, zero_trust};

use super::broken;
use crate::common::code;

#[zero_trust(require(start <= end, end - start < 10))]
fn window(#[check(range(max = 1_000))] start: u32, #[check(range(max = 1_000))] end: u32) -> Result<u32, Violation> {
    Ok(end - start)
}

#[test]
fn conditions_are_asked_after_the_rules() {
    assert_eq!(window(1, 10).unwrap(), 9);
    let refused = window(1, 11).unwrap_err();
    assert_eq!(refused.code(), "input.require");
    // Not the expression: that is the server's own.
    assert_eq!(refused.to_string(), "the request is refused: input.require: end does not go with start");
    assert_eq!(code(window(1_001, 1)), "input.range");
    assert_eq!(window(0, 9).unwrap(), 9);
}

#[test]
fn what_is_checked_in_the_body_is_checked_in_a_condition() {
    #[zero_trust(require(std::hint::black_box(end) - start < 10))]
    fn alone(#[check(range(max = 1_000))] start: u32, #[check(range(max = 1_000))] end: u32) -> Result<u32, Violation> {
        Ok(start.max(end))
    }
    assert_eq!(alone(1, 2).unwrap(), 2);
    // Would wrap.
    assert_eq!(code(alone(2, 1)), "arithmetic.overflow");
}

#[test]
fn a_condition_may_rely_on_those_before_it() {
    #[validated_input(require(a < b, b < c, is_even(c)))]
    fn protected(
        #[check(range(max = 99))] a: u8,
        #[check(range(max = 99))] b: u8,
        #[check(c(range(max = 99)))] (c, _): (u8, ()),
    ) -> Result<u8, Violation> {
        Ok(a.max(b).max(c))
    }
    fn is_even(n: u8) -> bool {
        n.is_multiple_of(2)
    }
    assert_eq!(protected(1, 2, (4, ())).unwrap(), 4);
    let told = |result: Result<u8, Violation>| -> Vec<String> {
        result.unwrap_err().fields().iter().map(ToString::to_string).collect()
    };
    assert_eq!(told(protected(3, 3, (3, ()))), ["a does not go with b"]);
    assert_eq!(told(protected(2, 3, (3, ()))), ["b does not go with c"]);
    assert_eq!(told(protected(1, 2, (3, ()))), ["c is not admitted"]);
    // `end - start` is not asked.
    assert_eq!(broken(window(2, 1).map(|_| ())), ["start require"]);
}

struct Room {
    seats: u32,
}

impl Room {
    #[zero_trust(require(seats <= self.seats))]
    async fn book(&mut self, #[check(range(min = 1, max = 1_000))] seats: u32) -> Result<u32, Violation> {
        self.seats -= seats;
        Ok(self.seats)
    }

    #[zero_trust(require(name.len() < usize::MAX), or(return None))]
    fn named(&self, #[trusted(reason = "made at start-up")] name: &str) -> Option<u32> {
        Some(self.seats).filter(|_| !name.is_empty())
    }
}

#[tokio::test]
async fn conditions_see_the_receiver() {
    let mut room = Room { seats: 3 };
    assert_eq!(room.book(2).await.unwrap(), 1);
    assert_eq!(broken(room.book(2).await), ["seats require"]);
    assert_eq!(room.book(1).await.unwrap(), 0);
    assert_eq!(room.named("a"), Some(0));
}
