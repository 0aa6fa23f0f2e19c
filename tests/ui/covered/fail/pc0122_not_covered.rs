//! Nested types that only `validator` knows, or nothing.

use portcullis::Covered;
use portcullis::validator::Validate;

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Plain {
    #[validate(range(min = 0.0))]
    price: f64,
}

struct Unknown;

#[derive(Covered)]
struct Order {
    #[check(nested)]
    plain: Option<Plain>,
    #[check(nested, length(max = 9))]
    list: Vec<Unknown>,
    #[check(nested)]
    number: f64,
}

fn main() {}
