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
    takes_out("what a pattern binds", LEAF, "!binds_nothing(&arm.pat) || ", ""),
    takes_out("a guard that calls", LEAF, "|arm| is_asked(&arm.pat)", "|arm| is_asked(&arm.pat) || true"),
    takes_out("any call", LEAF, "is_wrapper(&call.func)", "true"),
    takes_out("any value", LEAF, "value => self.is_primitive(value) || is_none(value),", "_ => true,"),
    takes_out(
        "past the last statement",
        LEAF,
        "if at == last\n            && ",
        "if last != usize::MAX\n            && ",
    ),
    takes_out("no way on is looked for", LEAF, "if ways.len() == 1 { ways.pop() } else { None }", "{ ways.pop() }"),
];
