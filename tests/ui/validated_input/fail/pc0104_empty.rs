//! Rules that admit no value.

use portcullis::{Violation, validated_input};

#[validated_input]
fn empty(
    #[check(range(min = 10, max = 1))] n: u32,
    #[check(range(min = 1, max = -1))] i: i32,
    #[check(range(min = 1.5, max = 0.5))] price: f64,
    #[check(range(exclusive_min = 3, exclusive_max = 4))] between: u8,
    #[check(range(exclusive_min = -1, max = -1))] below: i8,
    #[check(range(min = 1.0, exclusive_max = 1.0))] ratio: f32,
    #[check(range(min = 1, exclusive_min = 2))] twice: u16,
    #[check(length(min = 4, max = 3))] name: String,
    #[check(length(equal = 4, max = 3))] code: String,
    #[check(one_of())] kind: u8,
    #[check(length(max = 3), each(range(min = 10, max = 1)))] list: Vec<u8>,
) -> Result<(), Violation> {
    drop((n, i, price, between, below, ratio, twice, name, code, kind, list));
    Ok(())
}

fn main() {
    let _ = empty(1, 1, 1.0, 1, 1, 1.0, 1, String::new(), String::new(), 1, Vec::new());
}
