//! `validated_input`: every parameter against its rules, before the body.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, Meta, Stmt, Token, Type};

use crate::args::{self, Arg, Value};
use crate::check::value::{Place, Unchecked, types_of};
use crate::check::{Rules, Standing};
use crate::names;
use crate::parameter::Parameter;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::{Exit, Or, names_in};
use crate::report::Report;
use crate::route::{Judged, Row, Told};
use crate::rules::Rule;
use crate::subject::Subject;
use crate::text;

pub(crate) struct ValidatedInput {
    or: Or,
    /// `require(start <= end)`: what has to hold between parameters.
    required: Vec<Expr>,
}

/// One value to check: a binding, its rules, and its type where the signature shows it.
struct Checked<'a> {
    binding: &'a Ident,
    rules: Rules,
    ty: Option<&'a Type>,
    cfgs: Vec<&'a syn::Attribute>,
    /// What has no rule is passed over.
    observed: bool,
}

impl ValidatedInput {
    pub(crate) fn read(require: Option<Arg>, or: Or, report: &mut Report) -> Self {
        let required = require.and_then(|arg| {
            let (name, tokens) = (arg.name.clone(), arg.list(report)?);
            let list = report.take(Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens))?;
            if list.is_empty() {
                report.add(Rule::WrongValue, name, "`require` takes conditions\nhelp: `require(start <= end)`");
            }
            Some(list.into_iter().collect())
        });
        Self { or, required: required.unwrap_or_default() }
    }

    pub(crate) fn required(&self) -> &[Expr] {
        &self.required
    }

    /// The parameters that a condition is about.
    fn parameters_of(required: &Expr, subject: &Subject) -> Vec<Ident> {
        let parameters: Vec<_> = subject.parameters().collect();
        let bound: Vec<&Ident> =
            parameters.iter().flat_map(Parameter::bindings).map(|binding| &binding.ident).collect();
        names_in(required).into_iter().filter(|name| bound.contains(&name)).collect()
    }

    /// The checks, and what follows where one of them is not met.
    fn checked(&self, subject: &Subject, input: &Ident, checks: &TokenStream) -> TokenStream {
        let violation = names::local("violation");
        let refuse = self.or.refuse(subject, Exit::Return, &quote!(#violation));
        let finish = quote_spanned!(subject.item.sig.ident.span()=> finish());
        if self.or.observes() {
            return quote! {
                match __portcullis::judged(|| { let mut #input = __portcullis::Input::new(); #checks #input.#finish }) {
                    __portcullis::Ok(()) => true,
                    __portcullis::Err(#violation) => {
                        #refuse;
                        false
                    }
                }
            };
        }
        quote! {
            let mut #input = __portcullis::Input::new();
            #checks
            if let __portcullis::Err(#violation) = #input.#finish {
                #refuse;
            }
        }
    }

    /// Complains of a condition that runs where nothing can be awaited.
    fn ensure_judged(required: &Expr, report: &mut Report) {
        struct Search<'a>(&'a mut Report);
        impl<'a> Visit<'a> for Search<'_> {
            fn visit_expr_await(&mut self, awaited: &'a syn::ExprAwait) {
                let message = "under `observe` a condition is asked aside, and cannot await\n\
                    help: leave it out of `require` until `observe` goes";
                self.0.add(Rule::WrongValue, awaited, message);
            }
            fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}
        }
        Search(report).visit_expr(required);
    }

    fn values_of<'a>(&self, parameter: &Parameter<'a>, report: &mut Report) -> Vec<Checked<'a>> {
        read(parameter, self.or.observes(), report)
    }
}

impl Pass for ValidatedInput {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        let mut any = !self.required.is_empty();
        for parameter in subject.parameters() {
            any |= !self.values_of(&parameter, report).is_empty();
        }
        for required in &self.required {
            if self.or.observes() {
                Self::ensure_judged(required, report);
            }
            if Self::parameters_of(required, subject).is_empty() {
                let message = "this condition names no parameter\nhelp: `require(start <= end)`, of the names that the parameters bind";
                report.add(Rule::UnknownBinding, required, message);
            }
        }
        if any && !self.or.observes() {
            self.or.ensure(subject, report);
            subject.ensure_all_in_future("validated_input", report);
        }
    }

    fn judged_by_types(&self, subject: &Subject) -> TokenStream {
        let input = names::local("input");
        let probes: Vec<TokenStream> = subject
            .parameters()
            .filter(|parameter| parameter.helper("check").next().is_none())
            .flat_map(|parameter| self.values_of(&parameter, &mut Report::default()))
            .filter(|value| value.place("", &value.rules).unchecked().is_none())
            .map(|value| value.print(&input))
            .collect();
        if probes.is_empty() {
            TokenStream::new()
        } else {
            quote!(let mut #input = __portcullis::Input::new(); #(#probes)*)
        }
    }

    /// The conditions are the user's own, and come to stand in the body as if they were written there: what is checked in it
    /// is checked in them.
    fn prepare(&self, subject: &mut Subject) {
        if self.required.is_empty() {
            return;
        }
        let input = names::local("input");
        // The first stands outermost: those after it are asked where it holds, and may rely on it.
        let conditions = self.required.iter().rev().fold(TokenStream::new(), |inner, required| {
            let about: Vec<String> =
                Self::parameters_of(required, subject).iter().map(|name| name.unraw().to_string()).collect();
            let (first, others) =
                about.split_first().map_or((String::new(), &[][..]), |(first, others)| (first.clone(), others));
            let others = others.join(", ");
            let at = names::at(required.span());
            quote_spanned!(at=> if #input.require(#first, #others, #required) { #inner })
        });
        let conditions = self.checked(subject, &input, &conditions);
        let conditions = if self.or.observes() {
            // They may rely on the rules, which do not keep anything out here.
            let met = names::local("met");
            quote!({ if #met { let _ = #conditions; } })
        } else {
            quote!({ #conditions })
        };
        // Parsed, since the walk over the body sees parsed expressions only.
        match syn::parse2(conditions) {
            Ok(conditions) => subject.body().stmts.insert(0, Stmt::Expr(Expr::Block(conditions), None)),
            Err(_) => unreachable!("each condition has been parsed"),
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.parameters_checked = true;
        let input = names::local("input");
        // Every mistake has been reported by `ensure`, or there would be no plan.
        let checked: Vec<TokenStream> = subject
            .parameters()
            .flat_map(|parameter| self.values_of(&parameter, &mut Report::default()))
            .map(|value| value.print(&input))
            .collect();
        if self.or.observes() {
            let met = (!self.required.is_empty()).then(|| names::local("met"));
            let checked = match (checked.is_empty(), &met) {
                (true, None) => return,
                (true, Some(_)) => quote!(true),
                (false, _) => self.checked(subject, &input, &quote!(#(#checked)*)),
            };
            plan.entry.push(if let Some(met) = met { quote!(let #met = #checked;) } else { quote!(let _ = #checked;) });
        } else if !checked.is_empty() {
            plan.entry.push(self.checked(subject, &input, &quote!(#(#checked)*)));
        } else if !self.required.is_empty() {
            // What they name has to be in scope.
            plan.entry.push(TokenStream::new());
        }
    }

    fn tell(&self, subject: &Subject, told: &mut Told) {
        told.protections.push("validated_input".to_owned());
        told.parameters = true;
        told.rows.extend(subject.parameters().flat_map(|parameter| rows(&parameter, self.or.observes())));
        told.rows.extend(self.required.iter().map(|required| {
            let about: Vec<String> =
                Self::parameters_of(required, subject).iter().map(|name| name.unraw().to_string()).collect();
            Row {
                cfgs: Vec::new(),
                parameter: about.join(", "),
                ty: String::new(),
                rule: format!("require({})", text::of_code(required.to_token_stream())),
                judged: Judged::ByRules,
                reasons: Vec::new(),
            }
        }));
    }
}

/// What the table says of a parameter: a row for each value that it brings.
fn rows(parameter: &Parameter<'_>, observed: bool) -> Vec<Row> {
    let cfgs: Vec<syn::Attribute> = parameter.helper("cfg").cloned().collect();
    let row = |name: String, ty: Option<&Type>, rules: TokenStream, judged| {
        let mut reasons = Vec::new();
        find_reasons(rules.clone(), &mut reasons);
        let ty = ty.map(text::of_type).unwrap_or_default();
        Row { cfgs: cfgs.clone(), parameter: name, ty, rule: text::of_code(rules), judged, reasons }
    };
    let pattern = || text::of_code(parameter.of.pat.to_token_stream());
    if let Some(trusted) = parameter.helper("trusted").next() {
        let reason = reason(&args::tokens_of(trusted));
        let row = row(pattern(), Some(&parameter.of.ty), TokenStream::new(), Judged::Trusted);
        return vec![Row { reasons: reason.into_iter().collect(), ..row }];
    }
    let written: Vec<TokenStream> = parameter.helper("check").map(args::tokens_of).collect();
    let judge = |ty: Option<&Type>, binding: &Ident, tokens: TokenStream, standing| {
        let mut rules = Rules::default();
        let list = args::list(tokens).unwrap_or_default();
        let only_trusted = list.iter().all(|arg| arg.name == "trusted") && !list.is_empty();
        rules.read(list, standing, &mut Report::default());
        let value = Checked { binding, rules, ty, cfgs: Vec::new(), observed };
        if only_trusted {
            Judged::Trusted
        } else if !value.rules.checks.is_empty() {
            Judged::ByRules
        } else if value.place("", &value.rules).needs_nothing() {
            Judged::Any
        } else if value.place("", &value.rules).unchecked().is_some() {
            Judged::Not
        } else {
            Judged::ByType
        }
    };
    if let Some(name) = parameter.name() {
        let (ty, rules) = (&*parameter.of.ty, quote!(#(#written),*));
        let judged = judge(Some(ty), name, rules.clone(), Standing::Parameter);
        return vec![row(name.unraw().to_string(), Some(ty), rules, judged)];
    }
    let mut types = Vec::new();
    types_of(&parameter.of.pat, &parameter.of.ty, &mut types);
    let lists: Vec<Arg> = written.into_iter().flat_map(|rules| args::list(rules).unwrap_or_default()).collect();
    let rows: Vec<Row> = parameter
        .bindings()
        .into_iter()
        .map(|binding| {
            let binding = &binding.ident;
            let ty = types.iter().find(|(name, _)| *name == binding).map(|(_, ty)| *ty);
            let of = lists.iter().filter(|arg| arg.name == *binding).filter_map(|arg| match &arg.value {
                Value::List(rules) => Some(rules),
                _ => None,
            });
            let rules = quote!(#(#of),*);
            let judged = judge(ty, binding, rules.clone(), Standing::Part);
            row(binding.unraw().to_string(), ty, rules, judged)
        })
        .collect();
    if rows.is_empty() {
        return vec![row(pattern(), Some(&parameter.of.ty), TokenStream::new(), Judged::Not)];
    }
    rows
}

/// `reason = ".."`.
fn reason(tokens: &TokenStream) -> Option<String> {
    let arg = args::list(tokens.clone()).ok()?.into_iter().find(|arg| arg.name == "reason")?;
    match arg.value {
        Value::Assigned(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) => Some(text.value()),
        _ => None,
    }
}

/// Of each `trusted(reason = "..")` among rules.
fn find_reasons(rules: TokenStream, reasons: &mut Vec<String>) {
    for arg in args::list(rules).unwrap_or_default() {
        match arg.value {
            Value::List(inner) if arg.name == "trusted" => reasons.extend(reason(&inner)),
            Value::List(inner) => find_reasons(inner, reasons),
            _ => {}
        }
    }
}

/// What to check of a parameter, after its attributes and its type.
fn read<'a>(parameter: &Parameter<'a>, observed: bool, report: &mut Report) -> Vec<Checked<'a>> {
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
    let values = match parameter.name() {
        Some(binding) => {
            let mut value = Checked {
                binding,
                rules: Rules::default(),
                ty: Some(&*parameter.of.ty),
                cfgs: parameter.helper("cfg").collect(),
                observed,
            };
            value.rules.read(rules, Standing::Parameter, report);
            // What could not be read has been reported.
            value.rules.settled |= value.rules.is_empty() && parameter.helper("check").next().is_some();
            vec![value]
        }
        None => by_binding(parameter, rules, observed, report),
    };
    for value in &values {
        value.ensure(parameter, report);
    }
    values.into_iter().filter(|value| !value.place("", &value.rules).needs_nothing()).collect()
}

/// `#[check(a(..), b(..))]` on a pattern.
fn by_binding<'a>(parameter: &Parameter<'a>, rules: Vec<Arg>, observed: bool, report: &mut Report) -> Vec<Checked<'a>> {
    let mut types = Vec::new();
    types_of(&parameter.of.pat, &parameter.of.ty, &mut types);
    let mut values: Vec<Checked<'a>> = parameter
        .bindings()
        .into_iter()
        .map(|binding| Checked {
            binding: &binding.ident,
            rules: Rules::default(),
            ty: types.iter().find(|(name, _)| **name == binding.ident).map(|(_, ty)| *ty),
            cfgs: parameter.helper("cfg").collect(),
            observed,
        })
        .collect();
    let mut misread = false;
    for rule in rules {
        let Some(value) = values.iter_mut().find(|value| *value.binding == rule.name) else {
            let known: Vec<String> = values.iter().map(|value| value.binding.to_string()).collect();
            let message = format!(
                "the pattern binds no `{}`, and rules on a pattern stand under the name that they are for\nhelp: `#[check({}(range(..)))]`",
                rule.name,
                known.first().map_or("name", |name| name),
            );
            report.add(Rule::UnknownBinding, &rule.name, &message);
            misread = true;
            continue;
        };
        let Value::List(tokens) = rule.value else {
            let message =
                format!("rules on a pattern stand in a list\nhelp: `{}(range(min = 1, max = 100))`", rule.name);
            report.add(Rule::UnknownCheck, &rule.name, &message);
            value.rules.settled = true;
            continue;
        };
        let rules = report.take(args::list(tokens)).unwrap_or_default();
        value.rules.read(rules, Standing::Part, report);
    }
    for value in &mut values {
        // The rules may have been meant for it.
        value.rules.settled |= misread && value.rules.is_empty();
    }
    values
}

fn ensure_trusted(attribute: &syn::Attribute, report: &mut Report) {
    args::ensure_reason("trusted", args::tokens_of(attribute), attribute.path().span(), report);
}

impl Checked<'_> {
    fn place<'a>(&'a self, path: &'a str, rules: &'a Rules) -> Place<'a> {
        let at = self.ty.map_or_else(|| self.binding.span(), Spanned::span);
        Place { path, ty: self.ty, rules, at, observed: self.observed }
    }

    fn ensure(&self, parameter: &Parameter<'_>, report: &mut Report) {
        let place = self.place("", &self.rules);
        place.ensure_rules(report);
        let Some(unchecked) = place.unchecked().filter(|_| !self.observed) else { return };
        let name = self.binding;
        let ty = self.ty.map(source_text).unwrap_or_default();
        let whole = parameter.name().is_some();
        let message = match unchecked {
            Unchecked::All(rule) if whole => format!(
                "the client chooses `{name}: {ty}`, and nothing checks it\n\
                 help: write a rule before it: `#[check({rule})] {name}: {ty}`\n\
                 help: or, if no client controls it: `#[trusted(reason = \"..\")] {name}: {ty}`"
            ),
            Unchecked::All(rule) => format!(
                "the client chooses `{name}: {ty}`, and nothing checks it\n\
                 help: write a rule before the parameter: `#[check({name}({rule}))]`\n\
                 help: or, if no client controls it: `#[check({name}(trusted(reason = \"..\")))]`"
            ),
            Unchecked::Part(part, rule) => {
                let all = if whole { format!("#[check({rule})]") } else { format!("#[check({name}({rule}))]") };
                let of = if part == "each" { "elements" } else { part };
                format!(
                    "the client chooses the {of} of `{name}: {ty}`, and nothing checks them\n\
                     help: write a rule for each: `{all}`\n\
                     help: or, if any will do: `{part}(trusted(reason = \"..\"))`"
                )
            }
        };
        if whole {
            report.add(Rule::NoCheck, parameter.of, &message);
        } else {
            report.add(Rule::NoCheck, name, &message);
        }
    }

    /// The statements that check it, where the parameter itself is.
    fn print(&self, input: &Ident) -> TokenStream {
        let (binding, cfgs) = (self.binding, &self.cfgs);
        let path = binding.unraw().to_string();
        let place = self.place(&path, &self.rules);
        let at = names::at(place.at);
        let checks = place.print(input, &quote_spanned!(at=> &#binding));
        if cfgs.is_empty() { checks } else { quote!(#(#cfgs)* { #checks }) }
    }
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
