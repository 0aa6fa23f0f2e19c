//! The workload, as it is.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: System = System;

fn main() {
    portcullis_allocators::main();
}
