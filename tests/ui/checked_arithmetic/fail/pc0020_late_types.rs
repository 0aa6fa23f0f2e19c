//! A closure whose parameter types only its first call tells, and they are no numbers.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn joined(a: String, b: &str) -> Result<String, Violation> {
    let join = |a, b| a + b;
    Ok(join(a, b))
}

struct Level(u8);

impl std::ops::Shl<u8> for Level {
    type Output = u8;
    fn shl(self, by: u8) -> u8 {
        self.0 << by
    }
}

#[checked_arithmetic]
fn shifted(level: Level) -> Result<u8, Violation> {
    let shift = |a, b| a << b;
    Ok(shift(level, 1))
}

fn main() {
    let _ = shifted(Level(1));
    let _ = joined(String::new(), "");
}
