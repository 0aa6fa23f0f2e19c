//! The function returns nothing, or what cannot say no.

use portcullis::shed_load;

#[shed_load(memory = "85%")]
fn nothing() {}

#[shed_load(memory = "512MiB")]
fn number() -> u64 {
    1
}

// Nobody is refused here.
#[shed_load(priority = probe)]
fn health() {}

fn main() {
    nothing();
    number();
    health();
}
