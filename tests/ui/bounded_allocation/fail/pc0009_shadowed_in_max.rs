use portcullis::{Violation, bounded_allocation};

#[bounded_allocation(max = limit)]
fn bound_again(n: usize, limit: u64) -> Result<Vec<u8>, Violation> {
    let limit = limit * 1_000;
    let _ = limit;
    Ok(vec![0; n])
}

fn main() {}
