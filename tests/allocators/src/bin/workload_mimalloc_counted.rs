//! The workload, counted.

use mimalloc::MiMalloc;
use portcullis::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting<MiMalloc> = Counting::new(MiMalloc);

fn main() {
    portcullis_allocators::main();
}
