//! Lists of nested values that may have any length.

use std::collections::HashMap;

use portcullis::Covered;
use portcullis::validator::Validate;

#[derive(Covered)]
struct Item(#[check(range(max = 9))] u8);

#[derive(Covered)]
struct Order<'a> {
    #[check(nested)]
    items: Vec<Item>,
    #[check(nested, length(min = 1))]
    perhaps: Option<HashMap<u8, Item>>,
    #[check(nested)]
    lent: &'a [Item],
    #[check(nested)]
    three: [Item; 3],
    #[check(nested, length(equal = 3))]
    boxed: Box<[Item]>,
}

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Beside {
    #[validate(nested)]
    items: Vec<Item>,
}

fn main() {}
