//! A count of one thread's calls means nothing to a future.

use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_recursion, catch_panic, zero_trust};

#[bounded_recursion(max = 8)]
async fn written() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 8)]
fn boxed() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    Box::pin(async { Ok(()) })
}

#[zero_trust(bounded_recursion(max = 8))]
async fn listed() -> Result<(), Violation> {
    Ok(())
}

// The future comes from elsewhere: a boundary around the call would catch nothing of it.
#[catch_panic]
fn made_elsewhere() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    boxed()
}

fn main() {
    drop((written(), listed(), made_elsewhere()));
}
