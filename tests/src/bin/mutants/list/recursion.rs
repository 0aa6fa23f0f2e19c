//! Depths: `runtime/src/depth.rs` and its rooms, and what the macro makes of a function with one.

use super::{Mutant, takes_out};

const DEPTH: &str = "runtime/src/depth.rs";
const CARRIED: &str = "runtime/src/depth/carried.rs";
const FUTURE: &str = "runtime/src/depth/future.rs";
const LOWER: &str = "macros/src/lower.rs";
const PASS: &str = "macros/src/passes/bounded_recursion.rs";

pub(super) const MUTANTS: &[Mutant] = &[
    takes_out("a call too deep", DEPTH, "if outer != UNLISTED || max == 0 {", "if false {"),
    takes_out("a limit of nothing", DEPTH, "if outer != UNLISTED || max == 0 {", "if outer != UNLISTED {"),
    takes_out("one level more", DEPTH, "if outer >= max.min(MARK - 1) {", "if outer > max.min(MARK - 1) {"),
    takes_out(
        "one deep level more",
        DEPTH,
        "if outer != UNLISTED && outer < max {",
        "if outer != UNLISTED && outer <= max {",
    ),
    takes_out("the count does not go up", DEPTH, "group.levels.set(outer.wrapping_add(1))", "group.levels.set(outer)"),
    takes_out("the count does not come back", DEPTH, "group.levels.set(self.outer)", "drop(group.levels.get())"),
    takes_out("a first entry is not listed", DEPTH, "key.with(|group| group.replace(key, 0));", ""),
    takes_out(
        "a first poll is not listed",
        DEPTH,
        "                carried::list(key);\n                0",
        "                0",
    ),
    takes_out("the key is not kept", DEPTH, "violation.with_key(key.shown())", "{ let _ = key; violation }"),
    takes_out("a future is not deeper", FUTURE, "depth: depth.wrapping_add(1)", "depth"),
    takes_out("a future is always admitted", FUTURE, "if depth > max { Err", "if depth > max && max == 0 { Err"),
    takes_out(
        "a future one level more",
        FUTURE,
        "if depth > max.min(MARK - 1) { seldom",
        "if depth > max.min(MARK - 1) + 1 { seldom",
    ),
    takes_out(
        "a future with a key one level more",
        FUTURE,
        "if depth > max.min(MARK - 1) { deep",
        "if depth > max.min(MARK - 1) + 1 { deep",
    ),
    takes_out("outside of its group a future is too deep", FUTURE, "if depth == UNLISTED {", "if false {"),
    takes_out("a poll leaves its depth", FUTURE, "group.levels.set(self.outer)", "drop((group, self.outer))"),
    takes_out(
        "a poll takes no other counts",
        FUTURE,
        "        scope.others.exchange();\n        let key",
        "        let key",
    ),
    takes_out("a poll leaves other counts", FUTURE, "        self.scope.others.exchange();\n", ""),
    takes_out(
        "other counts are not looked at",
        CARRIED,
        "if COUNT.get() == 0 { Self(None) } else { Self::but(Some(own)) }",
        "Self(None)",
    ),
    takes_out("alone though others are entered", CARRIED, "alone.with(|group| group.is_alone.set(false));", ""),
    takes_out(
        "alone though others are listed",
        CARRIED,
        "group.is_alone.set(listed.is_empty())",
        "group.is_alone.set(true)",
    ),
    takes_out("what is left is alone", CARRIED, "                        group.is_alone.set(false);\n", ""),
    takes_out("what is left stays listed", CARRIED, "                    depth > 0\n", "                    true\n"),
    takes_out("what is left is not unlisted", CARRIED, "group.levels.set(UNLISTED);", ""),
    takes_out(
        "nothing is carried",
        CARRIED,
        "if COUNT.get() == 0 { Self(None) } else { Self::but(None) }",
        "Self(None)",
    ),
    takes_out("what is carried stays", CARRIED, "                self.0.exchange();\n", ""),
    takes_out(
        "a group is its own",
        PASS,
        "if let Some(group) = &self.group {",
        "if let (Some(group), true) = (&self.group, false) {",
    ),
    takes_out(
        "the key is not asked",
        PASS,
        "let Some(key) = &self.key else { return refuse };",
        "let (Some(key), false) = (&self.key, true) else { return refuse };",
    ),
    takes_out(
        "a future that names itself has no bound",
        PASS,
        "self.written || names::holds(subject.item.block.to_token_stream(), &subject.name())",
        "self.written",
    ),
    takes_out(
        "all futures are bound",
        PASS,
        "self.written || names::holds(subject.item.block.to_token_stream(), &subject.name())",
        "true",
    ),
    takes_out(
        "later attributes see no async fn",
        LOWER,
        "if seen_later { quote!(async move { #future.await }) } else { future }",
        "{ let _ = seen_later; future }",
    ),
    takes_out("parameters are not bound in the future", LOWER, "#typed #whole #captured", "#typed #whole"),
    takes_out("an owned self is not taken whole", LOWER, "#typed #whole #captured", "#typed #captured"),
];
