use std::sync::{Mutex, PoisonError};

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn total(
    #[trusted(reason = "the server's own")] state: &Mutex<Vec<u32>>,
    #[check(range(max = 9))] factor: u32,
) -> Result<usize, Violation> {
    let prices = state.lock().unwrap_or_else(PoisonError::into_inner);
    let dear = prices.iter().filter(|price| **price * factor > 1_000);
    Ok(dear.count())
}

fn main() {
    let _ = total(&Mutex::new(Vec::new()), 1);
}
