//! Every pair of integer types, by values around the bounds of all of them. What `try_from` says is right.

use super::{Casts, compare, kept, near_bounds};
use crate::checked_arithmetic::panic_of;

macro_rules! all {
    ($($name:ident: $from:ident)* => $to:tt) => {$(all!(@ $name: $from => $to);)*};
    (@ $name:ident: $from:ident => ($($to:ident)*)) => {
        #[test]
        fn $name() {
            let values = near_bounds::<$from>();
            assert!([$from::MIN, $from::MIN + 1, 0, 1, $from::MAX].iter().all(|bound| values.contains(bound)));
            for value in values {
                $({
                    let expected = $to::try_from(value).ok();
                    compare(Casts::<$to>::checked(value), expected, kept(value, $from::MIN != 0));
                    match expected {
                        Some(expected) => {
                            assert_eq!(Casts::<$to>::saturating(value), expected);
                            assert_eq!(Casts::<$to>::panicking(value), expected);
                        }
                        // Above `i128` is above zero.
                        None => {
                            let below = i128::try_from(value).is_ok_and(|value| value < 0);
                            let nearest = if below { $to::MIN } else { $to::MAX };
                            assert_eq!(Casts::<$to>::saturating(value), nearest, "{value}");
                        }
                    }
                    assert_eq!(Casts::<$to>::wrapping(value), Casts::<$to>::plain(value));
                })*
            }
        }
    };
}
all! {
    u8_as_every_type: u8
    u16_as_every_type: u16
    u32_as_every_type: u32
    u64_as_every_type: u64
    u128_as_every_type: u128
    usize_as_every_type: usize
    i8_as_every_type: i8
    i16_as_every_type: i16
    i32_as_every_type: i32
    i64_as_every_type: i64
    i128_as_every_type: i128
    isize_as_every_type: isize
    => (u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize)
}

#[test]
fn a_loss_panics_where_asked() {
    let message = panic_of(|| Casts::<u8>::panicking(256_u64));
    assert!(message.starts_with("portcullis: cast.lossy: 256 of u64 as u8"), "{message}");
    let message = panic_of(|| Casts::<u128>::panicking(-1_i8));
    assert!(message.starts_with("portcullis: cast.lossy: -1 of i8 as u128"), "{message}");
}

/// What is exact has no more digits between its first and its last than the float's significand.
macro_rules! to_floats {
    ($($name:ident: $from:ident)*) => {$(
        #[test]
        fn $name() {
            for value in near_bounds::<$from>() {
                let magnitude = i128::try_from(value).map_or_else(|_| u128::try_from(value).unwrap(), i128::unsigned_abs);
                let digits = if magnitude == 0 {
                    0
                } else {
                    u128::BITS - magnitude.leading_zeros() - magnitude.trailing_zeros()
                };
                let lost = kept(value, $from::MIN != 0);
                let single: f32 = value.to_string().parse().unwrap();
                let double: f64 = value.to_string().parse().unwrap();
                compare(Casts::<f32>::checked(value), (digits <= f32::MANTISSA_DIGITS).then_some(single), lost);
                compare(Casts::<f64>::checked(value), (digits <= f64::MANTISSA_DIGITS).then_some(double), lost);
                assert_eq!(Casts::<f32>::saturating(value), single);
                assert_eq!(Casts::<f64>::saturating(value), double);
                assert_eq!(Casts::<f32>::wrapping(value), single);
                assert_eq!(Casts::<f64>::wrapping(value), double);
            }
        }
    )*};
}
to_floats! {
    u16_as_floats: u16
    u32_as_floats: u32
    u64_as_floats: u64
    u128_as_floats: u128
    usize_as_floats: usize
    i16_as_floats: i16
    i32_as_floats: i32
    i64_as_floats: i64
    i128_as_floats: i128
    isize_as_floats: isize
}

#[test]
fn the_first_integers_that_a_float_cannot_say() {
    assert_eq!(Casts::<f32>::checked(1_u32 << 24).unwrap(), 16_777_216.0);
    assert!(Casts::<f32>::checked((1_u32 << 24) + 1).is_err());
    assert!(Casts::<f32>::checked(-(1_i64 << 24) - 1).is_err());
    assert_eq!(Casts::<f64>::checked(1_i64 << 53).unwrap(), 9_007_199_254_740_992.0);
    assert!(Casts::<f64>::checked((1_u64 << 53) + 1).is_err());
    assert!(Casts::<f64>::checked(u64::MAX).is_err());
    assert!(Casts::<f64>::checked(i64::MAX).is_err());
    assert_eq!(Casts::<f64>::checked(i64::MIN).unwrap(), -(2.0_f64.powi(63)));
    assert!(Casts::<f32>::checked(u128::MAX).is_err());
    assert_eq!(Casts::<f32>::checked(u128::MAX << 104).unwrap(), f32::MAX);
    assert_eq!(Casts::<f32>::saturating(u128::MAX), f32::INFINITY);
}
