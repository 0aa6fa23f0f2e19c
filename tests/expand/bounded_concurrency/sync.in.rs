#[bounded_concurrency(max = 8, or(return 0))]
fn collect(&self, id: u64) -> u64 {
    self.collect(id)
}
