//! What asks for memory may panic anyway, so a refusal may stand there.

#![deny(warnings)]
#![deny(unreachable_code, unreachable_patterns, unused_mut, unused_must_use, unused_assignments)]

use portcullis::{Violation, bounded_allocation};

static mut SHARED: Vec<u8> = Vec::new();

struct Pool<T>(Vec<T>);

impl<T> Pool<T> {
    /// # Safety
    /// Asks for nothing.
    unsafe fn with_capacity(n: usize) -> Self {
        Self(Vec::with_capacity(n))
    }
}

#[bounded_allocation(max = 100)]
unsafe fn ask(n: usize, list: *mut Vec<u8>) -> Result<usize, Violation> {
    // SAFETY: it was made from a reference, and nothing else runs.
    let behind = unsafe { &mut *list };
    let pool = unsafe { Pool::<u8>::with_capacity(n * 2) };
    let mut own = Vec::<u8>::with_capacity(n);
    #[allow(static_mut_refs)]
    unsafe {
        SHARED.reserve(n);
        SHARED.extend(pool.0);
        // Behind a raw pointer nothing is looked at.
        (*list).reserve(n);
    }
    own.extend(std::iter::repeat_n(1, n));
    behind.resize(n, 0);
    Ok(own.len())
}

fn main() {
    let mut list = Vec::new();
    // SAFETY: asks for nothing.
    assert_eq!(unsafe { ask(100, &mut list) }.unwrap(), 100);
    assert_eq!(unsafe { ask(101, &mut list) }.unwrap_err().code(), "allocation");
    assert_eq!(list.len(), 100);
}
