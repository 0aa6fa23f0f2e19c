#[shed_load(memory = "85%")]
fn collect(id: u64) -> Result<u64, Violation> {
    lookup(id)
}
