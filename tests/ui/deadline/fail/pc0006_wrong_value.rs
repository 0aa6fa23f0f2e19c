use std::time::Duration;

use portcullis::{Violation, bounded_steps, deadline, zero_trust};

#[deadline("0s")]
fn no_time(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline("2 sec")]
fn other_words(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline("1.5s")]
fn a_fraction(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline("9999999999999h")]
fn too_long(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline]
fn none(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline(or(panic))]
fn none_either(n: u32) -> u32 {
    n
}

#[zero_trust(deadline)]
fn none_here(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline("1s", "2s")]
fn two(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline(timeout = "2s")]
fn by_name(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline(2)]
fn a_number(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[deadline(Duration::from_secs(2).as_millis())]
async fn by_type(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

#[bounded_steps("2s")]
fn of_steps(n: u32) -> Result<u32, Violation> {
    Ok(n)
}

fn main() {}
