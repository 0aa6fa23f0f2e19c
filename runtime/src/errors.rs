//! The compile errors of portcullis, a page on each: what it says, why, an example that is refused and one that is accepted, and
//! what it does not see. Each message ends with the address of its page.
#![doc(test(attr(allow(dead_code))))]

/// Their examples are compiled by `cargo test --doc`; `tests/house.rs` compares them with the rules.
macro_rules! pages {
    ($($code:ident)*) => {$(
        #[doc = include_str!(concat!("errors/", stringify!($code), ".md"))]
        #[allow(non_snake_case, reason = "a code")]
        pub mod $code {}
    )*};
}

pages! {
    PC0001 PC0002 PC0003 PC0004 PC0005 PC0006 PC0007 PC0008 PC0009 PC0010
    PC0011 PC0012 PC0013 PC0014 PC0015 PC0016 PC0020 PC0021 PC0022 PC0090 PC0091
    PC0092 PC0101 PC0102 PC0103 PC0104 PC0105 PC0106 PC0108 PC0110 PC0121
    PC0122 PC0123 PC0124 PC0131 PC0132 PC0133 PC0201 PC0202 PC0203 PC0204 PC0206
    PC0301 PC0302 PC0303 PC0304 PC0305 PC0306 PC0307 PC0401 PC0402 PC0403
    PC0404 PC0405 PC0406 PC0407 PC0408 PC0409 PC0410 PC0411 PC0412 PC0413
    PC0414 PC0415 PC0416 PC0417 PC0601 PC0602 PC0603
}
