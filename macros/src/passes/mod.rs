//! One protection a file. A pass may complain ([`Pass::ensure`]) and then plan ([`Pass::add_to`]); it prints no function,
//! and knows no other pass.

pub(crate) mod allocation_budget;
pub(crate) mod bounded_allocation;
pub(crate) mod bounded_concurrency;
pub(crate) mod bounded_recursion;
pub(crate) mod bounded_steps;
pub(crate) mod catch_panic;
pub(crate) mod checked_arithmetic;
pub(crate) mod checked_indexing;
pub(crate) mod deadline;
pub(crate) mod shed_load;
pub(crate) mod validated_input;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, ExprLit, Lit};

use crate::args::{self, Value};
use crate::plan::Plan;
use crate::policy::PROTECTIONS;
use crate::report::Report;
use crate::rewrite::Rewrites;
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};

pub(crate) trait Pass {
    /// Complains about what it cannot protect. All passes are asked before any plans.
    fn ensure(&self, subject: &Subject, report: &mut Report);

    /// What only the compiler, who knows the types, can complain about: printed into a function that has other mistakes, so
    /// that one build shows them all.
    fn judged_by_types(&self, _: &Subject) -> TokenStream {
        TokenStream::new()
    }

    /// Puts what stands in the attribute and belongs into the body there, before the walk over the body. `subject` has passed
    /// every `ensure`.
    fn prepare(&self, _: &mut Subject) {}

    /// What it asks of the walk over the body.
    fn rewrites(&self, _: &mut Rewrites) {}

    /// Adds its part to the plan. `subject` has passed every `ensure`.
    fn add_to(&self, _: &mut Plan, _: &Subject) {}

    /// What the table of a routed function says of it.
    fn tell(&self, subject: &Subject, told: &mut Told);
}

/// Complains of a written limit that is no count. The words say what 0 would refuse, what is counted, and which limit to paste.
fn ensure_count(max: &Expr, most: u128, [refused, counted, example]: [&str; 3], report: &mut Report) {
    let wrong = match max {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => match number.base10_parse::<u128>() {
            Ok(0) => format!("`max = 0` would refuse {refused}"),
            Ok(number) if number > most => format!("`max` does not fit u{}", most.count_ones()),
            _ => return,
        },
        Expr::Lit(_) | Expr::Unary(_) => format!("`max` takes a count of {counted}"),
        _ => return,
    };
    report.add(Rule::WrongValue, max, &format!("{wrong}\nhelp: `max = {example}`"));
}

/// How a protection came to the function.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    /// As a part of `zero_trust`.
    pub(crate) zero_trust: bool,
    /// By its name.
    pub(crate) written: bool,
    /// Where it is written.
    pub(crate) at: Span,
    /// Under `observe`.
    pub(crate) observed: bool,
}

impl Standing {
    /// Its name there, for a mistake in the whole.
    pub(crate) fn at(self, name: &str) -> Ident {
        Ident::new(name, self.at)
    }
}

/// `zero_trust` is a list of protections: one of them beside it, above or below, would stand twice, with two limits, unless
/// `without(..)` leaves it out there. Of two bounds on the recursion of an `async fn` the outer one's future would take the inner count
/// along as it was before the call, and put it in force for the body.
pub(crate) fn ensure_alone(attribute: &str, args: TokenStream, subject: &Subject, report: &mut Report) {
    let left_out_here = left_out(args);
    for other in &subject.item.attrs {
        let Some(name) = other.path().segments.last().map(|last| last.ident.to_string()) else { continue };
        let protection = match (attribute, &*name) {
            ("zero_trust", name) if PROTECTIONS.contains(&name) => name,
            (protection, "zero_trust") if protection != "zero_trust" => protection,
            ("bounded_recursion", "bounded_recursion") if subject.shape != Shape::Sync => attribute,
            _ => continue,
        };
        let is_left_out = |names: &[String]| names.iter().any(|name| name == protection);
        if is_left_out(&left_out_here) || is_left_out(&left_out(args::tokens_of(other))) {
            continue;
        }
        let message = if attribute == name {
            "an `async fn` takes its depth along once, and this would be a second one\n\
             help: one `bounded_recursion`, with the lower of both, or a function for each"
                .to_owned()
        } else {
            format!(
                "`zero_trust` has `{protection}` in it\n\
                 help: write its keys inside, `#[zero_trust({protection}(..))]`, or leave it out there with \
                 `without({protection})`"
            )
        };
        report.add(Rule::ProtectionTwice, other.path(), &message);
    }
}

/// What these arguments of `zero_trust` have in `without(..)`.
fn left_out(arguments: TokenStream) -> Vec<String> {
    let without = args::list(arguments).unwrap_or_default().into_iter().find(|arg| arg.name == "without");
    match without.map(|arg| arg.value) {
        Some(Value::List(names)) => {
            args::list(names).unwrap_or_default().iter().map(|left_out| left_out.name.to_string()).collect()
        }
        _ => Vec::new(),
    }
}
