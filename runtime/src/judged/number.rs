//! Whole numbers between two bounds, in code that the compiler runs.

use super::steps::Op;

/// A primitive integer.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    pub(super) name: &'static str,
    low: i128,
    high: i128,
    pub(super) bits: u32,
    pointer: bool,
}

/// A number that lies in a range. A literal has no type until something shows it.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    pub(super) ty: Option<Type>,
    pub low: i128,
    pub high: i128,
}

/// What became of a step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    Holds(Number),
    /// It may fail, or not.
    Unknown,
    Overflow(Type, i128, i128),
    Zero,
    Shift(Type, i128, i128),
    Index(i128, i128),
    Lost(Type, i128, i128),
}

/// A type that a number is followed in. What has 128 bits is none.
pub trait Integer {}

macro_rules! types {
    ($($ty:ident $name:ident $pointer:literal)*) => {$(
        pub const $name: Type = Type {
            name: stringify!($ty),
            low: $ty::MIN as i128,
            high: $ty::MAX as i128,
            bits: $ty::BITS,
            pointer: $pointer,
        };
        impl Integer for $ty {}
        impl super::Slot<super::Whole<$ty>> {
            #[must_use]
            pub const fn number(&self, value: $ty) -> Option<Number> {
                Some(typed($name, value as i128, value as i128))
            }
        }
    )*};
}
types! {
    u8 U8 false u16 U16 false u32 U32 false u64 U64 false usize USIZE true
    i8 I8 false i16 I16 false i32 I32 false i64 I64 false isize ISIZE true
}

/// Their values are not followed: the bounds are those of nothing.
pub const U128: Type = Type { name: "u128", low: 1, high: 0, bits: 128, pointer: false };
pub const I128: Type = Type { name: "i128", low: 1, high: 0, bits: 128, pointer: false };

const fn typed(ty: Type, low: i128, high: i128) -> Number {
    Number { ty: Some(ty), low, high }
}

/// The least value of a type.
#[must_use]
pub const fn lowest(ty: Type) -> Option<Number> {
    exactly(ty, ty.low)
}

#[must_use]
pub const fn highest(ty: Type) -> Option<Number> {
    exactly(ty, ty.high)
}

#[must_use]
pub const fn exactly(ty: Type, value: i128) -> Option<Number> {
    Some(typed(ty, value, value))
}

#[must_use]
pub const fn minus(value: i128) -> i128 {
    value.saturating_neg()
}

impl Type {
    pub(super) const fn is(self, other: Self) -> bool {
        self.bits == other.bits && self.low == other.low && self.pointer == other.pointer
    }

    pub(super) const fn bounds(self) -> (i128, i128) {
        (self.low, self.high)
    }

    const fn is_followed(self) -> bool {
        self.low <= self.high
    }

    pub(super) const fn holds(self, low: i128, high: i128) -> bool {
        self.low <= low && high <= self.high
    }

    const fn lacks(self, low: i128, high: i128) -> bool {
        self.is_followed() && (high < self.low || self.high < low)
    }

    const fn any(self) -> Outcome {
        if self.is_followed() { Outcome::Holds(typed(self, self.low, self.high)) } else { Outcome::Unknown }
    }
}

impl Outcome {
    pub(super) const fn of(number: Option<Number>) -> Self {
        match number {
            Some(number) if number.low <= number.high => Self::Holds(number),
            _ => Self::Unknown,
        }
    }
}

pub(super) const fn small(value: usize) -> u32 {
    if value > 3 { 3 } else { value as u32 }
}

const fn least(one: i128, other: i128) -> i128 {
    if one < other { one } else { other }
}

const fn most(one: i128, other: i128) -> i128 {
    if one > other { one } else { other }
}

const fn at(op: Op, left: i128, right: i128) -> i128 {
    match op {
        Op::Add => left.saturating_add(right),
        Op::Sub => left.saturating_sub(right),
        Op::Mul => left.saturating_mul(right),
        _ if right == 0 => 0,
        _ => left.saturating_div(right),
    }
}

/// Around what the operation gives at the corners, in each of which it is monotone.
const fn corners(op: Op, a: Number, b: Number) -> (i128, i128) {
    let (one, two) = (at(op, a.low, b.low), at(op, a.low, b.high));
    let (three, four) = (at(op, a.high, b.low), at(op, a.high, b.high));
    (least(least(one, two), least(three, four)), most(most(one, two), most(three, four)))
}

/// Of two numbers; of one, which stands on both sides.
pub(super) const fn apply(op: Op, left: Number, right: Number) -> Outcome {
    match op {
        Op::Cast(ty) | Op::Wrap(ty) | Op::From(ty) => return convert(op, ty, left),
        Op::Index => return index(left, right),
        Op::Shift => return shift(left, right),
        _ => {}
    }
    let Some(ty) = shared(left, right) else { return Outcome::Unknown };
    match op {
        Op::Bits => ty.any(),
        Op::Div | Op::Rem => divide(op, ty, left, right),
        _ => {
            let (low, high) = corners(op, left, right);
            fit(ty, low, high)
        }
    }
}

/// The type that both have, when it is followed and holds them.
const fn shared(left: Number, right: Number) -> Option<Type> {
    let ty = match (left.ty, right.ty) {
        (Some(one), Some(other)) if one.is(other) => one,
        (Some(ty), None) | (None, Some(ty)) => ty,
        _ => return None,
    };
    if ty.holds(left.low, left.high) && ty.holds(right.low, right.high) { Some(ty) } else { None }
}

const fn fit(ty: Type, low: i128, high: i128) -> Outcome {
    if ty.holds(low, high) {
        Outcome::Holds(typed(ty, low, high))
    } else if ty.lacks(low, high) {
        Outcome::Overflow(ty, low, high)
    } else {
        Outcome::Unknown
    }
}

const fn divide(op: Op, ty: Type, left: Number, right: Number) -> Outcome {
    if right.low == 0 && right.high == 0 {
        return Outcome::Zero;
    }
    if right.low <= 0 && right.high >= 0 {
        return Outcome::Unknown;
    }
    let (low, high) = corners(Op::Div, left, right);
    // The remainder of what overflows fails too.
    match (fit(ty, low, high), op) {
        (Outcome::Holds(_), Op::Rem) => ty.any(),
        (outcome, _) => outcome,
    }
}

const fn shift(left: Number, right: Number) -> Outcome {
    let Some(ty) = left.ty else { return Outcome::Unknown };
    let bits = ty.bits as i128;
    if right.low >= 0 && right.high < bits {
        // Bits that are shifted out are gone, which is no fault.
        ty.any()
    } else if right.high < 0 || right.low >= bits {
        Outcome::Shift(ty, right.low, right.high)
    } else {
        Outcome::Unknown
    }
}

const fn index(length: Number, index: Number) -> Outcome {
    if let Some(ty) = index.ty
        && !ty.is(USIZE)
    {
        return Outcome::Unknown;
    }
    if index.low < 0 {
        Outcome::Unknown
    } else if index.high < length.low {
        Outcome::Holds(index)
    } else if index.low >= length.high {
        Outcome::Index(index.low, length.high)
    } else {
        Outcome::Unknown
    }
}

const fn convert(op: Op, ty: Type, of: Number) -> Outcome {
    // Of a literal nothing is checked.
    if of.ty.is_none() {
        return Outcome::Unknown;
    }
    if ty.holds(of.low, of.high) {
        return Outcome::Holds(typed(ty, of.low, of.high));
    }
    match op {
        Op::Wrap(_) => ty.any(),
        Op::Cast(_) if ty.lacks(of.low, of.high) => Outcome::Lost(ty, of.low, of.high),
        _ => Outcome::Unknown,
    }
}
