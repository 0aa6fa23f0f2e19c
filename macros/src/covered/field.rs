//! One field of a covered type: its rules, whether they cover it, and the statements that ask them.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, Index, Member, Meta, Type};

use super::serde::{Case, Serde};
use super::{types, validate};
use crate::args;
use crate::check::Check;
use crate::names;
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

pub(super) struct Covering<'a> {
    field: &'a Field,
    pub(super) member: Member,
    checks: Vec<(Ident, Check)>,
    validated: Vec<validate::Asked>,
    trusted: bool,
    /// A rule was meant, and is reported already.
    mistaken: bool,
    unsaid: bool,
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
            let tokens = match &attribute.meta {
                Meta::List(list) => list.tokens.clone(),
                _ => TokenStream::new(),
            };
            args::ensure_reason("trusted", tokens, attribute.path().span(), report);
        }
        let (checks, mistaken) = checks(&field.attrs, report);
        let mut validated = validate::read(&field.attrs, report);
        if outer.nested && !validated.skipped {
            validated.asked.push(validate::Asked::nested(field.ty.span()));
        }
        let covering = Self {
            field,
            member,
            checks,
            validated: validated.asked,
            trusted,
            mistaken: mistaken || validated.mistaken,
            unsaid: serde.is_skipped(),
            step,
        };
        covering.ensure(outer, report);
        covering
    }

    fn ensure(&self, outer: &Outer<'_>, report: &mut Report) {
        let ty = &self.field.ty;
        let kind = TypeKind::of(types::optional(ty).0);
        for (name, check) in &self.checks {
            // A list may stand behind a type that the kind does not tell.
            let kind = if matches!(check, Check::Nested) { TypeKind::Unknown } else { kind };
            check.ensure(kind, name, report);
        }
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
        if !self.is_covered() {
            if !self.mistaken {
                self.report_uncovered(outer, report);
            }
        } else if self.is_nested() && types::elements(ty).is_some() && !self.has_length() {
            let message = "this list of nested values may have any length, and each of them is visited\n\
                           help: bound it too: `#[check(length(max = 64))]`";
            report.add(Rule::EndlessList, self.shown(), message);
        }
    }

    fn report_uncovered(&self, outer: &Outer<'_>, report: &mut Report) {
        let rule = types::suggestion(&self.field.ty, outer.by_validator);
        let what = match &self.member {
            Member::Named(name) => format!("`{name}`"),
            Member::Unnamed(index) => index.index.to_string(),
        };
        let reason = if self.has_rules() {
            format!("`required` says that the field {what} is there, and nothing of its value")
        } else {
            format!("the client chooses the field {what}, and nothing checks it")
        };
        let message = format!(
            "{reason}\nhelp: write a rule before it: `{rule}`\n\
             help: or, if no client controls it: `#[trusted(reason = \"..\")]`"
        );
        report.add(Rule::NotCovered, self.shown(), &message);
    }

    /// The field without its attributes, to be underlined.
    fn shown(&self) -> TokenStream {
        let ty = &self.field.ty;
        self.field.ident.as_ref().map_or_else(|| quote!(#ty), |name| quote!(#name: #ty))
    }

    fn has_rules(&self) -> bool {
        !self.checks.is_empty() || !self.validated.is_empty()
    }

    /// Whether a rule is about the value, and not only about whether there is one.
    fn is_covered(&self) -> bool {
        !self.checks.is_empty()
            || self.validated.iter().any(|asked| !matches!(asked.kind, validate::Kind::Required))
            || (self.has_rules() && types::is_harmless(&self.field.ty))
    }

    fn is_nested(&self) -> bool {
        self.checks.iter().any(|(_, check)| matches!(check, Check::Nested))
            || self.validated.iter().any(|asked| matches!(asked.kind, validate::Kind::Nested))
    }

    fn has_length(&self) -> bool {
        self.checks.iter().any(|(_, check)| matches!(check, Check::Length { max, equal, .. } if max.is_some() || equal.is_some()))
            || self.validated.iter().any(
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
        let (inner, options) = types::optional(ty);
        let mut rules = TokenStream::new();
        for (name, check) in &self.checks {
            if !matches!(check, Check::Nested) {
                let at_rule = names::at(name.span());
                let kind = TypeKind::of(inner);
                let lent = match inner {
                    Type::Reference(_) => quote_spanned!(at_rule=> *#value),
                    _ => by_name.clone(),
                };
                // Words compare with words as they are; a number with numbers, not with references to them.
                let compared = if matches!(kind, TypeKind::Text | TypeKind::Unknown) { &by_name } else { &lent };
                let call = check.call(at_rule, &lent, compared);
                rules.extend(quote_spanned!(at_rule=> #found.rule(#at, #call);));
            }
        }
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
        quote!({ #at_field let #before = #found.count(); #required { #asked } #nested })
    }
}

pub(super) fn helpers<'a>(attributes: &'a [Attribute], name: &'a str) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}

/// The rules of `#[check(..)]`, and whether one was reported as a mistake.
pub(super) fn checks(attributes: &[Attribute], report: &mut Report) -> (Vec<(Ident, Check)>, bool) {
    let (mut checks, mut mistaken) = (Vec::new(), false);
    for attribute in helpers(attributes, "check") {
        let Meta::List(list) = &attribute.meta else {
            let message = "`check` takes rules\nhelp: `#[check(range(min = 1, max = 100))]`";
            report.add(Rule::UnknownCheck, &attribute.meta, message);
            mistaken = true;
            continue;
        };
        let Some(rules) = report.take(args::list(list.tokens.clone())) else {
            mistaken = true;
            continue;
        };
        for rule in rules {
            let name = rule.name.clone();
            match Check::read(rule, report) {
                Some(check) => checks.push((name, check)),
                None => mistaken = true,
            }
        }
    }
    (checks, mistaken)
}

/// The binding of a field, by its place.
pub(super) fn binding(at: usize) -> Ident {
    names::local(&format!("field_{at}"))
}
