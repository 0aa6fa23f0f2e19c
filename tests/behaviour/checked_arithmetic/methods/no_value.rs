//! What has no value at all has no nearest one either: each method alone, under `or(saturate)` and `or(wrap)`.

use portcullis::checked_arithmetic;

use crate::common::panic_of;

macro_rules! refused {
    ($($name:ident: $int:ident.$method:ident($($by:ident)?) of $value:expr, $code:literal;)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic(or(saturate))]
            fn saturating(a: $int $(, $by: $int)?) -> String {
                a.$method($($by)?).to_string()
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(a: $int $(, $by: $int)?) -> String {
                a.$method($($by)?).to_string()
            }
            $(let $by = 0;)?
            let message = format!("portcullis: arithmetic.{}: `{}` of {}", $code, stringify!($method), stringify!($int));
            for said in [panic_of(|| saturating($value $(, $by)?)), panic_of(|| wrapping($value $(, $by)?))] {
                assert!(said.starts_with(&message), "{said}");
            }
        }
    )*};
}

refused! {
    div_euclid: u32.div_euclid(by) of 7, "division";
    div_euclid_of_the_smallest: i32.div_euclid(by) of i32::MIN, "division";
    rem_euclid: u64.rem_euclid(by) of 7, "division";
    rem_euclid_of_the_smallest: i64.rem_euclid(by) of i64::MIN, "division";
    next_multiple_of: usize.next_multiple_of(by) of 7, "division";
    div_ceil: u16.div_ceil(by) of 7, "division";
    ilog: u8.ilog(by) of 7, "overflow";
    ilog2: u32.ilog2() of 0, "overflow";
    ilog10: i32.ilog10() of -1, "overflow";
}

#[test]
fn a_negative_number_has_no_root_and_zero_is_the_nearest() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(a: i32) -> i32 {
        a.isqrt()
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(a: i32) -> i32 {
        a.isqrt()
    }
    assert_eq!((saturating(17), wrapping(17)), (4, 4));
    assert_eq!(saturating(-1), 0);
    assert!(panic_of(|| wrapping(-1)).starts_with("portcullis: arithmetic.overflow: `isqrt` of i32"));
}
