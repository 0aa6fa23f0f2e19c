//! Stacks: `runtime/src/stack.rs` and its rooms, and what the macro makes of `mode`.

use super::{Mutant, takes_out};

const STACK: &str = "runtime/src/stack.rs";
const BOUNDS: &str = "runtime/src/stack/bounds.rs";
const VIOLATION: &str = "runtime/src/violation.rs";
const PASS: &str = "macros/src/passes/bounded_recursion.rs";

pub(super) const MUTANTS: &[Mutant] = &[
    takes_out(
        "where only the reserve is left",
        STACK,
        "Some(left) if left < reserve => {",
        "Some(left) if left > left => {",
    ),
    takes_out("all of the stack is used", STACK, "Some(left) if left < reserve => {", "Some(left) if left < 256 => {"),
    takes_out("the window has the reserve too", STACK, "self.bounds.low.wrapping_add(reserve)", "self.bounds.low"),
    takes_out(
        "a foreign stack is the thread's",
        STACK,
        "(!self.told || pointer.wrapping_sub(low) < size).then(",
        "(size > 0).then(",
    ),
    takes_out("nobody says what goes unwatched", STACK, "!said.swap(true, Ordering::Relaxed)", "false"),
    takes_out("each call says that it goes unwatched", STACK, "!said.swap(true, Ordering::Relaxed)", "true"),
    takes_out("a small stack is all reserve", STACK, "size / PART", "size"),
    takes_out("a tiny stack is watched", STACK, "size if size < LEAST => 0", "0 => 0"),
    takes_out("main without a limit", BOUNDS, "unwrap_or(MAIN)", "unwrap_or(usize::MAX)"),
    takes_out(
        "the key of a stack",
        VIOLATION,
        "{ key: kept, .. } | Cause::Stack { key: kept, .. }",
        "{ key: kept, .. }",
    ),
    takes_out("the stack is not asked", PASS, "(self.mode != Mode::Count).then(", "false.then("),
    takes_out("both only count", PASS, r#"("both", Mode::Both)"#, r#"("both", Mode::Count)"#),
];
