//! What an operator gives, and where it fails.

use syn::BinOp;

use super::interval::{IntType, Interval, U32};
use super::value::Whole;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Shl,
    Shr,
    And,
    Or,
    Xor,
    Neg,
    Pow,
    Abs,
    DivEuclid,
    RemEuclid,
}

/// Why a place fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// With what the result would be, where that is known.
    Overflow(IntType, Option<i128>),
    /// Without a divisor: division, or remainder.
    Zero,
    /// The amount.
    Shift(IntType, Interval),
    /// The index and the length.
    Index(Interval, Interval),
    /// Cast into the type, of this value.
    Cast(IntType, Interval),
}

/// Whether an operation fails, for the values that its operands may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fails {
    Never,
    /// It may, or not.
    Perhaps,
    Surely(Fault),
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) fails: Fails,
    /// Where it does not fail.
    pub(crate) result: Option<Whole>,
}

/// The operator of `+=` and its like.
pub(crate) fn of_compound(op: &BinOp) -> Option<Op> {
    Some(match op {
        BinOp::AddAssign(_) => Op::Add,
        BinOp::SubAssign(_) => Op::Sub,
        BinOp::MulAssign(_) => Op::Mul,
        BinOp::DivAssign(_) => Op::Div,
        BinOp::RemAssign(_) => Op::Rem,
        BinOp::ShlAssign(_) => Op::Shl,
        BinOp::ShrAssign(_) => Op::Shr,
        BinOp::BitAndAssign(_) => Op::And,
        BinOp::BitOrAssign(_) => Op::Or,
        BinOp::BitXorAssign(_) => Op::Xor,
        _ => return None,
    })
}

pub(crate) fn of_binary(op: &BinOp) -> Option<Op> {
    Some(match op {
        BinOp::Add(_) => Op::Add,
        BinOp::Sub(_) => Op::Sub,
        BinOp::Mul(_) => Op::Mul,
        BinOp::Div(_) => Op::Div,
        BinOp::Rem(_) => Op::Rem,
        BinOp::Shl(_) => Op::Shl,
        BinOp::Shr(_) => Op::Shr,
        BinOp::BitAnd(_) => Op::And,
        BinOp::BitOr(_) => Op::Or,
        BinOp::BitXor(_) => Op::Xor,
        _ => return None,
    })
}

/// Of two numbers. `None` where nothing is known, and it may fail.
pub(crate) fn apply(op: Op, left: Whole, right: Whole) -> Option<Outcome> {
    if matches!(op, Op::Shl | Op::Shr) {
        return shift(op, left, right);
    }
    if op == Op::Pow {
        return power(left, right.of(U32)?);
    }
    let (left, right) = left.unified(right)?;
    let (a, b) = (left.range, right.range);
    let Some(ty) = left.ty else { return untyped(op, left, right) };
    match op {
        Op::Add => Some(fit(ty, a.add(b))),
        Op::Sub => Some(fit(ty, a.sub(b))),
        Op::Mul => Some(fit(ty, a.mul(b))),
        Op::Div | Op::Rem | Op::DivEuclid | Op::RemEuclid => Some(divide(op, ty, a, b)),
        Op::And | Op::Or | Op::Xor => {
            let bits = match op {
                Op::And => a.and(b),
                Op::Or => a.or(b),
                _ => a.xor(b),
            };
            let result = bits.and_then(|bits| clip(ty, bits)).or_else(|| Whole::any(ty));
            Some(Outcome { fails: Fails::Never, result })
        }
        Op::Shl | Op::Shr | Op::Neg | Op::Pow | Op::Abs => None,
    }
}

/// Of one.
pub(crate) fn apply_one(op: Op, of: Whole) -> Option<Outcome> {
    let result = match op {
        Op::Neg => of.range.neg(),
        Op::Abs if of.range.low >= 0 => of.range,
        Op::Abs => {
            let below = Interval::new(of.range.low, of.range.high.min(0))?.neg();
            Interval::new(0, of.range.high).map_or(below, |above| below.join(above))
        }
        _ => return None,
    };
    match of.ty {
        Some(ty) if ty.is_signed() => Some(fit(ty, result)),
        None if op == Op::Neg => Some(Outcome {
            fails: Fails::Never,
            result: Some(Whole { ty: None, range: result, passed: passed(of, of, result) }),
        }),
        _ => None,
    }
}

/// A result that the type may not hold.
fn fit(ty: IntType, result: Interval) -> Outcome {
    let fails = if ty.holds(result) {
        Fails::Never
    } else if ty.lacks(result) {
        Fails::Surely(Fault::Overflow(ty, result.as_point().filter(|value| *value > i128::MIN && *value < i128::MAX)))
    } else {
        Fails::Perhaps
    };
    Outcome { fails, result: clip(ty, result) }
}

/// What of it the type may hold.
fn clip(ty: IntType, result: Interval) -> Option<Whole> {
    let held = match ty.possibly() {
        Some(held) => held.meet(result)?,
        None if ty.holds(result) => result,
        None => return None,
    };
    Some(Whole::typed(ty, held))
}

fn divide(op: Op, ty: IntType, a: Interval, b: Interval) -> Outcome {
    if b.as_point() == Some(0) {
        return Outcome { fails: Fails::Surely(Fault::Zero), result: None };
    }
    let quotient = if matches!(op, Op::DivEuclid | Op::RemEuclid) { a.div_euclid(b) } else { a.div(b) };
    // The least value by -1, whose remainder fails with it.
    let overflow = quotient.map(|quotient| fit(ty, quotient));
    let result = match op {
        Op::Rem => a.rem(b).and_then(|rest| clip(ty, rest)),
        Op::RemEuclid => a.rem_euclid(b).and_then(|rest| clip(ty, rest)).or_else(|| Whole::any(ty)),
        _ => overflow.map_or_else(|| Whole::any(ty), |outcome| outcome.result),
    };
    let fails = match overflow.map(|outcome| outcome.fails) {
        Some(Fails::Surely(fault)) if !b.contains(0) => Fails::Surely(fault),
        Some(Fails::Never) if !b.contains(0) => Fails::Never,
        _ => Fails::Perhaps,
    };
    Outcome { fails, result }
}

fn shift(op: Op, left: Whole, right: Whole) -> Option<Outcome> {
    let ty = left.ty?;
    let (least, most) = (i128::from(ty.least_bits()), i128::from(ty.most_bits()));
    let amount = right.range;
    let fails = if amount.low >= 0 && amount.high < least {
        Fails::Never
    } else if amount.high < 0 || amount.low >= most {
        Fails::Surely(Fault::Shift(ty, amount))
    } else {
        Fails::Perhaps
    };
    let exact = if op == Op::Shl { left.range.shl(amount) } else { left.range.shr(amount) };
    // Bits that are shifted out are gone, which is no fault.
    let result = exact.filter(|range| ty.holds(*range)).map(|range| Whole::typed(ty, range)).or_else(|| Whole::any(ty));
    Some(Outcome { fails, result })
}

fn power(left: Whole, exponent: Whole) -> Option<Outcome> {
    let ty = left.ty?;
    let exact = left.range.pow(exponent.range);
    Some(exact.map_or_else(|| Outcome { fails: Fails::Perhaps, result: Whole::any(ty) }, |range| fit(ty, range)))
}

/// Of literals, whose type has to hold all of it.
fn untyped(op: Op, left: Whole, right: Whole) -> Option<Outcome> {
    let (a, b) = (left.range, right.range);
    let range = match op {
        Op::Add => a.add(b),
        Op::Sub => a.sub(b),
        Op::Mul => a.mul(b),
        Op::Div if !b.contains(0) => a.div(b)?,
        Op::Rem if !b.contains(0) => a.rem(b)?,
        _ => return None,
    };
    let result = Whole { ty: None, range, passed: passed(left, right, range) };
    let followed = result.passed.low > i128::from(i64::MIN) && result.passed.high < i128::from(u64::MAX);
    followed.then_some(Outcome { fails: Fails::Never, result: Some(result) })
}

fn passed(left: Whole, right: Whole, result: Interval) -> Interval {
    left.passed.join(right.passed).join(result)
}
