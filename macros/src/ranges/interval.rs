//! Whole numbers between two bounds, and what arithmetic does to them. Every operation gives bounds that hold for all pairs of
//! its operands; of two points it gives the point.

/// `low..=high`. Sums and products stop at the bounds of an `i128`, which lie outside every type that is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: i128,
    pub(crate) high: i128,
}

impl Interval {
    pub(crate) const fn point(value: i128) -> Self {
        Self { low: value, high: value }
    }

    /// `None` where nothing lies between.
    pub(crate) fn new(low: i128, high: i128) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    pub(crate) fn as_point(self) -> Option<i128> {
        (self.low == self.high).then_some(self.low)
    }

    pub(crate) fn contains(self, value: i128) -> bool {
        self.low <= value && value <= self.high
    }

    pub(crate) fn is_inside(self, other: Self) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    pub(crate) fn meet(self, other: Self) -> Option<Self> {
        Self::new(self.low.max(other.low), self.high.min(other.high))
    }

    pub(crate) fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Around what an operation gives at the corners, where it is monotone in each operand.
    fn corners(self, other: Self, of: impl Fn(i128, i128) -> i128) -> Self {
        let at =
            [of(self.low, other.low), of(self.low, other.high), of(self.high, other.low), of(self.high, other.high)];
        at.into_iter().map(Self::point).reduce(Self::join).unwrap_or(self)
    }

    pub(crate) fn add(self, other: Self) -> Self {
        self.corners(other, i128::saturating_add)
    }

    pub(crate) fn sub(self, other: Self) -> Self {
        self.corners(other, i128::saturating_sub)
    }

    pub(crate) fn mul(self, other: Self) -> Self {
        self.corners(other, i128::saturating_mul)
    }

    pub(crate) fn neg(self) -> Self {
        Self::point(0).sub(self)
    }

    /// The divisor's values on each side of zero.
    fn sides(self) -> impl Iterator<Item = Self> {
        let below = Self::new(self.low, self.high.min(-1));
        let above = Self::new(self.low.max(1), self.high);
        below.into_iter().chain(above)
    }

    /// By all but zero; `None` where there is nothing else.
    pub(crate) fn div(self, other: Self) -> Option<Self> {
        other.sides().map(|side| self.corners(side, i128::saturating_div)).reduce(Self::join)
    }

    pub(crate) fn rem(self, other: Self) -> Option<Self> {
        if let (Some(left), Some(right)) = (self.as_point(), other.as_point()) {
            return if right == 0 { None } else { Some(Self::point(left.checked_rem(right).unwrap_or(0))) };
        }
        let largest = other.low.saturating_abs().max(other.high.saturating_abs()).saturating_sub(1);
        let low = if self.low < 0 { self.low.max(largest.saturating_neg()) } else { 0 };
        let high = if self.high > 0 { self.high.min(largest) } else { 0 };
        if largest < 0 { None } else { Self::new(low, high) }
    }

    pub(crate) fn div_euclid(self, other: Self) -> Option<Self> {
        match (self.as_point(), other.as_point()) {
            (Some(left), Some(right)) => left.checked_div_euclid(right).map(Self::point),
            _ if self.low >= 0 && other.low > 0 => self.div(other),
            _ => None,
        }
    }

    pub(crate) fn rem_euclid(self, other: Self) -> Option<Self> {
        match (self.as_point(), other.as_point()) {
            (Some(left), Some(right)) => left.checked_rem_euclid(right).map(Self::point),
            _ if self.low >= 0 && other.low > 0 => self.rem(other),
            _ => None,
        }
    }

    /// `None` where it is not known, or lies outside an `i128`.
    pub(crate) fn pow(self, exponent: Self) -> Option<Self> {
        let power = |base: i128, exponent: i128| base.checked_pow(u32::try_from(exponent).ok()?);
        if let (Some(base), Some(exponent)) = (self.as_point(), exponent.as_point()) {
            return power(base, exponent).map(Self::point);
        }
        if self.low < 1 {
            return None;
        }
        Self::new(power(self.low, exponent.low)?, power(self.high, exponent.high)?)
    }

    pub(crate) fn shl(self, amount: Self) -> Option<Self> {
        let shifted = |value: i128, amount: i128| {
            let factor = 1_i128.checked_shl(u32::try_from(amount).ok()?).filter(|factor| *factor > 0)?;
            value.checked_mul(factor)
        };
        let amount = amount.meet(Self { low: 0, high: 126 })?;
        if self.low < 0 && self.as_point().is_none() {
            return None;
        }
        let (one, other) = (shifted(self.low, amount.low)?, shifted(self.high, amount.high)?);
        Some(Self::point(one).join(Self::point(other)))
    }

    pub(crate) fn shr(self, amount: Self) -> Option<Self> {
        let amount = amount.meet(Self { low: 0, high: 127 })?;
        Some(self.corners(amount, |value, amount| {
            u32::try_from(amount).ok().and_then(|amount| value.checked_shr(amount)).unwrap_or(value)
        }))
    }

    pub(crate) fn and(self, other: Self) -> Option<Self> {
        match (self.as_point(), other.as_point()) {
            (Some(left), Some(right)) => Some(Self::point(left & right)),
            _ if self.low >= 0 && other.low >= 0 => Self::new(0, self.high.min(other.high)),
            _ if self.low >= 0 => Self::new(0, self.high),
            _ if other.low >= 0 => Self::new(0, other.high),
            _ => None,
        }
    }

    pub(crate) fn or(self, other: Self) -> Option<Self> {
        match (self.as_point(), other.as_point()) {
            (Some(left), Some(right)) => Some(Self::point(left | right)),
            _ if self.low >= 0 && other.low >= 0 => {
                Self::new(self.low.max(other.low), filled(self.high.max(other.high))?)
            }
            _ => None,
        }
    }

    pub(crate) fn xor(self, other: Self) -> Option<Self> {
        match (self.as_point(), other.as_point()) {
            (Some(left), Some(right)) => Some(Self::point(left ^ right)),
            _ if self.low >= 0 && other.low >= 0 => Self::new(0, filled(self.high.max(other.high))?),
            _ => None,
        }
    }
}

/// The largest number with as many bits.
fn filled(value: i128) -> Option<i128> {
    let bits = 128_u32.checked_sub(value.leading_zeros())?;
    if bits >= 127 { None } else { 1_i128.checked_shl(bits)?.checked_sub(1) }
}

/// A primitive integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IntType {
    pub(crate) name: &'static str,
    signed: bool,
    /// Of `usize` and `isize`, those that it has at least; at most it has 64.
    bits: u32,
    pointer: bool,
}

const TYPES: [IntType; 12] = [
    fixed("u8", false, 8),
    fixed("u16", false, 16),
    fixed("u32", false, 32),
    fixed("u64", false, 64),
    fixed("u128", false, 128),
    fixed("i8", true, 8),
    fixed("i16", true, 16),
    fixed("i32", true, 32),
    fixed("i64", true, 64),
    fixed("i128", true, 128),
    IntType { name: "usize", signed: false, bits: 32, pointer: true },
    IntType { name: "isize", signed: true, bits: 32, pointer: true },
];

pub(crate) const USIZE: IntType = IntType { name: "usize", signed: false, bits: 32, pointer: true };
pub(crate) const U32: IntType = fixed("u32", false, 32);

const fn fixed(name: &'static str, signed: bool, bits: u32) -> IntType {
    IntType { name, signed, bits, pointer: false }
}

/// What is followed in numbers of 128 bits; beyond it nothing is known of them.
const FOLLOWED: Interval = Interval { low: -(1 << 100), high: 1 << 100 };

impl IntType {
    pub(crate) fn named(name: &str) -> Option<Self> {
        TYPES.into_iter().find(|ty| ty.name == name)
    }

    /// `None` of a type with 128 bits, whose values may lie outside of an interval.
    fn of_bits(self, bits: u32) -> Option<Interval> {
        let wide = 1_i128.checked_shl(if self.signed { bits.checked_sub(1)? } else { bits })?;
        if bits >= 128 {
            return None;
        }
        Interval::new(if self.signed { wide.checked_neg()? } else { 0 }, wide.checked_sub(1)?)
    }

    /// What it holds on every machine.
    pub(crate) fn surely(self) -> Interval {
        let low = if self.signed { FOLLOWED.low } else { 0 };
        self.of_bits(self.bits).unwrap_or(Interval { low, ..FOLLOWED })
    }

    /// What it holds on any. `None` where that is more than an interval does.
    pub(crate) fn possibly(self) -> Option<Interval> {
        self.of_bits(if self.pointer { 64 } else { self.bits })
    }

    /// Its width, at most.
    pub(crate) fn most_bits(self) -> u32 {
        if self.pointer { 64 } else { self.bits }
    }

    pub(crate) fn least_bits(self) -> u32 {
        self.bits
    }

    pub(crate) fn is_signed(self) -> bool {
        self.signed
    }

    /// Its width is the same everywhere.
    pub(crate) fn is_fixed(self) -> bool {
        !self.pointer
    }

    /// The type without a sign, of the same width.
    pub(crate) fn unsigned(self) -> Option<Self> {
        TYPES.into_iter().find(|ty| !ty.signed && ty.bits == self.bits && ty.pointer == self.pointer)
    }

    /// Whether no value of this type can be any of these.
    pub(crate) fn lacks(self, values: Interval) -> bool {
        match self.possibly() {
            Some(held) => held.meet(values).is_none(),
            None => !self.signed && values.high < 0,
        }
    }

    /// Whether each of these is a value of this type, on every machine.
    pub(crate) fn holds(self, values: Interval) -> bool {
        values.is_inside(self.surely())
    }
}
