//! `strict`: what must not stand in a body that faces a client does not compile. Nothing here replaces anything: a walk over the
//! body complains, and takes its escapes off.

mod blocking;
mod escapes;
mod growth;
mod guards;
mod loops;
mod memory;
mod opaque;
mod panics;
mod partial;
mod paths;
mod peers;
mod process;
mod scopes;
mod shown;
mod sites;
mod splits;
mod steps;
mod takes;
mod tasks;
#[cfg(test)]
mod tests;
mod types;
mod walk;
mod ways;

use proc_macro2::{Ident, TokenStream};
use syn::visit_mut::VisitMut;
use syn::{Item, Safety};

use crate::args::{Arg, Value};
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::{Shape, Subject, async_tail};
pub(crate) use escapes::is_strict_escape;
pub(crate) use shown::Shown;
pub(crate) use steps::is_comparison;
use walk::Walk;

/// The rules by the names that excuse them, each with an example of a reason.
pub(crate) const RULES: [(&str, Rule, &str); 17] = [
    ("unwrap", Rule::Unwrap, "the pattern is a literal, which a test compiles"),
    ("indexing", Rule::UncheckedIndex, "the list has a length that is constant"),
    ("cast", Rule::UncheckedCast, "low byte on purpose"),
    ("panic", Rule::PanickingMacro, "the branch is closed by the check above"),
    ("loop", Rule::UnboundedLoop, "each step halves the range"),
    ("exit", Rule::ProcessExit, "the supervisor's own shutdown"),
    ("unsafe", Rule::UnsafeCode, "reviewed, and tested under Miri"),
    ("leak", Rule::Leak, "once for the whole process"),
    ("channel", Rule::UnboundedChannel, "at most one message for each worker"),
    ("spawn", Rule::DetachedSpawn, "one task for the whole process"),
    ("guard", Rule::GuardAcrossAwait, "a lock of one task alone"),
    ("opaque_macro", Rule::OpaqueMacro, "the macro checks its arguments"),
    ("allocation", Rule::SizeFromInput, "the gateway bounds it to 4096"),
    ("growth", Rule::GrowingStatic, "one entry for each of the fixed tables"),
    ("blocking", Rule::Blocking, "a file in memory, of a few bytes"),
    ("poison", Rule::CheckBesideGuard, "the lock's users recover from poison"),
    ("partial", Rule::PartialWrite, "the counter may run ahead of the log"),
];

/// What other protections take care of, so that the rules need not.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one protection's")]
pub(crate) struct Coverage {
    /// `checked_arithmetic`, refusing: an operator may be the last thing that a call does.
    pub(crate) arithmetic: bool,
    /// Casts are replaced.
    pub(crate) casts: bool,
    pub(crate) indexing: bool,
    /// `bounded_steps`.
    pub(crate) steps: bool,
    /// `bounded_allocation`.
    pub(crate) allocation: bool,
    pub(crate) deadline: bool,
}

/// The key.
pub(crate) struct Strict {
    shown: Vec<Item>,
    pub(crate) coverage: Coverage,
}

impl Strict {
    /// Of the argument, which `zero_trust` on a module writes with what the function cannot see by itself.
    pub(crate) fn read(Arg { name, value }: Arg, coverage: Coverage, report: &mut Report) -> Self {
        let shown = match value {
            Value::Flag => Some(Vec::new()),
            Value::List(tokens) => shown::read(tokens),
            Value::Assigned(_) | Value::Alone(_) => None,
        };
        if shown.is_none() {
            report.add(Rule::WrongValue, &name, "`strict` takes no value\nhelp: `strict`");
        }
        Self { shown: shown.unwrap_or_default(), coverage }
    }

    /// Complains about the body, and takes the escapes from these rules off the function.
    pub(crate) fn ensure(&self, subject: &mut Subject, report: &mut Report) {
        let mut walk = Walk::new(self, subject);
        let mut attributes = std::mem::take(&mut subject.item.attrs);
        let opened = walk.escapes.open(&mut attributes, true, self.coverage.casts);
        if let Safety::Unsafe(word) = &subject.item.sig.safety {
            walk.unsafe_word(word);
        }
        let tail = (subject.shape == Shape::AsyncTail).then(|| async_tail(&mut subject.item.block)).flatten();
        match tail.map(|future| std::mem::replace(&mut future.block, syn::parse_quote!({}))) {
            // What the function does before its future runs in the same names.
            Some(mut future) => {
                walk.around(&mut subject.item.block, &mut future);
                *subject.body() = future;
            }
            None => walk.function_body(&mut subject.item.block, subject.shape == Shape::Async),
        }
        walk.escapes.close(opened);
        subject.item.attrs = attributes;
        walk.finish(report);
    }
}

/// Complains about escapes on a function that is not under `strict`, and on those inside it, and takes them off.
pub(crate) fn refuse_escapes(subject: &mut Subject, casts_are_checked: bool, report: &mut Report) {
    struct Refuse<'a>(&'a mut Report, Option<Rule>);
    impl VisitMut for Refuse<'_> {
        fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
            item.attrs.retain(|attribute| {
                let is_strict = is_strict_escape(attribute) && escapes::excused(attribute) != self.1;
                if is_strict {
                    let message = "this escape excuses nothing: its rule is one of `strict`, which the function is not under\n\
                        help: remove it, or write `#[zero_trust(strict)]`";
                    self.0.add(Rule::EscapesNothing, attribute.path(), message);
                }
                !is_strict
            });
            // No pass looks into a function that stands in another.
            self.1 = None;
            syn::visit_mut::visit_item_fn_mut(self, item);
        }
    }
    Refuse(report, casts_are_checked.then_some(Rule::UncheckedCast)).visit_item_fn_mut(&mut subject.item);
}

/// The context that a block hands on.
pub(crate) fn is_asked_for(args: &TokenStream) -> bool {
    let list = crate::args::list(args.clone()).unwrap_or_default();
    list.iter().any(|arg| arg.name == "strict")
}

/// The rule's name in an escape.
fn escape_name(rule: Rule) -> &'static str {
    RULES.iter().find(|(_, known, _)| *known == rule).map_or("", |(name, ..)| name)
}

/// The rule that a name excuses.
fn rule_named(name: &Ident) -> Option<Rule> {
    use syn::ext::IdentExt as _;
    let name = name.unraw();
    RULES.iter().find(|(known, ..)| name == known).map(|(_, rule, _)| *rule)
}
