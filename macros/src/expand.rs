//! The pipeline: parse -> subject -> policy -> ensure -> plan -> lower.

use proc_macro2::TokenStream;

use crate::lower::{lower, unprotected};
use crate::parameter;
use crate::passes::ensure_alone;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::report::Report;
use crate::subject::Subject;

/// Expands one attribute on one function. A pure function of its input: another attribute may make it run twice.
pub(crate) fn function(attribute: &str, args: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let policy = Policy::read(attribute, args, &mut report);
    let Some(mut subject) = report.take(Subject::parse(attribute, item.clone())) else {
        return report.beside(item);
    };
    subject.ensure_ordinary(attribute, &mut report);
    ensure_alone(attribute, &subject, &mut report);
    let runtime = policy.runtime.clone();
    let passes = policy.passes();
    for pass in &passes {
        pass.ensure(&subject, &mut report);
    }
    if !report.is_clean() {
        let judged: TokenStream = passes.iter().map(|pass| pass.judged_by_types(&subject)).collect();
        parameter::strip(&mut subject.item);
        return report.beside(unprotected(subject, &judged, &runtime));
    }
    let mut plan = Plan::default();
    for pass in &passes {
        pass.add_to(&mut plan, &subject);
    }
    lower(subject, plan, &runtime)
}
