//! PC0202: recursion through a `dyn` or a pointer to a function, which `strict` wants a bound on.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::calls::Calls;
use super::cycles::{complain, has_attribute_around, unbounded};
use super::escapes::{Escapes, is_excused};
use super::seen::{Function, FunctionId, Seen};
use super::standing::reaching;
use crate::report::Report;
use crate::rules::Rule;
use crate::strict::is_asked_for;

pub(super) fn ensure_bounded(
    seen: &Seen,
    calls: &Calls,
    block: &TokenStream,
    escapes: &mut Escapes,
    report: &mut Report,
) {
    let is_strict = |function: &Function| reaching(function, block).is_some_and(|args| is_asked_for(&args));
    if calls.indirect.is_empty() || !seen.functions.iter().any(is_strict) {
        return;
    }
    let mut all = calls.certain.clone();
    for (from, to) in calls.indirect.keys() {
        all.add(*from, *to);
    }
    // PC0201 tells of those.
    let certain: BTreeSet<FunctionId> =
        unbounded(seen, &calls.certain, block).components().into_iter().flatten().collect();
    let perhaps = unbounded(seen, &all, block).without(|id| certain.contains(&id));
    let function = |id: &FunctionId| seen.functions.get(*id);
    for component in perhaps.components() {
        if component.iter().filter_map(function).any(is_strict) {
            component.iter().filter_map(function).for_each(|function| {
                escapes.excuse(function);
            });
        }
    }
    let left = perhaps.without(|id| function(&id).is_some_and(is_excused));
    let mut reported = BTreeSet::new();
    for component in left.components() {
        let members: Vec<&Function> = component.iter().filter_map(function).collect();
        let written: BTreeSet<FunctionId> = members.iter().map(|function| function.written).collect();
        let is_asked = members.iter().any(|function| is_strict(function));
        if is_asked && !has_attribute_around(&members) && reported.insert(written) {
            let cycle = left.shortest_cycle(&component);
            let message = format!("nothing bounds this recursion, if there is one: {}", seen.path_of(&cycle));
            complain(seen, calls, &cycle, (Rule::IndirectRecursion, message), report);
        }
    }
}
