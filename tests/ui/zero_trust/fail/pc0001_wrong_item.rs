//! The attribute stands on things that have no body.

use portcullis::zero_trust;

#[zero_trust]
struct Order {
    cards: u8,
}

#[zero_trust]
mod handlers {}

struct Player;

#[zero_trust]
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
