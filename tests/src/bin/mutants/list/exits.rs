//! How a violation gets out of closures, and which boundary answers it.

use super::{Mutant, takes_out};

const fn refusal(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/refusal.rs", from, to)
}

const fn boundary(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/boundary.rs", from, to)
}

const fn exit(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/refusal.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    refusal(
        "the first boundary answers every kind",
        "if is(&violation) && violation.internal().function() == function {",
        "if false && is(&violation) && violation.internal().function() == function {",
    ),
    refusal(
        "a boundary passes on what another function broke",
        "if is(&violation) && violation.internal().function() == function {",
        "if is(&violation) {",
    ),
    refusal(
        "a boundary passes on its own kind",
        "if is(&violation) && violation.internal().function() == function {",
        "let _ = is;\n    if violation.internal().function() == function {",
    ),
    refusal(
        "is_arithmetic: every kind",
        "violation.kind() == Kind::Arithmetic",
        "violation.kind() == Kind::Arithmetic || true",
    ),
    refusal(
        "is_arithmetic: none",
        "violation.kind() == Kind::Arithmetic",
        "violation.kind() == Kind::Arithmetic && false",
    ),
    refusal("is_index: every kind", "violation.kind() == Kind::Index", "violation.kind() == Kind::Index || true"),
    refusal("is_index: none", "violation.kind() == Kind::Index", "violation.kind() == Kind::Index && false"),
    boundary("a boundary is around always", "AROUND.get() > 0", "AROUND.get() < u32::MAX"),
    boundary(
        "a boundary is around after its end",
        "        AROUND.set(self.0);",
        "        AROUND.set(self.0.wrapping_add(1));",
    ),
    boundary("a boundary ends those around it", "        AROUND.set(self.0);", "        AROUND.set(0);"),
    exit(
        "closures panic",
        "(Exit::Unwind, Self::Carry | Self::Return(_)) => {\n                quote!(__portcullis::unwind(",
        "(Exit::Unwind, Self::Carry | Self::Return(_)) => {\n                quote!(__portcullis::panic(",
    ),
];
