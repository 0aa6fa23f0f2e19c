//! Every pair of 8-bit values, in every form of every operator.

use portcullis::{Violation, checked_arithmetic};

use super::oracle::{Answer, Narrow, OPERATORS, answer};

const U8: Narrow = Narrow { bits: 8, signed: false };
const I8: Narrow = Narrow { bits: 8, signed: true };

mod for_u8 {
    all_forms!(u8);
}

mod for_i8 {
    all_forms!(i8);
}

/// Shifts of one type by another.
macro_rules! shifts {
    ($($name:ident: $int:ident by $amount:ident;)*) => {$(
        mod $name {
            all_forms! { $int: (left << <<= $amount) (right >> >>= $amount) }
        }
    )*};
}
shifts! {
    u8_by_u8: u8 by u8;
    u8_by_i8: u8 by i8;
    i8_by_i8: i8 by i8;
    i8_by_i32: i8 by i32;
    i8_by_u64: i8 by u64;
    u8_by_i64: u8 by i64;
    u8_by_u128: u8 by u128;
    u8_by_i128: u8 by i128;
    i8_by_usize: i8 by usize;
    i8_by_isize: i8 by isize;
    i8_by_i16: i8 by i16;
    i8_by_u16: i8 by u16;
}

#[track_caller]
fn compare<T: Copy + Into<i128>>(operator: &str, found: Answer<T>, expected: Answer<i128>, a: i128, b: i128) {
    assert_eq!(found.map(Into::into), expected, "{a} {operator} {b}");
}

#[test]
fn all_pairs_of_u8() {
    for a in 0..=u8::MAX {
        for b in 0..=u8::MAX {
            let (wide_a, wide_b) = (a.into(), b.into());
            for (operator, found) in OPERATORS.into_iter().zip(for_u8::every(a, b, b.into())) {
                compare(operator, found, U8.arithmetic(operator, wide_a, wide_b), wide_a, wide_b);
            }
            compare("<<", u8_by_u8::left::every(a, b), U8.shift("<<", wide_a, wide_b), wide_a, wide_b);
            compare(">>", u8_by_u8::right::every(a, b), U8.shift(">>", wide_a, wide_b), wide_a, wide_b);
        }
    }
}

#[test]
fn all_pairs_of_i8() {
    for a in i8::MIN..=i8::MAX {
        for b in i8::MIN..=i8::MAX {
            let (wide_a, wide_b) = (a.into(), b.into());
            let amount = u32::from(b.cast_unsigned());
            for (operator, found) in OPERATORS[..5].iter().zip(for_i8::every(a, b, amount)) {
                compare(operator, found, I8.arithmetic(operator, wide_a, wide_b), wide_a, wide_b);
            }
            compare("<<", for_i8::left::every(a, amount), I8.shift("<<", wide_a, amount.into()), wide_a, amount.into());
            compare(
                ">>",
                for_i8::right::every(a, amount),
                I8.shift(">>", wide_a, amount.into()),
                wide_a,
                amount.into(),
            );
            compare("<<", i8_by_i8::left::every(a, b), I8.shift("<<", wide_a, wide_b), wide_a, wide_b);
            compare(">>", i8_by_i8::right::every(a, b), I8.shift(">>", wide_a, wide_b), wide_a, wide_b);
        }
    }
}

#[test]
fn all_negations_of_i8() {
    #[checked_arithmetic]
    fn value(a: i8) -> Result<i8, Violation> {
        Ok(-a)
    }
    #[checked_arithmetic]
    fn reference(a: &i8) -> Result<i8, Violation> {
        Ok(-a)
    }
    for a in i8::MIN..=i8::MAX {
        compare("-", answer(value(a)), I8.negated(a.into()), 0, a.into());
        compare("-", answer(reference(&a)), I8.negated(a.into()), 0, a.into());
    }
}

/// Every left side, by amounts around the width, the type's own bounds and the bounds of what an amount is kept in.
macro_rules! amounts {
    ($($name:ident: $shift:ident($int:ident, $narrow:expr) by $amount:ident;)*) => {$(
        #[test]
        fn $name() {
            let near: Vec<$amount> = [-1, 0, 1, 7, 8, 9, 31, 32, 64, 127, 255, 256, 1 << 32, (1 << 32) + 1, 1 << 40]
                .into_iter()
                .filter_map(|amount: i128| $amount::try_from(amount).ok())
                .chain([$amount::MIN, $amount::MAX])
                .collect();
            for a in $int::MIN..=$int::MAX {
                for &by in &near {
                    // What does not fit in `i128` is far beyond any width.
                    let wide = i128::try_from(by).unwrap_or(i128::MAX);
                    compare("<<", $shift::left::every(a, by), $narrow.shift("<<", a.into(), wide), a.into(), wide);
                    compare(">>", $shift::right::every(a, by), $narrow.shift(">>", a.into(), wide), a.into(), wide);
                }
            }
        }
    )*};
}
amounts! {
    shifts_of_u8_by_i8: u8_by_i8(u8, U8) by i8;
    shifts_of_i8_by_i16: i8_by_i16(i8, I8) by i16;
    shifts_of_i8_by_u16: i8_by_u16(i8, I8) by u16;
    shifts_of_i8_by_i32: i8_by_i32(i8, I8) by i32;
    shifts_of_i8_by_u64: i8_by_u64(i8, I8) by u64;
    shifts_of_u8_by_i64: u8_by_i64(u8, U8) by i64;
    shifts_of_u8_by_u128: u8_by_u128(u8, U8) by u128;
    shifts_of_u8_by_i128: u8_by_i128(u8, U8) by i128;
    shifts_of_i8_by_usize: i8_by_usize(i8, I8) by usize;
    shifts_of_i8_by_isize: i8_by_isize(i8, I8) by isize;
}
