//! `u32::pow(a, b)`: a method by its path.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn a_path_is_called_as_a_method_is() {
    #[checked_arithmetic]
    fn protected(a: u32, b: u32, c: i32) -> Result<(u32, i32, u32, u64, u32), Violation> {
        Ok((u32::pow(a, b), i32::abs(c), u32::isqrt(a), u64::next_power_of_two(a.into()), i32::ilog2(c.abs())))
    }
    assert_eq!(protected(3, 4, -5).unwrap(), (81, 5, 1, 4, 2));
    assert_eq!(code(protected(2, 32, 1)), "arithmetic.overflow");
    assert_eq!(code(protected(2, 2, i32::MIN)), "arithmetic.overflow");
}

#[test]
fn literals_take_the_type_of_the_path() {
    #[checked_arithmetic]
    fn protected(by: u32) -> Result<(u8, i64, u16), Violation> {
        Ok((u8::pow(2, by), i64::abs(-3), u16::div_ceil(7, 2)))
    }
    assert_eq!(protected(7).unwrap(), (128, 3, 4));
    assert_eq!(code(protected(8)), "arithmetic.overflow");
}

#[test]
fn a_path_as_a_value_stays() {
    #[checked_arithmetic]
    fn protected(values: &[i32]) -> Result<(Vec<i32>, Option<i32>), Violation> {
        let function: fn(i32, u32) -> i32 = i32::pow;
        Ok((values.iter().copied().map(i32::abs).collect(), values.first().map(|first| function(*first, 2))))
    }
    assert_eq!(protected(&[-3, 4]).unwrap(), (vec![3, 4], Some(9)));
}

#[test]
fn longer_paths_stay() {
    use std::ops::Neg;
    #[checked_arithmetic]
    #[allow(unused_qualifications)]
    fn protected(a: i32) -> Result<(i32, i32, u32), Violation> {
        Ok((<i32>::abs(a), Neg::neg(a), core::primitive::u32::pow(2, 3)))
    }
    assert_eq!(protected(-3).unwrap(), (3, 3, 8));
}

#[test]
fn functions_of_the_same_names_are_the_users() {
    mod maths {
        pub(super) fn pow(a: &str, by: u32) -> String {
            a.repeat(by as usize)
        }
    }
    struct Int;
    impl Int {
        fn pow(a: u8, by: u8) -> (u8, u8) {
            (a, by)
        }
        fn abs() -> &'static str {
            "nothing"
        }
    }
    fn abs(x: &str) -> usize {
        x.len()
    }
    #[checked_arithmetic(or(panic))]
    fn protected() -> (String, (u8, u8), &'static str, usize) {
        (maths::pow("ab", 2), Int::pow(255, 2), Int::abs(), abs("abc"))
    }
    assert_eq!(protected(), ("abab".to_owned(), (255, 2), "nothing", 3));
}

#[test]
fn a_trait_of_the_users_own_on_an_integer_by_its_path() {
    trait Ladder {
        fn next_multiple_of(self, by: u8) -> String;
        fn abs(self) -> Self;
    }
    impl Ladder for i16 {
        fn next_multiple_of(self, by: u8) -> String {
            format!("{self} {by}")
        }
        fn abs(self) -> Self {
            7
        }
    }
    impl Ladder for u16 {
        fn next_multiple_of(self, _: u8) -> String {
            String::new()
        }
        fn abs(self) -> Self {
            7
        }
    }
    #[checked_arithmetic]
    #[allow(unstable_name_collisions)]
    fn protected(a: i16) -> Result<(String, String, i16, u16, u16), Violation> {
        Ok((i16::next_multiple_of(a, 3), a.next_multiple_of(4), Ladder::abs(a), u16::abs(9), 9_u16.abs()))
    }
    assert_eq!(protected(-1).unwrap(), ("-1 3".to_owned(), "-1 4".to_owned(), 7, 7, 7));
}

#[test]
fn an_argument_is_evaluated_once_and_may_leave() {
    #[checked_arithmetic]
    fn protected(of: Option<u32>, calls: &mut u32) -> Result<u32, Violation> {
        let mut next = || {
            *calls += 1;
            of
        };
        let Some(base) = next() else { return Ok(0) };
        Ok(u32::pow(
            base,
            match next() {
                Some(by) if by < 9 => by,
                _ => return Ok(1),
            },
        ))
    }
    let mut calls = 0;
    assert_eq!((protected(Some(3), &mut calls).unwrap(), calls), (27, 2));
    assert_eq!((protected(Some(10), &mut calls).unwrap(), calls), (1, 4));
}
