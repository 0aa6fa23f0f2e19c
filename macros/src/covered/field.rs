//! One field of a covered type: its rules, whether they cover it, and the statements that ask them.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, Index, Member, Meta, Type};

use super::serde::{Case, Serde};
use super::{types, validate};
use crate::args;
use crate::check::value::{Place, Unchecked};
use crate::check::{Check, Length, Rules, Standing};
use crate::names;
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

pub(super) struct Covering<'a> {
    pub(super) field: &'a Field,
    pub(super) member: Member,
    /// Those of `#[check(..)]`, but for `nested`.
    pub(super) rules: Rules,
    /// `nested` among them.
    pub(super) nested: bool,
    pub(super) validated: Vec<validate::Asked>,
    pub(super) trusted: bool,
    pub(super) unsaid: bool,
    step: Step,
}

/// What the field adds to the path.
enum Step {
    Nothing,
    Name(String),
    Index(usize),
}

/// What the item says of all its fields.
pub(super) struct Outer<'a> {
    pub(super) case: Case,
    pub(super) transparent: bool,
    pub(super) nested: bool,
    /// `#[validate(..)]` stands somewhere, so that this is what to suggest.
    pub(super) by_validator: bool,
    pub(super) fields: &'a syn::Fields,
}

impl<'a> Covering<'a> {
    /// `at` is its place among all, and `sent` among those that the client sends.
    pub(super) fn read(field: &'a Field, at: usize, sent: usize, outer: &Outer<'_>, report: &mut Report) -> Self {
        let member = field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(at)), Member::Named);
        let serde = Serde::read(&field.attrs);
        let step = match &field.ident {
            _ if outer.transparent || serde.is_flat() => Step::Nothing,
            Some(name) => Step::Name(serde.field(name, &outer.case)),
            // To serde a tuple of one is what it holds.
            None if outer.fields.len() == 1 => Step::Nothing,
            None => Step::Index(sent),
        };
        let mut trusted = false;
        for attribute in helpers(&field.attrs, "trusted") {
            trusted = true;
            args::ensure_reason("trusted", args::tokens_of(attribute), attribute.path().span(), report);
        }
        let mut rules = rules(&field.attrs, report);
        let mut validated = validate::read(&field.attrs, report);
        if outer.nested && !validated.skipped {
            validated.asked.push(validate::Asked::nested(field.ty.span()));
        }
        rules.settled |= validated.mistaken;
        let nested = rules.checks.iter().position(|(_, check)| matches!(check, Check::Nested));
        let nested = nested.map(|at| rules.checks.remove(at)).is_some();
        let unsaid = serde.is_skipped();
        let mut covering = Self { field, member, rules, nested, validated: validated.asked, trusted, unsaid, step };
        covering.ensure(outer, report);
        covering.settle_parts();
        covering
    }

    fn place<'p>(&'p self, rules: &'p Rules) -> Place<'p> {
        Place { path: "", ty: Some(&self.field.ty), rules, at: self.field.ty.span(), observed: false }
    }

    fn ensure(&mut self, outer: &Outer<'_>, report: &mut Report) {
        let ty = &self.field.ty;
        self.place(&self.rules).ensure_rules(report);
        ensure_asked(&self.rules, report);
        for asked in &self.validated {
            if let validate::Kind::MustMatch(other) = &asked.kind
                && !outer.fields.iter().any(|field| field.ident.as_ref() == Some(other))
            {
                report.add(Rule::Unasked, other, &format!("there is no field `{other}`"));
            }
        }
        if self.trusted {
            if self.has_rules() {
                let message = "this field is trusted, so its rules would never be asked\nhelp: keep one of the two";
                report.add(Rule::KeyTwice, self.shown(), message);
            }
            return;
        }
        if self.unsaid || (types::is_harmless(ty) && !self.has_rules()) {
            return;
        }
        if self.is_nested() && types::elements(ty).is_some() && !self.has_length() {
            let message = "this list of nested values may have any length, and each of them is visited\n\
                           help: bound it too: `#[check(length(max = 64))]`";
            report.add(Rule::EndlessList, self.shown(), message);
        }
        if let Some(unchecked) = self.unchecked() {
            self.report_unchecked(unchecked, outer, report);
        }
    }

    /// What no rule and no reason answers for. Rules of validator answer for the value that they stand before; but only one of
    /// the user's own for what is in a collection.
    fn unchecked(&mut self) -> Option<Unchecked> {
        let answered =
            self.nested || self.validated.iter().any(|asked| !matches!(asked.kind, validate::Kind::Required));
        if self.validated.iter().any(|asked| matches!(asked.kind, validate::Kind::Custom(_))) {
            return None;
        }
        if answered {
            // In its place among the rules, while these are judged.
            self.rules.checks.push((Ident::new("nested", self.field.ty.span()), Check::Nested));
        }
        let place = self.place(&self.rules);
        let unchecked = match place.unchecked() {
            None if self.rules.is_empty() && !types::is_harmless(&self.field.ty) => {
                Some(Unchecked::All(types::suggestion(&self.field.ty).to_owned()))
            }
            // Of bytes, any is as good as another, and an array has its length.
            Some(Unchecked::All(_)) if types::is_harmless(&self.field.ty) => None,
            // For a parameter the compiler looks whether they can be validated. Here the walk goes where `nested` stands.
            None if self.has_elements_unseen() => {
                let part = if types::is_map(&self.field.ty) { "values" } else { "each" };
                Some(Unchecked::Part(part, "length(max = 64), nested".to_owned()))
            }
            Some(Unchecked::All(rule)) if self.has_elements_unseen() => Some(Unchecked::All(format!("{rule}, nested"))),
            unchecked => unchecked,
        };
        if answered {
            self.rules.checks.pop();
        }
        unchecked
    }

    fn has_elements_unseen(&self) -> bool {
        let answered =
            self.is_nested() || self.rules.has_custom() || self.rules.settled || !self.rules.steps.is_empty();
        let said = self.rules.each().is_some() || self.rules.values().is_some();
        !answered && !said && types::held(&self.field.ty).is_some_and(types::is_unknown)
    }

    fn report_unchecked(&self, unchecked: Unchecked, outer: &Outer<'_>, report: &mut Report) {
        let what = match &self.member {
            Member::Named(name) => format!("`{name}`"),
            Member::Unnamed(index) => index.index.to_string(),
        };
        let message = match unchecked {
            Unchecked::All(rule) => {
                let reason = if self.validated.is_empty() {
                    format!("the client chooses the field {what}, and nothing checks it")
                } else {
                    format!("`required` says that the field {what} is there, and nothing of its value")
                };
                let rule = if outer.by_validator { types::for_validator(&rule) } else { format!("#[check({rule})]") };
                format!(
                    "{reason}\nhelp: write a rule before it: `{rule}`\n\
                     help: or, if no client controls it: `#[trusted(reason = \"..\")]`"
                )
            }
            Unchecked::Part(part, rule) => {
                let of = if part == "each" { "elements" } else { part };
                format!(
                    "the client chooses the {of} of the field {what}, and nothing checks them\n\
                     help: write a rule for each: `#[check({rule})]`\n\
                     help: or, if any will do: `{part}(trusted(reason = \"..\"))`"
                )
            }
        };
        report.add(Rule::NotCovered, self.shown(), &message);
    }

    /// The field without its attributes, to be underlined.
    fn shown(&self) -> TokenStream {
        let ty = &self.field.ty;
        self.field.ident.as_ref().map_or_else(|| quote!(#ty), |name| quote!(#name: #ty))
    }

    fn has_rules(&self) -> bool {
        !self.rules.is_empty() || self.nested || !self.validated.is_empty()
    }

    fn is_nested(&self) -> bool {
        self.nested || self.validated.iter().any(|asked| matches!(asked.kind, validate::Kind::Nested))
    }

    fn has_length(&self) -> bool {
        self.rules.checks.iter().any(
            |(_, check)| matches!(check, Check::Length(Length { max, equal, .. }) if max.is_some() || equal.is_some()),
        ) || self.validated.iter().any(
            |asked| matches!(&asked.kind, validate::Kind::Length([_, max, equal]) if max.is_some() || equal.is_some()),
        )
    }

    /// The type that has to be covered for this one to be.
    pub(super) fn nested_type(&self) -> Option<&'a Type> {
        self.is_asked().then_some(&self.field.ty).filter(|_| self.is_nested())
    }

    pub(super) fn is_asked(&self) -> bool {
        !self.trusted && self.has_rules()
    }

    /// The fields that its rules compare it with.
    pub(super) fn compared_with(&self) -> impl Iterator<Item = &Ident> {
        self.validated.iter().filter_map(|asked| match &asked.kind {
            validate::Kind::MustMatch(other) => Some(other),
            _ => None,
        })
    }

    /// The statements that ask its rules, where `field` is bound to a reference to it.
    pub(super) fn print(&self, field: &Ident, bound: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let (at, found, before) = (names::local("at"), names::local("found"), names::local("before"));
        let value = names::local("value");
        let by_name = quote!(#value);
        let ty = &self.field.ty;
        let options = types::optional(ty).1;
        let checked = self.print_checks(field);
        let mut rules = TokenStream::new();
        let mut required = TokenStream::new();
        for asked in &self.validated {
            if matches!(asked.kind, validate::Kind::Required) {
                required.extend(asked.print(&quote!(#field), ty, &bound));
            } else {
                rules.extend(asked.print(&by_name, ty, &bound));
            }
        }
        let mut asked = quote!(let #value = #field; #rules);
        if rules.is_empty() {
            asked = TokenStream::new();
        } else if options > 0 {
            asked = rules;
            for _ in 0..options {
                asked = quote!(if let __portcullis::Some(#value) = #value { #asked });
            }
            asked = quote!(let #value = #field; #asked);
        }
        let nested = if self.is_nested() {
            let here = names::at(ty.span());
            // Where the compiler says that the type is not covered.
            let field = Ident::new(&field.to_string(), here);
            let call = quote_spanned!(here=> __portcullis::Covered::__portcullis_cover(#field, #at, #found));
            quote!(if #found.is_clean_since(#before) { #call; })
        } else {
            TokenStream::new()
        };
        let at_field = match &self.step {
            Step::Nothing => TokenStream::new(),
            Step::Name(name) => quote!(let #at = &__portcullis::At::field(#at, #name);),
            Step::Index(index) => quote!(let #at = &__portcullis::At::index(#at, #index);),
        };
        quote!({ #at_field let #before = #found.count(); #checked #required { #asked } #nested })
    }

    /// The rules of `#[check(..)]`, as those of a parameter, whose paths then stand behind that of the field.
    fn print_checks(&self, field: &Ident) -> TokenStream {
        let is_settled = |(_, check): &(Ident, Check)| matches!(check, Check::Each(part) | Check::Keys(part) | Check::Values(part) if part.settled);
        if self.rules.checks.iter().all(is_settled) {
            return TokenStream::new();
        }
        let (at, found, input) = (names::local("at"), names::local("found"), names::local("input"));
        let checks = self.place(&self.rules).print(&input, &quote!(#field));
        quote!({ let mut #input = __portcullis::Input::new(); #checks #found.take(#at, #input); })
    }

    /// Of what is in a collection, that which has no rule is for `nested`, or trusted: it is not looked for in another way.
    fn settle_parts(&mut self) {
        let inner = self.place(&self.rules).inner();
        let kind = match inner.ty {
            Some(ty) if self.rules.steps.is_empty() => TypeKind::of(ty),
            _ => TypeKind::Unknown,
        };
        let at = inner.at;
        let mut settle = |name: &str, check: fn(Rules) -> Check| {
            if self.rules.checks.iter().all(|(written, _)| written != name) {
                let settled = Rules { settled: true, ..Rules::default() };
                self.rules.checks.push((Ident::new(name, at), check(settled)));
            }
        };
        match kind {
            TypeKind::List => settle("each", Check::Each),
            TypeKind::Map => {
                settle("keys", Check::Keys);
                settle("values", Check::Values);
            }
            _ => {}
        }
    }
}

/// Refuses the rules that the walk does not ask where they stand.
fn ensure_asked(rules: &Rules, report: &mut Report) {
    for (name, check) in &rules.checks {
        match check {
            Check::Args(_) => {
                let message = "a value that is validated in a context cannot be covered: nobody hands the context to the walk\n\
                     help: take what the rule needs from a parameter, and check it in the function";
                report.add(Rule::Unasked, name, message);
            }
            // There it would also be content with what only derives `Validate`.
            Check::Nested => {
                let message = "`nested` is for all that the field holds\n\
                               help: write it beside the rules of the field: `#[check(length(max = 64), nested)]`";
                report.add(Rule::Unasked, name, message);
            }
            Check::Each(part) | Check::Keys(part) | Check::Values(part) => ensure_asked(part, report),
            _ => {}
        }
    }
}

pub(super) fn helpers<'a>(attributes: &'a [Attribute], name: &'a str) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}

/// The rules of `#[check(..)]`.
pub(super) fn rules(attributes: &[Attribute], report: &mut Report) -> Rules {
    let mut rules = Rules::default();
    for attribute in helpers(attributes, "check") {
        let Meta::List(list) = &attribute.meta else {
            let message = "`check` takes rules\nhelp: `#[check(range(min = 1, max = 100))]`";
            report.add(Rule::UnknownCheck, &attribute.meta, message);
            rules.settled = true;
            continue;
        };
        match report.take(args::list(list.tokens.clone())) {
            Some(args) => rules.read(args, Standing::Parameter, report),
            None => rules.settled = true,
        }
    }
    rules
}

/// The binding of a field, by its place.
pub(super) fn binding(at: usize) -> Ident {
    names::local(&format!("field_{at}"))
}
