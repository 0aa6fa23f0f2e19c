//! Types that nothing is known of: plain, in a container, behind an alias, in a pattern, generic.

use portcullis::{Violation, validated_input};

struct Order;

type Id = u64;

#[validated_input]
fn plain(order: Order) -> Result<(), Violation> {
    let _ = order;
    Ok(())
}

#[validated_input]
fn contained(order: Option<Box<Order>>) -> Result<(), Violation> {
    let _ = order;
    Ok(())
}

#[validated_input]
fn alias(id: Id) -> Result<(), Violation> {
    let _ = id;
    Ok(())
}

#[validated_input]
fn pattern((id, count): (u64, u8)) -> Result<(), Violation> {
    let _ = (id, count);
    Ok(())
}

#[validated_input]
fn generic<T>(order: T) -> Result<(), Violation> {
    drop(order);
    Ok(())
}

fn main() {
    let _ = (plain(Order), contained(None), alias(1), pattern((1, 2)), generic(1));
}
