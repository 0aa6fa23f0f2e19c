//! `catch_panic`: a panic ends at the boundary, and what does not panic is as it would be without one.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    clippy::large_types_passed_by_value,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod control_flow;
mod drops;
mod futures;
mod payloads;

/// The same function twice: as it is, and under the attribute.
macro_rules! twin {
    ($plain:ident, $protected:ident $(<$lifetime:lifetime>)? ($($parameters:tt)*) -> $output:ty $body:block) => {
        fn $plain $(<$lifetime>)? ($($parameters)*) -> $output $body
        #[portcullis::catch_panic]
        fn $protected $(<$lifetime>)? ($($parameters)*) -> $output $body
    };
    (async $plain:ident, $protected:ident $(<$lifetime:lifetime>)? ($($parameters:tt)*) -> $output:ty $body:block) => {
        async fn $plain $(<$lifetime>)? ($($parameters)*) -> $output $body
        #[portcullis::catch_panic]
        async fn $protected $(<$lifetime>)? ($($parameters)*) -> $output $body
    };
}
use twin;
