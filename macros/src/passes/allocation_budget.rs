//! `allocation_budget` of `zero_trust`: how many bytes a request may ask for in all, tested at each checkpoint.

use quote::quote;
use syn::Expr;

use crate::args::Arg;
use crate::names;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::{Broken, Rewrites};
use crate::route::Told;
use crate::size;
use crate::subject::{Shape, Subject};
use crate::text;

pub(crate) struct AllocationBudget {
    budget: Expr,
    /// How many bytes that are.
    max: Expr,
    or: Or,
}

impl AllocationBudget {
    pub(crate) fn read(arg: Arg, or: Or, report: &mut Report) -> Option<Self> {
        let budget = arg.assigned(report)?;
        let max = size::expression("allocation_budget", "64MiB", &budget, report);
        Some(Self { budget, max, or })
    }
}

impl Pass for AllocationBudget {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure_limit("allocation_budget", subject, report);
    }

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.check(Broken::Budget, &self.or, true);
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.needs_counting = true;
        if self.or.observes() {
            plan.watch().budget = Some(self.max.clone());
            return;
        }
        plan.request = true;
        let max = &self.max;
        if subject.shape == Shape::Sync {
            let budget = names::local("budget");
            plan.entry.push(quote!(let #budget = __portcullis::Budget::enter(#max);));
        } else {
            plan.budget = Some(max.clone());
        }
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let budget = &self.budget;
        told.protections.push(text::of_code(quote!(allocation_budget = #budget)));
    }
}
