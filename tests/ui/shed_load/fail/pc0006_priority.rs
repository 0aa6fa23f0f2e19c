//! Priorities that do not exist, and keys.

use portcullis::{Violation, shed_load};

#[shed_load(memory = "85%", priority = probes)]
fn near() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "85%", priority = "probe")]
fn text() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "85%", priority)]
fn nothing() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory("85%"))]
fn list() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "85%", memory = "80%", cpu = "90%")]
fn twice() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (near(), text(), nothing(), list(), twice());
}
