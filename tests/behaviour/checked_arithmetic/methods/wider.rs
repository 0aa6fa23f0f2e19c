//! Every method of the wider types, around their bounds.

use super::{agrees, all_methods};

macro_rules! values {
    ($int:ident) => {{
        let minus_one = $int::wrapping_sub(0, 1);
        let middle: $int = 1 << ($int::BITS / 2);
        let high: $int = 1 << ($int::BITS - 2);
        let near = [$int::MIN, $int::MIN + 1, $int::MIN / 2, minus_one, 0, 1, 2, 3, 7, 9, 10, 11, 99, 100, 101];
        let far =
            [middle - 1, middle, middle + 1, high - 1, high, high + 1, $int::MAX / 2 + 1, $int::MAX - 1, $int::MAX];
        near.into_iter().chain(far)
    }};
}

macro_rules! all {
    ($($name:ident: $sign:ident $int:ident)*) => {$(
        #[test]
        fn $name() {
            let powers = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 32, 63, 64, 126, 127, 128, u32::MAX];
            all_methods!($sign $int, values!($int), powers);
        }
    )*};
}
all! {
    all_of_u16: unsigned u16
    all_of_u32: unsigned u32
    all_of_u64: unsigned u64
    all_of_u128: unsigned u128
    all_of_usize: unsigned usize
    all_of_i16: signed i16
    all_of_i32: signed i32
    all_of_i64: signed i64
    all_of_i128: signed i128
    all_of_isize: signed isize
}
