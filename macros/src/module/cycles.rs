//! PC0201: functions that call each other, and none of them has a bound.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use proc_macro2::TokenStream;
use syn::Attribute;

use super::calls::Calls;
use super::escapes::{Escapes, is_excused};
use super::graph::steps;
use super::seen::{Function, FunctionId, Seen};
use super::standing::{Bound, bound, is_zero_trust, reaching};
use crate::args;
use crate::policy::{is_observed, is_skipped};
use crate::report::Report;
use crate::rules::Rule;

pub(super) fn ensure_bounded(
    seen: &Seen,
    calls: &Calls,
    block: &TokenStream,
    escapes: &mut Escapes,
    report: &mut Report,
) {
    let bounds: Vec<Bound> = seen.functions.iter().map(|function| bound(function, block)).collect();
    let is_written = |id: FunctionId| matches!(bounds.get(id), Some(Bound::Written { .. }));
    // A function that calls itself has its bound by default; several that call each other have several counts.
    let bounds_itself = |id: FunctionId| bounds.get(id) == Some(&Bound::Default);
    let unbounded = calls.certain.without(is_written).with_edges(|from, to| from != to || !bounds_itself(from));
    let function = |id: &FunctionId| seen.functions.get(*id);
    for function in unbounded.components().iter().flatten().filter_map(function) {
        escapes.excuse(function);
    }
    // Where nothing is refused, nothing is bounded either, and nobody asks for it.
    let is_observed = |of: &Function| reaching(of, block).is_some_and(is_observed);
    let left = unbounded.without(|id| function(&id).is_some_and(|of| is_excused(of) || is_observed(of)));
    let mut reported = BTreeSet::new();
    for component in left.components() {
        let members: Vec<&Function> = component.iter().filter_map(function).collect();
        // What types have from one trait is one mistake.
        let written: BTreeSet<FunctionId> = members.iter().map(|function| function.written).collect();
        if !has_attribute_around(&members) && reported.insert(written) {
            complain(seen, calls, &left.shortest_cycle(&component), report);
        }
    }
}

/// Whether the functions stand in a block inside with the attribute, which says it itself.
pub(super) fn has_attribute_around(functions: &[&Function]) -> bool {
    let is_told = |attrs: &[Attribute]| {
        attrs.iter().any(|attribute| is_zero_trust(attribute) && !is_skipped(args::tokens_of(attribute)))
    };
    let around = functions.first().map_or(&[][..], |function| &function.around);
    around
        .iter()
        .filter(|attrs| is_told(attrs))
        .any(|attrs| functions.iter().all(|function| function.around.iter().any(|other| Rc::ptr_eq(attrs, other))))
}

fn complain(seen: &Seen, calls: &Calls, cycle: &[FunctionId], report: &mut Report) {
    let function = |id: &FunctionId| seen.functions.get(*id);
    let Some(first) = cycle.first().and_then(function) else { return };
    let mut message = format!("nothing bounds this recursion: {}", seen.path_of(cycle));
    for (from, to) in steps(cycle) {
        if let (Some(caller), Some(called), Some(place)) =
            (function(from), function(to), calls.places.get(&(*from, *to)))
        {
            let _ = write!(message, "\n       `{}` names `{}`", caller.name, called.name);
            if let Some(line) = crate::line(*place) {
                let _ = write!(message, " in line {line}");
            }
        }
    }
    message.push_str(if cycle.len() == 1 {
        "\nhelp: write a bound on it: `#[bounded_recursion(max = 64)]`"
    } else {
        "\nhelp: write a bound on one of them, `#[bounded_recursion(max = 64)]`\n\
         help: or one for all: `portcullis::recursion_group!(GROUP);` and `#[bounded_recursion(max = 64, group = GROUP)]`"
    });
    message.push_str("\nhelp: or say what bounds it: `#[portcullis::allow(recursion, reason = \"..\")]`");
    report.add(Rule::UnboundedRecursion, &first.sig.ident, &message);
}
