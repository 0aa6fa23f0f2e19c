//! The type beside a routed function has its name: another type or module of that name is the compiler's error.

use portcullis::{Violation, zero_trust};

mod health {
    #[portcullis::zero_trust(route)]
    pub fn health() -> Result<(), portcullis::Violation> {
        Ok(())
    }
}
use health::health;

#[allow(non_camel_case_types)]
struct collect {}

#[zero_trust(route)]
fn collect() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (health(), collect());
}
