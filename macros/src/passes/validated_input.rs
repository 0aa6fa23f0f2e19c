//! `validated_input`: every parameter against its rules, before the body.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned;
use syn::{Meta, Type};

use crate::args::{self, Arg, Value};
use crate::check::Check;
use crate::names;
use crate::parameter::{Parameter, TypeKind};
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::Subject;

pub(crate) struct ValidatedInput {
    pub(crate) or: Or,
}

/// The extractors whose one field is what the client sent. A type of that name has to lend a validated value, or does not
/// compile; other fields of it would go unseen, which the docs say.
const EXTRACTORS: [&str; 6] = ["Json", "Query", "Path", "Form", "Valid", "TypedHeader"];

/// One value to check: a binding, its rules, and its type where the pattern shows it.
struct Checked<'a> {
    binding: &'a Ident,
    checks: Vec<(Ident, Check)>,
    ty: Option<&'a Type>,
    cfgs: Vec<&'a syn::Attribute>,
}

impl Pass for ValidatedInput {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        let mut any = false;
        for parameter in subject.parameters() {
            any |= !read(&parameter, report).is_empty();
        }
        if any {
            self.or.ensure(subject, report);
            subject.ensure_all_in_future("validated_input", report);
        }
    }

    fn judged_by_types(&self, subject: &Subject) -> TokenStream {
        let input = names::local("input");
        let probes: Vec<TokenStream> = subject
            .parameters()
            .filter(|parameter| parameter.helper("check").next().is_none())
            .flat_map(|parameter| read(&parameter, &mut Report::default()))
            .filter(|value| value.kind() == TypeKind::Unknown)
            .map(|value| value.print(&input))
            .collect();
        if probes.is_empty() {
            TokenStream::new()
        } else {
            quote!(let mut #input = __portcullis::Input::new(); #(#probes)*)
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.parameters_checked = true;
        let input = names::local("input");
        // Every mistake has been reported by `ensure`, or there would be no plan.
        let checked: Vec<TokenStream> = subject
            .parameters()
            .flat_map(|parameter| read(&parameter, &mut Report::default()))
            .map(|value| value.print(&input))
            .collect();
        if checked.is_empty() {
            return;
        }
        let violation = names::local("violation");
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        let finish = quote_spanned!(subject.item.sig.ident.span()=> finish());
        plan.entry.push(quote! {
            let mut #input = __portcullis::Input::new();
            #(#checked)*
            if let __portcullis::Err(#violation) = #input.#finish {
                #refuse;
            }
        });
    }
}

/// What to check of a parameter, after its attributes and its type.
fn read<'a>(parameter: &Parameter<'a>, report: &mut Report) -> Vec<Checked<'a>> {
    let trusted = parameter.helper("trusted").inspect(|attribute| ensure_trusted(attribute, report)).count() > 0;
    let rules: Vec<Arg> = parameter
        .helper("check")
        .flat_map(|attribute| match &attribute.meta {
            Meta::List(list) => report.take(args::list(list.tokens.clone())).unwrap_or_default(),
            other => {
                report.add(
                    Rule::UnknownCheck,
                    other,
                    "`check` takes rules\nhelp: `#[check(range(min = 1, max = 100))]`",
                );
                Vec::new()
            }
        })
        .collect();
    if trusted {
        if let Some(rule) = rules.first() {
            let message = "this parameter is trusted, so the rule would never be asked\nhelp: keep one of the two";
            report.add(Rule::KeyTwice, &rule.name, message);
        }
        return Vec::new();
    }
    let ty = &*parameter.of.ty;
    if let Some(binding) = parameter.name() {
        let value =
            Checked { binding, checks: checks(rules, report), ty: Some(ty), cfgs: parameter.helper("cfg").collect() };
        value.ensure(parameter, report);
        return if value.needs_nothing() { Vec::new() } else { vec![value] };
    }
    by_binding(parameter, rules, report)
}

/// `#[check(a(..), b(..))]` on a pattern.
fn by_binding<'a>(parameter: &Parameter<'a>, rules: Vec<Arg>, report: &mut Report) -> Vec<Checked<'a>> {
    let mut values: Vec<Checked<'a>> = parameter
        .bindings()
        .into_iter()
        .map(|binding| Checked {
            binding: &binding.ident,
            checks: Vec::new(),
            ty: None,
            cfgs: parameter.helper("cfg").collect(),
        })
        .collect();
    for rule in rules {
        let Some(value) = values.iter_mut().find(|value| *value.binding == rule.name) else {
            let known: Vec<String> = values.iter().map(|value| value.binding.to_string()).collect();
            let message = format!(
                "the pattern binds no `{}`, and rules on a pattern stand under the name that they are for\nhelp: `#[check({}(range(..)))]`",
                rule.name,
                known.first().map_or("name", |name| name),
            );
            report.add(Rule::UnknownBinding, &rule.name, &message);
            continue;
        };
        let Value::List(tokens) = rule.value else {
            let message =
                format!("rules on a pattern stand in a list\nhelp: `{}(range(min = 1, max = 100))`", rule.name);
            report.add(Rule::UnknownCheck, &rule.name, &message);
            continue;
        };
        let rules = report.take(args::list(tokens)).unwrap_or_default();
        value.checks.extend(checks(rules, report));
        for (name, check) in &value.checks {
            check.ensure(TypeKind::Unknown, name, report);
        }
    }
    values
}

fn checks(rules: Vec<Arg>, report: &mut Report) -> Vec<(Ident, Check)> {
    rules.into_iter().filter_map(|rule| Some((rule.name.clone(), Check::read(rule, report)?))).collect()
}

fn ensure_trusted(attribute: &syn::Attribute, report: &mut Report) {
    let tokens = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    args::ensure_reason("trusted", tokens, attribute.path().span(), report);
}

impl Checked<'_> {
    fn kind(&self) -> TypeKind {
        self.ty.map_or(TypeKind::Unknown, TypeKind::of)
    }

    /// Every value of these types is as good as any other.
    fn needs_nothing(&self) -> bool {
        self.checks.is_empty() && matches!(self.kind(), TypeKind::Bool | TypeKind::Unit)
    }

    fn ensure(&self, parameter: &Parameter<'_>, report: &mut Report) {
        let kind = self.kind();
        for (name, check) in &self.checks {
            check.ensure(kind, name, report);
        }
        let says_nothing_by_itself = !matches!(kind, TypeKind::Unknown | TypeKind::Bool | TypeKind::Unit);
        let written = parameter.helper("check").next().is_some();
        if self.checks.is_empty() && !written && (says_nothing_by_itself && !self.holds_validated()) {
            let name = self.binding;
            let ty = source_text(&parameter.of.ty);
            let rule = kind.suggestion();
            let message = format!(
                "the client chooses `{name}: {ty}`, and nothing checks it\n\
                 help: write a rule before it: `{rule} {name}: {ty}`\n\
                 help: or, if no client controls it: `#[trusted(reason = \"..\")] {name}: {ty}`"
            );
            report.add(Rule::NoCheck, parameter.of, &message);
        }
    }

    /// A list of a type that may be `Validate`.
    fn holds_validated(&self) -> bool {
        fn element(ty: &Type) -> Option<&Type> {
            match ty {
                Type::Reference(reference) => element(&reference.elem),
                Type::Slice(slice) => Some(&slice.elem),
                Type::Array(array) => Some(&array.elem),
                Type::Path(path) => match &path.path.segments.last()?.arguments {
                    syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                        syn::GenericArgument::Type(element) => Some(element),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            }
        }
        self.ty.and_then(element).is_some_and(|element| TypeKind::of(element) == TypeKind::Unknown)
    }

    /// The statements that check it, where the parameter itself is.
    fn print(&self, input: &Ident) -> TokenStream {
        let (cfgs, checks) = (&self.cfgs, self.checks(input));
        if cfgs.is_empty() { checks } else { quote!(#(#cfgs)* { #checks }) }
    }

    fn checks(&self, input: &Ident) -> TokenStream {
        let binding = self.binding;
        let path = binding.unraw().to_string();
        let by_reference = |at| match self.ty {
            Some(Type::Reference(reference)) if reference.mutability.is_some() => quote_spanned!(at=> &*#binding),
            Some(Type::Reference(_)) => quote!(#binding),
            _ => quote_spanned!(at=> &#binding),
        };
        let probe = || {
            let at = names::at(self.ty.map_or_else(|| binding.span(), Spanned::span));
            let mut lent = by_reference(at);
            if self.ty.is_some_and(is_extractor) {
                lent = quote_spanned!(at=> &**#lent);
            }
            quote_spanned!(at=> (&&&&__portcullis::Probe(#lent)).__portcullis_check(&mut #input, #path);)
        };
        if self.checks.is_empty() {
            return probe();
        }
        let calls = self.checks.iter().map(|(name, check)| match check {
            Check::Nested => probe(),
            check => {
                let at = names::at(name.span());
                // Words compare with words as they are; a number with numbers, not with references to them.
                let compared = match self.kind() {
                    TypeKind::Text | TypeKind::Unknown => quote_spanned!(at=> &#binding),
                    _ => by_reference(at),
                };
                let call = check.call(at, &by_reference(at), &compared);
                quote_spanned!(at=> #input.rule(#path, #call);)
            }
        });
        quote!(#(#calls)*)
    }
}

fn is_extractor(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| EXTRACTORS.iter().any(|name| last.ident == name))
}

/// The type as its tokens, closed up: for messages only.
fn source_text(ty: &Type) -> String {
    let text = quote!(#ty).to_string();
    let mut closed = text;
    for (spaced, tight) in
        [(" < ", "<"), (" >", ">"), (" ,", ","), (" :: ", "::"), ("& ", "&"), ("< ", "<"), ("[ ", "["), (" ]", "]")]
    {
        closed = closed.replace(spaced, tight);
    }
    closed
}
