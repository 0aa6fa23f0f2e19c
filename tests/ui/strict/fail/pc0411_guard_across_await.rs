use std::sync::Mutex;

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
async fn store(#[trusted(reason = "the server's own")] state: &Mutex<Vec<u8>>) -> Result<usize, Violation> {
    let Ok(guard) = state.lock() else { return Ok(0) };
    save(&guard).await;
    drop(guard);
    save(&state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)).await;
    Ok(1)
}

type Shared = std::sync::Arc<Mutex<Vec<u8>>>;

/// The alias is not seen from here.
#[zero_trust(strict)]
async fn shared(#[trusted(reason = "the server's own")] state: Shared) -> Result<(), Violation> {
    let guard = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    save(&guard).await;
    Ok(())
}

async fn save(_: &[u8]) {}

fn main() {
    let _ = store(&Mutex::new(Vec::new()));
    let _ = shared(Shared::default());
}
