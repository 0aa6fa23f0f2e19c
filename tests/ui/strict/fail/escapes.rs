//! Escapes from the rules of `strict`: with a reason, by their name, and where there is something to excuse.

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn no_reason(#[trusted(reason = "the server's own table")] table: &[u8]) -> Result<u8, Violation> {
    #[portcullis::allow(unwrap)]
    let first = table.first().unwrap();
    #[portcullis::allow(unwrap, reason = "fine")]
    let last = table.last().unwrap();
    Ok(*first & *last)
}

#[zero_trust(strict)]
#[portcullis::allow(loop, reason = "it was a loop once")]
fn nothing_to_excuse() -> Result<u8, Violation> {
    #[portcullis::allow(unwarp, reason = "it is misspelled")]
    let one = 1;
    Ok(one)
}

#[zero_trust(strict)]
fn of_an_operand(#[check(range(max = 9))] n: u8) -> Result<bool, Violation> {
    Ok(#[portcullis::allow(unwrap, reason = "it covers only its operand")] n == "1".parse::<u8>().unwrap())
}

#[zero_trust]
#[portcullis::allow(unwrap, reason = "it is not under strict")]
fn not_strict() -> Result<u8, Violation> {
    #[portcullis::allow(unwrap, reason = "it is not under strict")]
    let one = "1".parse().unwrap();
    Ok(one)
}

fn main() {
    let _ = (no_reason(&[1]), nothing_to_excuse(), of_an_operand(1), not_strict());
}
