//! `or(saturate)` and `or(wrap)` of operators.

use super::{Mutant, takes_out};

const fn arithmetic(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic.rs", from, to)
}

const fn operator(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/operator.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    arithmetic(
        "saturating add wraps",
        "__portcullis_saturating_add saturating_add \"",
        "__portcullis_saturating_add wrapping_add \"",
    ),
    arithmetic(
        "wrapping add saturates",
        "__portcullis_wrapping_add wrapping_add \"",
        "__portcullis_wrapping_add saturating_add \"",
    ),
    arithmetic(
        "saturating sub wraps",
        "__portcullis_saturating_sub saturating_sub \"",
        "__portcullis_saturating_sub wrapping_sub \"",
    ),
    arithmetic(
        "wrapping sub saturates",
        "__portcullis_wrapping_sub wrapping_sub \"",
        "__portcullis_wrapping_sub saturating_sub \"",
    ),
    arithmetic(
        "saturating mul wraps",
        "__portcullis_saturating_mul saturating_mul \"",
        "__portcullis_saturating_mul wrapping_mul \"",
    ),
    arithmetic(
        "wrapping mul saturates",
        "__portcullis_wrapping_mul wrapping_mul \"",
        "__portcullis_wrapping_mul saturating_mul \"",
    ),
    arithmetic(
        "saturating div wraps",
        "__portcullis_saturating_div saturating_div \"",
        "__portcullis_saturating_div wrapping_div \"",
    ),
    arithmetic(
        "wrapping div saturates",
        "__portcullis_wrapping_div wrapping_div \"",
        "__portcullis_wrapping_div saturating_div \"",
    ),
    arithmetic(
        "saturating rem of another operation",
        "__portcullis_saturating_rem saturating_rem \"",
        "__portcullis_saturating_rem saturating_div \"",
    ),
    arithmetic(
        "wrapping rem of another operation",
        "__portcullis_wrapping_rem wrapping_rem \"",
        "__portcullis_wrapping_rem wrapping_div \"",
    ),
    arithmetic(
        "saturating div: the smallest by minus one wraps",
        "Ok(Done(self.saturating_div(right)))",
        "Ok(Done(self.wrapping_div(right)))",
    ),
    arithmetic(
        "wrapping div: the smallest by minus one saturates",
        "Ok(Done(self.wrapping_div(right)))",
        "Ok(Done(self.saturating_div(right)))",
    ),
    arithmetic(
        "saturating div: zero unchecked",
        "if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.saturating_div(right))) }",
        "let _ = operator;\n                Ok(Done(if right == 0 { self } else { self.saturating_div(right) }))",
    ),
    arithmetic(
        "wrapping div: zero unchecked",
        "if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.wrapping_div(right))) }",
        "let _ = operator;\n                Ok(Done(if right == 0 { self } else { self.wrapping_div(right) }))",
    ),
    arithmetic(
        "wrapping rem: zero unchecked",
        "if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.wrapping_rem(right))) }",
        "let _ = operator;\n                Ok(Done(if right == 0 { self } else { self.wrapping_rem(right) }))",
    ),
    arithmetic(
        "wrapping rem: the smallest by minus one panics",
        "Ok(Done(self.wrapping_rem(right)))",
        "Ok(Done(self % right))",
    ),
    arithmetic("saturating shl: zero saturates", "                    None if self == 0 => 0,\n", ""),
    arithmetic("saturating shl: too far leaves nothing", "None if self > 0 => <$int>::MAX,", "None if self > 0 => 0,"),
    arithmetic("saturating shl: negative to the wrong end", "None => <$int>::MIN,", "None => <$int>::MAX,"),
    arithmetic("saturating shr: negative to zero", "if self < 0 { !0 } else { 0 }", "0"),
    arithmetic(
        "wrapping shl: too far leaves nothing",
        "Ok(Done(self.wrapping_shl(amount)))",
        "Ok(Done(self.checked_shl(amount).unwrap_or(0)))",
    ),
    arithmetic(
        "wrapping shr: too far leaves nothing",
        "Ok(Done(self.wrapping_shr(amount)))",
        "Ok(Done(self.checked_shr(amount).unwrap_or(0)))",
    ),
    arithmetic("wrapping amount: not its low bits", "                self as u32\n", "                self.amount()\n"),
    arithmetic("saturating neg wraps", "Ok(Done(self.saturating_neg()))", "Ok(Done(self.wrapping_neg()))"),
    arithmetic("wrapping neg saturates", "Ok(Done(self.wrapping_neg()))", "Ok(Done(self.saturating_neg()))"),
    arithmetic(
        "saturating floats: sums are differences",
        "(@ saturating_add + saturating_sub -",
        "(@ saturating_add - saturating_sub +",
    ),
    arithmetic(
        "saturating floats: products are quotients",
        "saturating_mul * saturating_div / saturating_rem",
        "saturating_mul / saturating_div * saturating_rem",
    ),
    arithmetic(
        "wrapping floats: sums are differences",
        "(@ wrapping_add + wrapping_sub -",
        "(@ wrapping_add - wrapping_sub +",
    ),
    arithmetic(
        "wrapping floats: products are quotients",
        "wrapping_mul * wrapping_div / wrapping_rem",
        "wrapping_mul / wrapping_div * wrapping_rem",
    ),
    arithmetic("floats: no sign", "Ok(Done(-self))", "Ok(Done(self))"),
    operator(
        "or(saturate) wraps",
        "Or::Saturate => format!(\"saturating_{}\"",
        "Or::Saturate => format!(\"wrapping_{}\"",
    ),
    operator("or(wrap) saturates", "Or::Wrap => format!(\"wrapping_{}\"", "Or::Wrap => format!(\"saturating_{}\""),
];
