use portcullis::{Violation, zero_trust};

#[zero_trust(allocation_budget = "1MiB")]
fn sum(#[check(length(max = 9), each(range(max = 9)))] numbers: &[u32]) -> Result<u32, Violation> {
    let mut sum = 0;
    for at in 0..numbers.len() {
        // SAFETY: `at` is below the length.
        sum += unsafe { *numbers.as_ptr().add(at) };
    }
    Ok(sum)
}

fn main() {}
