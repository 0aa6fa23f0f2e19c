//! The boundary takes `&mut self` and the parameters along: `or(return ..)` cannot name what is moved.

use portcullis::checked_arithmetic;

struct Wallet {
    gold: u8,
}

impl Wallet {
    #[checked_arithmetic(or(return self.gold))]
    fn all(&mut self, v: &[u8]) -> u8 {
        v.iter().for_each(|x| self.gold += x);
        self.gold
    }

    #[checked_arithmetic(or(return self.gold))]
    fn one(&mut self, x: u8) -> u8 {
        self.gold += x;
        self.gold
    }
}

fn main() {}
