//! What no policy can make fit: a division by zero has no nearest result.

use portcullis::{Violation, checked_arithmetic};

use crate::common::{panic_of, run};

macro_rules! divisions {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic(or(saturate))]
            fn saturating(a: $int, b: $int) -> $int {
                a / b
            }
            #[checked_arithmetic(or(saturate))]
            fn saturating_rest(mut a: $int, b: &$int) -> $int {
                a %= b;
                a
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(mut a: $int, b: $int) -> $int {
                a /= b;
                a
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping_rest(a: &$int, b: $int) -> $int {
                a % b
            }
            assert_eq!((saturating(7, 2), saturating_rest(7, &2), wrapping(7, 2), wrapping_rest(&7, 2)), (3, 1, 3, 1));
            let panics = [
                panic_of(|| saturating(7, 0)),
                panic_of(|| saturating_rest(7, &0)),
                panic_of(|| wrapping($int::MIN, 0)),
                panic_of(|| wrapping_rest(&0, 0)),
            ];
            for panic in panics {
                assert!(panic.starts_with("portcullis: arithmetic.division: "), "{panic}");
            }
        }
    )*};
}
divisions! {
    by_zero_of_u8: u8
    by_zero_of_u16: u16
    by_zero_of_u32: u32
    by_zero_of_u64: u64
    by_zero_of_u128: u128
    by_zero_of_usize: usize
    by_zero_of_i8: i8
    by_zero_of_i16: i16
    by_zero_of_i32: i32
    by_zero_of_i64: i64
    by_zero_of_i128: i128
    by_zero_of_isize: isize
}

#[test]
fn a_division_by_zero_in_a_function_that_could_return_it() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(a: u32, b: u32) -> Result<u32, Violation> {
        Ok((a + 1) / b)
    }
    assert_eq!(saturating(u32::MAX, 1).unwrap(), u32::MAX);
    assert!(panic_of(|| saturating(1, 0)).starts_with("portcullis: arithmetic.division: "));
}

#[test]
fn a_division_by_zero_in_a_closure_and_in_a_future() {
    #[checked_arithmetic(or(wrap))]
    fn closure(values: &[u32], by: u32) -> Vec<u32> {
        values.iter().map(|value| value / by).collect()
    }
    #[checked_arithmetic(or(saturate))]
    async fn future(a: u32, by: u32) -> u32 {
        async { a % by }.await
    }
    assert_eq!((closure(&[7], 2), run(future(7, 2))), (vec![3], 1));
    assert!(panic_of(|| closure(&[7], 0)).starts_with("portcullis: arithmetic.division: "));
    assert!(panic_of(|| run(future(7, 0))).starts_with("portcullis: arithmetic.division: "));
}
