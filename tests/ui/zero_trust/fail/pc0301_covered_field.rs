//! Fields of a covered type, whose rules stand before the type and not in the function.

use portcullis::validator::Validate;
use portcullis::{Covered, Violation, zero_trust};

const MAX_SECS: i32 = 86_400;

#[derive(Covered)]
struct Order {
    #[check(range(min = 1, max = MAX_SECS))]
    secs: i32,
    #[check(range(exclusive_min = -10, exclusive_max = 10))]
    step: i8,
    #[check(length(max = 9))]
    name: String,
}

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Validated {
    #[validate(range(min = 1, max = 4_000_000))]
    count: u32,
}

struct Json<T>(T);

#[zero_trust]
async fn extracted(
    Json(order): Json<Order>,
    #[trusted(reason = "the server's own")] _db: u32,
    validated: Validated,
) -> Result<i32, Violation> {
    if order.name.trim().is_empty() {
        return Ok(0);
    }
    let part = order.step * 20;
    let all = validated.count * 2_000;
    Ok(order.secs * 1_000_000 + i32::from(part) + all as i32)
}

#[zero_trust]
fn lent(order: &Order) -> Result<i32, Violation> {
    let secs = order.secs;
    Ok(1_000 * (secs - 90_000) * 100)
}

fn main() {
    let _ = lent(&Order { secs: 1, step: 1, name: String::new() });
    let _ = extracted(Json(Order { secs: 1, step: 1, name: String::new() }), 1, Validated { count: 1 });
}
