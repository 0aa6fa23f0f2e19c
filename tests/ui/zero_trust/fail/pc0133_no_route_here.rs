//! No type can stand beside a method; exactly one error for each.

use portcullis::{Violation, zero_trust};

struct Server(u8);

impl Server {
    #[zero_trust(route)]
    fn method(&self) -> Result<u8, Violation> {
        Ok(self.0)
    }
}

#[zero_trust(route)]
impl Server {
    fn other(&self) -> Result<u8, Violation> {
        Ok(self.0)
    }

    fn associated() -> Result<u8, Violation> {
        Ok(1)
    }
}

fn main() {
    let _ = (Server(1).method(), Server(1).other(), Server::associated());
}
