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

/// Put together from bytes, read as text, below zero.
#[zero_trust(strict)]
fn announced(#[check(length(min = 2, max = 9))] head: &[u8], #[check(length(max = 9))] text: &str) -> Result<usize, Violation> {
    let folded = head.iter().fold(0_usize, |size, byte| (size << 8) | usize::from(*byte));
    let list: Vec<u8> = Vec::with_capacity(folded);
    let size = usize::from_str_radix(text, 16).unwrap_or_default();
    let zeros: Vec<u8> = std::iter::repeat_n(0, size).collect();
    Ok(vec![0_u8; head.len().wrapping_sub(8)].len() + list.len() + zeros.len())
}

fn main() {
    let _ = announced(&[0, 0], "1");
    let _ = reserve(Order { count: 1 }, [0; 4]);
}
