//! The other cases mean nothing unless plain code wraps here.

use std::hint::black_box;

#[test]
fn plain_code_of_this_package_wraps() {
    assert_eq!(black_box(u8::MAX) + black_box(1), 0);
    assert_eq!(-black_box(i8::MIN), i8::MIN);
    assert_eq!(black_box(1_u8) << black_box(9), 2);
}
