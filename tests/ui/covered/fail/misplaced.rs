//! Attributes that would do nothing where they stand, and types that cannot be covered.

use portcullis::Covered;

#[derive(Covered)]
#[check(range(max = 9))]
#[trusted(reason = "made by the server")]
#[covered(deep = 9)]
struct Order {
    #[check(range(max = 9))]
    #[trusted(reason = "made by the server")]
    count: u32,
    #[trusted]
    user: u32,
    #[check(length(max = 9))]
    letter: Option<char>,
    #[check(rnage(max = 9))]
    size: u8,
    #[check]
    other: u8,
}

#[derive(Covered)]
enum Command {
    #[check(nested)]
    Move(#[trusted(reason = "made by the server")] u8),
    #[trusted(reason = "made by the server")]
    Stop,
}

#[derive(Covered)]
union Either {
    one: u8,
    other: u16,
}

#[derive(Covered)]
struct NotDerived {
    #[validate(range(max = 9))]
    count: u8,
}

fn main() {}
