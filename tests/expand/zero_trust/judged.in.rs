#[validated_input]
#[checked_arithmetic]
fn until(Json(order): Json<Order>, #[check(range(min = -1, max = limits::DAYS))] days: i32, #[check(range(max = 9))] part: i64) -> Result<i64, Violation> {
    let secs = order.secs * Self::SECS - i64::from(days);
    Ok(secs / (part + limits::PARTS))
}
