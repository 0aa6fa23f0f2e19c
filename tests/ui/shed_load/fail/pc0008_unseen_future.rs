//! A future that comes from elsewhere: the request is not over when the function is.

use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, shed_load};

async fn made_elsewhere() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "85%")]
fn returned() -> impl Future<Output = Result<(), Violation>> {
    made_elsewhere()
}

// What runs before the future would run before the refusal.
#[shed_load(memory = "85%")]
fn prepared() -> Pin<Box<dyn Future<Output = Result<(), Violation>>>> {
    let prepared = made_elsewhere();
    Box::pin(async move { prepared.await })
}

fn main() {
    drop((returned(), prepared()));
}
