//! Types of the user's own with operators of their own: they stay.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Rem, Shl, ShlAssign, Shr, Sub};

use portcullis::{Violation, checked_arithmetic};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Vec2(i32, i32);

impl Add for Vec2 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0), self.1.wrapping_add(other.1))
    }
}

impl<'a> Add<&'a Vec2> for &'a Vec2 {
    type Output = Vec2;
    fn add(self, other: &Vec2) -> Vec2 {
        *self + *other
    }
}

impl AddAssign<i32> for Vec2 {
    fn add_assign(&mut self, by: i32) {
        *self = *self + Vec2(by, by);
    }
}

impl Mul<i32> for Vec2 {
    type Output = Self;
    fn mul(self, by: i32) -> Self {
        Self(self.0.wrapping_mul(by), self.1.wrapping_mul(by))
    }
}

impl Mul<Vec2> for i32 {
    type Output = Vec2;
    fn mul(self, of: Vec2) -> Vec2 {
        of * self
    }
}

impl Mul<Vec2> for f64 {
    type Output = f64;
    fn mul(self, of: Vec2) -> f64 {
        self * f64::from(of.0)
    }
}

impl Neg for Vec2 {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1
    }
}

#[test]
fn a_user_type_on_both_sides() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: Vec2, b: Vec2) -> Vec2 {
        a + b + -a
    }
    assert_eq!(protected(Vec2(i32::MAX, 1), Vec2(1, 2)), Vec2(1, 2));
}

#[test]
fn references_to_a_user_type() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &Vec2, b: &Vec2) -> Vec2 {
        a + &(b + a)
    }
    assert_eq!(protected(&Vec2(1, 2), &Vec2(3, 4)), Vec2(5, 8));
}

#[test]
fn a_user_type_with_an_integer_right() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: Vec2) -> Vec2 {
        a += 2;
        a * 3
    }
    assert_eq!(protected(Vec2(1, -2)), Vec2(9, 0));
}

#[test]
fn an_integer_with_a_user_type_right() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: Vec2, k: i32) -> (Vec2, f64) {
        (k * a, 2.0 * a)
    }
    assert_eq!(protected(Vec2(1, 2), 3), (Vec2(3, 6), 2.0));
}

#[test]
fn a_path_joined_by_a_shift() {
    struct Joined(String);
    impl Shl<&str> for Joined {
        type Output = Joined;
        fn shl(self, name: &str) -> Joined {
            Joined(self.0 + "<" + name)
        }
    }
    impl ShlAssign<&str> for Joined {
        fn shl_assign(&mut self, name: &str) {
            self.0.push_str(name);
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(name: &String) -> String {
        let mut joined = Joined("a".into()) << "b" << name;
        joined <<= "!";
        joined.0
    }
    assert_eq!(protected(&"c".into()), "a<b<c!");
}

#[test]
fn an_integer_shifted_by_a_user_type() {
    struct Places(u32);
    impl Shr<Places> for u64 {
        type Output = u64;
        fn shr(self, by: Places) -> u64 {
            self.checked_shr(by.0).unwrap_or(0)
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(x: u64, by: u32) -> u64 {
        x >> Places(by)
    }
    assert_eq!((protected(12, 2), protected(12, 64)), (3, 0));
}

#[test]
fn a_result_that_is_no_number() {
    struct Fields(Vec<&'static str>);
    impl Div<&'static str> for Fields {
        type Output = Result<Fields, &'static str>;
        fn div(mut self, name: &'static str) -> Self::Output {
            self.0.push(name);
            if name.is_empty() { Err("empty") } else { Ok(self) }
        }
    }
    #[checked_arithmetic(or(return Err(violation.code())))]
    fn protected(last: &'static str) -> Result<usize, &'static str> {
        let fields = ((Fields(Vec::new()) / "a")? / last)?;
        Ok(fields.0.len() + 1)
    }
    assert_eq!((protected("b"), protected("")), (Ok(3), Err("empty")));
}

#[test]
fn a_type_with_methods_of_the_operators_names() {
    #[derive(Debug, PartialEq)]
    struct Odd(u8);
    impl Odd {
        fn add(self, _: u8) -> u8 {
            self.0
        }
    }
    #[checked_arithmetic]
    fn protected(odd: Odd, x: u8) -> Result<u8, Violation> {
        Ok(odd.add(x) + x.add(1))
    }
    assert_eq!(protected(Odd(3), 4).unwrap(), 8);
}

#[test]
fn a_closure_as_an_operand() {
    struct Pipe(i32);
    impl<F: Fn(i32) -> i32> Rem<F> for Pipe {
        type Output = Pipe;
        fn rem(self, stage: F) -> Pipe {
            Pipe(stage(self.0))
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(x: i32) -> i32 {
        (Pipe(x) % (|x: i32| x + 1) % |x: i32| x * 2).0
    }
    assert_eq!(protected(3), 8);
}

#[test]
fn coercions_of_the_right_operand() {
    trait Named {
        fn name(&self) -> u8;
    }
    impl Named for u8 {
        fn name(&self) -> u8 {
            *self
        }
    }
    struct Sum(u64);
    impl Add<&[u8]> for Sum {
        type Output = Sum;
        fn add(self, bytes: &[u8]) -> Sum {
            Sum(bytes.iter().fold(self.0, |sum, byte| sum + u64::from(*byte)))
        }
    }
    impl Sub<Box<dyn Named>> for Sum {
        type Output = Sum;
        fn sub(self, named: Box<dyn Named>) -> Sum {
            Sum(self.0 - u64::from(named.name()))
        }
    }
    impl Mul<fn(u64) -> u64> for Sum {
        type Output = Sum;
        fn mul(self, map: fn(u64) -> u64) -> Sum {
            Sum(map(self.0))
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(vec: &Vec<u8>) -> u64 {
        ((Sum(0) + &[1, 2] + vec - Box::new(2_u8)) * |sum| sum + 1).0
    }
    assert_eq!(protected(&vec![3, 4]), 9);
}
