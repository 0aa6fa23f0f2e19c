//! Indexed places: `macros/src/rewrite/index.rs` and its rooms.

use super::{Mutant, takes_out};

const fn check(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/index.rs", from, to)
}

const fn place(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/index/place.rs", from, to)
}

const fn call(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/index/call.rs", from, to)
}

const fn value(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/index/value.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    call(
        "arguments of a number's method left out",
        "if of_a_number { self.visit_value(argument) }",
        "if of_a_number { }",
    ),
    value(
        "values unchecked",
        "__portcullis::Err(#violation) => #otherwise,",
        "__portcullis::Err(#violation) => #native,",
    ),
    value(
        "a map is searched twice for a value",
        "{ #native } else { #found.element() }",
        "{ #native } else { #native }",
    ),
    value(
        "values of fields taken as places",
        "=> self.visit_value(&mut field.base),",
        "=> self.visit_expr_mut(&mut field.base),",
    ),
    takes_out(
        "an element that is lent is searched twice",
        "macros/src/rewrite/index/lent.rs",
        "chain.ends_in_range() || chain.may_end_in_key()",
        "chain.ends_in_range() || chain.ends_in_key()",
    ),
    check(
        "indices unchecked",
        "__portcullis::Ok(#pattern) => { #next }\n                __portcullis::Err(#violation) => #refuse,",
        "__portcullis::Ok(#pattern) => { #next }\n                __portcullis::Err(#violation) => if false { #refuse },",
    ),
    check(
        "written places unchecked",
        "__portcullis::Ok(_) => #next, __portcullis::Err(#violation) => #refuse,",
        "__portcullis::Ok(_) => #next, __portcullis::Err(#violation) => if true { #next } else { #refuse },",
    ),
    call(
        "calls unchecked",
        "__portcullis::Ok(()) => {}\n                __portcullis::Err(#violation) => #refuse,",
        "__portcullis::Ok(()) => {}\n                __portcullis::Err(#violation) => if false { #refuse },",
    ),
    check("a call on an element unchecked", " && last.is_none();", ";"),
    place("indices left out", "self.visit_value(&mut index.index);", ""),
    place(
        "roots left out",
        "                self.visit_expr_mut(&mut root);\n",
        "                let _ = &mut root;\n",
    ),
    check(
        "places in tuples left out",
        "Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|place| self.visit_assigned(place)),",
        "Expr::Tuple(_) => {}",
    ),
    check(
        "places in arrays left out",
        "Expr::Array(array) => array.elems.iter_mut().for_each(|place| self.visit_assigned(place)),",
        "Expr::Array(_) => {}",
    ),
    check(
        "places in structs left out",
        "Expr::Struct(literal) => literal.fields.iter_mut().for_each(|field| self.visit_assigned(&mut field.expr)),",
        "Expr::Struct(_) => {}",
    ),
    check(
        "places in constructors left out",
        "Expr::Call(call) => call.args.iter_mut().for_each(|place| self.visit_assigned(place)),",
        "Expr::Call(_) => {}",
    ),
    call(
        "arguments of index methods left out",
        "call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));\n        if self.is_left",
        "if self.is_left",
    ),
    call(
        "arguments of an element's method left out",
        "call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));\n        let attributes",
        "let attributes",
    ),
    call(
        "arguments of a called element left out",
        "call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));\n        let (before, callee)",
        "let (before, callee)",
    ),
    call(
        "called elements are values",
        "if self.rewrites.indexing.is_none() || !ends_indexed(&call.func)",
        "if true || !ends_indexed(&call.func)",
    ),
    place(
        "elements of constants are values",
        "chain.indices().next().is_some()\n",
        "false && chain.indices().next().is_some()\n",
    ),
    place(
        "bound names are constants",
        "            && !self.bound.contains(&chain.root.to_token_stream().to_string())\n",
        "",
    ),
    check("ref mut is a value", "name.by_ref.is_some() && name.mutability.is_some()", "false && name.by_ref.is_some()"),
    place("behind raw pointers looked at", "self.is_unsafe && chain.steps.iter()", "false && chain.steps.iter()"),
];
