//! `catch_panic`: the outermost boundary.

use crate::boundary;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::Or;
use crate::report::Report;
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};

pub(crate) struct CatchPanic {
    pub(crate) or: Or,
}

impl Pass for CatchPanic {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        // It is told as it passes, and no boundary is needed.
        if self.or.observes() {
            return;
        }
        self.or.ensure(subject, report);
        boundary::ensure_possible("catch_panic", "`without(catch_panic)`", &self.or, subject, report);
        if subject.shape == Shape::Future {
            let message = "`catch_panic` cannot see the future that this function returns, so it would catch nothing\n\
                help: make it an `async fn`, or `without(catch_panic)`";
            report.add(Rule::UnseenFuture, &subject.item.sig.output, message);
        }
    }

    fn add_to(&self, plan: &mut Plan, _: &Subject) {
        plan.needs_std.push("catch_panic");
        if self.or.observes() {
            plan.watch().panics = true;
        } else {
            plan.boundary = Some(self.or.clone());
        }
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        told.protections.push("catch_panic".to_owned());
    }
}
