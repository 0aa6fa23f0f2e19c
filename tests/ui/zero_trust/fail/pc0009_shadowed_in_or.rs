//! At the operator the name is not what it is at the attribute, in a macro's arguments and its text too.

use portcullis::{checked_arithmetic, zero_trust};

#[zero_trust(or(return secs))]
fn until(#[trusted(reason = "from the server's own clock")] secs: u32) -> u32 {
    let secs = secs / 2;
    secs + 1
}

#[checked_arithmetic(or(return format!("refused for {n} by {}", fallback())))]
fn told(n: u32) -> String {
    let n = n / 2;
    let fallback = || "the body";
    format!("{} {}", n - 1, fallback())
}

fn fallback() -> &'static str {
    "the module"
}

fn main() {
    until(1);
    told(1);
    fallback();
}
