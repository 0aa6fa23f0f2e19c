//! Every integer type, in slices short and long, by value and by reference.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

macro_rules! sums {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            fn slice(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.iter().sum())
            }
            #[checked_arithmetic]
            fn copied(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.iter().copied().sum())
            }
            #[checked_arithmetic]
            fn owned(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.to_vec().into_iter().sum::<$int>())
            }
            #[checked_arithmetic]
            fn product(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.iter().product())
            }
            let forms: [fn(&[$int]) -> Result<$int, Violation>; 3] = [slice, copied, owned];
            for sum in forms {
                assert_eq!(sum(&[]).unwrap(), 0);
                assert_eq!(sum(&[$int::MAX]).unwrap(), $int::MAX);
                assert_eq!(sum(&[$int::MAX, 0, 0]).unwrap(), $int::MAX);
                assert_eq!(code(sum(&[$int::MAX, 1])), "arithmetic.overflow");
                // Long enough for the ways that add several at a time.
                for length in [31, 32, 33, 100, 257, 5_000, 20_000] {
                    let mut values = vec![0; length];
                    values[length / 2] = $int::MAX;
                    assert_eq!(sum(&values).unwrap(), $int::MAX, "{length}");
                    values[length - 1] = 1;
                    assert_eq!(code(sum(&values)), "arithmetic.overflow", "{length}");
                    values.fill($int::MAX);
                    assert_eq!(code(sum(&values)), "arithmetic.overflow", "{length}");
                }
            }
            assert_eq!(product(&[]).unwrap(), 1);
            assert_eq!(product(&[$int::MAX, 1]).unwrap(), $int::MAX);
            assert_eq!(product(&[$int::MAX, 0]).unwrap(), 0);
            assert_eq!(code(product(&[$int::MAX, 2])), "arithmetic.overflow");
            let powers = vec![2; $int::BITS as usize - 2];
            assert_eq!(product(&powers).unwrap(), 1 << ($int::BITS - 2));
            assert_eq!(code(product(&vec![2; $int::BITS as usize])), "arithmetic.overflow");
        }
    )*};
}
sums! {
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

macro_rules! mixed {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            fn slice(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.iter().sum())
            }
            #[checked_arithmetic]
            fn mapped(values: &[$int]) -> Result<$int, Violation> {
                Ok(values.iter().map(|value| *value).sum())
            }
            for sum in [slice as fn(&[$int]) -> Result<$int, Violation>, mapped] {
                assert_eq!(sum(&[$int::MAX, 1, -1]).unwrap(), $int::MAX);
                assert_eq!(sum(&[$int::MIN, -1, 1]).unwrap(), $int::MIN);
                assert_eq!(sum(&[$int::MAX, $int::MAX, $int::MIN, $int::MIN]).unwrap(), -2);
                assert_eq!(code(sum(&[$int::MIN, -1])), "arithmetic.overflow");
                assert_eq!(code(sum(&[$int::MIN, 1, -2])), "arithmetic.overflow");
                // Each pair is minus one.
                let mut long: Vec<$int> = [$int::MAX, $int::MIN].repeat(3_000);
                long.resize(9_000, 1);
                assert_eq!(sum(&long).unwrap(), 0);
                long.push($int::MIN);
                long.push(-1);
                assert_eq!(code(sum(&long)), "arithmetic.overflow");
                long.push(1);
                assert_eq!(sum(&long).unwrap(), $int::MIN);
            }
        }
    )*};
}
mixed! {
    signs_that_leave_and_come_back_of_i8: i8
    signs_that_leave_and_come_back_of_i16: i16
    signs_that_leave_and_come_back_of_i32: i32
    signs_that_leave_and_come_back_of_i64: i64
    signs_that_leave_and_come_back_of_i128: i128
    signs_that_leave_and_come_back_of_isize: isize
}

#[test]
fn every_pair_of_i8_and_of_u8() {
    #[checked_arithmetic]
    fn signed(a: i8, b: i8) -> Result<(i8, i8), Violation> {
        Ok(([a, b].iter().sum(), [a, b].into_iter().sum()))
    }
    #[checked_arithmetic]
    fn unsigned(a: u8, b: u8) -> Result<(u8, u8), Violation> {
        Ok(([a, b].iter().sum(), [a, b].into_iter().sum()))
    }
    #[checked_arithmetic]
    fn product(a: i8, b: i8) -> Result<(i8, i8), Violation> {
        Ok(([a, b].iter().product(), [a, b].into_iter().product()))
    }
    for a in 0..=u8::MAX {
        for b in 0..=u8::MAX {
            assert_eq!(unsigned(a, b).ok(), a.checked_add(b).map(|sum| (sum, sum)));
            let (a, b) = (a.cast_signed(), b.cast_signed());
            assert_eq!(signed(a, b).ok(), a.checked_add(b).map(|sum| (sum, sum)));
            assert_eq!(product(a, b).ok(), a.checked_mul(b).map(|product| (product, product)));
        }
    }
}
