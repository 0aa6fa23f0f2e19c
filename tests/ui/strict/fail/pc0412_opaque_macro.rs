use portcullis::{Violation, zero_trust};

macro_rules! both {
    ($a:expr, $b:expr) => {
        ($a, $b)
    };
}

#[zero_trust(strict)]
fn pair(#[trusted(reason = "the server's own table")] table: &[u8], #[check(range(max = 99))] n: u8) -> Result<(u8, u8), Violation> {
    let first = both!(table[0], n);
    let second = both!(n * 2, first.0);
    Ok(second)
}

fn main() {
    let _ = pair(&[1], 1);
}
