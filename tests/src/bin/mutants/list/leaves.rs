//! What is taken for an exit that calls nothing: `macros/src/leaf.rs`.

use super::{Mutant, takes_out};

const LEAF: &str = "macros/src/leaf.rs";

pub(super) const MUTANTS: &[Mutant] = &[
    takes_out(
        "an operator of any type",
        LEAF,
        "path.path.get_ident().is_some_and(|name| self.primitives.contains(&name.to_string()))",
        "path.path.get_ident().is_some()",
    ),
    takes_out(
        "a type parameter with a primitive's name",
        LEAF,
        "&parameter.ident == name",
        "&parameter.ident == name && false",
    ),
    takes_out(
        "an item that gives a name another meaning",
        LEAF,
        "matches!(statement, Stmt::Item(_) | Stmt::Macro(_))",
        "false",
    ),
    takes_out(
        "a statement that drops",
        LEAF,
        "if self.is_return(returned)",
        "if self.is_return(returned) || self.is_inert(returned)",
    ),
    takes_out("any call", LEAF, "is_wrapper(&call.func)", "true"),
    takes_out("any value", LEAF, "value => self.is_primitive(value) || is_variant(value),", "_ => true,"),
    takes_out("any variant", LEAF, "path.path.segments.len() > 1", "!path.path.segments.is_empty()"),
    takes_out(
        "past the last statement",
        LEAF,
        "is_plain && body.stmts.len().checked_sub(1) == Some(begins)",
        "is_plain",
    ),
    takes_out("any condition", LEAF, "if !self.is_primitive(cond) {", "if false {"),
    takes_out("both ways on", LEAF, "                if is_leaf {\n", "                if is_leaf || !is_leaf {\n"),
];
