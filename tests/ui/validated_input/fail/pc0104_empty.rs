//! Rules that admit no value.

use portcullis::{Violation, validated_input};

#[validated_input]
fn empty(
    #[check(range(min = 10, max = 1))] n: u32,
    #[check(range(min = 1, max = -1))] i: i32,
    #[check(range(min = 1.5, max = 0.5))] price: f64,
    #[check(length(min = 4, max = 3))] name: String,
    #[check(length(equal = 4, max = 3))] code: String,
    #[check(one_of())] kind: u8,
) -> Result<(), Violation> {
    drop((n, i, price, name, code, kind));
    Ok(())
}

fn main() {
    let _ = empty(1, 1, 1.0, String::new(), String::new(), 1);
}
