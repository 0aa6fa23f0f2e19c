//! What can stand after `max =`.

/// An integer that can stand after `max =`. What does not fit is clamped: a negative limit admits nothing.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `max` takes an integer, and this is `{Self}`",
    label = "not an integer",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0006/"
)]
pub trait Limit {
    /// The limit, as a count of levels.
    fn limit(self) -> u32;
    /// The limit, as a count of anything else.
    fn count(self) -> u64;
}

macro_rules! limit {
    ($($int:ty)*) => {$(
        impl Limit for $int {
            #[inline]
            #[allow(unused_comparisons, reason = "the macro serves signed and unsigned types")]
            fn limit(self) -> u32 {
                u32::try_from(self).unwrap_or(if self < 0 { 0 } else { u32::MAX })
            }
            #[inline]
            #[allow(unused_comparisons, reason = "the macro serves signed and unsigned types")]
            fn count(self) -> u64 {
                u64::try_from(self).unwrap_or(if self < 0 { 0 } else { u64::MAX })
            }
        }
    )*};
}
limit!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
