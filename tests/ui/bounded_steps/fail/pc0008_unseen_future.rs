use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_steps};

#[bounded_steps(max = 9)]
fn made_elsewhere(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Violation>>>> {
    make(n)
}

#[bounded_steps(max = 9)]
fn more_than_its_future(n: u32) -> impl Future<Output = Result<u32, Violation>> {
    let n = n + 1;
    async move { Ok(n) }
}

fn make(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Violation>>>> {
    Box::pin(std::future::ready(Ok(n)))
}

fn main() {}
