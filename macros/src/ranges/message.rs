//! What is said of a finding.

use quote::ToTokens as _;
use syn::{BinOp, Expr};

use super::interval::{IntType, Interval};
use super::operator::Fault;
use super::value::{Kind, Value, Whole};
use super::walk::Compared;
use super::witness::Claim;
use super::{Input, Of};
use crate::text;

/// A number as a person writes it in code.
pub(crate) fn number(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    if value < 0 { format!("-{grouped}") } else { grouped }
}

fn range(range: Interval) -> String {
    match range.as_point() {
        Some(value) => number(value),
        None => format!("{}..={}", number(range.low), number(range.high)),
    }
}

/// An expression, when it is short enough to be read in a sentence.
pub(super) fn shown(expr: &Expr) -> String {
    // Without `explain`, and the parentheses that it needs.
    if let Expr::Paren(inner) = expr {
        return shown(&inner.expr);
    }
    let text = text::of_code(expr.to_token_stream());
    if text.chars().count() <= 40 { format!("`{text}`") } else { "this".to_owned() }
}

fn values(claim: &Claim<'_>) -> String {
    let each = claim.named.iter().map(|(input, value)| match input.of {
        Of::Bool => format!("{}\u{a0}=\u{a0}{}", input.shown, *value != 0),
        _ => format!("{}\u{a0}=\u{a0}{}", input.shown, number(*value)),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The claim, and what to write.
pub(crate) fn of_claim(claim: &Claim<'_>) -> String {
    let at = values(claim);
    let expr = shown(claim.failure.expr);
    let beyond = |verb: &str| match (claim.threshold, &*claim.named) {
        (Some(threshold), [(input, value)]) if threshold.from != *value => {
            let sign = if threshold.up { ">=" } else { "<=" };
            format!("; every {} {sign} {} {verb}", input.shown, number(threshold.from))
        }
        _ => String::new(),
    };
    let (sentence, help) = match claim.failure.fault {
        Fault::Overflow(ty, result) => {
            let result = result.map_or_else(
                || "the result is outside of it".to_owned(),
                |result| format!("the result is {}", number(result)),
            );
            (format!("{expr} overflows {}: at {at} {result}{}", ty.name, beyond("overflows")), widened(claim, ty))
        }
        Fault::Zero => (
            format!("{expr} divides by zero: the rules admit {at}{}", beyond("does")),
            "divide with `checked_div`, or `checked_rem`".to_owned(),
        ),
        Fault::Shift(ty, amount) => (
            format!(
                "{expr} shifts {} by {}, and it has {} bits: at {at}{}",
                ty.name,
                range(amount),
                ty.most_bits(),
                beyond("shifts too far")
            ),
            "shift with `checked_shl`, or `checked_shr`".to_owned(),
        ),
        Fault::Index(index, length) => (
            format!(
                "{expr} is outside of what it indexes: at {at} the index is {}, and the length {}{}",
                range(index),
                range(length),
                beyond("is outside")
            ),
            "take it with `get(..)`".to_owned(),
        ),
        Fault::Cast(ty, value) => (
            format!(
                "{expr} loses the value: at {at} it is {}, which {} does not hold{}",
                range(value),
                ty.name,
                beyond("loses")
            ),
            format!("convert with `{}::try_from(..)`", ty.name),
        ),
    };
    let rule = limit(claim).map(|rule| format!("\nhelp: or {rule}")).unwrap_or_default();
    let holds = match claim.failure.fault {
        Fault::Overflow(ty, _) => ty.possibly().map(|held| format!("\n{} holds {}", ty.name, range(held))),
        _ => None,
    };
    format!("{sentence}{}\nhelp: {help}{rule}", holds.unwrap_or_default())
}

/// The rule that leaves out what fails.
fn limit(claim: &Claim<'_>) -> Option<String> {
    let threshold = claim.threshold.filter(|threshold| threshold.is_limit)?;
    let (input, _) = claim.named.first()?;
    let rule = if matches!(input.of, Of::Length(_)) { "length" } else { "range" };
    let name = input.shown.trim_end_matches(".len()");
    Some(if threshold.up {
        format!("lower the rule of `{name}`: `{rule}(max = {})`", number(threshold.from.checked_sub(1)?))
    } else {
        format!("raise the rule of `{name}`: `{rule}(min = {})`", number(threshold.from.checked_add(1)?))
    })
}

/// The form that does not overflow.
fn widened(claim: &Claim<'_>, ty: IntType) -> String {
    let method = |name: &str| format!("refuse it yourself with `{name}`");
    let (left, op, right) = match claim.failure.expr {
        Expr::Binary(binary) => (&*binary.left, binary.op, &*binary.right),
        Expr::Unary(_) => return method("checked_neg"),
        Expr::MethodCall(call) => return method(&format!("checked_{}", call.method)),
        _ => return method("checked_add"),
    };
    let (name, sign) = match op {
        BinOp::Add(_) | BinOp::AddAssign(_) => ("checked_add", "+"),
        BinOp::Sub(_) | BinOp::SubAssign(_) => ("checked_sub", "-"),
        BinOp::Mul(_) | BinOp::MulAssign(_) => ("checked_mul", "*"),
        BinOp::Rem(_) | BinOp::RemAssign(_) => ("checked_rem", "%"),
        _ => ("checked_div", "/"),
    };
    let Fault::Overflow(_, Some(result)) = claim.failure.fault else { return method(name) };
    let wide = ["i64", "i128"].into_iter().filter_map(IntType::named).find(|wide| {
        let takes = ty.is_fixed() && wide.least_bits() > ty.least_bits() && wide.holds(Interval::point(result));
        takes && ty.possibly().is_some_and(|held| wide.holds(held))
    });
    let is_plain = matches!(op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_));
    let operand = |expr: &Expr, wide: IntType| match expr {
        Expr::Lit(_) => Some(text::of_code(expr.to_token_stream())).filter(|text| !text.contains(ty.name)),
        Expr::Path(_) => Some(format!("{}::from({})", wide.name, text::of_code(expr.to_token_stream()))),
        _ => None,
    };
    match wide {
        Some(wide) if is_plain => match (operand(left, wide), operand(right, wide)) {
            (Some(left), Some(right)) => format!("widen first: `{left} {sign} {right}`"),
            _ => format!("widen the operands first, with `{}::from(..)`", wide.name),
        },
        Some(wide) => format!("make it {}, or {}", wide.name, method(name)),
        None => method(name),
    }
}

/// A condition that the rules decide.
pub(crate) fn of_condition(compared: &Compared<'_>, holds: bool, inputs: &[&Input]) -> String {
    let verb = if holds { "always" } else { "never" };
    let admitted: Vec<String> =
        inputs.iter().map(|input| format!("{} in {}", input.shown, range(input.range))).collect();
    let sentence = format!("{} is {verb} true: the rules admit {}", shown(compared.expr), admitted.join(", "));
    format!("{sentence}\nhelp: remove the condition, or mend the rule")
}

/// What is known of a value.
pub(crate) fn of_value(expr: &Expr, value: Value) -> String {
    let known = match value.kind {
        Kind::Int(Whole { ty: Some(ty), range: held, .. }) => format!("{} in {}", ty.name, range(held)),
        Kind::Int(Whole { ty: None, range: held, .. }) => {
            format!("a whole number in {}, of a type that is not seen", range(held))
        }
        Kind::Bool { .. } => match value.decided() {
            Some(decided) => format!("always {decided}"),
            None => "true or false".to_owned(),
        },
        Kind::List { length, .. } => format!("a list with a length in {}", range(length)),
        Kind::Hidden(_) | Kind::Fields(_) | Kind::Unknown => {
            "nothing, since its type or its value is not seen".to_owned()
        }
    };
    format!("known of {}: {known}\nhelp: remove `explain`", shown(expr))
}
