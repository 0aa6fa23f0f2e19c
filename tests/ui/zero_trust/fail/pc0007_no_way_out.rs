//! The return type can carry nothing: one error for each function, however many operators it has.

use portcullis::zero_trust;

#[zero_trust]
fn number(#[check(range(min = 1, max = 9))] n: u32) -> u32 {
    n + 1 + n * 3 - 2
}

#[zero_trust]
fn nothing(#[check(range(min = 1, max = 9))] n: u32) {
    let _ = n + 1;
}

#[zero_trust]
async fn later(#[check(range(min = 1, max = 9))] n: u32) -> String {
    (n + 1).to_string()
}

fn main() {
    number(1);
    nothing(1);
    drop(later(1));
}
