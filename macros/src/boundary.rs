//! Where a body can have a boundary: around all of it, in a closure or a future of ours.

use syn::visit::Visit;
use syn::{Expr, Ident};

use crate::refusal::Or;
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::Subject;

/// Complains where the body cannot have the boundary that `protection` needs. `otherwise` does without it.
pub(crate) fn ensure_possible(protection: &str, otherwise: &str, or: &Or, subject: &Subject, report: &mut Report) {
    subject.ensure_all_in_future(protection, report);
    if let Or::Return(value) = or
        && !subject.shares_self()
        && let Some(receiver) = names_self(value)
    {
        let message = "`or(return ..)` names `self`, which the body of a function with a boundary takes along\n\
            help: leave `self` out of the expression, or take `&self`";
        report.add(Rule::ShadowedInOr, receiver, message);
    }
    if let Some(attribute) = subject.item.attrs.iter().find(|attribute| attribute.path().is_ident("track_caller")) {
        let message = format!(
            "the boundary of `{protection}` hides the caller from `#[track_caller]`\n\
             help: {otherwise} here, or move the body to a function of its own"
        );
        report.add(Rule::TrackCaller, attribute, &message);
    }
}

/// The first `self` in the expression.
fn names_self(value: &Expr) -> Option<&Ident> {
    struct Search<'a>(Option<&'a Ident>);
    impl<'a> Visit<'a> for Search<'a> {
        fn visit_path(&mut self, path: &'a syn::Path) {
            self.0 = self.0.or(path.get_ident().filter(|name| *name == "self"));
            syn::visit::visit_path(self, path);
        }
    }
    let mut search = Search(None);
    search.visit_expr(value);
    search.0
}
