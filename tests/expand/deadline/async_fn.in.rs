#[deadline("250ms", or(return Err(Slow)))]
async fn fetch(url: &str) -> Result<String, Slow> {
    get(url).await
}
