//! Nothing can be returned through an iterator, a closure or a future, also where the check stands in a closure of it.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn iterator(v: &[u8]) -> impl Iterator<Item = u8> {
    v.iter().map(|x| x + 1)
}

#[checked_arithmetic]
fn closure(by: u8) -> Box<dyn Fn(u8) -> u8> {
    Box::new(move |x| x + by)
}

#[checked_arithmetic]
fn nothing(total: &mut u8, v: &[u8]) {
    v.iter().for_each(|x| *total += x);
}

#[checked_arithmetic]
fn task(x: u8) -> std::thread::JoinHandle<u8> {
    std::thread::spawn(move || x + 1)
}

#[checked_arithmetic]
fn in_a_result(by: u8) -> Result<impl Fn(u8) -> u8, Violation> {
    Ok(move |x: u8| x + by)
}

fn main() {}
