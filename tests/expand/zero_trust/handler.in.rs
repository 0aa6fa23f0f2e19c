#[zero_trust]
fn collect(
    #[trusted(reason = "made at start-up")] db: &Db,
    Json(req): Json<Collect>,
    #[check(range(min = 1, max = 86_400))] secs: i32,
) -> Result<i32, Violation> {
    Ok(db.now() + secs)
}
