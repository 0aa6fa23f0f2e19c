//! A macro sees no other file.

use portcullis::zero_trust;

#[zero_trust]
mod elsewhere;

#[zero_trust]
mod handlers {
    mod inside;
}

fn main() {}
