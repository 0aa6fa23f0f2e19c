//! `shed_load`: a gate before the body, which is shut while memory is critical.

use proc_macro2::Ident;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, ExprPath, Lit, LitStr};

use crate::args::{self, Arg, Args};
use crate::names;
use crate::passes::Pass;
use crate::plan::{Door, Gate, Plan};
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::route::Told;
use crate::rules::Rule;
use crate::size;
use crate::subject::{Shape, Subject};

pub(crate) struct ShedLoad {
    /// None where it is missing, or wrong.
    memory: Option<Threshold>,
    /// Nothing stands after `memory =`, nor `memory` itself.
    missing: bool,
    probe: bool,
    or: Or,
}

struct Threshold {
    /// As it is written.
    text: LitStr,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    /// Of each limit.
    Percent(u8),
    /// Of the process's own memory.
    Bytes(u64),
}

/// What a gate can hold: with less room than this, a process that grows by GB in a second is at its end before anybody has
/// seen it grow.
const HIGHEST: u64 = 90;

/// No process is smaller.
const SMALLEST: u64 = 1 << 20;

const HELP: &str = "help: `memory = \"85%\"` of each limit, or `memory = \"512MiB\"` of this process";

impl ShedLoad {
    pub(crate) fn read(args: &mut Args, or: Or, report: &mut Report) -> Self {
        let probe = args.take("priority").is_some_and(|arg| is_probe(arg, report));
        let memory = args.take("memory");
        let missing = memory.is_none() && !probe;
        let memory = memory.and_then(|arg| arg.assigned(report)).and_then(|given| threshold(&given, report));
        Self { memory, missing, probe, or }
    }
}

fn is_probe(arg: Arg, report: &mut Report) -> bool {
    const PRIORITIES: [&str; 2] = ["normal", "probe"];
    let Some(given) = arg.assigned(report) else { return false };
    let name = match &given {
        Expr::Path(ExprPath { path, .. }) => path.get_ident().map(ToString::to_string),
        _ => None,
    };
    match name.as_deref() {
        Some("normal") => false,
        Some("probe") => true,
        name => {
            let message = match name {
                Some(name) => args::unknown("`shed_load` has no priority", name, &PRIORITIES),
                None => "`priority` is `normal` or `probe`\nhelp: `priority = probe`".to_owned(),
            };
            report.add(Rule::WrongValue, given, &message);
            false
        }
    }
}

fn threshold(given: &Expr, report: &mut Report) -> Option<Threshold> {
    let wrong = match given {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => match of(&text.value()) {
            Ok(of) => return Some(Threshold { text: text.clone(), of }),
            Err(wrong) => wrong,
        },
        _ => format!("`memory` takes a percentage or a size as text\n{HELP}"),
    };
    report.add(Rule::WrongValue, given, &wrong);
    None
}

fn of(text: &str) -> Result<Of, String> {
    let none =
        || format!("`memory = {text:?}` is neither a whole percentage nor a size in B, KiB, MiB, GiB or TiB\n{HELP}");
    let Some(percent) = text.strip_suffix('%') else {
        return match size::bytes(text) {
            Some(bytes) if bytes < SMALLEST => {
                Err(format!("`memory = {text:?}` would refuse every request: no process is as small as that\n{HELP}"))
            }
            Some(bytes) => Ok(Of::Bytes(bytes)),
            None => Err(none()),
        };
    };
    match size::whole(percent.trim_end()) {
        Some(0) => Err(format!("`memory = {text:?}` would refuse every request\n{HELP}")),
        Some(percent @ 1..=HIGHEST) => Ok(Of::Percent(u8::try_from(percent).map_err(|_| none())?)),
        Some(_) => Err(format!(
            "`memory = {text:?}` leaves no room to refuse in: a process that grows by 3.5 GB/s fills the last 10 % of 8 GB in 0.2 s, \
             which sampling, refusing and freeing have to share\n\
             help: at most `memory = \"{HIGHEST}%\"`; `memory = \"85%\"` leaves half as much again"
        )),
        None => Err(none()),
    }
}

impl Pass for ShedLoad {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        if self.missing {
            let message = format!("`shed_load` needs a threshold\n{HELP}");
            report.add(Rule::WrongValue, &subject.item.sig.ident, &message);
        }
        if self.or.observes() {
            return;
        }
        if subject.shape == Shape::Future {
            let message = "`shed_load` cannot see the future that this function returns, and so not the request\n\
                help: make it an `async fn`, or end it with `async move { .. }` or `Box::pin(async move { .. })`";
            report.add(Rule::UnseenFuture, &subject.item.sig.output, message);
            return;
        }
        subject.ensure_all_in_future("shed_load", report);
        // A probe is not refused.
        if !self.probe {
            self.or.ensure(subject, report);
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.needs_std.push("shed_load");
        let observes = self.or.observes();
        if observes {
            plan.watch().gate = Some(if self.probe { Gate::Probe } else { Gate::Asked });
        } else {
            plan.request = true;
        }
        if self.probe && observes {
            return;
        }
        if self.probe {
            plan.entry.push(quote!(__portcullis::admit_probe(__PORTCULLIS_FUNCTION);));
            return;
        }
        let Some(Threshold { of, .. }) = &self.memory else { return };
        let gate = match of {
            Of::Percent(percent) => quote!(percent(#percent)),
            Of::Bytes(bytes) => quote!(bytes(#bytes)),
        };
        let violation = names::local("violation");
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        let gate = quote! {
            static __PORTCULLIS_GATE: __portcullis::Gate = __portcullis::Gate::#gate;
        };
        // A future begins its request when it is first polled.
        if subject.shape == Shape::Sync && !observes {
            plan.door = Some(Door { gate, refuse });
            return;
        }
        // Shown as the place of a refusal.
        let at = subject.item.sig.ident.span();
        let admit = Ident::new(if observes { "observe" } else { "admit" }, at);
        let admit = quote_spanned!(at=> __portcullis::Gate::#admit(&__PORTCULLIS_GATE));
        plan.entry.push(quote! {
            if let __portcullis::Err(#violation) = {
                #gate
                #admit
            } {
                #refuse;
            }
        });
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let memory = self.memory.as_ref().map(|threshold| format!("memory = {:?}", threshold.text.value()));
        let priority = self.probe.then(|| "priority = probe".to_owned());
        let keys: Vec<String> = memory.into_iter().chain(priority).collect();
        told.protections.push(format!("shed_load({})", keys.join(", ")));
    }
}
