//! The workload, counted.

use portcullis::counting::Counting;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: Counting<System> = Counting::new(System);

fn main() {
    portcullis_allocators::main();
}
