#[bounded_steps(max = 1_000, or(return 0))]
fn count(rows: &[Vec<u32>], limit: u32) -> u32 {
    let mut count = 0;
    'rows: for row in rows {
        while count < limit {
            count += 1;
            if row.is_empty() {
                continue 'rows;
            }
        }
        let mut each = || loop {
            break;
        };
        each();
    }
    count
}
