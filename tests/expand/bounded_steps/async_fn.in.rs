#[bounded_steps(max = pages * 10)]
async fn fetch(pages: u32) -> Result<u32, Violation> {
    let mut fetched = 0;
    while fetched < pages {
        fetched += page(fetched).await?;
    }
    Ok(fetched)
}
