//! Operands whose type is a parameter: checked as what they turn out to be.

use std::fmt::Debug;
use std::num::Wrapping;
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
};

use portcullis::{Integer, Values, Violation, checked_arithmetic};

use super::oracle::{Answer, Narrow, OPERATORS, OVERFLOW, answer};

/// Each operator in each of its forms; the forms have to agree.
macro_rules! generic {
    ($($name:ident: $operator:tt $compound:tt $trait:ident $assign:ident;)*) => {$(
        fn $name<T, R>(a: T, b: R) -> Answer<T>
        where
            T: $trait<R, Output = T> + $assign<R> + Copy + PartialEq + Debug,
            R: Copy,
            for<'a> &'a T: $trait<R, Output = T> + $trait<&'a R, Output = T>,
            for<'a> T: $trait<&'a R, Output = T>,
        {
            #[checked_arithmetic]
            fn values<T: $trait<R, Output = T>, R>(a: T, b: R) -> Result<T, Violation> {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            fn references<'a, T, R>(a: &'a T, b: &'a R) -> Result<T, Violation>
            where
                &'a T: $trait<&'a R, Output = T>,
            {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            fn left<'a, T, R>(a: &'a T, b: R) -> Result<T, Violation>
            where
                &'a T: $trait<R, Output = T>,
            {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            fn right<'a, T: $trait<&'a R, Output = T>, R>(a: T, b: &'a R) -> Result<T, Violation> {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            fn compound<T: $assign<R>, R>(mut a: T, b: R) -> Result<T, Violation> {
                a $compound b;
                Ok(a)
            }
            let forms = [references(&a, &b), left(&a, b), right(a, &b), compound(a, b)].map(answer);
            let found = answer(values(a, b));
            assert!(forms.iter().all(|form| *form == found), "{found:?} {forms:?}");
            found
        }
    )*};
}

generic! {
    add: + += Add AddAssign;
    sub: - -= Sub SubAssign;
    mul: * *= Mul MulAssign;
    div: / /= Div DivAssign;
    rem: % %= Rem RemAssign;
    shl: << <<= Shl ShlAssign;
    shr: >> >>= Shr ShrAssign;
}

macro_rules! every_operator {
    ($a:expr, $b:expr) => {
        [add($a, $b), sub($a, $b), mul($a, $b), div($a, $b), rem($a, $b), shl($a, $b), shr($a, $b)]
    };
}

#[test]
fn pairs_of_8_bits() {
    for a in 0..=u8::MAX {
        for b in (0..=u8::MAX).step_by(17).chain([1, 2, 7, 8, 9, 127, 128, 129, 254]) {
            let (unsigned, signed) =
                ((i128::from(a), i128::from(b)), (i128::from(a.cast_signed()), i128::from(b.cast_signed())));
            let u8s = Narrow { bits: 8, signed: false };
            let i8s = Narrow { bits: 8, signed: true };
            for (operator, found) in OPERATORS.into_iter().zip(every_operator!(a, b)) {
                assert_eq!(
                    found.map(i128::from),
                    u8s.arithmetic(operator, unsigned.0, unsigned.1),
                    "{a} {operator} {b}"
                );
            }
            for (operator, found) in OPERATORS.into_iter().zip(every_operator!(a.cast_signed(), b.cast_signed())) {
                assert_eq!(
                    found.map(i128::from),
                    i8s.arithmetic(operator, signed.0, signed.1),
                    "{signed:?} {operator}"
                );
            }
        }
    }
}

#[checked_arithmetic]
fn negated<T: Neg<Output = U>, U>(a: T) -> Result<U, Violation> {
    Ok(-a)
}

macro_rules! ends {
    ($($int:ident)*) => {$(
        let (small, large, one, two) = ($int::MIN, $int::MAX, $int::from(true), $int::from(true) << 1);
        assert_eq!(add(large, one), Err(OVERFLOW));
        assert_eq!(add(large, $int::default()), Ok(large));
        assert_eq!(sub(small, one), Err(OVERFLOW));
        assert_eq!(mul(large, two), Err(OVERFLOW));
        assert_eq!(mul(large / two, two), Ok(large - one));
        assert_eq!(div(one, $int::default()), Err("arithmetic.division"));
        assert_eq!(rem(one, $int::default()), Err("arithmetic.division"));
        assert_eq!(shl(one, $int::BITS), Err(OVERFLOW));
        assert_eq!(shr(large, $int::BITS - 1), Ok(large >> ($int::BITS - 1)));
        assert_eq!(shr(large, -1), Err(OVERFLOW));
    )*};
}

#[test]
fn the_ends_of_each_type() {
    ends!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
    macro_rules! signs {
        ($($int:ident)*) => {$(
            assert_eq!(div($int::MIN, -1), Err(OVERFLOW));
            assert_eq!(answer(negated($int::MIN)), Err(OVERFLOW));
            assert_eq!(answer(negated(&$int::MIN)), Err(OVERFLOW));
            assert_eq!(answer(negated(&$int::MAX)), Ok(-$int::MAX));
        )*};
    }
    signs!(i8 i16 i32 i64 i128 isize);
}

#[test]
fn an_amount_is_not_cut_to_its_low_bits() {
    #[checked_arithmetic(or(wrap))]
    fn wrapping<T: Shl<R, Output = T>, R>(a: T, by: R) -> T {
        a << by
    }
    assert_eq!(shl(1_u64, 1_u64 << 32), Err(OVERFLOW));
    assert_eq!(shr(1_i128, (1_i128 << 32) + 1), Err(OVERFLOW));
    assert_eq!((shl(1_u64, 63_u64), shr(-8_i128, 1_i128)), (Ok(1 << 63), Ok(-4)));
    assert_eq!((wrapping(3_u64, 1_u64 << 32), wrapping(3_u8, (1_u64 << 32) + 1)), (3, 6));
}

#[test]
fn a_violation_says_what_and_where() {
    #[checked_arithmetic]
    fn protected<T: Add<Output = T>>(a: T, b: T) -> Result<T, Violation> {
        Ok(a + b)
    }
    let line = line!() - 2;
    let violation = protected(200_u8, 100).unwrap_err();
    assert_eq!(violation.internal().operator(), Some("+"));
    assert_eq!(violation.internal().values(), Values::Result(Integer::Signed(300)));
    let place = violation.internal().location().unwrap();
    assert_eq!((place.file(), place.line(), place.column()), (file!(), line, 14));
}

#[test]
fn an_impl_trait_and_an_associated_type() {
    #[checked_arithmetic]
    fn parameter(a: impl Add<u8, Output = u8>, b: u8) -> Result<u8, Violation> {
        Ok(a + b)
    }
    #[checked_arithmetic]
    fn items<I: Iterator<Item: Add<Output = I::Item> + Copy>>(mut items: I) -> Result<Option<I::Item>, Violation> {
        let Some(first) = items.next() else { return Ok(None) };
        Ok(items.next().map(|second| first + second))
    }
    assert_eq!((answer(parameter(250, 5)), answer(parameter(250, 6))), (Ok(255), Err(OVERFLOW)));
    assert_eq!(answer(items([250_u8, 5].into_iter())), Ok(Some(255)));
    assert_eq!(answer(items([250_u8, 6].into_iter())), Err(OVERFLOW));
    assert_eq!(answer(items([i64::MAX, 1].into_iter())), Err(OVERFLOW));
}

#[test]
fn in_impls_of_the_operators_themselves() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Point<T>(T, T);
    impl<T: Add<Output = T>> Add for Point<T> {
        type Output = Self;
        #[checked_arithmetic(or(panic))]
        fn add(self, other: Self) -> Self {
            Self(self.0 + other.0, self.1 + other.1)
        }
    }
    assert_eq!(Point(1_u8, 2) + Point(3, 4), Point(4, 6));
    assert_eq!(Point(1.5_f32, 2.0) + Point(3.0, 4.0), Point(4.5, 6.0));
    crate::common::panic_of(|| Point(1_u8, 2) + Point(3, 254));
}

/// As large as an integer, and none.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Modular(u32);

impl Add for Modular {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

#[test]
fn what_is_no_integer_keeps_its_operator() {
    twin! {
        fn plain, protected<T: Add<U, Output = V>, U, V>(a: T, b: U) -> V {
            a + b
        }
    }
    assert_eq!(plain(Modular(u32::MAX), Modular(2)), protected(Modular(u32::MAX), Modular(2)));
    assert_eq!(plain(Wrapping(u64::MAX), Wrapping(2)), protected(Wrapping(u64::MAX), Wrapping(2)));
    assert_eq!(plain("a".to_owned(), "b"), protected("a".to_owned(), "b"));
    assert_eq!(plain(f32::MAX, f32::MAX), protected(f32::MAX, f32::MAX));
    let (second, kept) = (std::time::Duration::from_secs(1), Modular(7));
    assert_eq!(plain(second, second), protected(second, second));
    assert_eq!(protected(kept, kept), Modular(14));
}

#[test]
fn each_policy() {
    #[checked_arithmetic(or(saturate))]
    fn saturating<T: Add<Output = T> + Mul<Output = T> + SubAssign + Copy>(a: T, b: T) -> [T; 3] {
        let mut c = a;
        c -= b;
        [a + b, a * b, c]
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping<T: Add<Output = T> + Mul<Output = T> + SubAssign + Copy>(a: T, b: T) -> [T; 3] {
        let mut c = a;
        c -= b;
        [a + b, a * b, c]
    }
    #[checked_arithmetic(or(saturate))]
    fn shifted<T: Shl<u32, Output = T> + Neg<Output = T> + Copy>(a: T, by: u32) -> [T; 2] {
        [a << by, -a]
    }
    #[checked_arithmetic(or(wrap))]
    fn masked<T: Shl<u32, Output = T> + Neg<Output = T> + Copy>(a: T, by: u32) -> [T; 2] {
        [a << by, -a]
    }
    assert_eq!(saturating(100_i8, 50), [127, 127, 50]);
    assert_eq!(saturating(-100_i8, 50), [-50, -128, -128]);
    assert_eq!(wrapping(100_i8, 50), [-106, -120, 50]);
    assert_eq!(saturating(3_u64, 5), [8, 15, 0]);
    assert_eq!(wrapping(3_u64, 5), [8, 15, u64::MAX - 1]);
    assert_eq!(saturating(2.5_f64, 2.0), [4.5, 5.0, 0.5]);
    assert_eq!(shifted(i8::MIN, 9), [-128, 127]);
    assert_eq!(masked(i8::MIN, 9), [0, -128]);
}
