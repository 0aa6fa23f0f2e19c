//! What is refused, and what the refusal says: code, operator, values, place.

use portcullis::{Integer, Values, Violation, checked_arithmetic};

use super::{Refusal, operands, panic_of, would_be};

/// One operator each: returned, and as a panic.
macro_rules! refused {
    ($($name:ident($a:ident: $int:ty = $left:expr, $b:ident: $other:ty = $right:expr) $body:block
        $code:literal $operator:literal $values:expr;)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            #[allow(unused_mut, unused_braces)]
            fn protected(mut $a: $int, $b: $other) -> Result<$int, Violation> {
                Ok($body)
            }
            #[checked_arithmetic(or(panic))]
            #[allow(unused_mut)]
            fn panicking(mut $a: $int, $b: $other) -> $int $body
            let violation = protected($left, $right).expect_err("a refusal");
            assert_eq!(violation.code(), $code);
            assert_eq!(violation.internal().operator(), Some($operator));
            assert_eq!(violation.internal().values(), $values);
            let message = panic_of(|| panicking($left, $right));
            assert!(message.starts_with(&format!("portcullis: {}: ", $code)), "{message}");
        }
    )*};
}

const OVERFLOW: &str = "arithmetic.overflow";
const DIVISION: &str = "arithmetic.division";

refused! {
    a_sum_above_u8(a: u8 = 200, b: u8 = 100) { a + b } "arithmetic.overflow" "+" would_be(300);
    a_sum_above_i64(a: i64 = i64::MAX, b: i64 = 1) { a + b } "arithmetic.overflow" "+" would_be(1 << 63);
    a_sum_below_i64(a: i64 = i64::MIN, b: i64 = -1) { a + b } "arithmetic.overflow" "+" would_be(-(1 << 63) - 1);
    a_sum_above_u128(a: u128 = u128::MAX, b: u128 = 1) { a + b } "arithmetic.overflow" "+" Values::None;
    a_difference_below_u32(a: u32 = 3, b: u32 = 5) { a - b } "arithmetic.overflow" "-" would_be(-2);
    a_difference_above_i8(a: i8 = 100, b: i8 = -100) { a - b } "arithmetic.overflow" "-" would_be(200);
    a_difference_below_i8(a: i8 = -100, b: i8 = 100) { a - b } "arithmetic.overflow" "-" would_be(-200);
    a_difference_below_usize(a: usize = 0, b: usize = 1) { a - b } "arithmetic.overflow" "-" would_be(-1);
    a_product_above_u16(a: u16 = 256, b: u16 = 256) { a * b } "arithmetic.overflow" "*" Values::None;
    a_product_above_i128(a: i128 = i128::MIN, b: i128 = -1) { a * b } "arithmetic.overflow" "*" Values::None;
    a_quotient_by_zero(a: u32 = 7, b: u32 = 0) { a / b }
        "arithmetic.division" "/" Values::None;
    a_quotient_of_the_smallest(a: i32 = i32::MIN, b: i32 = -1) { a / b }
        "arithmetic.overflow" "/" operands(i32::MIN as i128, -1);
    a_rest_by_zero(a: i64 = -7, b: i64 = 0) { a % b } "arithmetic.division" "%" Values::None;
    a_rest_of_the_smallest(a: isize = isize::MIN, b: isize = -1) { a % b }
        "arithmetic.overflow" "%" operands(isize::MIN as i128, -1);
    a_shift_by_the_width(a: i32 = 1, b: u8 = 32) { a << b }
        "arithmetic.overflow" "<<" Values::Operands(Integer::Signed(1), Integer::Unsigned(32));
    a_shift_by_an_i64_above_32_bits(a: u8 = 1, b: i64 = 1 << 32) { a << b }
        "arithmetic.overflow" "<<" Values::Operands(Integer::Unsigned(1), Integer::Unsigned(u32::MAX as u128));
    a_right_shift_by_minus_one(a: u64 = 9, b: i32 = -1) { a >> b }
        "arithmetic.overflow" ">>" Values::Operands(Integer::Unsigned(9), Integer::Unsigned(u32::MAX as u128));
    a_compound_sum(a: u8 = 255, b: u8 = 1) { a += b; a } "arithmetic.overflow" "+=" would_be(256);
    a_compound_difference(a: u8 = 0, b: u8 = 1) { a -= b; a } "arithmetic.overflow" "-=" would_be(-1);
    a_compound_product(a: i8 = 64, b: i8 = 2) { a *= b; a } "arithmetic.overflow" "*=" Values::None;
    a_compound_quotient(a: i8 = 64, b: i8 = 0) { a /= b; a } "arithmetic.division" "/=" Values::None;
    a_compound_rest(a: i8 = -128, b: i8 = -1) { a %= b; a } "arithmetic.overflow" "%=" operands(-128, -1);
    a_compound_shift(a: u16 = 3, b: u32 = 16) { a <<= b; a }
        "arithmetic.overflow" "<<=" Values::Operands(Integer::Unsigned(3), Integer::Unsigned(16));
    a_compound_right_shift(a: i16 = -3, b: u64 = 1 << 40) { a >>= b; a }
        "arithmetic.overflow" ">>=" Values::Operands(Integer::Signed(-3), Integer::Unsigned(u32::MAX as u128));
}

#[test]
fn a_negation_of_the_smallest() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic]
    fn protected(a: i128) -> Result<i128, Violation> {
        Ok(-a)
    }
    Refusal { code: OVERFLOW, operator: "-", values: Values::Operand(Integer::Signed(i128::MIN)), line: LINE }
        .check(protected(i128::MIN));
    assert_eq!(protected(i128::MAX).unwrap(), -i128::MAX);
}

#[test]
fn the_line_and_the_column_are_the_operators_own() {
    const FIRST: u32 = line!() + 3;
    #[checked_arithmetic]
    fn protected(a: u8, b: u8, c: u8) -> Result<u8, Violation> {
        let first = a // The place is not the statement's.
            + b;
        let second = (first * c) / b;
        Ok(second - 1)
    }
    let place = |refused: Result<u8, Violation>| {
        let violation = refused.unwrap_err();
        let place = violation.internal().location().unwrap();
        (place.line() - FIRST, place.column())
    };
    assert_eq!(place(protected(255, 1, 1)), (1, 13));
    assert_eq!(place(protected(100, 1, 3)), (2, 29));
    assert_eq!(place(protected(1, 0, 3)), (2, 34));
    assert_eq!(place(protected(0, 1, 0)), (3, 19));
}

#[test]
fn the_first_operator_that_fails_is_the_one_that_is_named() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic]
    fn protected(a: u8, b: u8) -> Result<u8, Violation> {
        Ok(a / b * 2 + b)
    }
    let refusal = |code, operator, values| Refusal { code, operator, values, line: LINE };
    refusal(DIVISION, "/", Values::None).check(protected(1, 0));
    refusal(OVERFLOW, "*", Values::None).check(protected(200, 1));
    refusal(OVERFLOW, "+", would_be(256)).check(protected(255, 2));
}

#[test]
fn the_function_is_named_with_its_module() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        Ok(a - 1)
    }
    let violation = protected(0).unwrap_err();
    assert_eq!(violation.internal().function(), concat!(module_path!(), "::protected"));
}

#[test]
fn the_public_half_holds_no_value_and_no_place() {
    #[checked_arithmetic]
    fn protected(a: u8, b: u8) -> Result<u8, Violation> {
        Ok(a << b)
    }
    let violation = protected(77, 9).unwrap_err();
    let public = format!("{violation} {violation:?}");
    assert!(!public.contains("77") && !public.contains("detection") && !public.contains("protected"), "{public}");
    let internal = violation.internal().to_string();
    assert!(internal.contains("77 << 9 of u8") && internal.contains("detection.rs:"), "{internal}");
}

#[test]
fn the_overflow_of_the_story() {
    #[checked_arithmetic]
    fn until(now: i32, secs: i32) -> Result<i32, Violation> {
        Ok(now + secs * 1_000)
    }
    assert_eq!(until(7, 86_400).unwrap(), 86_400_007);
    assert_eq!(until(7, 86_400_000).unwrap_err().internal().operator(), Some("*"));
    assert_eq!(until(i32::MAX, 1).unwrap_err().internal().operator(), Some("+"));
}

#[test]
#[allow(non_snake_case, reason = "names in upper case that are no constants")]
fn a_lent_difference_of_names_in_upper_case_is_checked() {
    static LIMITS: std::sync::LazyLock<(u32, u32)> = std::sync::LazyLock::new(|| (0, 7));
    fn lent(value: &u32) -> u32 {
        *value
    }
    #[checked_arithmetic]
    fn field() -> Result<u32, Violation> {
        Ok(lent(&(LIMITS.0 - 1)))
    }
    #[checked_arithmetic]
    fn generic<const N: u32>() -> Result<u32, Violation> {
        Ok(lent(&(N - 1)))
    }
    #[checked_arithmetic]
    fn parameter(N: u32) -> Result<u32, Violation> {
        Ok(lent(&(N - 1)))
    }
    assert_eq!(LIMITS.1, 7);
    assert_eq!(field().unwrap_err().code(), "arithmetic.overflow");
    assert_eq!((generic::<1>().unwrap(), generic::<0>().unwrap_err().code()), (0, "arithmetic.overflow"));
    assert_eq!((parameter(1).unwrap(), parameter(0).unwrap_err().code()), (0, "arithmetic.overflow"));
}

#[test]
fn in_the_guard_of_an_arm() {
    const LINE: u32 = line!() + 4;
    #[checked_arithmetic]
    fn protected(a: Option<u8>, b: u8) -> Result<bool, Violation> {
        Ok(match a {
            Some(n) if n + b > 9 => true,
            _ => false,
        })
    }
    assert_eq!((protected(Some(9), 1).unwrap(), protected(None, 255).unwrap()), (true, false));
    let line = protected(Some(1), 255).unwrap_err().internal().location().unwrap().line();
    assert_eq!(line, LINE);
}
