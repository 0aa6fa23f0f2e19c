use portcullis::bounded_steps;

#[bounded_steps(max = 9)]
fn nothing(n: u32) {
    for _ in 0..n {}
}

#[bounded_steps(max = 9)]
fn a_number(n: u32) -> u32 {
    for _ in 0..n {}
    while n > 9 {}
    n
}

fn main() {}
