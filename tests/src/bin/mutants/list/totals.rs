//! `sum` and `product`: `runtime/src/total.rs`, whose own tests look closer, and `runtime/src/arithmetic/method.rs`.

use super::{Mutant, takes_out};

const fn total(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/total.rs", from, to)
}

const fn method(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic/method.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    total(
        "sum: a carry ignored",
        "(carries == 0).then_some(sum)",
        "{\n            let _ = carries;\n            Some(sum)\n        }",
    ),
    total("sum: every carry counts up", "if up { 1 } else { -1 }", "if up { 1 } else { 1 }"),
    total(
        "sum of narrow numbers in a slice cut off",
        "total.wrapping_add(sum(block)));\n            total.try_into().ok()",
        "total.wrapping_add(sum(block)));\n            Some(total as $int)",
    ),
    total(
        "sum of a long slice cut off",
        "total.wrapping_add(exact(block));\n            }\n            total.try_into().ok()",
        "total.wrapping_add(exact(block));\n            }\n            Some(total as $int)",
    ),
    total("sum of an iterator cut off", "else { sum.try_into().ok() }", "else { Some(sum as $int) }"),
    total("product wraps", "product.checked_mul(number)", "Some(product.wrapping_mul(number))"),
    method(
        "saturating sum wraps",
        "if saturating { numbers.fold(0, <$int>::saturating_add) } else",
        "if saturating { numbers.fold(0, <$int>::wrapping_add) } else",
    ),
    method(
        "wrapping sum saturates",
        "else { numbers.fold(0, <$int>::wrapping_add) }",
        "else { numbers.fold(0, <$int>::saturating_add) }",
    ),
    method(
        "saturating product wraps",
        "if saturating { numbers.fold(1, <$int>::saturating_mul) } else",
        "if saturating { numbers.fold(1, <$int>::wrapping_mul) } else",
    ),
    method(
        "wrapping product saturates",
        "else { numbers.fold(1, <$int>::wrapping_mul) }",
        "else { numbers.fold(1, <$int>::saturating_mul) }",
    ),
    method(
        "sum of lengths of time saturates",
        "numbers.try_fold(Self::ZERO, Self::checked_add)",
        "Some(numbers.by_ref().fold(Self::ZERO, Self::saturating_add))",
    ),
    method(
        "saturating sum of lengths of time is refused",
        "if saturating { Some(numbers.fold(Self::ZERO, Self::saturating_add)) } else { Self::sum(numbers) }",
        "let _ = saturating;\n        Self::sum(numbers)",
    ),
    method(
        "wrapping sum of lengths of time saturates",
        "if saturating { Some(numbers.fold(Self::ZERO, Self::saturating_add)) } else { Self::sum(numbers) }",
        "let _ = saturating;\n        Some(numbers.fold(Self::ZERO, Self::saturating_add))",
    ),
    method("name of a sum of a slice", "fitting(\"sum\", T::sum_slice", "fitting(\"total\", T::sum_slice"),
    method("name of a product", "fitting(\"product\"", "fitting(\"total\""),
];
