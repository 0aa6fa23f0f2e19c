#[zero_trust(allocation_budget = "64MiB", without(checked_arithmetic, checked_indexing, catch_panic, bounded_recursion))]
async fn handle(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
    for _ in 0..n {
        step().await;
    }
    Ok(n)
}
