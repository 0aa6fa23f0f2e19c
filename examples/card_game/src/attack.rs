//! The attacks, and what each is to be refused with.

use clap::ValueEnum;

use crate::wire::Request;

/// Every attack is an ordinary request with a value that nobody expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Attack {
    /// The incident: a reward period of 0 seconds
    Zero,
    /// A period below 0, which leads away from its end
    Negative,
    /// A period of `i32::MAX` seconds
    Huge,
    /// A period inside its rule whose product with the player's level leaves the type
    Overflow,
    /// A period of one second over a day's absence: 86,400 of them
    Tiny,
    /// A trade nested 100,000 deep
    Nested,
    /// A place in the hand that no hand of this size has
    Slot,
    /// A line whose 80th byte stands inside a character
    Line,
}

/// Levels of the nested trade.
const LEVELS: usize = 100_000;

impl Attack {
    /// Above the accounts of the honest players, and of this kind's own. Its number tells the level (`Player::stored`).
    pub(crate) fn account(self, attacker: u32) -> u32 {
        let number = (self as u32).saturating_mul(100).saturating_add(attacker);
        let lowest = number.saturating_mul(50).saturating_add(100_000);
        match self {
            // Level 50: 85,899 s * 1,000 * 50 is 17,296 short of 2^32, and wraps to -17,296 ms.
            Self::Overflow => lowest.saturating_add(49),
            _ => lowest,
        }
    }

    pub(crate) fn request(self) -> Request {
        match self {
            Self::Zero => Request::CollectIdle { secs: 0 },
            Self::Negative => Request::CollectIdle { secs: -1 },
            Self::Huge => Request::CollectIdle { secs: i32::MAX },
            Self::Overflow => Request::CollectIdle { secs: 85_899 },
            Self::Tiny => Request::CollectIdle { secs: 1 },
            Self::Nested => Request::Trade { offer: nested() },
            Self::Slot => Request::Play { slot: 9 },
            // One byte, then characters of two.
            Self::Line => Request::Say { text: format!("a{}", "é".repeat(80)) },
        }
    }

    /// The violation that the protected server is to answer with.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Zero | Self::Negative | Self::Huge => "input.range",
            Self::Overflow => "arithmetic.overflow",
            Self::Tiny | Self::Nested => "recursion.depth",
            Self::Slot => "index.bounds",
            Self::Line => "panic",
        }
    }
}

/// An `Offer` as postcard writes it: `Bundle` is variant 1, of one offer each; `Card(0)` is what lies inside. Written as
/// bytes: no value of this depth could be made, written or dropped.
fn nested() -> Vec<u8> {
    let mut offer = [1, 1].repeat(LEVELS);
    offer.extend([0, 0]);
    offer
}
