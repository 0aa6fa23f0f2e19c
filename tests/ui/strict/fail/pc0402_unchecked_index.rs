use portcullis::{Violation, zero_trust};

#[zero_trust(strict, without(checked_indexing))]
fn left_out(#[trusted(reason = "the server's own table")] table: &[u8], #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
    Ok(table[at])
}

#[zero_trust(strict)]
fn by_path(#[trusted(reason = "the server's own table")] mut table: Vec<u8>, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
    fn inside(table: &[u8], at: usize) -> u8 {
        table[at]
    }
    Ok(Vec::remove(&mut table, at) & inside(&table, at))
}

fn main() {
    let _ = (left_out(&[1], 1), by_path(vec![1], 1));
}
