//! The message of a fault, put together where nothing can be allocated.

use super::number::{Number, Outcome, Type};
use super::steps::{MOST_STEPS, Step, Way};
use super::{Fault, Leaf, Site};

/// What does not fit is left out.
const ROOM: usize = 2048;

#[derive(Clone, Copy)]
pub(super) struct Text {
    bytes: [u8; ROOM],
    len: usize,
}

impl Text {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; ROOM], len: 0 }
    }

    pub(super) const fn as_str(&self) -> &str {
        let (written, _) = self.bytes.split_at(self.len);
        match str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "[PC0301] this fails for a value that the rules admit",
        }
    }

    pub(super) const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > ROOM - self.len {
            return self;
        }
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    const fn push_number(self, value: i128) -> Self {
        let mut text = if value < 0 { self.push("-") } else { self };
        let value = value.unsigned_abs();
        let mut unit: u128 = 1;
        let mut digits = 1;
        while value / unit >= 10 {
            unit *= 10;
            digits += 1;
        }
        while unit > 0 {
            const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
            text = text.push(DIGITS[(value / unit % 10) as usize]);
            digits -= 1;
            if digits > 0 && digits % 3 == 0 {
                text = text.push("_");
            }
            unit /= 10;
        }
        text
    }

    const fn push_type(self, ty: Type) -> Self {
        let (low, high) = ty.bounds();
        self.push_range(low, high)
    }

    const fn push_range(self, low: i128, high: i128) -> Self {
        if low == high { self.push_number(low) } else { self.push_number(low).push("..=").push_number(high) }
    }
}

/// All that is said. The page and its code are those of the rule that the macros know by that code (`tests/house.rs`).
pub(super) const fn of(
    text: Text,
    site: Site<'_>,
    leaves: &[Leaf<'_>],
    Fault { way, values, outcome }: Fault<'_>,
) -> Text {
    let (code, what) = match outcome {
        Outcome::Zero => ("PC0302", "a division by zero:"),
        Outcome::Index(..) => ("PC0303", "an index outside of the list:"),
        Outcome::Shift(..) => ("PC0304", "a shift by too much:"),
        Outcome::Lost(..) => ("PC0305", "a cast that loses the value:"),
        _ => ("PC0301", "an overflow:"),
    };
    let text = text.push("[").push(code).push("] ").push(what).push("\n").push(site.shown);
    let text = match outcome {
        Outcome::Index(index, length) => {
            text.push(" has the index ").push_number(index).push(", and the length is ").push_number(length)
        }
        Outcome::Shift(ty, low, high) => {
            let text = text.push(" shifts ").push(ty.name).push(" by ").push_range(low, high);
            text.push("\n").push(ty.name).push(" has ").push_number(ty.bits as i128).push(" bits")
        }
        Outcome::Lost(ty, low, high) => {
            text.push(" casts ").push_range(low, high).push("\n").push(ty.name).push(" holds ").push_type(ty)
        }
        Outcome::Overflow(ty, low, high) => {
            text.push(" is ").push_range(low, high).push("\n").push(ty.name).push(" holds ").push_type(ty)
        }
        Outcome::Zero | Outcome::Holds(_) | Outcome::Unknown => text,
    };
    let text = if way.at.is_empty() { text } else { text.push("\nat ").push(way.at) };
    let text = at_each(text, leaves, &way, &values).push("\nhelp: ").push(site.help);
    text.push("\nsee: https://docs.rs/portcullis/latest/portcullis/errors/").push(code).push("/")
}

/// The ranges and the constants that the place depends on. Each stands in a way once.
const fn at_each(mut text: Text, leaves: &[Leaf<'_>], way: &Way<'_>, values: &[Option<Number>; MOST_STEPS]) -> Text {
    let mut used = [false; MOST_STEPS];
    let mut left = way.len;
    while left > 0 {
        left -= 1;
        used[left] = used[left] || left + 1 == way.len;
        if let (Step::Apply(_, one, other, _), true) = (way.steps[left], used[left]) {
            used[one] = true;
            used[other] = true;
        }
    }
    let mut at = 0;
    while at < way.len {
        if let (Step::Leaf(leaf, _), Some(value), true) = (way.steps[at], values[at], used[at]) {
            let (Leaf::Range(name, _) | Leaf::Constant(name, _)) = leaves[leaf];
            text = text.push("\nat ").push(name).push(" = ").push_number(value.low);
        }
        at += 1;
    }
    text
}
