//! References to numbers, which the operators take as well.

use portcullis::{Integer, Values, Violation, checked_arithmetic};

use super::Refusal;

#[test]
fn both_sides() {
    #[checked_arithmetic]
    fn protected(a: &i64, b: &i64) -> Result<[i64; 5], Violation> {
        Ok([a + b, a - b, a * b, a / b, a % b])
    }
    assert_eq!(protected(&7, &2).unwrap(), [9, 5, 14, 3, 1]);
    assert_eq!(protected(&i64::MAX, &1).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!(protected(&7, &0).unwrap_err().code(), "arithmetic.division");
}

#[test]
fn left_side_only() {
    #[checked_arithmetic]
    fn protected(a: &u16, b: u16) -> Result<u16, Violation> {
        Ok(a - b)
    }
    assert_eq!(protected(&5, 3).unwrap(), 2);
    assert!(protected(&3, 5).is_err());
}

#[test]
fn right_side_only() {
    #[checked_arithmetic]
    fn protected(a: u16, b: &u16) -> Result<u16, Violation> {
        Ok(a * b)
    }
    assert_eq!(protected(5, &3).unwrap(), 15);
    assert!(protected(256, &256).is_err());
}

#[test]
fn right_side_of_each_compound_form() {
    #[checked_arithmetic]
    fn protected(mut x: i32, y: &i32) -> Result<i32, Violation> {
        x += y;
        x -= &1;
        x *= y;
        x /= &2;
        x %= y;
        Ok(x)
    }
    assert_eq!(protected(10, &7).unwrap(), (10 + 7 - 1) * 7 / 2 % 7);
    assert_eq!(protected(i32::MAX, &7).unwrap_err().internal().operator(), Some("+="));
    assert_eq!(protected(0, &0).unwrap_err().internal().operator(), Some("%="));
}

#[test]
fn shifts() {
    #[checked_arithmetic]
    fn protected(a: &u8, mut b: u8, by: &u32) -> Result<[u8; 4], Violation> {
        b <<= by;
        Ok([a << by, a << 1, 1 << by, b])
    }
    assert_eq!(protected(&3, 5, &2).unwrap(), [12, 6, 4, 20]);
    assert_eq!(protected(&3, 5, &8).unwrap_err().internal().operator(), Some("<<="));
}

#[test]
fn a_shift_of_two_references() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic]
    fn protected(a: &i16, by: &u64) -> Result<i16, Violation> {
        Ok(a >> by)
    }
    assert_eq!(protected(&-256, &4).unwrap(), -16);
    Refusal {
        code: "arithmetic.overflow",
        operator: ">>",
        values: Values::Operands(Integer::Signed(-256), Integer::Unsigned(16)),
        line: LINE,
    }
    .check(protected(&-256, &16));
}

#[test]
fn a_negated_reference() {
    #[checked_arithmetic]
    fn protected(x: &i8) -> Result<i8, Violation> {
        Ok(-x)
    }
    assert_eq!(protected(&5).unwrap(), -5);
    assert!(protected(&i8::MIN).is_err());
}

#[test]
fn a_mutable_reference_by_its_place() {
    #[checked_arithmetic]
    fn protected(x: &mut u8) -> Result<u8, Violation> {
        *x += 1;
        Ok(*x * 2)
    }
    let mut x = 4;
    assert_eq!(protected(&mut x).unwrap(), 10);
    assert_eq!(x, 5);
}

#[test]
fn a_reference_to_a_reference_by_its_place() {
    #[checked_arithmetic]
    fn protected(x: &mut &mut u8) -> Result<(), Violation> {
        **x += 1;
        Ok(())
    }
    let mut x = 254;
    assert!(protected(&mut &mut x).is_ok());
    assert!(protected(&mut &mut x).is_err());
    assert_eq!(x, 255);
}

#[test]
fn a_box_by_its_place() {
    #[checked_arithmetic]
    fn protected(mut x: Box<u8>, y: Box<u8>) -> Result<u8, Violation> {
        *x -= *y;
        Ok(*x + 1)
    }
    assert_eq!(protected(Box::new(4), Box::new(3)).unwrap(), 2);
    assert!(protected(Box::new(3), Box::new(4)).is_err());
}

#[test]
fn float_references() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &f64, b: &f64) -> f64 {
        let mut c = a * b;
        c += a;
        -&c
    }
    assert_eq!(protected(&2.0, &3.0).to_bits(), (-8.0_f64).to_bits());
}

#[test]
fn the_items_of_an_iterator_by_reference() {
    #[checked_arithmetic]
    fn protected(values: &[u32]) -> Result<u32, Violation> {
        let mut total = 0;
        for value in values {
            total += value;
        }
        Ok(total)
    }
    assert_eq!(protected(&[1, 2, 3]).unwrap(), 6);
    assert!(protected(&[u32::MAX, 1]).is_err());
}
