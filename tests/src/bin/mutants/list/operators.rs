//! The operators of numbers: `runtime/src/arithmetic.rs`.

use super::{Mutant, takes_out};

const fn runtime(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    // The checks.
    runtime("add: wraps", "match self.checked_add(right) {", "match Some(self.wrapping_add(right)) {"),
    runtime("sub: wraps", "match self.checked_sub(right) {", "match Some(self.wrapping_sub(right)) {"),
    runtime("mul: wraps", "match self.checked_mul(right) {", "match Some(self.wrapping_mul(right)) {"),
    runtime(
        "div: zero unchecked",
        "match self.checked_div(right) {",
        "match if right == 0 { Some(self) } else { self.checked_div(right) } {",
    ),
    runtime(
        "div: MIN / -1 unchecked",
        "match self.checked_div(right) {",
        "match if right == 0 { None } else { Some(self.wrapping_div(right)) } {",
    ),
    runtime(
        "rem: zero unchecked",
        "match self.checked_rem(right) {",
        "match if right == 0 { Some(self) } else { self.checked_rem(right) } {",
    ),
    runtime(
        "rem: MIN % -1 unchecked",
        "match self.checked_rem(right) {",
        "match if right == 0 { None } else { Some(self.wrapping_rem(right)) } {",
    ),
    runtime(
        "shl: wraps",
        "match self.checked_shl(amount) {\n                    Some(shifted) => Ok(",
        "match Some(self.wrapping_shl(amount)) {\n                    Some(shifted) => Ok(",
    ),
    runtime("shr: wraps", "match self.checked_shr(amount) {", "match Some(self.wrapping_shr(amount)) {"),
    runtime(
        "shl: the width itself passes",
        "match self.checked_shl(amount) {\n                    Some(shifted) => Ok(",
        "match if amount == <$int>::BITS { Some(0) } else { self.checked_shl(amount) } {\n                    Some(shifted) => Ok(",
    ),
    runtime(
        "shr: the last place is refused",
        "match self.checked_shr(amount) {",
        "match self.checked_shr(amount).filter(|_| amount < <$int>::BITS - 1) {",
    ),
    runtime("neg: wraps", "match self.checked_neg() {", "match Some(self.wrapping_neg()) {"),
    runtime("shift amount: cut to 32 bits", "u32::try_from(self).unwrap_or(u32::MAX)", "self as u32"),
    // The types.
    runtime("i8 has no sign", "signed!(i8 ", "signed!("),
    runtime("i128 has no sign", "signed!(i8 i16 i32 i64 i128 ", "signed!(i8 i16 i32 i64 "),
    runtime("isize has no sign", "signed!(i8 i16 i32 i64 i128 isize);", "signed!(i8 i16 i32 i64 i128);"),
    runtime("f32 not listed", "floats!(f32 f64);", "floats!(f64);"),
    // The references.
    runtime(
        "amount by reference missing",
        "impl<T: ShiftAmount> ShiftAmount for &T {\n    #[inline]\n    fn amount(self) -> u32 {\n        (*self).amount()\n    }\n    #[inline]\n    fn low_bits(self) -> u32 {\n        (*self).low_bits()\n    }\n}\n",
        "",
    ),
    // The answers.
    runtime("compound form not assigning", "*place = self.0;", "let _ = (place, self.0);"),
    runtime(
        "others say: checked",
        "as_written(&self) -> bool {\n        true",
        "as_written(&self) -> bool {\n        false",
    ),
    runtime(
        "a method that takes another operation",
        "__portcullis_sub_assign sub \"-=\"",
        "__portcullis_sub_assign add \"-=\"",
    ),
    runtime("two methods exchanged", "__portcullis_div div \"/\"", "__portcullis_div rem \"/\""),
    runtime("operator text of a sum", "__portcullis_add add \"+\"", "__portcullis_add add \"-\""),
    runtime(
        "operator text of a compound sum",
        "__portcullis_add_assign add \"+=\"",
        "__portcullis_add_assign add \"+\"",
    ),
    runtime("operator text of a shift", "__portcullis_shr shr \">>\"", "__portcullis_shr shr \"<<\""),
    runtime("operator text of a negation", "__portcullis_neg negated \"-\"", "__portcullis_neg negated \"!\""),
    // The violation.
    runtime(
        "code of a division",
        "if right == 0 {\n                refused(",
        "if right != 0 {\n                refused(",
    ),
    runtime("unsigned direction", "operator.starts_with('-')", "operator.starts_with('+')"),
    runtime("signed direction", "result.leading_zeros() > 0", "result.leading_zeros() == 0"),
    runtime("the smallest value left of a division", "kept(<$int>::MIN), kept(right)", "kept(right), kept(right)"),
    runtime("left side of a shift", "Values::Operands(kept(left),", "Values::Operands(kept(0),"),
    runtime("operand of a negation", "Values::Operand(Integer::Signed(self as i128))", "Values::None"),
    runtime(
        "place in the source",
        "        #[inline]\n        #[track_caller]\n        fn $method(&self) -> Result<Done<",
        "        #[inline]\n        fn $method(&self) -> Result<Done<",
    ),
];
