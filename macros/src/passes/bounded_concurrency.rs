//! `bounded_concurrency`: a permit before the body, which the function's end gives back.

use quote::{quote, quote_spanned};
use syn::Expr;

use crate::args::Args;
use crate::names;
use crate::passes::{Pass, Standing, ensure_count};
use crate::plan::Plan;
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::Subject;
use crate::text;

pub(crate) struct BoundedConcurrency {
    /// None after an error.
    max: Option<Expr>,
    or: Or,
}

impl BoundedConcurrency {
    pub(crate) fn read(args: &mut Args, or: Or, standing: Standing, report: &mut Report) -> Self {
        let max = args.take("max");
        if max.is_none() {
            let message = "`bounded_concurrency` needs to know how many requests may be in the function at once\n\
                help: `bounded_concurrency(max = 64)`";
            report.add(Rule::WrongValue, standing.at("bounded_concurrency"), message);
        }
        let max = max.and_then(|arg| arg.assigned(report));
        if let Some(max) = &max {
            ensure_count(max, u32::MAX.into(), ["every call", "requests", "64"], report);
        }
        Self { max, or }
    }
}

impl Pass for BoundedConcurrency {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure_limit("bounded_concurrency", subject, report);
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        let Some(max) = &self.max else { return };
        plan.needs_std.push("bounded_concurrency");
        if self.or.observes() {
            plan.watch().requests = Some(max.clone());
            return;
        }
        plan.request = true;
        let (handler, permit, violation) = (names::local("handler"), names::local("permit"), names::local("violation"));
        // Shown as the place of a refusal.
        let name = subject.item.sig.ident.span();
        let take = quote_spanned!(name=> __portcullis::Permit::take(#handler, #max));
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        plan.entry.push(quote! {
            let #permit = match #take {
                __portcullis::Ok(#permit) => #permit,
                __portcullis::Err(#violation) => #refuse,
            };
        });
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let max = &self.max;
        told.protections.push(text::of_code(quote!(bounded_concurrency(max = #max))));
    }
}
