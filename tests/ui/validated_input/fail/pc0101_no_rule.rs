//! Each primitive parameter without a rule, with the rule that fits its type.

use portcullis::{Violation, validated_input};

#[validated_input]
fn many(
    secs: i32,
    price: f64,
    suit: char,
    name: String,
    alias: &str,
    tags: Vec<String>,
    bytes: &[u8],
    ready: bool,
) -> Result<(), Violation> {
    drop((secs, price, suit, name, alias, tags, bytes, ready));
    Ok(())
}

fn main() {
    let _ = many(1, 1.0, 'a', String::new(), "", Vec::new(), &[], true);
}
