//! The same numbers for the same seed.

#[derive(Clone, Copy, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        // Neighbours begin far from each other (the finisher of `SplitMix64`).
        let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        // Zero would stay zero.
        Self((mixed ^ mixed >> 31).max(1))
    }

    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The lowest bits are the worst.
        (self.0 >> 8) % sides
    }

    /// Another one.
    pub(super) fn split(&mut self) -> Self {
        Self::of(self.roll(1 << 40))
    }

    pub(super) fn number(self) -> u64 {
        self.0
    }
}
