use portcullis::zero_trust;

#[zero_trust(strict)]
mod seen {
    use std::collections::HashMap;
    use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

    use portcullis::Violation;

    static TABLE: OnceLock<Mutex<Vec<u32>>> = OnceLock::new();

    static SEEN: LazyLock<Mutex<HashMap<u32, u32>>> = LazyLock::new(Mutex::default);

    pub fn see(#[check(range(max = 999))] client: u32) -> Result<(), Violation> {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(client, 1);
        Ok(())
    }

    /// Its length is the answer, and decides nothing.
    pub fn shadowed(#[check(range(max = 999))] client: u32) -> Result<usize, Violation> {
        let table = TABLE.get_or_init(Mutex::default);
        let Ok(mut table) = table.lock() else { return Ok(0) };
        table.push(client);
        Ok(table.len())
    }

    pub fn lent(#[check(range(max = 999))] client: u32) -> Result<(), Violation> {
        SEEN.lock().map(|mut seen| seen.insert(client, 2)).ok();
        Ok(())
    }
}

fn main() {
    let _ = (seen::see(1), seen::shadowed(1), seen::lent(1));
}
