use portcullis::zero_trust;

#[zero_trust(strict)]
mod seen {
    use std::collections::HashMap;
    use std::sync::{LazyLock, Mutex, PoisonError};

    use portcullis::Violation;

    static SEEN: LazyLock<Mutex<HashMap<u32, u32>>> = LazyLock::new(Mutex::default);

    pub fn see(#[check(range(max = 999))] client: u32) -> Result<(), Violation> {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(client, 1);
        Ok(())
    }
}

fn main() {
    let _ = seen::see(1);
}
