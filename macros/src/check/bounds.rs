//! What the bounds of a rule say when they are written as literals.

use proc_macro2::Ident;
use quote::quote;
use syn::{Expr, ExprLit, ExprUnary, Lit, UnOp};

use super::{Length, Range, form};
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

/// The value of an integer literal, with its sign.
fn integer(expr: &Expr) -> Option<(bool, u128)> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok().map(|value| (false, value)),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            integer(expr).filter(|(negative, _)| !negative).map(|(_, value)| (value != 0, value))
        }
        Expr::Paren(inner) => integer(&inner.expr),
        Expr::Group(inner) => integer(&inner.expr),
        _ => None,
    }
}

fn float(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => float(expr).map(|value| -value),
        _ => None,
    }
}

pub(super) fn ensure_inside(bound: &Expr, least: i128, largest: u128, report: &mut Report) {
    let Some((negative, value)) = integer(bound) else { return };
    let inside = if negative { value <= least.unsigned_abs() && least < 0 } else { value <= largest };
    if !inside {
        let message =
            format!("this bound is outside the type, which holds {least} to {largest}\nhelp: a bound inside it");
        report.add(Rule::OutsideType, bound, &message);
    }
}

/// An integer by its place among all that a bound can name: negative ones first.
type Place = (bool, u128);

fn place((negative, value): (bool, u128)) -> Place {
    (!negative, if negative { u128::MAX.wrapping_sub(value) } else { value })
}

fn next(place: Place) -> Option<Place> {
    match place {
        (false, u128::MAX) => None,
        // -1 is followed by 0.
        (false, value) if value == u128::MAX.wrapping_sub(1) => Some((true, 0)),
        (sign, value) => value.checked_add(1).map(|value| (sign, value)),
    }
}

pub(super) fn ensure_range(name: &Ident, range: &Range, kind: TypeKind, report: &mut Report) {
    let Range { min, max, exclusive_min, exclusive_max } = range;
    let (lower, upper) = (min.as_ref().or(exclusive_min.as_ref()), max.as_ref().or(exclusive_max.as_ref()));
    if lower.is_none() && upper.is_none() {
        let message = format!("`{name}` without a bound admits everything\nhelp: `{}`", form("range"));
        report.add(Rule::UnboundedCheck, name, &message);
    }
    for (inclusive, exclusive) in [(min, exclusive_min), (max, exclusive_max)] {
        if let (Some(_), Some(exclusive)) = (inclusive, exclusive) {
            let message = "this side has two bounds\nhelp: keep one of them";
            report.add(Rule::EmptyCheck, exclusive, message);
            return;
        }
    }
    ensure_not_all(name, range, kind, report);
    let (Some(lower), Some(upper)) = (lower, upper) else { return };
    let exclusive = exclusive_min.is_some() || exclusive_max.is_some();
    let empty = match (integer(lower).map(place), integer(upper).map(place)) {
        (Some(lower), Some(upper)) if exclusive_min.is_some() && exclusive_max.is_some() => {
            next(lower).is_none_or(|lower| lower >= upper)
        }
        (Some(lower), Some(upper)) if exclusive => lower >= upper,
        (Some(lower), Some(upper)) => lower > upper,
        _ => match (float(lower), float(upper)) {
            (Some(lower), Some(upper)) => lower > upper || exclusive && lower >= upper,
            _ => false,
        },
    };
    if empty {
        let message = format!("`{name}` admits no value: its lower bound is above its upper bound\nhelp: swap them");
        report.add(Rule::EmptyCheck, quote!(#lower), &message);
    }
}

/// A rule that no value of the type can break reads like a check and is none.
fn ensure_not_all(name: &Ident, range: &Range, kind: TypeKind, report: &mut Report) {
    let TypeKind::Integer(least, largest) = kind else { return };
    if range.exclusive_min.is_some() || range.exclusive_max.is_some() {
        return;
    }
    let least = place((least < 0, least.unsigned_abs()));
    let from_least = range.min.as_ref().is_none_or(|min| integer(min).map(place) == Some(least));
    let to_largest = range.max.as_ref().is_none_or(|max| integer(max) == Some((false, largest)));
    let written = range.min.is_some() || range.max.is_some();
    if written && from_least && to_largest {
        let message = format!(
            "`{name}` admits every value of the type\nhelp: a bound inside it, or, when every value will do: `#[trusted(reason = \"..\")]`"
        );
        report.add(Rule::UnboundedCheck, name, &message);
    }
}

pub(super) fn ensure_length(name: &Ident, length: &Length, report: &mut Report) {
    let Length { min, max, equal, .. } = length;
    for bound in [min, max, equal].into_iter().flatten() {
        ensure_inside(bound, 0, u64::MAX.into(), report);
    }
    if max.is_none() && equal.is_none() {
        let message = format!("`{name}` without `max` or `equal` admits any size\nhelp: `{}`", form("length"));
        report.add(Rule::UnboundedCheck, name, &message);
        return;
    }
    if let Some(equal) = equal
        && (min.is_some() || max.is_some())
    {
        let message = "`equal` stands alone\nhelp: `length(equal = 8)`, or `length(min = 1, max = 8)`";
        report.add(Rule::EmptyCheck, equal, message);
        return;
    }
    let (Some(min), Some(max)) = (min, max) else { return };
    if let (Some(least), Some(most)) = (integer(min).map(place), integer(max).map(place))
        && least > most
    {
        let message = format!("`{name}` admits no value: its `min` is above its `max`\nhelp: swap them");
        report.add(Rule::EmptyCheck, min, &message);
    }
}
