//! Thresholds that a gate cannot hold, and what is no threshold.

use portcullis::{Violation, shed_load, zero_trust};

#[shed_load(memory = "95%")]
fn too_high() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "91%", or(panic))]
fn just_too_high() {}

#[shed_load(memory = "0%")]
fn nobody() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "64KiB")]
fn nobody_either() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(shed_load(memory = "lots"))]
fn nonsense() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "512MB")]
fn which_mega() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = "85.5%")]
fn fraction() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(memory = 85)]
fn number() -> Result<(), Violation> {
    Ok(())
}

#[shed_load]
fn none() -> Result<(), Violation> {
    Ok(())
}

#[shed_load(priority = normal)]
async fn none_either() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    just_too_high();
    drop((too_high(), nobody(), nobody_either(), nonsense(), which_mega(), fraction(), number(), none(), none_either()));
}
