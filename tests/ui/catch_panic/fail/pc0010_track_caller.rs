//! Inside a boundary the caller is the boundary.

use portcullis::{Violation, catch_panic};

#[catch_panic]
#[track_caller]
fn place() -> Result<u32, Violation> {
    Ok(std::panic::Location::caller().line())
}

fn main() {
    let _ = place();
}
