//! The function returns nothing, or what cannot say no.

use portcullis::bounded_recursion;

#[bounded_recursion(max = 8)]
fn nothing() {}

#[bounded_recursion(max = 8)]
fn number() -> u64 {
    1
}

fn main() {
    nothing();
    number();
}
