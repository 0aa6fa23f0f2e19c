//! What asks for memory: `runtime/src/allocation/`.

use super::{Mutant, takes_out};

const HELD: &str = "runtime/src/allocation/held.rs";
const SIZED: &str = "runtime/src/allocation/sized.rs";
const MADE: &str = "runtime/src/allocation/made.rs";
const COUNTED: &str = "runtime/src/allocation/counted.rs";
const ADDED: &str = "runtime/src/allocation/added.rs";
const GATHERED: &str = "runtime/src/allocation/gathered.rs";
const READ: &str = "runtime/src/allocation/read.rs";
const TEXT: &str = "runtime/src/allocation/text.rs";
const ALL: &str = "runtime/src/allocation.rs";

pub(super) const MUTANTS: &[Mutant] = &[
    takes_out(
        "allocation: nothing is too much",
        ALL,
        "if asked <= max { Ok(()) }",
        "if asked <= max || max > 0 { Ok(()) }",
    ),
    takes_out(
        "allocation: the limit itself is refused",
        ALL,
        "if asked <= max { Ok(()) }",
        "if asked < max { Ok(()) }",
    ),
    takes_out("allocation: sizes wrap", ALL, "count.saturating_mul(size)", "count.wrapping_mul(size)"),
    takes_out("vec!: an element has no size", ALL, "size::<T>().saturating_add(each)", "1_u64.saturating_add(each)"),
    takes_out(
        "vec!: lists within lists weigh nothing",
        ALL,
        "size::<T>().saturating_add(each)",
        "size::<T>().saturating_add(each & 0)",
    ),
    takes_out(
        "with_capacity: an element has no size",
        MADE,
        "times(wide(count), S::ELEMENT)",
        "times(wide(count), S::ELEMENT.min(1))",
    ),
    takes_out(
        "with_capacity: a second argument",
        MADE,
        "impl<F: Fn(usize, A) -> S, S: Made, A>",
        "impl<F: Fn(usize, A, A) -> S, S: Made, A>",
    ),
    takes_out("with_capacity of HashMap: not known", MADE, "    [K, V, S] HashMap<K, V, S>: (K, V);\n", ""),
    takes_out("reserve: what is there does not count", SIZED, "self.elements().saturating_add(count)", "count"),
    takes_out(
        "reserve: lengths wrap",
        SIZED,
        "self.elements().saturating_add(count)",
        "self.elements().wrapping_add(count)",
    ),
    takes_out("reserve: room does not help", SIZED, "(elements > list.room())", "(elements > 0 || list.room() > 0)"),
    takes_out("repeat: once", SIZED, "times(wide(count), self.whole())", "times(wide(count), self.whole().min(1))"),
    takes_out(
        "reserve: not behind a guard of another crate",
        SIZED,
        "R: Deref<Target: Grows<K>> + ?Sized",
        "R: Deref<Target: Grows<K> + Copy> + ?Sized",
    ),
    takes_out(
        "an element of a map is its key",
        HELD,
        "HashMap<K, V, S>: (K, V), capacity",
        "HashMap<K, V, S>: K, capacity",
    ),
    takes_out(
        "collect: an endless iterator is short",
        COUNTED,
        "if most.is_some_and(|most| most <= left)",
        "if most.is_none_or(|most| most <= left)",
    ),
    takes_out(
        "collect: nothing is refused before the first item",
        COUNTED,
        "} else if shape.all && least > left {",
        "} else if shape.all && least > left && least < 1 {",
    ),
    takes_out(
        "collect: a result is refused before the first item",
        COUNTED,
        "all: tried.is_none() && (kept",
        "all: (kept",
    ),
    takes_out(
        "collect: any type is refused before the first item",
        COUNTED,
        "(kept.starts_with(\"alloc::\") || kept.starts_with(\"std::\"))",
        "kept.len() > 1",
    ),
    takes_out("collect: units weigh", COUNTED, "nothing: kept.starts_with(\"()\")", "nothing: false"),
    takes_out(
        "collect: items weigh nothing",
        COUNTED,
        "Some(length) if self.text => length,\n            _ => self.size::<T>(),",
        "Some(length) if self.text => length,\n            _ => 0,",
    ),
    takes_out(
        "collect: texts weigh as handles",
        COUNTED,
        "Some(length) if self.text => length,",
        "Some(length) if self.text && length > u64::MAX - 1 => length,",
    ),
    takes_out(
        "collect: lists of texts weigh their texts",
        COUNTED,
        "Some(length) if self.text => length,",
        "Some(length) if self.text || length > 9 => length,",
    ),
    takes_out(
        "collect: it ends at the limit as if that were all",
        COUNTED,
        "if self.over { Err(",
        "if self.over && max == 0 { Err(",
    ),
    takes_out(
        "collect: nothing is used again",
        GATHERED,
        "self.course == Course::Written",
        "self.course == Course::Written && self.max == 0",
    ),
    takes_out("extend: what is there does not count", ADDED, "whole.saturating_sub(bytes(self.0.elements()))", "whole"),
    takes_out("extend: room does not help", ADDED, "max.max(bytes(self.0.room()))", "max"),
    takes_out(
        "extend: references are as large as they are",
        COUNTED,
        "each: (!R::TEXT).then_some(R::ELEMENT)",
        "each: (R::TEXT).then_some(R::ELEMENT)",
    ),
    takes_out(
        "extend: a receiver that is made counts nothing",
        ADDED,
        "        counted.verdict()\n",
        "        drop(counted.verdict());\n        Ok(())\n",
    ),
    takes_out(
        "read: what is there does not count",
        READ,
        ".saturating_sub(wide(length))",
        ".saturating_sub(wide(length) & 0)",
    ),
    takes_out(
        "read: the limit is the end",
        READ,
        "Ok(true) => Err(too_much(method, None, self.max)),",
        "Ok(true) => Ok(done),",
    ),
    takes_out(
        "read: the last byte is one too many",
        READ,
        "Ok(false) => Ok(done),",
        "Ok(false) => Err(too_much(method, None, self.max)),",
    ),
    takes_out(
        "read: a letter in two is an error",
        READ,
        "done.as_ref().err().is_none_or(|error| error.kind() == ErrorKind::InvalidData)",
        "done.is_ok()",
    ),
    takes_out(
        "read: an interruption is an error",
        READ,
        "if error.kind() == ErrorKind::Interrupted => {}",
        "if error.kind() == ErrorKind::Interrupted && false => {}",
    ),
    takes_out("read: not behind a guard", READ, "MutexGuard<'_, R>; RwLockWriteGuard", "RwLockWriteGuard"),
    takes_out(
        "texts: a char is a byte",
        TEXT,
        "    char: text => text.len_utf8();",
        "    char: text => text.len_utf8().min(1);",
    ),
    takes_out("texts: a str is none", TEXT, "    &'static str: text => text.len();\n", ""),
];
