//! The codes of violations, so that they can be counted in places of their own.

/// What [`Violation::code`](crate::Violation::code) can be, and at the end what is none of them.
pub(crate) const CODES: [&str; 26] = [
    "input.range",
    "input.length",
    "input.finite",
    "input.one_of",
    "input.ascii",
    "input.non_control",
    "input.email",
    "input.url",
    "input.regex",
    "input.require",
    "input.required",
    "input.depth",
    "input.custom",
    "arithmetic.overflow",
    "arithmetic.division",
    "cast.lossy",
    "index.bounds",
    "recursion.depth",
    "recursion.stack",
    "steps",
    "allocation",
    "memory",
    "busy",
    "deadline",
    "panic",
    "other",
];

/// Where a code is in the table.
pub(crate) fn place(code: &str) -> usize {
    CODES.iter().position(|known| *known == code).unwrap_or(CODES.len().saturating_sub(1))
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{CODES, place};

    #[test]
    fn each_code_has_its_place_and_what_is_unknown_the_last() {
        for (at, code) in CODES.iter().enumerate() {
            assert_eq!(place(code), at);
        }
        assert_eq!(place("new.code"), CODES.len() - 1);
    }
}
