//! Traits of the user's own with methods of the same names, on integers, on wrappers and on anything.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn on_a_wrapper_of_an_integer() {
    trait Ext {
        fn pow(self, by: u32) -> String;
        fn abs(&self) -> u64;
        fn isqrt(&mut self);
    }
    struct Metres(u8);
    impl Ext for Metres {
        fn pow(self, by: u32) -> String {
            format!("{}m{by}", self.0)
        }
        fn abs(&self) -> u64 {
            self.0.into()
        }
        fn isqrt(&mut self) {
            self.0 = 1;
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: Metres) -> (u64, u64, String) {
        let before = a.abs();
        a.isqrt();
        (before, a.abs(), a.pow(200))
    }
    assert_eq!(protected(Metres(255)), (255, 1, "1m200".to_owned()));
}

#[test]
fn a_method_that_the_integer_has_not() {
    trait Ext {
        fn abs(&self) -> String;
        fn div_ceil(self, other: &str) -> usize;
    }
    impl Ext for u8 {
        fn abs(&self) -> String {
            format!("|{self}|")
        }
        fn div_ceil(self, _: &str) -> usize {
            0
        }
    }
    impl Ext for i8 {
        fn abs(&self) -> String {
            "never asked: the integer's own method is nearer".to_owned()
        }
        fn div_ceil(self, other: &str) -> usize {
            other.len()
        }
    }
    #[checked_arithmetic]
    #[allow(unstable_name_collisions)]
    fn protected(a: u8, b: i8) -> Result<(String, usize, i8), Violation> {
        Ok((a.abs(), b.div_ceil("abc"), b.abs()))
    }
    assert_eq!(protected(200, -1).unwrap(), ("|200|".to_owned(), 3, 1));
    assert_eq!(code(protected(200, -128)), "arithmetic.overflow");
}

#[test]
fn a_generic_bound() {
    trait Power: Sized {
        fn pow(self, by: u32) -> Self;
        fn neg(self) -> Self;
    }
    impl Power for u8 {
        fn pow(self, by: u32) -> Self {
            self.wrapping_pow(by)
        }
        fn neg(self) -> Self {
            self.wrapping_neg()
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected<T: Power>(a: T, b: impl Power + Into<u8>) -> (T, u8) {
        (a.pow(2), b.neg().pow(3).into())
    }
    assert_eq!(protected(16_u8, 255_u8), (0, 1));
}

#[test]
fn a_trait_object_and_a_slice() {
    trait Norm {
        fn abs(&self) -> usize;
        fn next_power_of_two(&mut self) -> usize;
    }
    impl Norm for [u8] {
        fn abs(&self) -> usize {
            self.len()
        }
        fn next_power_of_two(&mut self) -> usize {
            self.fill(1);
            self.len()
        }
    }
    impl Norm for str {
        fn abs(&self) -> usize {
            self.len()
        }
        fn next_power_of_two(&mut self) -> usize {
            0
        }
    }
    impl Norm for u8 {
        fn abs(&self) -> usize {
            1
        }
        fn next_power_of_two(&mut self) -> usize {
            2
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(bytes: &mut [u8], text: &str, object: &mut dyn Norm, boxed: &mut Box<dyn Norm>) -> [usize; 7] {
        [
            bytes.abs(),
            bytes.next_power_of_two(),
            bytes[1..].abs(),
            text.abs(),
            "ab".abs() + String::from("abc").abs(),
            object.abs() + (*object).abs(),
            boxed.abs() + boxed.next_power_of_two() + object.next_power_of_two(),
        ]
    }
    let mut bytes = [7, 8, 9];
    let mut boxed: Box<dyn Norm> = Box::new(3_u8);
    assert_eq!(protected(&mut bytes, "text", &mut 3_u8, &mut boxed), [3, 3, 2, 4, 5, 2, 5]);
    assert_eq!(bytes, [1, 1, 1]);
}

#[test]
fn a_blanket_trait_by_value() {
    trait Sums: Sized {
        fn sum(self) -> &'static str {
            "summed"
        }
        fn product(&self) -> &'static str {
            "multiplied"
        }
    }
    struct Owned(#[allow(dead_code)] String);
    impl Sums for Owned {}
    impl Sums for (u8, u8) {}
    impl Sums for u32 {}
    #[checked_arithmetic(or(panic))]
    fn protected(a: Owned, b: &(u8, u8), c: u32) -> [&'static str; 6] {
        [b.sum(), a.product(), a.sum(), c.sum(), 5_u32.product(), (*b).sum()]
    }
    let (s, m) = ("summed", "multiplied");
    assert_eq!(protected(Owned(String::new()), &(1, 2), 3), [s, m, s, s, m, s]);
}
