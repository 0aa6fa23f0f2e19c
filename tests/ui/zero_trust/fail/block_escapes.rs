//! Escapes from the rules of a block: with a reason, by their name, and where there is something to excuse.

use portcullis::zero_trust;

#[zero_trust]
mod no_reason {
    use portcullis::Violation;

    #[portcullis::allow(recursion)]
    pub fn ping(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { pong(n - 1) }
    }
    #[portcullis::allow(cast, reason = "not to be excused here")]
    fn pong(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { ping(n - 1) }
    }
}

#[zero_trust]
mod nothing_to_excuse {
    use portcullis::Violation;

    #[portcullis::allow(recursion, reason = "it was a cycle once")]
    pub fn once(
        #[portcullis::allow(recursion, reason = "it was a tree once")]
        #[check(range(max = 9))]
        n: u32,
    ) -> Result<u32, Violation> {
        Ok(n)
    }
}

fn main() {
    let _ = (no_reason::ping(1), nothing_to_excuse::once(1));
}
