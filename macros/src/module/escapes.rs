//! The escapes from the rules of a block: `#[portcullis::allow(recursion, reason = "..")]` before a function or a parameter.

use std::collections::BTreeSet;

use syn::{Attribute, FnArg};

use super::seen::{Function, FunctionId, Seen};
use crate::report::Report;
use crate::rewrite::{ensure_excuses, is_escape};
use crate::rules::Rule;
use crate::strict::is_strict_escape;

const EXCUSED: (&str, &str) = ("recursion", "each step halves the list");

/// Which escapes have excused something.
#[derive(Default)]
pub(super) struct Escapes {
    /// By the function and, of an escape before a parameter, its place.
    used: BTreeSet<(FunctionId, Option<usize>)>,
}

impl Escapes {
    /// Whether the function is excused. Asking is using.
    pub(super) fn excuse(&mut self, function: &Function) -> bool {
        let is_excused = is_excused(function);
        if is_excused {
            self.used.insert((function.written, None));
        }
        is_excused
    }

    /// Whether a parameter is, by an escape before it or before its function.
    pub(super) fn excuse_parameter(&mut self, function: &Function, at: usize, attrs: &[Attribute]) -> bool {
        if attrs.iter().any(is_of_block) {
            self.used.insert((function.written, Some(at)));
            return true;
        }
        self.excuse(function)
    }

    /// Complains about those that are not written well, or excuse nothing.
    pub(super) fn ensure(&self, seen: &Seen, report: &mut Report) {
        let was_clean = report.is_clean();
        for (id, function) in seen.functions.iter().enumerate().filter(|(id, function)| function.written == *id) {
            let of_parameters = function.sig.inputs.iter().enumerate().map(|(at, input)| match input {
                FnArg::Receiver(receiver) => (Some(at), &receiver.attrs),
                FnArg::Typed(parameter) => (Some(at), &parameter.attrs),
            });
            for (at, attrs) in std::iter::once((None, &function.attrs)).chain(of_parameters) {
                let is_here =
                    |attribute: &&Attribute| if at.is_some() { is_escape(attribute) } else { is_of_block(attribute) };
                for attribute in attrs.iter().filter(is_here) {
                    ensure_excuses(EXCUSED, attribute, report);
                    if was_clean && !self.used.contains(&(id, at)) {
                        let message =
                            "this escape excuses nothing: no recursion without a bound is here\nhelp: remove it";
                        report.add(Rule::EscapesNothing, attribute.path(), message);
                    }
                }
            }
        }
    }
}

pub(super) fn is_excused(function: &Function) -> bool {
    function.attrs.iter().any(is_of_block)
}

/// Those from the rules of `strict` are for the functions themselves.
fn is_of_block(attribute: &Attribute) -> bool {
    is_escape(attribute) && !is_strict_escape(attribute)
}
