//! From floats: a fraction may go, what is no number of the target may not.

use portcullis::{Values, Violation, checked_arithmetic};

use super::{Casts, compare};

/// Around zero, every power of two, and the ends of the type.
macro_rules! grid {
    ($float:ident) => {{
        let mut values: Vec<$float> = vec![
            0.0,
            0.5,
            0.99,
            1.5,
            2.5,
            $float::NAN,
            $float::INFINITY,
            $float::MAX,
            $float::MIN_POSITIVE,
            $float::EPSILON,
            $float::from_bits(1),
        ];
        for exponent in 0..=128 {
            // Multiplied up by hand: `powi` may be off by a digit.
            let power: $float = (0..exponent).fold(1.0, |power, _| power * 2.0);
            values.extend([
                power,
                power.next_up(),
                power.next_down(),
                power + 0.5,
                power - 0.5,
                power + 1.0,
                power - 1.0,
            ]);
        }
        let negative: Vec<$float> = values.iter().map(|value| -value).collect();
        values.extend(negative);
        values
    }};
}

macro_rules! to_integers {
    ($($name:ident: $float:ident as $($int:ident)*;)*) => {$(
        #[test]
        fn $name() {
            for value in grid!($float) {
                // A float is printed with all its digits, and NaN and infinity are no digits. The sum takes the sign of zero.
                let digits = format!("{:.0}", value.trunc() + 0.0);
                $(
                    let expected: Option<$int> = digits.parse().ok();
                    compare(Casts::<$int>::checked(value), expected, Values::None);
                    let nearest = match expected {
                        Some(expected) => expected,
                        None if value.is_nan() => 0,
                        None if value < 0.0 => $int::MIN,
                        None => $int::MAX,
                    };
                    assert_eq!(Casts::<$int>::saturating(value), nearest, "{value}");
                    assert_eq!(Casts::<$int>::wrapping(value), Casts::<$int>::plain(value));
                    if let Some(expected) = expected {
                        assert_eq!(Casts::<$int>::panicking(value), expected);
                    }
                )*
            }
        }
    )*};
}
to_integers! {
    f32_as_every_integer: f32 as u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    f64_as_every_integer: f64 as u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
}

#[test]
fn the_last_floats_on_either_side_of_a_bound() {
    let ok = |value: f64, expected: u8| assert_eq!(Casts::<u8>::checked(value).unwrap(), expected);
    let no = |value: f64| assert!(Casts::<u8>::checked(value).is_err(), "{value}");
    ok(256.0_f64.next_down(), 255);
    no(256.0);
    ok(-0.0, 0);
    ok((-1.0_f64).next_up(), 0);
    no(-1.0);
    no(f64::NAN);
    no(f64::INFINITY);
    no(f64::NEG_INFINITY);
    assert_eq!(Casts::<i8>::checked((-129.0_f64).next_up()).unwrap(), -128);
    assert!(Casts::<i8>::checked(-129.0_f64).is_err());
    assert_eq!(Casts::<i64>::checked(-(2.0_f64.powi(63))).unwrap(), i64::MIN);
    assert!(Casts::<i64>::checked((-(2.0_f64.powi(63))).next_down()).is_err());
    assert!(Casts::<i64>::checked(2.0_f64.powi(63)).is_err());
    assert!(Casts::<i32>::checked(2_147_483_648.0_f32).is_err());
    assert_eq!(Casts::<i32>::checked(2_147_483_648.0_f32.next_down()).unwrap(), 2_147_483_520);
    assert!(Casts::<u128>::checked(f32::INFINITY).is_err());
    assert_eq!(Casts::<u128>::checked(f32::MAX).unwrap(), u128::MAX << 104);
}

#[test]
fn floats_as_floats_round_as_ever() {
    #[checked_arithmetic(casts = on)]
    fn narrowed(x: f64) -> Result<f32, Violation> {
        Ok(x as f32)
    }
    #[checked_arithmetic(casts = on)]
    fn widened(x: f32) -> Result<f64, Violation> {
        Ok(x as f64)
    }
    fn plain(x: f64) -> f32 {
        x as f32
    }
    for x in [0.0, -0.0, 0.1, f64::MAX, f64::MIN, f64::INFINITY, f64::NAN, f64::MIN_POSITIVE, 16_777_217.0] {
        assert_eq!(narrowed(x).unwrap().to_bits(), plain(x).to_bits(), "{x}");
        assert_eq!(widened(plain(x)).unwrap().to_bits(), f64::from(plain(x)).to_bits(), "{x}");
    }
}
