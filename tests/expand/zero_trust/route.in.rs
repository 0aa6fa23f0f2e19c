#[zero_trust(route, without(catch_panic, checked_arithmetic))]
#[cfg(feature = "coins")]
pub async fn collect(
    #[trusted(reason = "made at start-up")] State(db): State<Db>,
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    order: Json<Order>,
) -> Result<u32, Violation> {
    Ok(secs)
}
