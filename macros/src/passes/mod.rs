//! One protection a file. A pass may complain ([`Pass::ensure`]) and then plan ([`Pass::add_to`]); it prints no function,
//! and knows no other pass.

pub(crate) mod bounded_recursion;
pub(crate) mod catch_panic;
pub(crate) mod checked_arithmetic;
pub(crate) mod validated_input;

use crate::plan::Plan;
use crate::policy::PROTECTIONS;
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::Subject;

pub(crate) trait Pass {
    /// Complains about what it cannot protect. All passes are asked before any plans.
    fn ensure(&self, subject: &Subject, report: &mut Report);

    /// Adds its part to the plan. `subject` has passed every `ensure`.
    fn add_to(&self, plan: &mut Plan, subject: &Subject);
}

/// `zero_trust` is a list of protections: one of them beside it would stand twice, with two limits.
pub(crate) fn ensure_alone(attribute: &str, subject: &Subject, report: &mut Report) {
    if attribute != "zero_trust" {
        return;
    }
    for other in &subject.item.attrs {
        let Some(name) = other.path().segments.last().map(|last| last.ident.to_string()) else { continue };
        if PROTECTIONS.contains(&&*name) {
            let message = format!(
                "`zero_trust` has `{name}` in it\nhelp: write its keys inside, `#[zero_trust({name}(..))]`, or leave it out there with `without({name})`"
            );
            report.add(Rule::ProtectionTwice, other.path(), &message);
        }
    }
}
