//! Numbers that stand in the source, and types by their names.

use syn::{Expr, Lit, UnOp};

use super::interval::{IntType, Interval, U32, USIZE};
use super::operator::{self, Fails, Op, Outcome};
use super::value::{Deps, Value, Whole};

pub(super) fn of_literal(literal: &Lit, negative: bool) -> Value {
    let unknown = Value::unknown(Deps::NONE);
    match literal {
        Lit::Bool(value) if !negative => Value::truth(Some(value.value), Deps::NONE),
        Lit::Int(number) => {
            let Ok(value) = number.base10_parse::<i128>() else { return unknown };
            let value = if negative { value.saturating_neg() } else { value };
            match (number.suffix(), IntType::named(number.suffix())) {
                ("", _) => Value::whole(Some(Whole::literal(value)), Deps::NONE),
                (_, Some(ty)) => Value::whole(Whole::literal(value).of(ty), Deps::NONE),
                _ => unknown,
            }
        }
        _ => unknown,
    }
}

/// Of literals and what operators make of them: for constants.
pub(crate) fn constant_whole(expr: &Expr) -> Option<Whole> {
    match expr {
        Expr::Lit(literal) => of_literal(&literal.lit, false).as_whole(),
        Expr::Paren(inner) => constant_whole(&inner.expr),
        Expr::Group(inner) => constant_whole(&inner.expr),
        Expr::Path(path) if path.qself.is_none() => constant(&path.path)?.as_whole(),
        Expr::Unary(unary) => match (&unary.op, &*unary.expr) {
            (UnOp::Neg(_), Expr::Lit(literal)) => of_literal(&literal.lit, true).as_whole(),
            (UnOp::Neg(_), of) => surely(operator::apply_one(Op::Neg, constant_whole(of)?)?),
            _ => None,
        },
        Expr::Binary(binary) => {
            let (left, right) = (constant_whole(&binary.left)?, constant_whole(&binary.right)?);
            surely(operator::apply(operator::of_binary(&binary.op)?, left, right)?)
        }
        _ => None,
    }
}

fn surely(outcome: Outcome) -> Option<Whole> {
    outcome.result.filter(|_| outcome.fails == Fails::Never)
}

/// `i32::MAX`, `u64::BITS`.
pub(super) fn constant(path: &syn::Path) -> Option<Value> {
    let mut segments = path.segments.iter().rev();
    let (constant, of) = (segments.next()?.ident.to_string(), segments.next()?);
    let rest: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
    let known = rest.is_empty() || matches!(&*rest, [root] if root == "std" || root == "core");
    let ty = IntType::named(&of.ident.to_string()).filter(|ty| known && ty.is_fixed())?;
    let all = ty.possibly()?;
    let whole = match &*constant {
        "MAX" => Whole::typed(ty, Interval::point(all.high)),
        "MIN" => Whole::typed(ty, Interval::point(all.low)),
        "BITS" => Whole::typed(U32, Interval::point(ty.most_bits().into())),
        _ => return None,
    };
    Some(Value::whole(Some(whole), Deps::NONE))
}

/// The primitive integer that a type is by its name.
pub(crate) fn type_of(ty: &syn::Type) -> Option<IntType> {
    match ty {
        syn::Type::Paren(inner) => type_of(&inner.elem),
        syn::Type::Group(inner) => type_of(&inner.elem),
        syn::Type::Path(path) if path.qself.is_none() => IntType::named(&path.path.get_ident()?.to_string()),
        _ => None,
    }
}

/// A length that is a literal.
pub(crate) fn length_of(len: &Expr) -> Option<Interval> {
    let length = constant_whole(len)?.of(USIZE)?;
    length.range.as_point().map(Interval::point)
}

/// How many elements a constant array has, or a slice that is lent of one that is written there.
pub(super) fn length_of_constant(ty: &syn::Type, value: &Expr) -> Option<Interval> {
    match (ty, value) {
        (syn::Type::Array(array), _) => length_of(&array.len),
        (syn::Type::Reference(inner), Expr::Reference(value)) => length_of_constant(&inner.elem, &value.expr),
        (syn::Type::Slice(_), Expr::Array(list)) => i128::try_from(list.elems.len()).ok().map(Interval::point),
        _ => None,
    }
}

/// `Vec`, array, slice, and references to them.
pub(crate) fn is_list(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Reference(reference) => reference.mutability.is_none() && is_list(&reference.elem),
        syn::Type::Paren(inner) => is_list(&inner.elem),
        syn::Type::Group(inner) => is_list(&inner.elem),
        syn::Type::Array(_) | syn::Type::Slice(_) => true,
        _ => false,
    }
}

/// Nothing but literals, which no check stands at.
pub(super) fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Block(_) => true,
        Expr::Paren(inner) => is_literal(&inner.expr),
        Expr::Group(inner) => is_literal(&inner.expr),
        Expr::Unary(unary) => is_literal(&unary.expr),
        Expr::Binary(binary) => is_literal(&binary.left) && is_literal(&binary.right),
        Expr::Cast(cast) => is_literal(&cast.expr),
        _ => false,
    }
}
