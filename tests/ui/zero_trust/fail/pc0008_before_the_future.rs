//! What comes before the future would come before its protections.

use std::future::Future;

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn tail(#[check(range(max = 9))] n: usize) -> impl Future<Output = Result<usize, Violation>> {
    let n = n.min(9);
    async move { Ok(n) }
}

fn main() {
    drop(tail(1));
}
