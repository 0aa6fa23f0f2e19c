//! A parameter that is not `Copy` goes into the boundary with the body: the compiler says so.

use portcullis::checked_arithmetic;

#[checked_arithmetic(or(return text))]
fn taken(text: String, v: &[u8]) -> String {
    v.iter().fold(0, |sum, x| sum + x).to_string()
}

#[checked_arithmetic(or(return text.to_owned()))]
fn shared(text: &str, v: &[u8]) -> String {
    v.iter().fold(0, |sum, x| sum + x).to_string()
}

fn main() {}
