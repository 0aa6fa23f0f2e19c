//! `bounded_steps`: SCAFFOLD, to be written by the owner of this file.

use crate::args::Args;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::Or;
use crate::report::Report;
use crate::route::Told;
use crate::subject::Subject;

pub(crate) struct BoundedSteps {
    or: Or,
}

impl BoundedSteps {
    pub(crate) fn read(_: &mut Args, or: Or, _: &mut Report) -> Self {
        Self { or }
    }
}

impl Pass for BoundedSteps {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure(subject, report);
    }

    fn add_to(&self, plan: &mut Plan, _: &Subject) {
        plan.request = true;
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        told.protections.push("bounded_steps".to_owned());
    }
}
