//! The body, which the boundary holds, has `self`; outside there is none any more.

use portcullis::catch_panic;

struct Player {
    gold: u32,
}

impl Player {
    #[catch_panic(or(return self.gold))]
    fn win(&mut self) -> u32 {
        self.gold += 1;
        self.gold
    }

    #[catch_panic(or(return self.gold))]
    fn look(&self) -> u32 {
        self.gold
    }
}

fn main() {
    let mut player = Player { gold: 1 };
    player.win();
    player.look();
}
