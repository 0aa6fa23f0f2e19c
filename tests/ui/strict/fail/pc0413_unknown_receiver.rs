use portcullis::{Violation, zero_trust};

struct Buffer(Vec<u8>);

impl Buffer {
    fn with_capacity(size: usize) -> Self {
        Self(Vec::with_capacity(size))
    }

    fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }
}

fn made() -> Buffer {
    Buffer::with_capacity(1)
}

/// Not of `std`, and not to be seen.
#[zero_trust(strict, bounded_allocation(max = "1MiB"))]
fn fill(#[trusted(reason = "read as a length, below")] head: [u8; 4]) -> Result<usize, Violation> {
    let size = u32::from_be_bytes(head) as usize;
    let mut buffer = Buffer::with_capacity(size);
    buffer.reserve(size);
    let mut other = made();
    other.reserve(size);
    // Of these each is tested.
    let mut list: Vec<u8> = Vec::with_capacity(size);
    list.reserve(size);
    let text = String::with_capacity(size).repeat(size);
    Ok(vec![0_u8; size].len() + list.len() + text.len() + buffer.0.len() + other.0.len())
}

fn main() {
    let _ = fill([0; 4]);
}
