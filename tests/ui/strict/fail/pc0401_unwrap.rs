use std::sync::Mutex;

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn first(#[trusted(reason = "the server's own table")] table: &[u8]) -> Result<u8, Violation> {
    let first = table.first().unwrap();
    let last = table.last().expect("it is not empty");
    let both = [table.first(), table.last()].map(Option::unwrap);
    Ok(*first & *last & *both[0])
}

#[zero_trust(strict)]
fn locked(#[trusted(reason = "the server's own")] state: &Mutex<u8>) -> Result<u8, Violation> {
    Ok(*state.lock().unwrap())
}

fn main() {
    let _ = (first(&[1]), locked(&Mutex::new(1)));
}
