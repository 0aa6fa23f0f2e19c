//! The ways to a place, as the macros write them: a text costs the compiler least (`macros/src/ranges/open.rs`).
//!
//! A way is what its parameters are, `|`, and its steps, each with a `;`, and it ends with a line. A step is `=`, a type and two
//! bounds; or `#` and the number of a leaf; or an operator, its type, the places of both operands, and what they depend on.

use super::number::{Number, Type};
use super::{I8, I16, I32, I64, I128, ISIZE, Leaf, U8, U16, U32, U64, U128, USIZE};

/// As many steps as one way has.
pub(super) const MOST_STEPS: usize = 24;

/// What an operator does.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    /// Which of its bits are set is not followed.
    Bits,
    Shift,
    /// By `as`, where a value that is lost is refused.
    Cast(Type),
    /// By `as`, where it is not.
    Wrap(Type),
    /// By `From`.
    From(Type),
    /// A list with so many elements, and the index.
    Index,
}

#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// What the macro knows.
    Known(Number),
    /// A leaf; of those that are ranges, the nth of the way.
    Leaf(usize, usize),
    /// Of two earlier steps.
    Apply(Op, usize, usize, u64),
}

#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The values of the parameters that the macro chose.
    pub at: &'a str,
    pub ranges: usize,
    pub steps: [Step; MOST_STEPS],
    pub len: usize,
}

/// The first way of a text, and the rest of it.
pub(super) const fn read<'a>(text: &'a str, leaves: &[Leaf<'_>]) -> (Way<'a>, &'a str) {
    let mut reader = Reader { text: text.as_bytes(), at: 0 };
    while reader.byte() != b'|' {
        reader.at += 1;
    }
    let (at, _) = text.split_at(reader.at);
    reader.at += 1;
    let mut way = Way { at, ranges: 0, steps: [Step::Leaf(0, 0); MOST_STEPS], len: 0 };
    while reader.byte() != b'\n' {
        let sign = reader.byte();
        reader.at += 1;
        way.steps[way.len] = match sign {
            b'=' => {
                let ty = reader.ty();
                let low = reader.number();
                Step::Known(Number { ty, low, high: reader.number() })
            }
            b'#' => {
                let leaf = reader.number() as usize;
                let nth = way.ranges;
                if let Leaf::Range(..) = leaves[leaf] {
                    way.ranges += 1;
                }
                Step::Leaf(leaf, nth)
            }
            sign => {
                let op = op(sign, reader.ty());
                let left = reader.number() as usize;
                let right = reader.number() as usize;
                Step::Apply(op, left, right, reader.number() as u64)
            }
        };
        // The `;`.
        reader.at += 1;
        way.len += 1;
    }
    let (_, rest) = text.split_at(reader.at + 1);
    (way, rest)
}

const fn op(sign: u8, ty: Option<Type>) -> Op {
    match (sign, ty) {
        (b'+', _) => Op::Add,
        (b'-', _) => Op::Sub,
        (b'*', _) => Op::Mul,
        (b'/', _) => Op::Div,
        (b'%', _) => Op::Rem,
        (b'<', _) => Op::Shift,
        (b'[', _) => Op::Index,
        (b'c', Some(ty)) => Op::Cast(ty),
        (b'w', Some(ty)) => Op::Wrap(ty),
        (b'f', Some(ty)) => Op::From(ty),
        _ => Op::Bits,
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    const fn byte(&self) -> u8 {
        self.text[self.at]
    }

    /// Behind each stands a comma, or the `;` of the step.
    const fn number(&mut self) -> i128 {
        if self.byte() == b',' {
            self.at += 1;
        }
        let is_negative = self.byte() == b'-';
        if is_negative {
            self.at += 1;
        }
        let mut value: i128 = 0;
        while self.byte().is_ascii_digit() {
            value = value.saturating_mul(10).saturating_add((self.byte() - b'0') as i128);
            self.at += 1;
        }
        if is_negative { -value } else { value }
    }

    const fn ty(&mut self) -> Option<Type> {
        let ty = match self.byte() {
            b'a' => U8,
            b'b' => U16,
            b'c' => U32,
            b'd' => U64,
            b'e' => U128,
            b'f' => I8,
            b'g' => I16,
            b'h' => I32,
            b'i' => I64,
            b'j' => I128,
            b'k' => USIZE,
            b'l' => ISIZE,
            _ => {
                self.at += 1;
                return None;
            }
        };
        self.at += 1;
        Some(ty)
    }
}
