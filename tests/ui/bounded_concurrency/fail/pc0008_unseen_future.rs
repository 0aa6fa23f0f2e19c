//! A future that comes from elsewhere: when it is done is not to be seen.

use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_concurrency};

#[bounded_concurrency(max = 8)]
async fn made_here() -> Result<(), Violation> {
    Ok(())
}

#[bounded_concurrency(max = 8)]
fn boxed() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    let future = made_here();
    Box::pin(future)
}

// What runs before the future would run before the refusal.
#[bounded_concurrency(max = 8)]
fn prepared() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    let prepared = made_here();
    Box::pin(async move { prepared.await })
}

fn main() {
    drop((boxed(), prepared()));
}
