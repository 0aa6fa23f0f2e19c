//! Each primitive parameter without a rule, with the rule that fits its type.

use std::collections::HashMap;

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
    maybe: Option<Box<u64>>,
    rows: Vec<Vec<u16>>,
    prices: HashMap<String, f32>,
    ready: bool,
) -> Result<(), Violation> {
    drop((secs, price, suit, name, alias, tags, bytes, maybe, rows, prices, ready));
    Ok(())
}

struct Path<T>(T);

#[validated_input]
fn in_part(
    #[check(length(max = 3))] tags: &[String],
    #[check(length(max = 3), keys(length(max = 9)))] prices: HashMap<String, f32>,
    #[check(length(max = 3), each(length(max = 3)))] rows: Vec<Vec<u16>>,
    Path((id, name)): Path<(u64, String)>,
) -> Result<(), Violation> {
    drop((tags, prices, rows, id, name));
    Ok(())
}

fn main() {
    let _ = many(1, 1.0, 'a', String::new(), "", Vec::new(), &[], None, Vec::new(), HashMap::new(), true);
    let _ = in_part(&[], HashMap::new(), Vec::new(), Path((1, String::new())));
}
