//! `bounded_recursion`: a depth guard before the body, or a depth that the body's future keeps; or a look at the stack that
//! is left.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprPath, Path, parse_quote};

use crate::args::{self, Arg, Args};
use crate::names;
use crate::passes::{Pass, ensure_count};
use crate::plan::{Descent, Plan, Scope};
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};
use crate::text;

/// What `zero_trust` bounds by itself: deeper than any sane call of a handler by itself, and far from any stack's end.
const DEFAULT_MAX: u32 = 64;

pub(crate) struct BoundedRecursion {
    mode: Mode,
    max: Expr,
    /// Whose count it is: else one of the function's own.
    group: Option<Path>,
    /// Who calls, for the log.
    key: Option<Expr>,
    or: Or,
    /// Written by the user, where `zero_trust` alone would only have it by default.
    written: bool,
}

/// What is bounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The levels.
    Count,
    /// The bytes.
    Stack,
    Both,
}

const MODES: [(&str, Mode); 3] = [("count", Mode::Count), ("stack", Mode::Stack), ("both", Mode::Both)];

impl BoundedRecursion {
    pub(crate) fn read(args: &mut Args, or: Or, written: bool, report: &mut Report) -> Self {
        let mode = args.take("mode").and_then(|arg| mode(arg, report)).unwrap_or(Mode::Count);
        let (max, group_of) = (args.take("max"), args.take("group"));
        if mode == Mode::Stack {
            for arg in [&max, &group_of].into_iter().flatten() {
                let message = format!(
                    "`{0}` is for counted levels, and `mode = stack` counts none\nhelp: `mode = both`, or no `{0}`",
                    arg.name
                );
                report.add(Rule::WrongValue, &arg.name, &message);
            }
        }
        let max = max.and_then(|arg| arg.assigned(report)).unwrap_or_else(|| parse_quote!(#DEFAULT_MAX));
        ensure_count(&max, u32::MAX.into(), ["every call", "levels", &DEFAULT_MAX.to_string()], report);
        let group = group_of.and_then(|arg| group(arg, report));
        let key = args.take("key").and_then(|arg| arg.assigned(report));
        Self { mode, max, group, key, or, written }
    }

    /// A future gets a bound where one is written or where it names itself: a bound changes the signature of an `async fn`,
    /// and a function that cannot lead to itself has no use for one.
    fn applies(&self, subject: &Subject) -> bool {
        match subject.shape {
            Shape::Sync => true,
            Shape::Async | Shape::AsyncTail => {
                self.written || names::holds(subject.item.block.to_token_stream(), &subject.name())
            }
            Shape::Future => false,
        }
    }

    /// An expression with the group in it: its own stands in a static here, another elsewhere.
    fn with_group(&self, expression: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
        if let Some(group) = &self.group {
            return expression(quote_spanned!(group.span()=> &#group));
        }
        let expression = expression(quote!(&__PORTCULLIS_DEPTH));
        quote!({
            __portcullis::thread_local! {
                static __PORTCULLIS_DEPTH: __portcullis::RecursionGroup = const { __portcullis::RecursionGroup::new() };
            }
            #expression
        })
    }

    /// What follows a refusal.
    fn refuse(&self, subject: &Subject) -> TokenStream {
        let violation = names::local("violation");
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        let Some(key) = &self.key else { return refuse };
        let name = Ident::new("__portcullis_key", names::at(key.span()));
        let keyed = quote_spanned!(names::at(key.span())=> __portcullis::keyed);
        quote!({
            #[allow(unused_parens)]
            let #violation = match #key { ref #name => #keyed(#violation, #name) };
            #refuse
        })
    }

    /// What a deep recursion leaves behind while it runs.
    fn mark(&self, deep: &Ident) -> TokenStream {
        let Some(key) = &self.key else {
            return quote!(__portcullis::mark(#deep, __PORTCULLIS_FUNCTION));
        };
        let name = Ident::new("__portcullis_key", names::at(key.span()));
        let mark = quote_spanned!(names::at(key.span())=> __portcullis::mark_keyed);
        quote!({
            #[allow(unused_parens)]
            match #key { ref #name => #mark(#deep, __PORTCULLIS_FUNCTION, #name) }
        })
    }
}

impl BoundedRecursion {
    /// The same, where a level too deep is told and entered.
    fn observe(&self, plan: &mut Plan, subject: &Subject, refuse: &TokenStream) {
        let (max, name) = (&self.max, subject.item.sig.ident.span());
        let (deep, depth, passed, violation) =
            (names::local("deep"), names::local("depth"), names::local("passed"), names::local("violation"));
        let mark = self.mark(&deep);
        let tell = quote!(if let __portcullis::Some(#violation) = #passed { #refuse; });
        if self.mode != Mode::Stack && subject.shape == Shape::Sync {
            let enter = self.with_group(|group| quote_spanned!(name=> __portcullis::Descent::enter(#group, #max)));
            plan.entry.push(quote! {
                let (#depth, #passed) = #enter;
                #tell
                if let __portcullis::Some(#deep) = #depth.deep() {
                    #mark
                }
            });
        } else if self.mode != Mode::Stack {
            let group = names::local("group");
            let made = self.with_group(|group| quote!(__portcullis::observed_scope(|| #group)));
            plan.scope = Some(Scope { made, runs: "observed_scoped" });
            let admit = quote_spanned!(name=> __portcullis::observed_admit(#group, #max));
            plan.entry.push(quote! {
                let (#deep, #passed) = #admit;
                #tell
                if let __portcullis::Some(#deep) = #deep {
                    #mark
                }
            });
        }
        if matches!(self.mode, Mode::Stack | Mode::Both) {
            let reserve = names::local("reserve");
            let enter = quote_spanned!(name=> __portcullis::Reserve::enter(&__PORTCULLIS_STACK));
            plan.entry.push(quote! {
                let (#reserve, #passed) = {
                    __portcullis::thread_local! {
                        static __PORTCULLIS_STACK: __portcullis::Stack = const { __portcullis::Stack::new() };
                    }
                    #enter
                };
                #tell
            });
        }
    }
}

fn mode(arg: Arg, report: &mut Report) -> Option<Mode> {
    let given = arg.assigned(report)?;
    let name = match &given {
        Expr::Path(ExprPath { path, .. }) => path.get_ident().map(Ident::to_string),
        _ => None,
    };
    let known = MODES.iter().find(|(known, _)| name.as_deref() == Some(*known)).map(|(_, mode)| *mode);
    if known.is_none() {
        let message = match name {
            Some(name) => args::unknown("`bounded_recursion` has no mode", &name, &MODES.map(|(known, _)| known)),
            None => "`mode` is `count`, `stack` or `both`\nhelp: `mode = both`".to_owned(),
        };
        report.add(Rule::WrongValue, given, &message);
    }
    known
}

fn group(arg: Arg, report: &mut Report) -> Option<Path> {
    match arg.assigned(report)? {
        Expr::Path(ExprPath { path, .. }) => Some(path),
        other => {
            let message = "`group` takes the path of a group\n\
                help: `portcullis::recursion_group!(pub IDLE);` and `group = IDLE`";
            report.add(Rule::WrongValue, other, message);
            None
        }
    }
}

impl Pass for BoundedRecursion {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        if self.or.observes() {
            return;
        }
        if self.applies(subject) {
            self.or.ensure(subject, report);
            subject.ensure_all_in_future("bounded_recursion", report);
        } else if self.written {
            let message = "`bounded_recursion` cannot see the future that this function returns, and so not how deep it goes\n\
                help: make it an `async fn`, or end it with `async move { .. }` or `Box::pin(async move { .. })`";
            report.add(Rule::UnseenFuture, &subject.item.sig.output, message);
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        if !self.applies(subject) {
            return;
        }
        plan.needs_std.push("bounded_recursion");
        let violation = names::local("violation");
        let (refuse, max) = (self.refuse(subject), &self.max);
        let deep = names::local("deep");
        let mark = self.mark(&deep);
        // Shown as the place of a refusal.
        let name = subject.item.sig.ident.span();
        if self.or.observes() {
            return self.observe(plan, subject, &refuse);
        }
        // It keeps nothing, so nothing stands between the body and its end: a call in tail position stays a jump
        // (`tests/user_crate.rs`).
        let stack = (self.mode != Mode::Count).then(|| {
            let check = quote_spanned!(name=> __portcullis::Stack::check(&__PORTCULLIS_STACK));
            quote! {
                if let __portcullis::Err(#violation) = {
                    __portcullis::thread_local! {
                        static __PORTCULLIS_STACK: __portcullis::Stack = const { __portcullis::Stack::new() };
                    }
                    #check
                } {
                    #refuse;
                }
            }
        });
        if subject.shape == Shape::Sync {
            let depth = names::local("depth");
            let descend = (self.mode != Mode::Stack).then(|| {
                let function = if self.key.is_some() {
                    quote!(__portcullis::None)
                } else {
                    quote!(__portcullis::Some(__PORTCULLIS_FUNCTION))
                };
                let admit =
                    self.with_group(|group| quote_spanned!(name=> __portcullis::Depth::admit(#group, #max, #function)));
                plan.entry.push(quote! {
                    let #depth = match #admit {
                        __portcullis::Ok(#depth) => #depth,
                        __portcullis::Err(#violation) => #refuse,
                    };
                });
                let mark = self.key.is_some().then(|| {
                    quote! {
                        if let __portcullis::Some(#deep) = #depth.deep() {
                            #mark
                        }
                    }
                });
                quote! {
                    let #depth = #depth.descend();
                    #mark
                }
            });
            plan.descent = Some(Descent { statement: quote!(#stack #descend), after: plan.entry.len() });
            return;
        }
        if self.mode != Mode::Stack {
            let group = names::local("group");
            let made = self.with_group(|group| quote!(__portcullis::scope(|| #group)));
            plan.scope = Some(Scope { made, runs: "scoped" });
            plan.entry.push(if self.key.is_some() {
                let admit = quote_spanned!(name=> __portcullis::admit_keyed(#group, #max));
                quote! {
                    match #admit {
                        __portcullis::Ok(__portcullis::Some(#deep)) => #mark,
                        __portcullis::Ok(__portcullis::None) => {}
                        __portcullis::Err(#violation) => {
                            #refuse;
                        }
                    }
                }
            } else {
                let admit = quote_spanned!(name=> __portcullis::admit(#group, #max, __PORTCULLIS_FUNCTION));
                quote! {
                    if let __portcullis::Err(#violation) = #admit {
                        #refuse;
                    }
                }
            });
        }
        plan.entry.extend(stack);
    }

    fn tell(&self, subject: &Subject, told: &mut Told) {
        if !self.applies(subject) {
            return;
        }
        let (max, group) = (&self.max, &self.group);
        let group = group.as_ref().map(|group| quote!(, group = #group));
        let keys = match self.mode {
            Mode::Count => quote!(max = #max #group),
            Mode::Stack => quote!(mode = stack),
            Mode::Both => quote!(mode = both, max = #max #group),
        };
        told.protections.push(text::of_code(quote!(bounded_recursion(#keys))));
    }
}
