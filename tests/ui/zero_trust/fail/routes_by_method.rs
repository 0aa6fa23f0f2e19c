//! `route!` takes methods, each once.

use portcullis::axum::route;
use portcullis::{Violation, zero_trust};

#[zero_trust(route)]
fn list() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(route = on)]
fn other() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _: () = route!(get(list), get(other));
    let _: () = route!(get(list), any(other));
    let _: () = route!(gett(list));
    let _: () = route!(get);
    let _: () = route!();
    let _: () = route!(get(list) post(other));
}
