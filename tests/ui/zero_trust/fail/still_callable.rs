//! A bad attribute takes nothing away from the function's callers: exactly one error.

use portcullis::{Violation, zero_trust};

struct Player(u32);

impl Player {
    #[zero_trust]
    fn win(&mut self, gold: u32) -> Result<u32, Violation> {
        self.0 += gold;
        Ok(self.0)
    }
}

fn main() {
    let total: Result<u32, Violation> = Player(1).win(2);
    let _ = total;
}
