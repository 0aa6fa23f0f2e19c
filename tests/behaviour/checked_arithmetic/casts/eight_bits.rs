//! Every value of the 8-bit types, as every type.

use super::{Casts, compare, kept};

macro_rules! all {
    ($($name:ident: $from:ident as $($to:ident)*;)*) => {$(
        #[test]
        fn $name() {
            for value in $from::MIN..=$from::MAX {
                $(
                    let expected = $to::try_from(value).ok();
                    compare(Casts::<$to>::checked(value), expected, kept(value, $from::MIN != 0));
                )*
                assert_eq!(Casts::<f32>::checked(value).unwrap(), f32::from(value));
                assert_eq!(Casts::<f64>::checked(value).unwrap(), f64::from(value));
            }
        }
    )*};
}
all! {
    every_u8_as_every_type: u8 as u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    every_i8_as_every_type: i8 as u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
}
