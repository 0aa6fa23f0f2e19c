//! Numbers that only the compiler knows, in each edition: what it is asked is printed into the function.

use portcullis::{zero_trust, Covered, Violation};

const FACTOR: i32 = 1_000;

#[derive(Covered)]
struct Order {
    #[check(range(min = -9, max = FACTOR))]
    secs: i32,
}

struct Json<T>(T);

#[zero_trust]
fn judged(Json(order): Json<Order>, #[check(range(max = FACTOR))] part: i32) -> Result<i32, Violation> {
    Ok(order.secs * FACTOR + part / 2)
}

#[test]
fn constants_and_fields() {
    assert_eq!(judged(Json(Order { secs: -9 }), 4).unwrap(), -8_998);
    assert_eq!(judged(Json(Order { secs: 2_000 }), 1).unwrap_err().code(), "input.range");
}
