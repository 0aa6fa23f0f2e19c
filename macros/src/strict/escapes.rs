//! `#[portcullis::allow(unwrap, reason = "..")]`: which rule does not hold under it.

use syn::{Attribute, Meta};

use super::{RULES, escape_name, rule_named};
use crate::args::{self, Value};
use crate::report::Report;
use crate::rewrite::is_escape;
use crate::rules::Rule;

/// The escapes around the place where the walk is.
#[derive(Default)]
pub(super) struct Escapes {
    open: Vec<Escape>,
    /// Whether there was any.
    pub(super) taken: bool,
    pub(super) report: Report,
}

struct Escape {
    rule: Rule,
    path: syn::Path,
    used: bool,
    whole: bool,
}

impl Escapes {
    /// Takes the escapes off the attributes, and tells how many are open now. Those from `cast` stay where another walk looks
    /// at casts. `whole`: they cover all that the reader sees behind them.
    pub(super) fn open(&mut self, attributes: &mut Vec<Attribute>, whole: bool, casts_are_covered: bool) -> usize {
        let mut opened = 0_usize;
        let is_mine = |attribute: &mut Attribute| {
            is_escape(attribute) && !(casts_are_covered && excused(attribute) == Some(Rule::UncheckedCast))
        };
        for attribute in attributes.extract_if(.., is_mine) {
            self.taken = true;
            let Some(name) = first_name(&attribute).filter(|name| rule_named(name).is_some()) else {
                let all = RULES.map(|(name, ..)| format!("`{name}`")).join(", ");
                let message = format!(
                    "an escape names the rule that it excuses from, and why\n\
                     help: `#[portcullis::allow(unwrap, reason = \"..\")]`; known: {all}"
                );
                self.report.add(Rule::WrongEscape, &attribute.meta, &message);
                continue;
            };
            args::ensure_escape_reason(&name, &attribute, &mut self.report);
            if let Some(rule) = rule_named(&name) {
                let path = attribute.path().clone();
                self.open.push(Escape { rule, path, used: false, whole });
                opened = opened.saturating_add(1);
            }
        }
        opened
    }

    /// The end of what the innermost ones cover.
    pub(super) fn close(&mut self, opened: usize) {
        for _ in 0..opened {
            let Some(Escape { rule, path, used: false, whole }) = self.open.pop() else { continue };
            let name = escape_name(rule);
            if whole {
                let message = format!(
                    "this escape excuses nothing: no `{name}` that {} would refuse is under it\nhelp: remove it",
                    rule.code()
                );
                self.report.add(Rule::EscapesNothing, &path, &message);
            } else {
                let message = format!(
                    "inside an expression an escape needs parentheses around what it covers\n\
                     help: `#[portcullis::allow({name}, reason = \"..\")] (..)`"
                );
                self.report.add(Rule::WrongEscape, &path, &message);
            }
        }
    }

    /// Whether the rule does not hold here. Asking is using.
    pub(super) fn excuse(&mut self, rule: Rule) -> bool {
        let innermost = self.open.iter_mut().rev().find(|escape| escape.rule == rule);
        innermost.is_some_and(|escape| {
            escape.used = true;
            true
        })
    }
}

/// Whether the attribute excuses from a rule of `strict`, and not from one of a block.
pub(crate) fn is_strict_escape(attribute: &Attribute) -> bool {
    is_escape(attribute) && excused(attribute).is_some()
}

pub(super) fn excused(attribute: &Attribute) -> Option<Rule> {
    rule_named(&first_name(attribute)?)
}

fn first_name(attribute: &Attribute) -> Option<proc_macro2::Ident> {
    let Meta::List(list) = &attribute.meta else { return None };
    let first = args::list(list.tokens.clone()).ok()?.into_iter().next()?;
    matches!(first.value, Value::Flag).then_some(first.name)
}
