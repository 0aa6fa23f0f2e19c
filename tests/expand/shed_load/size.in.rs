#[shed_load(memory = "512MiB", or(return Reply::Busy))]
async fn collect(&self, id: u64) -> Reply {
    self.lookup(id).await
}
