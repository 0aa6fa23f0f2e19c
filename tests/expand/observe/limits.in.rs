#[zero_trust(
    observe,
    deadline("2s"),
    bounded_steps(max = most),
    bounded_concurrency(max = 8),
    shed_load(memory = "85%"),
    require(least <= most),
    without(catch_panic, checked_arithmetic, checked_indexing)
)]
async fn search(least: u64, most: u64, words: Vec<String>) -> usize {
    let mut found = 0;
    for word in words {
        found += search(least, most, vec![word]).await;
    }
    found
}
