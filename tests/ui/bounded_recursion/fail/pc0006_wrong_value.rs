//! Limits that are none.

use portcullis::{Violation, bounded_recursion};

#[bounded_recursion(max = 0)]
fn none() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = "64")]
fn text() -> Result<(), Violation> {
    Ok(())
}

const LIMIT: f64 = 6.4;

#[bounded_recursion(max = LIMIT)]
fn fraction() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max)]
fn missing() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 3, or(retry))]
fn other() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 3, group = "idle")]
fn no_path() -> Result<(), Violation> {
    Ok(())
}

const IDLE: u32 = 3;

#[bounded_recursion(max = 3, group = IDLE)]
fn no_group() -> Result<(), Violation> {
    Ok(())
}

struct Player;

#[bounded_recursion(max = 3, key = player)]
fn no_text(player: Player) -> Result<(), Violation> {
    let Player = player;
    Ok(())
}

fn main() {
    let _ = (no_path(), no_group(), no_text(Player));
    let _ = (none(), text(), fraction(), missing(), other());
}
