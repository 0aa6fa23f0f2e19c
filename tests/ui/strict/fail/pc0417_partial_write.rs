use portcullis::{Violation, zero_trust};

struct Purse {
    coins: u32,
    spent: u32,
}

#[zero_trust(strict)]
impl Purse {
    fn pay(&mut self, #[check(range(max = 9_999))] price: u32) -> Result<(), Violation> {
        self.coins -= price;
        self.spent += price;
        Ok(())
    }
}

fn main() {
    let _ = Purse { coins: 1, spent: 0 }.pay(1);
}
