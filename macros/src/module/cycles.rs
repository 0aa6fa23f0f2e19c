//! PC0201: functions that call each other, and none of them has a bound.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use proc_macro2::TokenStream;
use syn::Attribute;

use super::calls::Calls;
use super::escapes::{Escapes, is_excused};
use super::graph::{Graph, steps};
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
    let unbounded = unbounded(seen, &calls.certain, block);
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
            let cycle = left.shortest_cycle(&component);
            let message = format!("nothing bounds this recursion: {}", seen.path_of(&cycle));
            complain(seen, calls, &cycle, (Rule::UnboundedRecursion, message), report);
        }
    }
}

/// Without what a bound stands on.
pub(super) fn unbounded(seen: &Seen, calls: &Graph, block: &TokenStream) -> Graph {
    let bounds: Vec<Bound> = seen.functions.iter().map(|function| bound(function, block)).collect();
    let is_written = |id: FunctionId| matches!(bounds.get(id), Some(Bound::Written { .. }));
    // A function that calls itself has its bound by default; several that call each other have several counts.
    let bounds_itself = |id: FunctionId| bounds.get(id) == Some(&Bound::Default);
    calls.without(is_written).with_edges(|from, to| from != to || !bounds_itself(from))
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

/// With the way round, and the ways out.
pub(super) fn complain(
    seen: &Seen,
    calls: &Calls,
    cycle: &[FunctionId],
    (rule, mut message): (Rule, String),
    report: &mut Report,
) {
    let function = |id: &FunctionId| seen.functions.get(*id);
    let Some(first) = cycle.first().and_then(function) else { return };
    for (from, to) in steps(cycle) {
        let (Some(first), Some(next)) = (function(from), function(to)) else { continue };
        let (first, next) = (&first.name, &next.name);
        let edge = (*from, *to);
        let place = match (calls.places.get(&edge), calls.indirect.get(&edge)) {
            (Some(place), _) => {
                let _ = write!(message, "\n       `{first}` names `{next}`");
                place
            }
            (None, Some((place, how))) => {
                let _ = write!(message, "\n       `{first}` may call `{next}` through {how}");
                place
            }
            (None, None) => continue,
        };
        if let Some(line) = crate::line(*place) {
            let _ = write!(message, " in line {line}");
        }
    }
    message.push_str(if cycle.len() == 1 {
        "\nhelp: write a bound on it: `#[bounded_recursion(max = 64)]`"
    } else {
        "\nhelp: write a bound on one of them, `#[bounded_recursion(max = 64)]`\n\
         help: or one for all: `portcullis::recursion_group!(GROUP);` and `#[bounded_recursion(max = 64, group = GROUP)]`"
    });
    message.push_str("\nhelp: or say what bounds it: `#[portcullis::allow(recursion, reason = \"..\")]`");
    report.add(rule, &first.sig.ident, &message);
}
