//! Rules that do not fit the type, seen by name and, behind an alias, by trait.

use portcullis::{Violation, validated_input};

type Id = u64;

#[validated_input]
fn by_name(
    #[check(length(max = 3))] n: u32,
    #[check(email)] price: f64,
    #[check(range(min = 1, max = 3))] name: &str,
    #[check(finite)] count: u8,
) -> Result<(), Violation> {
    let _ = (n, price, name, count);
    Ok(())
}

#[validated_input]
fn by_trait(#[check(length(max = 3))] id: Id, #[check(range(min = 1))] order: Order) -> Result<(), Violation> {
    drop((id, order));
    Ok(())
}

#[derive(PartialEq, PartialOrd)]
struct Order(u8);

fn main() {
    let _ = (by_name(1, 1.0, "", 1), by_trait(1, Order(1)));
}
