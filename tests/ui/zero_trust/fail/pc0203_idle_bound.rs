//! A bound where nothing recurses is a warning.

#![deny(warnings)]

use portcullis::zero_trust;

#[zero_trust]
mod handlers {
    use portcullis::{Violation, bounded_recursion};

    #[bounded_recursion(max = 8)]
    pub fn twice(#[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
        Ok(once(secs)? + once(secs)?)
    }

    fn once(#[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
        Ok(secs)
    }
}

fn main() {
    let _ = handlers::twice(1);
}
