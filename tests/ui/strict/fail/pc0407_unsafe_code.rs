use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn text(#[check(length(max = 9))] bytes: &[u8]) -> Result<&str, Violation> {
    Ok(unsafe { std::str::from_utf8_unchecked(bytes) })
}

fn main() {
    let _ = text(b"a");
}
