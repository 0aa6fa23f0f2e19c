//! The macros whose arguments are known: `macros/src/known_macros/`.

use super::{Mutant, takes_out};

const fn known(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/known_macros/mod.rs", from, to)
}

const fn events(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/known_macros/events.rs", from, to)
}

const fn select(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/known_macros/select.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    known("write left out", "| \"write\" |", "|"),
    known("assert_eq left out", "| \"assert_eq\" |", "|"),
    known("assert left out", "\"assert\" | \"debug_assert\" =>", "\"debug_assert\" =>"),
    known("vec left out", "        \"vec\" => repeat(call.tokens.clone(), visit),\n", ""),
    known("matches left out", "        \"matches\" => matches(call.tokens.clone(), visit),\n", ""),
    known("guard of matches left out", "        visit(&mut guard);\n", "        let _ = &mut guard;\n"),
    known("length of a vec left out", "            visit(&mut length);\n", ""),
    known("named arguments left out", "Expr::Assign(assign) => visit(&mut assign.right),", "Expr::Assign(_) => {}"),
    known("text of a lone assertion", "\"assertion failed: {}\"", "\"assertion: {}\""),
    known("anyhow left out", "| \"anyhow\" |", "|"),
    known("ensure left out", "        \"ensure\" => several(call.tokens.clone(), visit),\n", ""),
    known("a lone condition of ensure rewritten", "if count < 2 {", "if count < 1 {"),
    known("info left out", "| \"info\" |", "|"),
    known("info_span left out", "| \"info_span\" |", "|"),
    known("join left out", "\"join\" | \"try_join\" =>", "\"try_join\" =>"),
    known("select left out", "        \"select\" => select::branches(call.tokens.clone(), visit),\n", ""),
    known("values of dbg left out", "arguments.iter_mut().for_each(&mut visit);", "let _ = &mut visit;"),
    known("text of a lone dbg", "*only = argument_text(call);", "let _ = only;"),
    events(
        "values of fields left out",
        "                    visit(&mut value);\n",
        "                    let _ = &mut value;\n",
    ),
    events("arguments of a message left out", "None if *after_message => 0,", ""),
    events(
        "fields in braces left out",
        "if fields.delimiter() == Delimiter::Brace &&",
        "if false && fields.delimiter() == Delimiter::Brace &&",
    ),
    events("a message in braces taken for fields", "Delimiter::Brace && !*after_message =>", "Delimiter::Brace =>"),
    events(
        "a shown value left out",
        "value.checked_add(shown.into())",
        "value.checked_add(usize::from(shown && false))",
    ),
    events("target left out", "            Some(2)\n", "            None\n"),
    events("semicolons left out", "matches!(punct.as_char(), ',' | ';')", "matches!(punct.as_char(), ',')"),
    select("futures left out", "visit(&mut future);", "let _ = &mut future;"),
    select("conditions of branches left out", "visit(&mut condition);", "let _ = &mut condition;"),
    select("handlers left out", "visit(&mut handler);", "let _ = &mut handler;"),
    select("biased left out", "if input.peek(biased) && input.peek2(Token![;]) {", "if false && input.peek(biased) {"),
    select("joined futures left out", "list(rest, visit)?", "{ let _ = visit; rest }"),
];
