//! `bounded_steps`: a limit that each checkpoint of the function, and of what it calls, takes from.

use quote::quote;
use syn::{Expr, parse_quote};

use crate::args::Args;
use crate::names;
use crate::passes::{Pass, Standing, ensure_count};
use crate::plan::Plan;
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::{Broken, Rewrites};
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};
use crate::text;

pub(crate) struct BoundedSteps {
    max: Expr,
    or: Or,
    standing: Standing,
}

impl BoundedSteps {
    pub(crate) fn read(args: &mut Args, or: Or, standing: Standing, report: &mut Report) -> Self {
        let max = args.take("max");
        if max.is_none() {
            let message = "`bounded_steps` needs a limit: only you know how much work is sane\n\
                help: `bounded_steps(max = 100_000)`";
            report.add(Rule::WrongValue, standing.at("bounded_steps"), message);
        }
        let max = max.and_then(|arg| arg.assigned(report)).unwrap_or_else(|| parse_quote!(1));
        ensure_count(&max, u64::MAX.into(), ["the first iteration", "steps", "100_000"], report);
        Self { max, or, standing }
    }
}

impl Pass for BoundedSteps {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure_limit("bounded_steps", subject, report);
    }

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.check(Broken::Steps, &self.or, self.standing.zero_trust);
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.needs_std.push("bounded_steps");
        if self.or.observes() {
            plan.watch().steps = Some(self.max.clone());
            return;
        }
        plan.request = true;
        let max = &self.max;
        if subject.shape == Shape::Sync {
            let steps = names::local("steps");
            plan.entry.push(quote!(let #steps = __portcullis::Steps::enter(#max);));
        } else {
            plan.steps = Some(max.clone());
        }
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let max = &self.max;
        told.protections.push(text::of_code(quote!(bounded_steps(max = #max))));
    }
}
