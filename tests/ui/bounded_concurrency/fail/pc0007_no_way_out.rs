//! A return type that can carry nothing.

use portcullis::bounded_concurrency;

#[bounded_concurrency(max = 8)]
fn nothing() {}

#[bounded_concurrency(max = 8)]
async fn number() -> u32 {
    7
}

fn main() {
    nothing();
    drop(number());
}
