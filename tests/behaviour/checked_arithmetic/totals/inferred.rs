//! Where the type of a total comes from.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn from_a_let_an_argument_a_field_or_the_return_type() {
    struct Row {
        total: u8,
    }
    fn take(total: u8) -> u8 {
        total
    }
    #[checked_arithmetic]
    fn protected(values: &[u8], most: u8) -> Result<(u8, u8, Row, u8, bool), Violation> {
        let typed: u8 = values.iter().sum();
        let late;
        late = values.iter().sum();
        let row = Row { total: values.iter().sum() };
        let at_most = values.iter().sum::<u8>() <= most;
        Ok((typed + late, take(values.iter().sum()), row, if at_most { values.iter().product() } else { 0 }, at_most))
    }
    let (twice, taken, row, product, at_most) = protected(&[2, 3], 5).unwrap();
    assert_eq!((twice, taken, row.total, product, at_most), (10, 5, 5, 6, true));
    assert_eq!(code(protected(&[200, 56], 5)), "arithmetic.overflow");
}

#[test]
fn from_a_turbofish_amid_operators() {
    #[checked_arithmetic]
    fn protected(values: &[u8]) -> Result<(u8, u64, bool), Violation> {
        let half = values.iter().sum::<u8>() / 2;
        let wide = u64::from(values.iter().product::<u8>()) * values.iter().map(|value| u64::from(*value)).sum::<u64>();
        Ok((half, wide, values.iter().copied().sum::<u8>() % 2 == 0))
    }
    assert_eq!(protected(&[2, 4]).unwrap(), (3, 48, true));
    assert_eq!(code(protected(&[16, 16])), "arithmetic.overflow");
    assert_eq!(code(protected(&[255, 1])), "arithmetic.overflow");
}

#[test]
fn from_an_alias_or_an_associated_type() {
    type Total = u8;
    trait Totalled {
        type Total;
    }
    impl Totalled for str {
        type Total = u8;
    }
    #[checked_arithmetic]
    fn protected(values: &[u8]) -> Result<(Total, u8), Violation> {
        Ok((values.iter().sum::<Total>(), values.iter().sum::<<str as Totalled>::Total>()))
    }
    assert_eq!(protected(&[2, 4]).unwrap(), (6, 6));
    assert_eq!(code(protected(&[255, 1])), "arithmetic.overflow");
}

#[test]
fn from_a_closures_return_type_and_from_a_placeholder() {
    #[checked_arithmetic]
    fn protected(values: &[u8]) -> Result<(u8, u8), Violation> {
        let total = |values: &[u8]| -> u8 { values.iter().sum() };
        let placed: u8 = values.iter().sum::<_>();
        Ok((total(values), placed))
    }
    assert_eq!(protected(&[2, 4]).unwrap(), (6, 6));
    assert_eq!(code(protected(&[255, 1])), "arithmetic.overflow");
}

#[test]
fn a_generic_total_is_as_written() {
    use std::iter::{Product, Sum};
    #[checked_arithmetic(or(panic))]
    fn protected<T: Sum<T> + Product<T> + Copy>(values: &[T]) -> (T, T) {
        (values.iter().copied().sum(), values.iter().copied().product::<T>())
    }
    assert_eq!(protected(&[200_u8, 100]), (44, 32));
}
