//! Under a boundary the compiler does not look into `impl Fn` for the parameters of a closure: their types are written.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn untyped(v: &[usize]) -> Result<impl Fn(&str) -> usize, Violation> {
    let most = v.iter().map(|x| x * 2).max().unwrap_or(0);
    Ok(move |text| text.len().min(most))
}

#[checked_arithmetic]
fn typed(v: &[usize]) -> Result<impl Fn(&str) -> usize + use<>, Violation> {
    let most = v.iter().map(|x| x * 2).max().unwrap_or(0);
    Ok(move |text: &str| text.len().min(most))
}

fn main() {}
