//! Every mistake of a function in one build, those that only the types show too.

use portcullis::{Violation, zero_trust};

struct World;

#[zero_trust(bounded_recursion(max = 0), or(explode))]
fn collect(world: &World, secs: i32, #[check(length(max = 3))] n: u32, #[trusted] id: u64) -> Result<i32, Violation> {
    let _ = (world, n, id);
    Ok(secs)
}

fn main() {
    let _ = collect(&World, 1, 2, 3);
}
