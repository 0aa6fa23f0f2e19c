//! The attribute stands on things that have no body.

use portcullis::{checked_arithmetic, zero_trust};

#[zero_trust]
struct Order {
    cards: u8,
}

#[checked_arithmetic]
mod handlers {}

struct Player;

#[checked_arithmetic]
impl Player {
    fn play(&self) {}
}

trait Play {
    #[zero_trust]
    fn play(&self);
}

fn main() {
    let _ = Order { cards: 1 }.cards;
    Player.play();
}
