//! What is no integer does under `or(saturate)` and `or(wrap)` what it always did.

use std::num::{Saturating, Wrapping};
use std::ops::{Add, AddAssign, Div, Mul, Neg, Shl, Sub};

use portcullis::checked_arithmetic;

/// The same function plain, saturating and wrapping.
macro_rules! triplet {
    (fn $plain:ident, $saturating:ident, $wrapping:ident $($rest:tt)*) => {
        fn $plain $($rest)*
        #[checked_arithmetic(or(saturate))]
        fn $saturating $($rest)*
        #[checked_arithmetic(or(wrap))]
        fn $wrapping $($rest)*
    };
}

#[test]
fn floats() {
    triplet! {
        fn plain, saturating, wrapping(a: f64, b: f32) -> [u64; 9] {
            let mut place = a;
            place += 1.0;
            place *= &a;
            let quotient = b / 0.0;
            [a + 1.0, a - a, a * a, a / 0.0, a % 0.5, -a, -&a, place, f64::from(quotient)].map(f64::to_bits)
        }
    }
    for value in [0.0, -0.0, 1.5, f64::MAX, f64::MIN, f64::INFINITY, f64::NAN] {
        let expected = plain(value, 3.0);
        assert_eq!((saturating(value, 3.0), wrapping(value, 3.0)), (expected, expected));
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Odd(u8);

impl Add for Odd {
    type Output = Odd;
    fn add(self, other: Odd) -> Odd {
        Odd(self.0.min(other.0))
    }
}
impl Add<&Odd> for u8 {
    type Output = String;
    fn add(self, other: &Odd) -> String {
        format!("{self}+{}", other.0)
    }
}
impl Sub<u8> for Odd {
    type Output = Option<u8>;
    fn sub(self, by: u8) -> Option<u8> {
        self.0.checked_sub(by)
    }
}
impl Mul<Odd> for &Odd {
    type Output = (u8, u8);
    fn mul(self, other: Odd) -> (u8, u8) {
        (self.0, other.0)
    }
}
impl Div<u8> for Odd {
    type Output = u8;
    fn div(self, _: u8) -> u8 {
        self.0
    }
}
impl Shl<i32> for Odd {
    type Output = i32;
    fn shl(self, by: i32) -> i32 {
        by
    }
}
impl Neg for Odd {
    type Output = &'static str;
    fn neg(self) -> &'static str {
        "negated"
    }
}
impl AddAssign<u8> for Odd {
    fn add_assign(&mut self, by: u8) {
        self.0 = by;
    }
}

#[test]
fn types_of_the_users_own() {
    type All = (Odd, String, Option<u8>, (u8, u8), u8, i32, &'static str, Odd);
    triplet! {
        fn plain, saturating, wrapping(a: Odd, b: Odd) -> All {
            let mut place = a;
            place += 200;
            (a + b, 255 + &b, a - 100, &a * b, a / 0, a << 400, -a, place)
        }
    }
    let expected = plain(Odd(255), Odd(1));
    assert_eq!(expected.7, Odd(200));
    assert_eq!(saturating(Odd(255), Odd(1)), expected);
    assert_eq!(wrapping(Odd(255), Odd(1)), expected);
}

#[test]
fn the_policies_of_std() {
    triplet! {
        fn plain, saturating, wrapping(a: Wrapping<u8>, b: Saturating<i8>, text: &str) -> (u8, u8, i8, i8, String) {
            let mut sum = a;
            sum += 200;
            let mut most = b;
            most -= 100;
            (sum.0, (a * a).0, most.0, (b + b).0, String::from("a") + text)
        }
    }
    let expected = plain(Wrapping(100), Saturating(-100), "b");
    assert_eq!(expected, (44, 16, -128, -128, "ab".to_owned()));
    assert_eq!(saturating(Wrapping(100), Saturating(-100), "b"), expected);
    assert_eq!(wrapping(Wrapping(100), Saturating(-100), "b"), expected);
}

#[test]
fn what_a_type_parameter_stands_for() {
    triplet! {
        fn plain, saturating, wrapping<T: Add<Output = T> + Copy>(a: T, b: T) -> T {
            a + b
        }
    }
    assert_eq!((plain(255_u8, 2), saturating(255_u8, 2), wrapping(255_u8, 2)), (1, 255, 1));
    assert_eq!(saturating(Odd(3), Odd(1)), Odd(1));
}
