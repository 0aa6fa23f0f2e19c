#[bounded_allocation(max = "16MiB")]
fn read(&mut self, count: usize) -> Result<Vec<u8>, Violation> {
    self.rows[0].reserve(count * 2);
    let mut list = Vec::with_capacity(count);
    list.resize(count, 0);
    self.buffer().reserve(count + 1);
    Ok(vec![list; count])
}
