//! The wider types, by values that proptest chooses near the bounds.

use std::cell::Cell;

use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use portcullis::{Violation, checked_arithmetic};

use super::oracle::{Answer, DIVISION, Narrow, OPERATORS, OVERFLOW, answer};

const CASES: u32 = 2_000;

/// Passes cases through `test`, and asks afterwards that each operator was refused and was answered many times: values
/// that never overflow would show nothing.
fn prove<T: std::fmt::Debug>(
    pairs: impl Strategy<Value = (T, T, u32)>,
    test: impl Fn(&(T, T, u32)) -> Vec<(&'static str, bool)>,
) {
    let counted: [(Cell<u32>, Cell<u32>); 7] = Default::default();
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let proved = TestRunner::new(config).run(&pairs, |case| {
        for (operator, fits) in test(&case) {
            let place = OPERATORS.iter().position(|other| *other == operator).expect("a known operator");
            let (fitted, refused) = &counted[place];
            let counter = if fits { fitted } else { refused };
            counter.set(counter.get() + 1);
        }
        Ok(())
    });
    proved.unwrap_or_else(|failure| panic!("{failure}"));
    for (operator, (fitted, refused)) in OPERATORS.iter().zip(&counted) {
        let (fitted, refused) = (fitted.get(), refused.get());
        assert!(
            fitted > CASES / 20 && refused > CASES / 50,
            "`{operator}` fitted {fitted}, was refused {refused} times"
        );
    }
}

/// Half of the values are bounds, powers of two, or next to them.
macro_rules! values {
    ($int:ident) => {{
        let near = (0..$int::BITS).flat_map(|bit| {
            let power = 1 << bit;
            [power, $int::wrapping_sub(power, 1), $int::wrapping_sub(0, power)]
        });
        let common = [0, $int::wrapping_sub(0, 1)];
        let bounds = [
            $int::MIN,
            $int::MIN + 1,
            $int::MIN / 2,
            0,
            1,
            2,
            $int::wrapping_sub(0, 1),
            $int::MAX / 2,
            $int::MAX - 1,
            $int::MAX,
        ];
        prop_oneof![
            select(common.to_vec()),
            select(bounds.to_vec()),
            select(near.collect::<Vec<$int>>()),
            any::<$int>(),
            any::<i8>().prop_map(|x| x as $int)
        ]
    }};
}

macro_rules! cases {
    ($int:ident) => {
        (values!($int), values!($int), prop_oneof![0..$int::BITS, $int::BITS - 1..$int::BITS + 2, any::<u32>()])
    };
}

macro_rules! narrow {
    ($($test:ident $module:ident $int:ident $signed:literal)*) => {$(
        mod $module {
            all_forms!($int);
        }

        #[test]
        fn $test() {
            let narrow = Narrow { bits: $int::BITS, signed: $signed };
            prove(cases!($int), |&(a, b, amount)| {
                let found = $module::every(a, b, amount);
                let check = |(operator, found): (&'static str, Answer<$int>)| {
                    let right = if operator.len() == 2 { i128::from(amount) } else { b as i128 };
                    let expected = narrow.arithmetic(operator, a as i128, right);
                    assert_eq!(found.map(|value| value as i128), expected, "{a} {operator} {right}");
                    (operator, found.is_ok())
                };
                OPERATORS.into_iter().zip(found).map(check).collect()
            });
        }
    )*};
}
narrow! {
    pairs_of_u16 for_u16 u16 false
    pairs_of_u32 for_u32 u32 false
    pairs_of_u64 for_u64 u64 false
    pairs_of_usize for_usize usize false
    pairs_of_i16 for_i16 i16 true
    pairs_of_i32 for_i32 i32 true
    pairs_of_i64 for_i64 i64 true
    pairs_of_isize for_isize isize true
}

macro_rules! wide {
    ($($test:ident $module:ident $int:ident)*) => {$(
        mod $module {
            all_forms!($int);
        }

        #[test]
        fn $test() {
            prove(cases!($int), |&(a, b, amount)| {
                let no_quotient = if b == 0 { DIVISION } else { OVERFLOW };
                let expected = [
                    a.checked_add(b).ok_or(OVERFLOW),
                    a.checked_sub(b).ok_or(OVERFLOW),
                    a.checked_mul(b).ok_or(OVERFLOW),
                    a.checked_div(b).ok_or(no_quotient),
                    a.checked_rem(b).ok_or(no_quotient),
                    a.checked_shl(amount).ok_or(OVERFLOW),
                    a.checked_shr(amount).ok_or(OVERFLOW),
                ];
                let found = $module::every(a, b, amount);
                assert_eq!(found, expected, "{a} {b} {amount}");
                OPERATORS.into_iter().zip(found.map(|answer| answer.is_ok())).collect()
            });
        }
    )*};
}
wide! {
    pairs_of_u128 for_u128 u128
    pairs_of_i128 for_i128 i128
}

macro_rules! negations {
    ($($test:ident $int:ident)*) => {$(
        #[test]
        fn $test() {
            #[checked_arithmetic]
            fn value(a: $int) -> Result<$int, Violation> {
                Ok(-a)
            }
            #[checked_arithmetic]
            fn reference(a: &$int) -> Result<$int, Violation> {
                Ok(-a)
            }
            let refused = Cell::new(0);
            let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
            let proved = TestRunner::new(config).run(&values!($int), |a| {
                let expected = a.checked_neg().ok_or(OVERFLOW);
                refused.set(refused.get() + u32::from(expected.is_err()));
                assert_eq!(answer(value(a)), expected, "{a}");
                assert_eq!(answer(reference(&a)), expected, "{a}");
                Ok(())
            });
            proved.unwrap_or_else(|failure| panic!("{failure}"));
            assert!(refused.get() > 0, "the smallest value never came");
        }
    )*};
}
negations! {
    negations_of_i16 i16
    negations_of_i32 i32
    negations_of_i64 i64
    negations_of_i128 i128
    negations_of_isize isize
}
