//! Totals under `or(saturate)` and `or(wrap)`: one element after another, each result made to fit.

use std::time::Duration;

use portcullis::checked_arithmetic;

use crate::common::panic_of;

macro_rules! fits {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic(or(saturate))]
            fn saturating(values: &[$int]) -> ([$int; 3], $int) {
                let doubled: $int = values.iter().map(|value| value * 2).sum();
                ([values.iter().sum(), values.iter().copied().sum(), doubled], values.iter().product())
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(values: &[$int]) -> ([$int; 3], $int) {
                let doubled: $int = values.iter().map(|value| value * 2).sum();
                ([values.iter().sum(), values.iter().copied().sum(), doubled], values.iter().product())
            }
            #[checked_arithmetic(or(panic))]
            fn panicking(values: &[$int]) -> ($int, $int) {
                (values.iter().sum(), values.iter().product())
            }
            let (least, most) = ($int::MIN, $int::MAX);
            let cases: [&[$int]; 7] = [&[], &[1, 2, 3], &[most, 1], &[most, most, 7], &[least, least], &[most, 2, least], &[7; 40]];
            for values in cases {
                let sum = values.iter().fold(0, |sum: $int, value| sum.saturating_add(*value));
                let doubled = values.iter().fold(0, |sum: $int, value| sum.saturating_add(value.saturating_mul(2)));
                let product = values.iter().fold(1, |product: $int, value| product.saturating_mul(*value));
                assert_eq!(saturating(values), ([sum, sum, doubled], product), "{values:?}");
                let sum = values.iter().fold(0, |sum: $int, value| sum.wrapping_add(*value));
                let product = values.iter().fold(1, |product: $int, value| product.wrapping_mul(*value));
                assert_eq!(wrapping(values), ([sum, sum, sum.wrapping_mul(2)], product), "{values:?}");
            }
            assert_eq!(panicking(&[1, 2, 3]), (6, 6));
            assert!(panic_of(|| panicking(&[most, 1])).starts_with("portcullis: arithmetic.overflow: `sum` of "));
            let half = most / 2 + 1;
            assert!(panic_of(|| panicking(&[half, 1, 2])).starts_with("portcullis: arithmetic.overflow: `"));
        }
    )*};
}
fits! {
    totals_of_u8: u8
    totals_of_u16: u16
    totals_of_u32: u32
    totals_of_u64: u64
    totals_of_u128: u128
    totals_of_usize: usize
    totals_of_i8: i8
    totals_of_i16: i16
    totals_of_i32: i32
    totals_of_i64: i64
    totals_of_i128: i128
    totals_of_isize: isize
}

#[test]
fn totals_that_are_no_integers() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(values: &[f64], some: &[Option<u8>], lengths: &[Duration]) -> (u64, Option<u8>, Duration) {
        (values.iter().sum::<f64>().to_bits(), some.iter().copied().sum(), lengths.iter().sum())
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(values: &[f64], some: &[Option<u8>]) -> (u64, Option<u8>) {
        (values.iter().product::<f64>().to_bits(), some.iter().copied().product())
    }
    let most = [Duration::MAX, Duration::from_secs(1)];
    assert_eq!(saturating(&[0.5, 1.0], &[Some(2), None], &most), (1.5_f64.to_bits(), None, Duration::MAX));
    assert_eq!(wrapping(&[0.5, 3.0], &[Some(2), Some(3)]), (1.5_f64.to_bits(), Some(6)));
}

#[test]
fn a_length_of_time_has_no_way_to_wrap() {
    #[checked_arithmetic(or(wrap))]
    fn protected(lengths: &[Duration]) -> Duration {
        lengths.iter().sum()
    }
    assert_eq!(protected(&[Duration::from_secs(1); 3]), Duration::from_secs(3));
    let message = panic_of(|| protected(&[Duration::MAX; 2]));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `sum` of "), "{message}");
}
