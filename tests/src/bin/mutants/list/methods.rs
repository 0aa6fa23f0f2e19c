//! The methods of integers: `runtime/src/arithmetic/method.rs` and `macros/src/rewrite/method.rs`.

use super::{Mutant, takes_out};

const fn method(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic/method.rs", from, to)
}

const fn named(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/method.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    method("pow wraps", "number.checked_pow(by)", "Some(number.wrapping_pow(by))"),
    method("saturating pow wraps", "number.saturating_pow(by)", "number.wrapping_pow(by)"),
    method("wrapping pow saturates", "number.wrapping_pow(by)", "number.saturating_pow(by)"),
    method(
        "div_euclid: zero unchecked",
        "number.checked_div_euclid(by), else",
        "if by == 0 { Some(number) } else { number.checked_div_euclid(by) }, else",
    ),
    method(
        "div_euclid: the smallest by minus one wraps",
        "number.checked_div_euclid(by), else",
        "if by == 0 { None } else { Some(number.wrapping_div_euclid(by)) }, else",
    ),
    method(
        "wrapping div_euclid: zero unchecked",
        "where nonzero, number.wrapping_div_euclid(by), else \"div_euclid\"",
        "if by == 0 { number } else { number.wrapping_div_euclid(by) }",
    ),
    method(
        "saturating div_euclid: zero unchecked",
        "where nonzero, number.checked_div_euclid(by).unwrap_or(<$int>::MAX), else \"div_euclid\"",
        "number.checked_div_euclid(by).unwrap_or(<$int>::MAX)",
    ),
    method(
        "saturating div_euclid wraps",
        "number.checked_div_euclid(by).unwrap_or(<$int>::MAX)",
        "number.wrapping_div_euclid(by)",
    ),
    method(
        "rem_euclid: zero unchecked",
        "number.checked_rem_euclid(by), else",
        "if by == 0 { Some(number) } else { number.checked_rem_euclid(by) }, else",
    ),
    method(
        "rem_euclid: the smallest by minus one wraps",
        "number.checked_rem_euclid(by), else",
        "if by == 0 { None } else { Some(number.wrapping_rem_euclid(by)) }, else",
    ),
    method(
        "wrapping rem_euclid: zero unchecked",
        "__portcullis_wrapping_rem_euclid(number, by: $int) -> $int, where nonzero, number.wrapping_rem_euclid(by), else \"rem_euclid\"",
        "__portcullis_wrapping_rem_euclid(number, by: $int) -> $int, if by == 0 { number } else { number.wrapping_rem_euclid(by) }",
    ),
    method(
        "saturating rem_euclid: zero unchecked",
        "__portcullis_saturating_rem_euclid(number, by: $int) -> $int, where nonzero, number.wrapping_rem_euclid(by), else \"rem_euclid\"",
        "__portcullis_saturating_rem_euclid(number, by: $int) -> $int, if by == 0 { number } else { number.wrapping_rem_euclid(by) }",
    ),
    method("ilog2 and ilog10: of nothing unchecked", "number.$checked()", "Some(number.$checked().unwrap_or(0))"),
    method("ilog10 takes ilog2", "ilog10 checked_ilog10", "ilog10 checked_ilog2"),
    method("ilog: unchecked", "number.checked_ilog(base)", "Some(number.checked_ilog(base).unwrap_or(0))"),
    method("abs wraps", "number.checked_abs()", "Some(number.wrapping_abs())"),
    method("saturating abs wraps", "number.saturating_abs()", "number.wrapping_abs()"),
    method("wrapping abs saturates", "number.wrapping_abs()", "number.saturating_abs()"),
    method("method neg wraps", "number.checked_neg()", "Some(number.wrapping_neg())"),
    method("saturating method neg wraps", "number.saturating_neg()", "number.wrapping_neg()"),
    method("wrapping method neg saturates", "number.wrapping_neg()", "number.saturating_neg()"),
    method(
        "isqrt: negative unchecked",
        "__portcullis_isqrt(number) -> $int, number.checked_isqrt()",
        "__portcullis_isqrt(number) -> $int, Some(number.checked_isqrt().unwrap_or(0))",
    ),
    method(
        "wrapping isqrt: negative unchecked",
        "__portcullis_wrapping_isqrt(number) -> $int, number.checked_isqrt()",
        "__portcullis_wrapping_isqrt(number) -> $int, Some(number.checked_isqrt().unwrap_or(0))",
    ),
    method(
        "saturating isqrt: negative not to zero",
        "number.checked_isqrt().unwrap_or(0)",
        "number.checked_isqrt().unwrap_or(1)",
    ),
    method(
        "next_power_of_two wraps",
        "number.checked_next_power_of_two(), else",
        "Some(number.checked_next_power_of_two().unwrap_or(0)), else",
    ),
    method(
        "saturating next_power_of_two wraps",
        "number.checked_next_power_of_two().unwrap_or(<$int>::MAX)",
        "number.checked_next_power_of_two().unwrap_or(0)",
    ),
    method(
        "wrapping next_power_of_two saturates",
        "number.checked_next_power_of_two().unwrap_or(0)",
        "number.checked_next_power_of_two().unwrap_or(<$int>::MAX)",
    ),
    method(
        "next_multiple_of: too large unchecked",
        "number.checked_next_multiple_of(of), else",
        "if of == 0 { None } else { Some(number.checked_next_multiple_of(of).unwrap_or(0)) }, else",
    ),
    method(
        "next_multiple_of: zero unchecked",
        "number.checked_next_multiple_of(of), else",
        "if of == 0 { Some(number) } else { number.checked_next_multiple_of(of) }, else",
    ),
    method(
        "saturating next_multiple_of: zero unchecked",
        "where nonzero, number.checked_next_multiple_of(of).unwrap_or(<$int>::MAX), else \"next_multiple_of\"",
        "number.checked_next_multiple_of(of).unwrap_or(<$int>::MAX)",
    ),
    method(
        "saturating next_multiple_of: to zero",
        "number.checked_next_multiple_of(of).unwrap_or(<$int>::MAX)",
        "number.checked_next_multiple_of(of).unwrap_or(0)",
    ),
    method(
        "wrapping next_multiple_of: zero unchecked",
        "where nonzero, match number.wrapping_rem(of) {\n                    0 => number,\n                    rest => number.wrapping_add(of.wrapping_sub(rest)),\n                }, else \"next_multiple_of\"",
        "match number.checked_rem(of).unwrap_or(0) {\n                    0 => number,\n                    rest => number.wrapping_add(of.wrapping_sub(rest)),\n                }",
    ),
    method(
        "wrapping next_multiple_of saturates",
        "number.wrapping_add(of.wrapping_sub(rest))",
        "number.saturating_add(of.wrapping_sub(rest))",
    ),
    method("wrapping next_multiple_of: a multiple is not its own", "                    0 => number,\n", ""),
    method(
        "div_ceil: zero unchecked",
        "__portcullis_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else \"div_ceil\"",
        "__portcullis_div_ceil(number, by: $int) -> $int, if by == 0 { 0 } else { number.div_ceil(by) }",
    ),
    method(
        "saturating div_ceil: zero unchecked",
        "__portcullis_saturating_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else \"div_ceil\"",
        "__portcullis_saturating_div_ceil(number, by: $int) -> $int, if by == 0 { 0 } else { number.div_ceil(by) }",
    ),
    method(
        "wrapping div_ceil: zero unchecked",
        "__portcullis_wrapping_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else \"div_ceil\"",
        "__portcullis_wrapping_div_ceil(number, by: $int) -> $int, if by == 0 { 0 } else { number.div_ceil(by) }",
    ),
    method("code of a division by a method", "if by == 0 { by_zero(method", "if by != 0 { by_zero(method"),
    method("name of pow", "beyond(\"pow\"", "beyond(\"power\""),
    method(
        "place of a method",
        "        #[inline]\n        #[track_caller]\n        #[doc(hidden)]\n        pub fn $name",
        "        #[inline]\n        #[doc(hidden)]\n        pub fn $name",
    ),
    named("pow left out", "    (\"pow\", 1),\n", "    (\"pow\", 9),\n"),
    named("abs left out", "    (\"abs\", 0),\n", "    (\"abs\", 9),\n"),
    named("neg left out", "    (\"neg\", 0),\n", "    (\"neg\", 9),\n"),
    named("next_power_of_two left out", "    (\"next_power_of_two\", 0),\n", "    (\"next_power_of_two\", 9),\n"),
    named("next_multiple_of left out", "    (\"next_multiple_of\", 1),\n", "    (\"next_multiple_of\", 9),\n"),
    named("div_euclid left out", "    (\"div_euclid\", 1),\n", "    (\"div_euclid\", 9),\n"),
    named("rem_euclid left out", "    (\"rem_euclid\", 1),\n", "    (\"rem_euclid\", 9),\n"),
    named("div_ceil left out", "    (\"div_ceil\", 1),\n", "    (\"div_ceil\", 9),\n"),
    named("ilog left out", "    (\"ilog\", 1),\n", "    (\"ilog\", 9),\n"),
    named("ilog2 left out", "    (\"ilog2\", 0),\n", "    (\"ilog2\", 9),\n"),
    named("ilog10 left out", "    (\"ilog10\", 0),\n", "    (\"ilog10\", 9),\n"),
    named("isqrt left out", "    (\"isqrt\", 0),\n", "    (\"isqrt\", 9),\n"),
    named("sum left out", "(name == \"sum\" || name == \"product\")", "name == \"product\""),
    named("product left out", "(name == \"sum\" || name == \"product\")", "name == \"sum\""),
    named(
        "arguments of methods left out",
        "call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));\n        let refuse",
        "let refuse",
    ),
    named(
        "receivers of methods left out",
        "        self.visit_expr_mut(expr);\n        if matches!(kind, Kind::Place)",
        "        if matches!(kind, Kind::Place)",
    ),
    named("methods are checked unasked", ".filter(|arithmetic| arithmetic.methods)", ".filter(|_| true)"),
    named("paths of u8 left out", "\"u8\"", "\"-\""),
    named("paths of u32 left out", "\"u32\"", "\"-\""),
    named("paths of usize left out", "\"usize\"", "\"-\""),
    named("paths of i64 left out", "\"i64\"", "\"-\""),
];
