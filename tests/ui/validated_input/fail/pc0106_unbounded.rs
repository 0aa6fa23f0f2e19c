//! Rules that admit everything.

use std::collections::HashMap;

use portcullis::{Violation, validated_input};

#[validated_input]
fn unbounded(
    #[check(range())] n: u8,
    #[check(length())] name: &str,
    #[check(length(min = 1))] long: &str,
    #[check(range(max = 255))] all: u8,
    #[check(range(min = -128))] all_signed: i8,
    #[check(each(range(max = 9)))] list: Vec<u8>,
    #[check(length(max = 9), each())] empty: Vec<String>,
    #[check(keys(length(max = 9)), values(range(max = 9)))] map: HashMap<String, u8>,
    #[check(regex = "[a-z]+")] anywhere: &str,
    #[check(regex = "^[a-z]+|[0-9]+$")] either: &str,
) -> Result<(), Violation> {
    drop((n, name, long, all, all_signed, list, empty, map, anywhere, either));
    Ok(())
}

fn main() {
    let _ = unbounded(1, "", "", 1, 1, Vec::new(), Vec::new(), HashMap::new(), "", "");
}
