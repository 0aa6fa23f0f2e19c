//! The value that rules are for, and how generated code gets to it: through what the written type holds it in, as far as the
//! type shows that, and through the steps that the rules name. A name of a type only opens a way that the compiler then has
//! to find as well, so a type that merely has the name does not compile.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, Pat, PathArguments, Type};

use super::{Check, Rules, Step, form};
use crate::names;
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

/// The extractors whose one field is what the client sent. A type of that name has to lend a validated value, or does not
/// compile; other fields of it would go unseen, which the docs say.
const EXTRACTORS: [&str; 6] = ["Json", "Query", "Path", "Form", "Valid", "TypedHeader"];

/// The pointers of std, which lend what they hold.
const POINTERS: [&str; 4] = ["Box", "Rc", "Arc", "Cow"];

/// What a type holds its value in.
enum Held<'a> {
    /// `Option`, `Result`: there may be none.
    In(&'static str, &'a Type),
    /// Behind a `*`.
    Behind(&'a Type),
    Itself,
}

impl<'a> Held<'a> {
    fn by(ty: &'a Type) -> Self {
        match ty {
            Type::Reference(reference) => Self::Behind(&reference.elem),
            Type::Paren(inner) => Self::by(&inner.elem),
            Type::Group(inner) => Self::by(&inner.elem),
            _ => {
                let Some(last) = last(ty) else { return Self::Itself };
                let Some(inner) = argument(ty, 0) else { return Self::Itself };
                match &*last.to_string() {
                    "Option" => Self::In("Some", inner),
                    "Result" => Self::In("Ok", inner),
                    name if EXTRACTORS.contains(&name) || POINTERS.contains(&name) => Self::Behind(inner),
                    _ => Self::Itself,
                }
            }
        }
    }
}

fn last(ty: &Type) -> Option<&Ident> {
    if let Type::Path(path) = ty { path.path.segments.last().map(|last| &last.ident) } else { None }
}

/// The type that stands at a place among the generic arguments.
fn argument(ty: &Type, at: usize) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.nth(at)
}

/// What a list holds.
fn element(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        _ => argument(ty, 0),
    }
}

/// The type of each name that a pattern binds, where pattern and type have the same form.
pub(crate) fn types_of<'a>(pattern: &'a Pat, ty: &'a Type, known: &mut Vec<(&'a Ident, &'a Type)>) {
    match (pattern, ty) {
        (_, Type::Paren(inner)) => types_of(pattern, &inner.elem, known),
        (_, Type::Group(inner)) => types_of(pattern, &inner.elem, known),
        (Pat::Paren(inner), _) => types_of(&inner.pat, ty, known),
        (Pat::Ident(name), _) if name.subpat.is_none() && name.by_ref.is_none() => known.push((&name.ident, ty)),
        (Pat::Tuple(patterns), Type::Tuple(types)) if patterns.elems.len() == types.elems.len() => {
            let rest = patterns.elems.iter().any(|pattern| matches!(pattern, Pat::Rest(_)));
            for (pattern, ty) in patterns.elems.iter().zip(&types.elems).filter(|_| !rest) {
                types_of(pattern, ty, known);
            }
        }
        (Pat::Reference(pattern), Type::Reference(ty)) => types_of(&pattern.pat, &ty.elem, known),
        (Pat::TupleStruct(pattern), Type::Path(_)) => {
            let constructor = pattern.path.segments.last().map(|last| &last.ident);
            let of_its_name = constructor.is_some() && constructor == last(ty);
            let extractor = constructor.is_some_and(|name| EXTRACTORS.iter().any(|known| name == known));
            if let (true, 1, Some(opened), Some(inner)) =
                (of_its_name && extractor, pattern.elems.len(), pattern.elems.first(), argument(ty, 0))
            {
                types_of(opened, inner, known);
            }
        }
        _ => {}
    }
}

/// One value with its rules, somewhere in a parameter.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Where the client's value is told of: parameter, then fields.
    pub(crate) path: &'a str,
    pub(crate) ty: Option<&'a Type>,
    pub(crate) rules: &'a Rules,
    /// Where it is said that it is not checked.
    pub(crate) at: Span,
    /// What nothing checks is passed over.
    pub(crate) observed: bool,
}

impl<'a> Place<'a> {
    /// Of the value itself: what holds it taken off.
    fn kind(self) -> TypeKind {
        match self.ty {
            Some(ty) if self.rules.steps.is_empty() => TypeKind::of(ty),
            _ => TypeKind::Unknown,
        }
    }

    fn of_type(self, ty: &'a Type) -> Self {
        Self { ty: Some(ty), at: ty.span(), ..self }
    }

    /// The value behind what the type shows that it is held in.
    pub(crate) fn inner(self) -> Self {
        match self.ty.map(Held::by) {
            Some(Held::In(_, inner) | Held::Behind(inner)) => self.of_type(inner).inner(),
            _ => self,
        }
    }

    /// Every value of these types is as good as any other.
    pub(crate) fn needs_nothing(self) -> bool {
        let inner = self.inner();
        self.rules.settled || self.rules.is_empty() && matches!(inner.kind(), TypeKind::Bool | TypeKind::Unit)
    }

    /// Complains of each rule that cannot be meant.
    pub(crate) fn ensure_rules(self, report: &mut Report) {
        let inner = self.inner();
        for (name, check) in &self.rules.checks {
            check.ensure(inner.kind(), name, report);
        }
        for part in inner.parts() {
            if part.written.is_some() {
                if !self.rules.has_length() && inner.ty.is_none_or(|ty| !matches!(ty, Type::Array(_))) {
                    let message = format!(
                        "`{}` looks at as many as the client sends\nhelp: a limit beside it: `length(max = 64)`",
                        part.rule
                    );
                    if let Some(name) = part.name {
                        report.add(Rule::UnboundedCheck, name, &message);
                    }
                }
                part.place(inner).ensure_rules(report);
            }
        }
    }

    /// What no rule, no type and no reason answers for, with its rule to paste.
    pub(crate) fn unchecked(self) -> Option<Unchecked> {
        if self.rules.settled || self.rules.has_custom() {
            return None;
        }
        let inner = self.inner();
        match inner.kind() {
            TypeKind::Unknown | TypeKind::Bool | TypeKind::Unit => None,
            kind @ (TypeKind::List | TypeKind::Map) => {
                let parts = inner.parts();
                let missing = parts.iter().find(|part| part.is_unchecked(inner));
                let bytes = parts.iter().any(Part::is_bytes);
                match missing {
                    None if bytes && self.rules.is_empty() => Some(Unchecked::All(suggestion(inner.ty, kind))),
                    None => None,
                    Some(_) if self.rules.is_empty() => Some(Unchecked::All(suggestion(inner.ty, kind))),
                    Some(part) => Some(Unchecked::Part(part.rule, suggestion(inner.ty, kind))),
                }
            }
            kind => self.rules.checks.is_empty().then(|| Unchecked::All(suggestion(inner.ty, kind))),
        }
    }

    /// What it is made of, when its type shows a collection; of an unknown type, what its rules name.
    fn parts(self) -> Vec<Part<'a>> {
        let rules = self.rules;
        let written = |name: &str| rules.checks.iter().find(|(written, _)| written == name).map(|(written, _)| written);
        let part = |rule: &'static str, written_rules: Option<&'a Rules>, ty: Option<&'a Type>| Part {
            rule,
            name: written(rule),
            written: written_rules,
            ty,
        };
        let ty = self.ty.filter(|_| rules.steps.is_empty());
        match self.kind() {
            TypeKind::List => vec![part("each", rules.each(), ty.and_then(element))],
            TypeKind::Map => vec![
                part("keys", rules.keys(), ty.and_then(|ty| argument(ty, 0))),
                part("values", rules.values(), ty.and_then(|ty| argument(ty, 1))),
            ],
            TypeKind::Unknown => [("each", rules.each()), ("keys", rules.keys()), ("values", rules.values())]
                .into_iter()
                .filter(|(_, rules)| rules.is_some())
                .map(|(rule, rules)| part(rule, rules, None))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The statements that check the value that `lent` is a reference to.
    pub(crate) fn print(self, input: &Ident, lent: &TokenStream) -> TokenStream {
        if self.needs_nothing() {
            return TokenStream::new();
        }
        let value = names::local("value");
        match self.ty.map(Held::by) {
            Some(Held::In(variant, inner)) => {
                let at = names::at(inner.span());
                let variant = Ident::new(variant, at);
                let inside = self.of_type(inner).print(input, &quote!(#value));
                quote_spanned!(at=> if let __portcullis::#variant(#value) = #lent { #inside })
            }
            Some(Held::Behind(inner)) => {
                let at = names::at(self.at);
                let lent = quote_spanned!(at=> &**#lent);
                self.of_type(inner).print(input, &lent)
            }
            _ => self.print_steps(input, lent),
        }
    }

    fn print_steps(self, input: &Ident, lent: &TokenStream) -> TokenStream {
        let value = names::local("value");
        let mut path = self.path.to_owned();
        let mut steps = Vec::new();
        for step in &self.rules.steps {
            steps.push(match step {
                Step::Via(method) => quote_spanned!(names::at(method.span())=> #value.#method().__portcullis_lend()),
                Step::Field(member) => {
                    if let syn::Member::Named(name) = member {
                        path = format!("{path}.{}", syn::ext::IdentExt::unraw(name));
                    }
                    quote_spanned!(names::at(member.span())=> &#value.#member)
                }
                Step::Deref(name) => quote_spanned!(names::at(name.span())=> &**#value),
            });
        }
        if steps.is_empty() {
            return self.print_value(input, lent);
        }
        let inside = Place { path: &path, ..self }.print_value(input, &quote!(#value));
        // A `match`, so that what a method returns lives as long as it is looked at.
        let stepped =
            steps.into_iter().rev().fold(inside, |inside, step| quote!(match #step { #value => { #inside } }));
        quote!(match #lent { #value => { #stepped } })
    }

    fn print_value(self, input: &Ident, lent: &TokenStream) -> TokenStream {
        let path = self.path;
        let kind = self.kind();
        let mut gate = None;
        let mut asked = TokenStream::new();
        for (name, check) in &self.rules.checks {
            let at = names::at(name.span());
            match check {
                // What a collection holds is looked into below.
                Check::Nested if matches!(kind, TypeKind::List | TypeKind::Map) => {}
                Check::Nested => asked.extend(self.probe(input, lent, at)),
                Check::Args(args) => asked.extend(
                    quote_spanned!(at=> #input.validated(#path, __portcullis::rules::validate_with_args(#lent, #args));),
                ),
                check => {
                    let Some(call) = check.call(at, lent, kind) else { continue };
                    // A collection that is too long is not looked into.
                    if matches!(check, Check::Length(_)) {
                        gate = Some(quote_spanned!(at=> #input.rule(#path, #call)));
                    } else {
                        asked.extend(quote_spanned!(at=> #input.rule(#path, #call);));
                    }
                }
            }
        }
        let parts = self.print_parts(input, lent);
        let inside = quote!(#asked #parts);
        match gate {
            None if inside.is_empty() => self.probe(input, lent, names::at(self.at)),
            None => inside,
            Some(gate) if parts.is_empty() => quote!(#gate; #inside),
            Some(gate) => quote!(if #gate { #inside }),
        }
    }

    /// The elements, keys and values.
    fn print_parts(self, input: &Ident, lent: &TokenStream) -> TokenStream {
        let (path, item) = (self.path, names::local("item"));
        let nested = self.rules.checks.iter().any(|(_, check)| matches!(check, Check::Nested));
        let parts = self.parts().into_iter().map(|part| {
            let place = part.place(self);
            let answered = match part.written {
                Some(_) => place.needs_nothing(),
                // A rule of the user's own answers for all of it.
                None => self.rules.has_custom() && !nested || place.inner().kind() != TypeKind::Unknown,
            };
            if answered {
                return TokenStream::new();
            }
            if part.written.is_none() && part.rule == "each" {
                // What it holds may be `Validate`, and is found in the list.
                return self.probe(input, lent, names::at(place.at));
            }
            let at = names::at(part.name.map_or(place.at, Ident::span));
            let rule = Ident::new(part.rule, at);
            let inside = place.print(input, &quote!(#item));
            quote_spanned!(at=> #input.#rule(#path, #lent, |#input, #item| { #inside });)
        });
        parts.collect()
    }

    fn probe(self, input: &Ident, lent: &TokenStream, at: Span) -> TokenStream {
        let path = self.path;
        let check = if self.observed { "__portcullis_observe" } else { "__portcullis_check" };
        let check = Ident::new(check, at);
        quote_spanned!(at=> (&&&&&__portcullis::Probe(#lent)).#check(#input.lend(), #path);)
    }
}

/// Elements, keys or values.
struct Part<'a> {
    rule: &'static str,
    /// Where the rule is written.
    name: Option<&'a Ident>,
    written: Option<&'a Rules>,
    ty: Option<&'a Type>,
}

impl<'a> Part<'a> {
    fn place(&self, of: Place<'a>) -> Place<'a> {
        let rules = self.written.unwrap_or(NO_RULES);
        Place { ty: self.ty, rules, at: self.ty.map_or(of.at, Spanned::span), ..of }
    }

    /// Of bytes, any is as good as another; how many there are is not.
    fn is_bytes(&self) -> bool {
        self.rule == "each" && self.ty.is_some_and(|ty| last(ty).is_some_and(|name| name == "u8"))
    }

    fn is_unchecked(&self, of: Place<'a>) -> bool {
        !self.is_bytes() && self.place(of).unchecked().is_some()
    }
}

const NO_RULES: &Rules = &Rules { steps: Vec::new(), checks: Vec::new(), settled: false };

/// What is missing.
pub(crate) enum Unchecked {
    /// Any rule; this one fits.
    All(String),
    /// A rule for elements, keys or values; so the whole would be written.
    Part(&'static str, String),
}

/// The rules to suggest for a type.
fn suggestion(ty: Option<&Type>, kind: TypeKind) -> String {
    let part = |name: &str, ty: Option<&Type>| {
        let inner = ty.map(|ty| {
            Place { path: "", ty: Some(ty), rules: NO_RULES, at: Span::call_site(), observed: false }.inner()
        });
        let (ty, kind) = (inner.and_then(|inner| inner.ty), inner.map_or(TypeKind::Unknown, Place::kind));
        match kind {
            TypeKind::Bool | TypeKind::Unit | TypeKind::Unknown => String::new(),
            TypeKind::Integer(0, 255) if name == "each" => String::new(),
            kind => format!(", {name}({})", suggestion(ty, kind)),
        }
    };
    let length = form("length");
    match (kind, ty) {
        (TypeKind::List, Some(ty)) => format!("{length}{}", part("each", element(ty))),
        (TypeKind::Map, Some(ty)) => {
            format!("{length}{}{}", part("keys", argument(ty, 0)), part("values", argument(ty, 1)))
        }
        _ => kind.rule().to_owned(),
    }
}
