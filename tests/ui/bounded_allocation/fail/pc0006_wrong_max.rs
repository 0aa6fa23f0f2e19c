use portcullis::{Violation, bounded_allocation, zero_trust};

#[bounded_allocation]
fn no_limit(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[zero_trust(bounded_allocation)]
fn no_limit_here(#[check(range(max = 9))] n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[bounded_allocation(max = 0)]
fn none(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[bounded_allocation(max = "16MB")]
fn no_unit(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[bounded_allocation(max = -1)]
fn negative(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[bounded_allocation(max = 99_999_999_999_999_999_999)]
fn too_much(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[bounded_allocation(max = 1.5_f32.sqrt())]
fn by_type(n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[zero_trust(allocation_budget = "0B")]
fn no_budget(#[check(range(max = 9))] n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

#[zero_trust(allocation_budget)]
fn no_value(#[check(range(max = 9))] n: usize) -> Result<Vec<u8>, Violation> {
    Ok(vec![0; n])
}

fn main() {}
