use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn kind(#[check(range(max = 9))] kind: u8) -> Result<u8, Violation> {
    assert!(kind < 9, "checked above");
    match kind {
        0 => todo!(),
        1 => panic!("kind {kind}"),
        2 => unreachable!(),
        other => Ok(other),
    }
}

fn main() {
    let _ = kind(3);
}
