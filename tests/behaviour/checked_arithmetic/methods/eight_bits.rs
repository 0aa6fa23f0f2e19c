//! Every method on every value of the 8-bit types, with every argument.

use super::{agrees, all_methods};

#[test]
fn all_of_u8() {
    all_methods!(unsigned u8, u8::MIN..=u8::MAX, (0..=130).chain([u32::MAX]));
}

#[test]
fn all_of_i8() {
    all_methods!(signed i8, i8::MIN..=i8::MAX, (0..=130).chain([u32::MAX]));
}
