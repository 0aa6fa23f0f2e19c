//! A forgotten attribute does not go unnoticed: nobody else knows its helpers.

fn forgotten(#[check(range(max = 3))] n: u8, #[trusted(reason = "made at start-up")] m: u8) -> u8 {
    n.max(m)
}

fn main() {
    forgotten(1, 2);
}
