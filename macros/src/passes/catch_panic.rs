//! `catch_panic`: the outermost boundary.

use syn::visit::Visit;
use syn::{Expr, Ident};

use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::Or;
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};

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

pub(crate) struct CatchPanic {
    pub(crate) or: Or,
}

impl Pass for CatchPanic {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure(subject, report);
        subject.ensure_all_in_future("catch_panic", report);
        if let Or::Return(value) = &self.or
            && !subject.shares_self()
            && let Some(receiver) = names_self(value)
        {
            let message = "`or(return ..)` names `self`, which the body of a function with a boundary takes along\n\
                help: leave `self` out of the expression, or take `&self`";
            report.add(Rule::ShadowedInOr, receiver, message);
        }
        if let Some(attribute) = subject.item.attrs.iter().find(|attribute| attribute.path().is_ident("track_caller")) {
            let message = "the boundary of `catch_panic` hides the caller from `#[track_caller]`\n\
                help: `without(catch_panic)` here, or move the body to a function of its own";
            report.add(Rule::TrackCaller, attribute, message);
        }
        if subject.shape == Shape::Future {
            let message = "`catch_panic` cannot see the future that this function returns, so it would catch nothing\n\
                help: make it an `async fn`, or `without(catch_panic)`";
            report.add(Rule::AsyncRecursion, &subject.item.sig.output, message);
        }
    }

    fn add_to(&self, plan: &mut Plan, _: &Subject) {
        plan.needs_std.push("catch_panic");
        plan.boundary = Some(self.or.clone());
    }
}
