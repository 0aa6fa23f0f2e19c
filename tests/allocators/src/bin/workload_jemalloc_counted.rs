//! The workload, counted.

use portcullis::counting::Counting;
use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Counting<Jemalloc> = Counting::new(Jemalloc);

fn main() {
    portcullis_allocators::main();
}
