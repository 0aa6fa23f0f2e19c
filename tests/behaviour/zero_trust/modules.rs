//! `zero_trust` on a module.

use portcullis::{Violation, zero_trust};

use crate::common::{Later, code, panic_of, run};

#[zero_trust]
mod handlers {
    use portcullis::Violation;

    pub(super) const LIMIT: u8 = 250;

    pub(super) struct Pool {
        pub(super) cards: Vec<u8>,
    }

    pub(super) fn add(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Ok(number + std::hint::black_box(100_u8))
    }

    pub(crate) async fn later(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        super::Later::default().await;
        Ok(number + std::hint::black_box(100_u8))
    }

    impl Pool {
        pub(super) fn card(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
            Ok(self.cards[at])
        }
    }

    pub(super) trait Deal {
        fn cards(&self) -> Result<&[u8], Violation>;
        fn deal(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
            Ok(self.cards()?[at])
        }
    }

    impl Deal for Pool {
        fn cards(&self) -> Result<&[u8], Violation> {
            Ok(&self.cards)
        }
    }

    pub(super) mod inner {
        use super::*;

        pub(in super::super) fn add(#[check(range(max = 100))] number: u8) -> Result<u8, Violation> {
            Ok(super::add(number)? + LIMIT)
        }
    }
}

#[test]
fn every_function_inside_is_protected() {
    use handlers::Deal as _;
    assert_eq!(handlers::add(1).unwrap(), 101);
    assert_eq!(code(handlers::add(201)), "input.range");
    assert_eq!(code(handlers::add(200)), "arithmetic.overflow");
    assert_eq!(run(handlers::later(1)).unwrap(), 101);
    assert_eq!(code(run(handlers::later(201))), "input.range");
    assert_eq!(code(run(handlers::later(200))), "arithmetic.overflow");
    let pool = handlers::Pool { cards: vec![7] };
    assert_eq!((pool.card(0).unwrap(), pool.deal(0).unwrap()), (7, 7));
    assert_eq!((code(pool.card(1)), code(pool.deal(1))), ("index.bounds", "index.bounds"));
    assert_eq!((code(pool.card(10)), code(pool.deal(10))), ("input.range", "input.range"));
    assert_eq!(code(handlers::inner::add(101)), "input.range");
    assert_eq!(code(handlers::inner::add(100)), "arithmetic.overflow");
    assert_eq!(handlers::LIMIT, 250);
}

#[zero_trust(without(validated_input), or(panic), checked_arithmetic(or(saturate)))]
mod keys {
    use portcullis::{Violation, bounded_recursion, checked_arithmetic, zero_trust};

    pub(super) fn of_the_block(number: u8) -> u8 {
        number + 200
    }
    #[checked_arithmetic(or(wrap))]
    pub(super) fn one_of_its_own(number: u8) -> u8 {
        number + 200
    }
    #[zero_trust]
    pub(super) fn its_own(#[check(range(max = 100))] number: u8) -> Result<u8, Violation> {
        Ok(number + std::hint::black_box(200_u8))
    }
    #[bounded_recursion(max = 3)]
    pub(super) fn down(number: u8) -> u8 {
        if number == 0 { 0 } else { down(number - 1) + 1 }
    }
    #[zero_trust(skip, reason = "counts on wrapping")]
    pub(super) fn left_out(#[check(range(max = 1))] number: u8) -> u8 {
        number.wrapping_add(200)
    }
    #[zero_trust(skip, reason = "evaluated by the compiler")]
    pub(super) const fn constant() -> u8 {
        7
    }
    pub(super) mod inner {
        #[zero_trust(skip, reason = "returns what it can")]
        impl std::fmt::Display for super::super::Shown {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0 as u8)
            }
        }
        use super::zero_trust;
    }
}

struct Shown(u16);

#[test]
fn a_function_keeps_its_own_keys() {
    assert_eq!(keys::of_the_block(100), 255);
    assert_eq!(keys::one_of_its_own(100), 44);
    assert_eq!(code(keys::its_own(101)), "input.range");
    assert_eq!(code(keys::its_own(100)), "arithmetic.overflow");
    assert_eq!(keys::its_own(1).unwrap(), 201);
    assert_eq!(keys::down(2), 2);
    // `or(panic)` at each level, under the boundary of the one above.
    assert!(panic_of(|| keys::down(3)).contains("recursion.depth"));
    assert_eq!(keys::down(2), 2);
}

#[test]
fn what_is_left_out_is_plain() {
    const CONSTANT: u8 = keys::constant();
    assert_eq!((keys::left_out(100), CONSTANT), (44, 7));
    assert_eq!(Shown(300).to_string(), "44");
    #[zero_trust(skip, reason = "alone, and left out")]
    #[portcullis::checked_arithmetic]
    fn alone(#[trusted(reason = "no client chooses it")] number: u8) -> u8 {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        let low = (u32::from(number) + 300) as u8;
        low
    }
    assert_eq!(alone(1), 45);
}

/// A cycle that is bounded by one of its functions, and one by a group.
#[zero_trust]
mod bounded {
    use portcullis::{Violation, bounded_recursion};

    portcullis::recursion_group!(IDLE);

    #[bounded_recursion(max = 4)]
    pub(super) fn ping(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(0) } else { pong(n - 1) }
    }
    fn pong(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(1) } else { ping(n - 1) }
    }
    #[bounded_recursion(max = 4, group = IDLE)]
    pub(super) async fn tick(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(0) } else { Box::pin(tock(n - 1)).await }
    }
    #[bounded_recursion(max = 4, group = IDLE)]
    async fn tock(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(1) } else { Box::pin(tick(n - 1)).await }
    }
    #[portcullis::allow(recursion, reason = "each step halves the number")]
    pub(super) fn halve(#[check(range(max = 200))] n: u8) -> Result<u8, Violation> {
        other_half(n / 2)
    }
    fn other_half(#[check(range(max = 200))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(0) } else { halve(n) }
    }
}

#[test]
fn cycles_with_a_bound() {
    assert_eq!(bounded::ping(7).unwrap(), 1);
    assert_eq!(code(bounded::ping(8)), "recursion.depth");
    assert_eq!(bounded::ping(7).unwrap(), 1);
    assert_eq!(run(bounded::tick(3)).unwrap(), 1);
    assert_eq!(code(run(bounded::tick(4))), "recursion.depth");
    assert_eq!(bounded::halve(200).unwrap(), 0);
}

macro_rules! handler {
    ($name:ident, $by:expr) => {
        #[zero_trust]
        mod $name {
            pub(super) fn times(#[check(range(max = 9))] number: u8) -> Result<u8, portcullis::Violation> {
                Ok(number * $by)
            }
            macro_rules! again {
                ($number:expr) => {
                    times($number)
                };
            }
            pub(super) fn twice(#[check(range(max = 9))] number: u8) -> Result<u8, portcullis::Violation> {
                again!(number).and_then(|number| again!(number))
            }
        }
    };
}
handler!(by_macro, 1 + 1);

#[test]
fn a_module_that_a_macro_wrote() {
    assert_eq!(by_macro::times(3).unwrap(), 6);
    assert_eq!(by_macro::twice(2).unwrap(), 8);
    assert_eq!(code(by_macro::twice(9)), "input.range");
}

/// What is not compiled, and what only tests call, is not protected.
#[zero_trust]
mod conditional {
    #![allow(dead_code, unused_attributes, reason = "an inner attribute")]

    #[cfg(any())]
    pub(super) fn which(number: u64) {
        nothing_of_that_name(number)
    }
    #[inline]
    #[cfg(not(any()))]
    pub(super) fn which(#[check(range(max = 9))] number: u8) -> Result<u8, portcullis::Violation> {
        Ok(number)
    }
    #[test]
    fn a_test_inside_returns_nothing() {
        assert!(which(10).is_err());
    }
    #[cfg(test)]
    mod tests {
        fn helper(number: u8) -> u8 {
            number
        }
        #[test]
        fn as_does_one_in_a_module_of_its_own() {
            assert_eq!(super::which(helper(9)).unwrap(), 9);
        }
    }
}

#[test]
fn functions_under_cfg() {
    assert_eq!(conditional::which(9).unwrap(), 9);
    assert_eq!(code(conditional::which(10)), "input.range");
}

#[test]
fn a_module_inside_a_function() {
    #[zero_trust]
    mod local {
        #[tracing::instrument]
        pub(super) fn add<T: Into<u8> + std::fmt::Debug + portcullis::validator::Validate>(
            number: T,
        ) -> Result<u8, portcullis::Violation> {
            Ok(number.into() + 200)
        }
    }
    #[derive(Debug, portcullis::validator::Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Small {
        #[validate(range(max = 99))]
        number: u8,
    }
    impl From<Small> for u8 {
        fn from(small: Small) -> Self {
            small.number
        }
    }
    assert_eq!(local::add(Small { number: 1 }).unwrap(), 201);
    assert_eq!(code(local::add(Small { number: 99 })), "arithmetic.overflow");
    assert_eq!(code(local::add(Small { number: 100 })), "input.range");
    let violation = local::add(Small { number: 99 }).unwrap_err();
    assert!(violation.internal().function().ends_with("local::add"), "{}", violation.internal());
}

#[test]
fn a_function_inside_a_function_is_not_protected() {
    #[zero_trust]
    mod outer {
        pub(super) fn outer(#[check(range(max = 9))] number: u8) -> Result<u8, portcullis::Violation> {
            fn inner(number: u8) -> u8 {
                number.wrapping_add(250)
            }
            Ok(inner(number))
        }
    }
    let result: Result<u8, Violation> = outer::outer(9);
    assert_eq!(result.unwrap(), 3);
}
