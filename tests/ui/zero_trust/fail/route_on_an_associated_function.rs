//! A function without `self` does not show that it stands in an `impl` block. The compiler says it then.

use portcullis::{Violation, zero_trust};

struct Server;

impl Server {
    #[zero_trust(route)]
    fn associated() -> Result<u8, Violation> {
        Ok(1)
    }
}

fn main() {
    let _ = Server::associated();
}
