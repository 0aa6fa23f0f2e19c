#[bounded_concurrency(max = self.limit)]
async fn collect(&self, id: u64) -> Result<u64, Violation> {
    self.load(id).await
}
