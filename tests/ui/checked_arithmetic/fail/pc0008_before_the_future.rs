//! The boundary of a function that ends with its future stands in the future.

use std::future::Future;

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn before(v: Vec<u8>) -> impl Future<Output = Result<u8, Violation>> {
    let first = v.first().copied().unwrap_or(0);
    async move { Ok(v.iter().fold(first, |sum, x| sum + x)) }
}

fn main() {}
