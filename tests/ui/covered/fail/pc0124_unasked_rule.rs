//! Rules of `validator` that the walk cannot ask.

use portcullis::Covered;
use portcullis::validator::{Validate, ValidationError};

struct Context;

fn known(name: &str, _: &Context) -> Result<(), ValidationError> {
    let _ = name;
    Ok(())
}

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator", context = Context)]
struct Order {
    #[validate(custom(function = "known", use_context))]
    name: String,
}

#[derive(Covered)]
struct Parts {
    #[check(args = &Context)]
    order: Order,
    #[check(length(max = 9), each(nested))]
    orders: Vec<Order>,
}

/// Brings up no error of its own.
#[portcullis::validated_input]
fn take(parts: Parts) -> Result<(), portcullis::Violation> {
    drop(parts);
    Ok(())
}

fn main() {
    let _ = take;
}
