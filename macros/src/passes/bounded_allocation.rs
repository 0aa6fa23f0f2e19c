//! `bounded_allocation`: each call of the body that asks for memory is tested before it asks. The walk over the body is
//! `rewrite`'s.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprLit, Lit, LitInt};

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
        let bytes = max.as_ref().map(|max| bytes(max, report)).unwrap_or_default();
        Self { max, bytes, or }
    }
}

/// An expression of type `u64`.
fn bytes(max: &Expr, report: &mut Report) -> TokenStream {
    let wrong = match max {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => match size::bytes(&text.value()) {
            Some(0) => "`max = \"0B\"` would refuse every request for memory",
            Some(bytes) => return quote!(#bytes),
            None => "`max` takes a size in B, KiB, MiB, GiB or TiB",
        },
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => match LitInt::base10_parse::<u128>(number) {
            Ok(0) => "`max = 0` would refuse every request for memory",
            Ok(number) => match u64::try_from(number) {
                Ok(bytes) => return quote!(#bytes),
                Err(_) => "`max` does not fit u64",
            },
            Err(_) => "`max` takes a count of bytes",
        },
        Expr::Lit(_) | Expr::Unary(_) => "`max` takes a size, or a count of bytes",
        _ => return quote!(__portcullis::bytes(#max)),
    };
    report.add(Rule::WrongValue, max, &format!("{wrong}\nhelp: `max = \"16MiB\"`"));
    TokenStream::new()
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
