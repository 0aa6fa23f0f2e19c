use portcullis::{Violation, bounded_steps, zero_trust};

#[bounded_steps(max = 0)]
fn none(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[bounded_steps(max = "many")]
fn text(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[bounded_steps(max = 99_999_999_999_999_999_999)]
fn too_many(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[bounded_steps]
fn no_limit(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[zero_trust(bounded_steps)]
fn no_limit_here(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[bounded_steps(max = 1.5_f32.sqrt())]
fn by_type(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

fn main() {}
