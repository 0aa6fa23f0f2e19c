//! Points and lengths of time: `runtime/src/arithmetic/time.rs`.

use super::{Mutant, takes_out};

const fn time(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic/time.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    time(
        "points in time: beyond unchecked",
        "fitting(self.$checked(right), ",
        "fitting(self.$checked(right).or(Some(self)), ",
    ),
    time("lengths: a sum saturates", "fitting(self.checked_add(right), ", "fitting(Some(self.saturating_add(right)), "),
    time(
        "lengths: a difference saturates",
        "fitting(self.checked_sub(right), ",
        "fitting(Some(self.saturating_sub(right)), ",
    ),
    time(
        "lengths: a product saturates",
        "fitting(self.checked_mul(right), ",
        "fitting(Some(self.saturating_mul(right)), ",
    ),
    time(
        "lengths: zero unchecked",
        "match self.checked_div(right) {",
        "match self.checked_div(right).or(Some(self)) {",
    ),
    time("lengths: code of a division", "Err(by_zero(operator, \"Duration\"))", "Err(beyond(operator, \"Duration\"))"),
    time(
        "lengths: a saturating sum is refused",
        "Ok(Done(self.saturating_add(right)))",
        "Number::add(self, right, \"+\")",
    ),
    time(
        "lengths: a saturating difference is refused",
        "Ok(Done(self.saturating_sub(right)))",
        "Number::sub(self, right, \"-\")",
    ),
    time(
        "lengths: a saturating product is refused",
        "Ok(Done(self.saturating_mul(right)))",
        "Number::mul(self, right, \"*\")",
    ),
    time(
        "lengths: a wrapping sum saturates",
        "Number::add(self, right, operator)",
        "Ok(Done(Number::saturating_add(self, right, operator)?.value()))",
    ),
    time(
        "lengths: a wrapping difference saturates",
        "Number::sub(self, right, operator)",
        "Number::saturating_sub(self, right, operator)",
    ),
    time(
        "lengths: a wrapping product saturates",
        "Number::mul(self, right, operator)",
        "Number::saturating_mul(self, right, operator)",
    ),
    time(
        "lengths: a saturating division by zero unchecked",
        "fn saturating_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {\n        Number::div(self, right, operator)",
        "fn saturating_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {\n        Number::div(self, right.max(1), operator)",
    ),
    time(
        "lengths: a wrapping division by zero unchecked",
        "fn wrapping_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {\n        Number::div(self, right, operator)",
        "fn wrapping_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {\n        Number::div(self, right.max(1), operator)",
    ),
    time("Instant not listed", "points!(Instant SystemTime);", "points!(SystemTime);"),
    time("SystemTime not listed", "points!(Instant SystemTime);", "points!(Instant);"),
    time(
        "length and length missing",
        "impl ByInteger for Operands<'_, Duration, Duration> {\n    type Number = Duration;\n    type Right = Duration;\n    #[inline]\n    fn __portcullis_numbers(&self) -> (Duration, Duration) {\n        (*self.0, *self.1)\n    }\n}\n",
        "",
    ),
    time(
        "length and number missing",
        "impl ByInteger for Operands<'_, Duration, u32> {\n    type Number = Duration;\n    type Right = u32;\n    #[inline]\n    fn __portcullis_numbers(&self) -> (Duration, u32) {\n        (*self.0, *self.1)\n    }\n}\n",
        "",
    ),
    time(
        "number and length missing",
        "impl ByInteger for Operands<'_, u32, Duration> {\n    type Number = Duration;\n    type Right = u32;\n    #[inline]\n    fn __portcullis_numbers(&self) -> (Duration, u32) {\n        (*self.1, *self.0)\n    }\n}\n",
        "",
    ),
];
