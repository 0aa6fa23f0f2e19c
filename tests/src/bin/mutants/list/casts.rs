//! Casts: `runtime/src/arithmetic/cast.rs` and `macros/src/rewrite/cast.rs`.

use super::{Mutant, takes_out};

const fn cast(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/arithmetic/cast.rs", from, to)
}

const fn written(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/cast.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    cast(
        "integer casts fit always",
        "(cast as $from == self && (cast < 0) == (self < 0)).then_some(cast)",
        "Some(cast)",
    ),
    cast(
        "integer casts: the sign unchecked",
        "(cast as $from == self && (cast < 0) == (self < 0)).then_some(cast)",
        "(cast as $from == self).then_some(cast)",
    ),
    cast(
        "integer casts: the digits unchecked",
        "(cast as $from == self && (cast < 0) == (self < 0)).then_some(cast)",
        "((cast < 0) == (self < 0)).then_some(cast)",
    ),
    cast("nearest integer: never the least", "if self < 0 { $to::MIN } else { $to::MAX }", "$to::MAX"),
    cast("nearest integer: never the largest", "if self < 0 { $to::MIN } else { $to::MAX }", "$to::MIN"),
    cast("nearest, though the integer fits", "self.0.fits().unwrap_or_else(|| self.0.nearest())", "self.0.nearest()"),
    cast(
        "integer to float fits always",
        "(cast < beyond!($int as $float) && cast as $int == self).then_some(cast)",
        "Some(cast)",
    ),
    cast(
        "integer to float: rounded up beyond the range",
        "(cast < beyond!($int as $float) && cast as $int == self).then_some(cast)",
        "(cast as $int == self).then_some(cast)",
    ),
    cast(
        "integer to float: digits lost in the range",
        "(cast < beyond!($int as $float) && cast as $int == self).then_some(cast)",
        "(cast < beyond!($int as $float)).then_some(cast)",
    ),
    cast(
        "nearest float",
        "fn nearest(self) -> $float {\n                self as $float",
        "fn nearest(self) -> $float {\n                0.0",
    ),
    cast("float to integer: below the least", "self >= LEAST || self > LEAST - 1.0", "!self.is_nan()"),
    cast(
        "float to integer: a fraction below the least is refused",
        "self >= LEAST || self > LEAST - 1.0",
        "self >= LEAST",
    ),
    cast("float to integer: the least itself is refused", "self >= LEAST || self > LEAST - 1.0", "self > LEAST - 1.0"),
    cast("float to integer: above the largest", "(least && self < beyond!($int as $float))", "(least)"),
    cast(
        "float to integer: the first above the largest",
        "self < beyond!($int as $float))",
        "self <= beyond!($int as $float))",
    ),
    cast(
        "nearest integer of a float",
        "fn nearest(self) -> $int {\n                self as $int",
        "fn nearest(self) -> $int {\n                0",
    ),
    cast(
        "value of a lossy cast of integers",
        "lost!($from, $to, value => Some(Integer::$kept(value as $wide)));",
        "lost!($from, $to, _value => None);",
    ),
    cast(
        "value of a lossy cast to a float",
        "lost!($int, $float, value => Some(Integer::$kept(value as $wide)));",
        "lost!($int, $float, _value => None);",
    ),
    cast(
        "types of a lossy cast exchanged",
        "lossy(stringify!($from), stringify!($to), $kept)",
        "lossy(stringify!($to), stringify!($from), $kept)",
    ),
    cast(
        "place of a lossy cast",
        "    #[track_caller]\n    fn __portcullis_cast(&self) -> Result<Done<T>",
        "    fn __portcullis_cast(&self) -> Result<Done<T>",
    ),
    cast("casts to and from f32 not listed", "        integers!(* $from f32 $kept $wide);\n", ""),
    cast("casts to and from f64 not listed", "        integers!(* $from f64 $kept $wide);\n", ""),
    cast(
        "casts to u8 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to u16 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to u32 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to u64 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to u128 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to usize not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to i8 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i16 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to i16 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i8 i32 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to i32 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i64 i128 isize);)*)*};",
    ),
    cast(
        "casts to i64 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i128 isize);)*)*};",
    ),
    cast(
        "casts to i128 not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 isize);)*)*};",
    ),
    cast(
        "casts to isize not listed",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};",
        "=> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128);)*)*};",
    ),
    cast("casts from u16 not listed", "Unsigned u128: u8 u16 ", "Unsigned u128: u8 "),
    cast("casts from usize not listed", " u128 usize;", " u128;"),
    cast("casts from i8 not listed", "Signed i128: i8 ", "Signed i128: "),
    cast("casts from i128 not listed", "i64 i128 isize;", "i64 isize;"),
    written("every mask fits", "|largest| mask <= largest", "|largest| mask <= largest.max(u128::MAX)"),
    written("a mask of the largest is asked about", "|largest| mask <= largest", "|largest| mask < largest"),
    written("a mask has the bits of i8", "i8::MAX.unsigned_abs().into()", "u8::MAX.into()"),
    written(
        "every negated source is a condition",
        "Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)) && is_condition(&unary.expr),\n        Expr::Binary(binary) => match binary.op",
        "Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)),\n        Expr::Binary(binary) => match binary.op",
    ),
    written("every operator is a condition", "            _ => is_condition(source),", "            _ => true,"),
];
