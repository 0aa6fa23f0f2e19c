//! A future that comes from elsewhere: neither its depth nor its panics are to be seen.

use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_recursion, catch_panic, zero_trust};

#[bounded_recursion(max = 8)]
async fn made_here() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 8)]
fn boxed() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    let future = made_here();
    Box::pin(future)
}

#[zero_trust(without(catch_panic), bounded_recursion(max = 8))]
fn listed() -> impl Future<Output = Result<(), Violation>> {
    made_here()
}

// What runs before the future would run before the refusal.
#[bounded_recursion(max = 8)]
fn prepared() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    let prepared = made_here();
    Box::pin(async move { prepared.await })
}

#[catch_panic]
fn caught() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    boxed()
}

fn main() {
    drop((boxed(), listed(), prepared(), caught()));
}
