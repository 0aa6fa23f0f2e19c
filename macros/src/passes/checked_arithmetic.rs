//! `checked_arithmetic`: every arithmetic operator, method and, where asked for, cast of the body asks the types whether to
//! check. The walk over the body is `rewrite`'s.

use syn::{Expr, ExprPath};

use crate::args::Arg;
use crate::passes::Pass;
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::{Arithmetic, Rewrites};
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::Subject;

pub(crate) struct CheckedArithmetic {
    pub(crate) or: Or,
    pub(crate) casts: bool,
    pub(crate) methods: bool,
    /// As a part of `zero_trust`, which passes over no cast quietly.
    pub(crate) zero_trust: bool,
}

impl Pass for CheckedArithmetic {
    fn ensure(&self, _: &Subject, _: &mut Report) {}

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.arithmetic = Some(Arithmetic {
            or: self.or.clone(),
            casts: self.casts,
            methods: self.methods,
            every_cast: self.zero_trust,
        });
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let word = |on| if on { "on" } else { "off" };
        let (casts, methods) = (word(self.casts), word(self.methods));
        told.protections.push(format!("checked_arithmetic(casts = {casts}, methods = {methods})"));
    }
}

/// `casts = on`, `methods = off`.
pub(crate) fn switch(arg: Option<Arg>, default: bool, report: &mut Report) -> bool {
    let Some(arg) = arg else { return default };
    let name = arg.name.clone();
    match arg.assigned(report) {
        Some(Expr::Path(ExprPath { path, .. })) if path.is_ident("on") => true,
        Some(Expr::Path(ExprPath { path, .. })) if path.is_ident("off") => false,
        Some(other) => {
            report.add(Rule::WrongValue, other, &format!("`{name}` is `on` or `off`\nhelp: `{name} = on`"));
            default
        }
        None => default,
    }
}
