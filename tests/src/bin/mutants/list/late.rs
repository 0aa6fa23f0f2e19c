//! Operands whose type is a parameter: `runtime/src/arithmetic/late.rs`.

use super::{Mutant, takes_out};

const fn late(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic/late.rs", from, to)
}

const fn types(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/late.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    late("late: u8 not listed", "integers!(u8 u16", "integers!(u16"),
    late("late: u16 not listed", "(u8 u16 u32", "(u8 u32"),
    late("late: u32 not listed", "u16 u32 u64", "u16 u64"),
    late("late: u64 not listed", "u32 u64 u128", "u32 u128"),
    late("late: u128 not listed", "u64 u128 usize", "u64 usize"),
    late("late: usize not listed", "u128 usize i8", "u128 i8"),
    late("late: i8 has no sign", "isize; i8 i16", "isize; i16"),
    late("late: i64 has no sign", "i32 i64 i128 isize);", "i32 i128 isize);"),
    late("late: no name of an integer is short", "name.len() > \"usize\".len()", "name.len() >= \"usize\".len()"),
    late("late: a compound form not assigning", "*place = bits as $int;", "let _ = (place, bits);"),
    late(
        "late: the low bits of an amount",
        "if O::MASKED { amount.low_bits() }",
        "if !O::MASKED { amount.low_bits() }",
    ),
    types("late: a reference is none", "} else if id == TypeId::of::<&'static N>() {", "} else if false {"),
    types("late: the name of a reference", "name.split_at(1).1", "name"),
    types("late: what only refers is ruled out", "&& (alike || refers)", "&& alike"),
];
