#[shed_load(priority = probe)]
fn health() -> &'static str {
    "alive"
}
