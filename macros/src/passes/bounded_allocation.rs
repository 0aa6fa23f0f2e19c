//! `bounded_allocation`: each call of the body that asks for memory is tested before it asks. The walk over the body is
//! `rewrite`'s.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use crate::args::Args;
use crate::passes::{Pass, Standing};
use crate::plan::Plan;
use crate::refusal::{self, Or};
use crate::report::Report;
use crate::rewrite::{Allocation, Rewrites};
use crate::route::Told;
use crate::rules::Rule;
use crate::size;
use crate::subject::Subject;
use crate::text;

pub(crate) struct BoundedAllocation {
    max: Option<Expr>,
    bytes: TokenStream,
    or: Or,
}

impl BoundedAllocation {
    pub(crate) fn read(args: &mut Args, or: Or, standing: Standing, report: &mut Report) -> Self {
        let max = args.take("max");
        if max.is_none() {
            let message = "`bounded_allocation` needs a limit: only you know how much memory is sane\n\
                help: `bounded_allocation(max = \"16MiB\")`";
            report.add(Rule::WrongValue, standing.at("bounded_allocation"), message);
        }
        let max = max.and_then(|arg| arg.assigned(report));
        let bytes = max.as_ref().map_or_else(TokenStream::new, |max| {
            let bytes = size::expression("max", "16MiB", max, report);
            if matches!(bytes, Expr::Lit(_)) { quote!(#bytes) } else { quote!(__portcullis::bytes(#bytes)) }
        });
        Self { max, bytes, or }
    }
}

impl Pass for BoundedAllocation {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        if let Some(max) = &self.max {
            refusal::ensure_not_shadowed("max = ..", max, subject, report);
        }
    }

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.allocation = Some(Allocation { or: self.or.clone(), max: self.bytes.clone() });
    }

    fn add_to(&self, plan: &mut Plan, _: &Subject) {
        plan.needs_std.push("bounded_allocation");
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let max = &self.max;
        told.protections.push(text::of_code(quote!(bounded_allocation(max = #max))));
    }
}
