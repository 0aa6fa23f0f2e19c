//! Fields that have neither a rule nor a reason; the message has text to paste that fits the type.

use std::borrow::Cow;
use std::collections::HashMap;

use portcullis::Covered;
use portcullis::validator::Validate;

struct Address;

#[derive(Covered)]
struct Order {
    count: u32,
    price: Option<f64>,
    letter: char,
    name: Box<str>,
    note: Cow<'static, str>,
    tags: Vec<String>,
    key: [u8; 32],
    to: Option<Box<Address>>,
    stops: Vec<Address>,
    by_name: HashMap<String, Address>,
    ready: bool,
    #[check(length(max = 9))]
    some: Vec<Address>,
    #[check(length(max = 9))]
    weights: Vec<f64>,
}

#[derive(Covered)]
enum Command {
    Move(u8, #[check(range(max = 9))] u8),
    Say {
        #[check()]
        text: String,
    },
}

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Beside {
    #[validate(required)]
    count: Option<u32>,
    #[validate(skip)]
    name: String,
    price: f64,
    letter: char,
    stops: Vec<Address>,
    to: Address,
}

fn main() {}
