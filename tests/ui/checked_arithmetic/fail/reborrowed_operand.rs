//! An operand that is a mutable reference is moved, where the operator alone would reborrow it: `&mut *out` is the way round.

use std::ops::Shl;

use portcullis::checked_arithmetic;

struct Level(u8);

impl Shl<&mut Vec<u8>> for Level {
    type Output = Level;
    fn shl(self, out: &mut Vec<u8>) -> Level {
        out.push(self.0);
        self
    }
}

#[checked_arithmetic(or(panic))]
fn written(level: Level, out: &mut Vec<u8>) {
    let _ = level << out;
    out.push(9);
}

#[checked_arithmetic(or(panic))]
fn reborrowed(level: Level, out: &mut Vec<u8>) {
    let _ = level << &mut *out;
    out.push(9);
}

fn main() {
    written(Level(1), &mut Vec::new());
    reborrowed(Level(1), &mut Vec::new());
}
