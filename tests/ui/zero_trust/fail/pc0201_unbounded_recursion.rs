//! Functions that call each other, with no bound among them.

use portcullis::{Violation, zero_trust};

#[zero_trust]
mod idle {
    use portcullis::Violation;

    pub fn idle_pool(#[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
        settle(secs)
    }

    fn settle(#[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
        if secs == 0 { Ok(0) } else { later::again(secs - 1) }
    }

    mod later {
        use super::idle_pool as from_the_start;
        use portcullis::Violation;

        pub fn again(#[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
            [secs].into_iter().map(from_the_start).sum()
        }
    }
}

struct Pool;

#[zero_trust(without(bounded_recursion))]
impl Pool {
    fn down(&self, #[check(range(min = 0, max = 9))] secs: u32) -> Result<u32, Violation> {
        if secs == 0 { Ok(0) } else { self.down(secs - 1) }
    }
}

fn main() {
    let _ = (idle::idle_pool(1), Pool.down(1));
}
