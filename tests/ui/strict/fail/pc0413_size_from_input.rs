use portcullis::validator::Validate;
use portcullis::{Violation, zero_trust};

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Order {
    #[validate(range(max = 1_000_000_000))]
    count: u32,
}

#[zero_trust(strict)]
fn reserve(order: Order, #[trusted(reason = "read as a length, below")] head: [u8; 4]) -> Result<usize, Violation> {
    let mut list: Vec<u8> = Vec::with_capacity(order.count as usize);
    list.reserve(order.count as usize * 2);
    let size = u32::from_be_bytes(head);
    Ok(vec![0_u8; size as usize].len() + list.len())
}

fn main() {
    let _ = reserve(Order { count: 1 }, [0; 4]);
}
