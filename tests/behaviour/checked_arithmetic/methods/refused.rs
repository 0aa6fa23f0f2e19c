//! What the refusal of a method says.

use portcullis::{Values, Violation, checked_arithmetic};

use crate::checked_arithmetic::{Refusal, panic_of, would_be};

fn overflow(operator: &'static str, line: u32) -> Refusal {
    Refusal { code: "arithmetic.overflow", operator, values: Values::None, line }
}

#[test]
fn the_line_of_a_method_is_the_users() {
    const LINE: u32 = line!() + 6;
    #[rustfmt::skip]
    #[checked_arithmetic]
    fn protected(x: i32, by: u32) -> Result<i32, Violation> {
        let squared =
            x
            .pow(by)
            .abs();
        Ok(squared)
    }
    assert_eq!(protected(-3, 3).unwrap(), 27);
    overflow("pow", LINE).check(protected(2, 31));
    overflow("abs", LINE + 1).check(protected(i32::MIN, 1));
}

#[test]
fn the_line_of_a_path_is_the_users() {
    const LINE: u32 = line!() + 5;
    #[rustfmt::skip]
    #[checked_arithmetic]
    fn protected(x: u32, by: u32) -> Result<u32, Violation> {
        let halves = x / 2;
        Ok(u32::pow(
            halves,
            by,
        ))
    }
    overflow("pow", LINE).check(protected(4, 32));
}

#[test]
fn the_code_of_a_division_by_zero_is_its_own() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic]
    fn protected(x: i64, by: i64) -> Result<i64, Violation> {
        Ok(x.div_euclid(by))
    }
    assert_eq!(protected(-7, 2).unwrap(), -4);
    Refusal { code: "arithmetic.division", operator: "div_euclid", values: Values::None, line: LINE }
        .check(protected(1, 0));
    overflow("div_euclid", LINE).check(protected(i64::MIN, -1));
}

#[test]
fn the_line_of_a_total_is_the_users() {
    const LINE: u32 = line!() + 6;
    #[rustfmt::skip]
    #[checked_arithmetic]
    fn protected(values: &[u8]) -> Result<(u8, u8), Violation> {
        let sum = values.iter()
            .copied()
            .sum();
        Ok((sum, values.iter()
            .product()))
    }
    assert_eq!(protected(&[2, 3]).unwrap(), (5, 6));
    overflow("sum", LINE).check(protected(&[200, 100]));
    overflow("product", LINE + 2).check(protected(&[20, 100]));
}

#[test]
fn the_panic_names_the_method_and_the_type() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u16, values: &[u16]) -> (u32, u16) {
        (x.ilog10(), values.iter().sum())
    }
    assert_eq!(protected(1000, &[1, 2]), (3, 3));
    let message = panic_of(|| protected(0, &[]));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `ilog10` of u16"), "{message}");
    let message = panic_of(|| protected(1, &[u16::MAX, 1]));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `sum` of u16"), "{message}");
}

#[test]
fn switched_off_they_are_called_as_written() {
    #[checked_arithmetic(methods = off)]
    fn protected(x: u8, values: &[u8]) -> Result<(u8, u8, u8), Violation> {
        Ok((x.pow(2), values.iter().sum(), u8::pow(x, 2) + 1))
    }
    assert_eq!(protected(16, &[200, 100]).unwrap(), (0, 44, 1));
    #[checked_arithmetic(methods = off)]
    fn operators(x: u8) -> Result<u8, Violation> {
        Ok(x.pow(2) + 255)
    }
    Refusal { code: "arithmetic.overflow", operator: "+", values: would_be(480), line: line!() - 2 }
        .check(operators(15));
}
