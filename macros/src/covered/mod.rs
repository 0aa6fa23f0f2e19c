//! `#[derive(Covered)]`: each field has a rule or a reason, and one bounded walk asks the rules.
//!
//! `validator` derives `Validate` for structs with named fields; what it prints goes as deep as the value, keeps what it rejects
//! and takes NaN for any number. Nothing can stop it from outside, so the walk does not call it: it reads `#[validate(..)]` and asks
//! the same rules itself. Where no `#[validate(..)]` stands, `validator` derives nothing, and `Validate` is printed here: a type has
//! one impl either way, and the user chooses by the words.

mod bounds;
mod field;
mod serde;
mod types;
mod validate;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Expr, Field, Fields, Generics, Item, Path, parse_quote};

use self::field::{Covering, Outer};
use self::serde::Serde;
use crate::args::{self, Args};
use crate::check::Check;
use crate::names;
use crate::nesting::ensure_shallow;
use crate::ranges::open;
use crate::report::Report;
use crate::rules::Rule;

/// What `#[covered(..)]` says of the type.
struct Options {
    runtime: Path,
    depth: TokenStream,
}

/// A struct, or a variant of an enum.
struct Shape<'a> {
    pattern: TokenStream,
    /// What the variant adds to the path.
    step: Option<String>,
    fields: Vec<Covering<'a>>,
}

pub(crate) fn derive(tokens: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let Some(item) = report.take(ensure_shallow(&tokens).and_then(|()| syn::parse2::<Item>(tokens))) else {
        return report.beside(TokenStream::new(), &parse_quote!(::portcullis));
    };
    let (name, generics, attributes) = match &item {
        Item::Struct(item) => (&item.ident, &item.generics, &item.attrs),
        Item::Enum(item) => (&item.ident, &item.generics, &item.attrs),
        Item::Union(item) => {
            let message = "`Covered` is for structs and enums: which field of a union is there, nobody knows";
            report.add(Rule::WrongItem, &item.ident, message);
            return report.beside(TokenStream::new(), &parse_quote!(::portcullis));
        }
        // The compiler lets a derive stand on nothing else.
        _ => return TokenStream::new(),
    };
    let options = options(attributes, &mut report);
    ensure_no_helper(attributes, "trusted", &mut report);
    let by_validator = validate::is_there(attributes) || fields_of(&item).any(|field| validate::is_there(&field.attrs));
    let whole = whole(attributes, &mut report);
    let (schemas, nested) = validate::read_item(attributes, &mut report);
    let shapes = shapes(&item, by_validator, nested, &mut report);
    if !report.is_clean() {
        // What takes such a value has no mistake of its own.
        let unasked = print(name, generics, &options, &[quote!(_ => {})], &TokenStream::new(), by_validator);
        return report.beside(unasked, &options.runtime);
    }
    let arms: Vec<TokenStream> = shapes.iter().map(arm).collect();
    let mut bounded = generics.clone();
    let mut covered = Vec::new();
    for ty in shapes.iter().flat_map(|shape| &shape.fields).filter_map(Covering::nested_type) {
        types::parameters_in(ty, generics, &mut covered);
    }
    if !covered.is_empty() {
        let runtime = &options.runtime;
        let clause = bounded.make_where_clause();
        clause
            .predicates
            .extend(covered.iter().map(|ty| -> syn::WherePredicate { parse_quote!(#ty: #runtime::Covered) }));
    }
    let over_all = over_all(&whole, &schemas);
    let is_free = over_all.is_empty() && matches!(item, Item::Struct(_)) && bounds::is_plain(attributes);
    let fields = shapes.iter().flat_map(|shape| &shape.fields).filter(|_| is_free);
    let bounds: Vec<TokenStream> = fields.filter_map(bounds::of).collect();
    let known = (!bounds.is_empty()).then(|| known(name, &bounded, &options, &bounds));
    let covered = print(name, &bounded, &options, &arms, &over_all, by_validator);
    quote!(#covered #known)
}

/// The bounds of its fields, for the functions that take it.
fn known(name: &Ident, generics: &Generics, options: &Options, bounds: &[TokenStream]) -> TokenStream {
    let runtime = &options.runtime;
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let lints = lints();
    let import = open::import(runtime);
    quote! {
        #lints
        impl #impl_generics #runtime::__private::judged::Bounded for #name #type_generics #clause {
            const FIELDS: &'static [#runtime::__private::judged::Field] = {
                #import
                &[#(#bounds),*]
            };
        }
    }
}

/// The words of the lints are those that the user's fields and rules may bring up a second time, and the ones for impls that
/// a reader would have written shorter.
fn lints() -> TokenStream {
    quote! {
        #[automatically_derived]
        #[allow(deprecated, single_use_lifetimes, unused_qualifications, unused_variables, clippy::all, clippy::pedantic)]
    }
}

fn fields_of(item: &Item) -> impl Iterator<Item = &Field> {
    let (of_struct, of_enum) = match item {
        Item::Struct(item) => (Some(&item.fields), None),
        Item::Enum(item) => (None, Some(item.variants.iter().map(|variant| &variant.fields))),
        _ => (None, None),
    };
    of_struct.into_iter().chain(of_enum.into_iter().flatten()).flatten()
}

fn shapes<'a>(item: &'a Item, by_validator: bool, nested: bool, report: &mut Report) -> Vec<Shape<'a>> {
    match item {
        Item::Struct(item) => {
            let serde = Serde::read(&item.attrs);
            let (case, transparent) = (serde.case("rename_all"), serde.is_transparent());
            let outer = Outer { case, transparent, nested, by_validator, fields: &item.fields };
            vec![Shape { pattern: quote!(Self), step: None, fields: read(&item.fields, &outer, report) }]
        }
        Item::Enum(item) => {
            let serde = Serde::read(&item.attrs);
            let mut shapes = Vec::new();
            for variant in &item.variants {
                for helper in ["check", "trusted"] {
                    ensure_no_helper(&variant.attrs, helper, report);
                }
                let of_variant = Serde::read(&variant.attrs);
                let name = &variant.ident;
                let case = of_variant.case("rename_all").or(serde.case("rename_all_fields"));
                let fields = if of_variant.is_skipped() {
                    Vec::new()
                } else {
                    let outer = Outer { case, transparent: false, nested, by_validator, fields: &variant.fields };
                    read(&variant.fields, &outer, report)
                };
                shapes.push(Shape { pattern: quote!(Self::#name), step: of_variant.variant(name, &serde), fields });
            }
            shapes
        }
        _ => Vec::new(),
    }
}

fn read<'a>(fields: &'a Fields, outer: &Outer<'_>, report: &mut Report) -> Vec<Covering<'a>> {
    let mut sent: usize = 0;
    let mut read = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        read.push(Covering::read(field, at, sent, outer, report));
        if !Serde::read(&field.attrs).is_skipped() {
            sent = sent.saturating_add(1);
        }
    }
    read
}

fn arm(shape: &Shape<'_>) -> TokenStream {
    let (pattern, at) = (&shape.pattern, names::local("at"));
    let place = |name: &Ident| {
        shape.fields.iter().position(|field| matches!(&field.member, syn::Member::Named(own) if own == name))
    };
    let bound_to = |name: &Ident| {
        let binding = place(name).map(field::binding);
        quote!(#binding)
    };
    let compared: Vec<usize> = shape.fields.iter().flat_map(|field| field.compared_with().filter_map(place)).collect();
    let mut bound = Vec::new();
    let mut asked = Vec::new();
    for (index, field) in shape.fields.iter().enumerate() {
        let (member, name) = (&field.member, field::binding(index));
        if field.is_asked() || compared.contains(&index) {
            bound.push(quote!(#member: #name));
        }
        if field.is_asked() {
            asked.push(field.print(&name, bound_to));
        }
    }
    let step = shape.step.as_ref().filter(|_| !asked.is_empty());
    let step = step.map(|step| quote!(let #at = &__portcullis::At::field(#at, #step);));
    quote!(#pattern { #(#bound,)* .. } => { #step #(#asked)* })
}

/// The rules over the whole value: after its fields, and only when these broke none, unless they say otherwise.
fn over_all(whole: &[(Ident, Expr)], schemas: &[validate::Asked]) -> TokenStream {
    let (found, at) = (names::local("found"), names::local("at"));
    let (clean, ty) = (names::local("clean"), parse_quote!(Self));
    let value = quote!(self);
    let asked = whole.iter().map(|(name, path)| {
        let at_rule = names::at(name.span());
        quote_spanned!(at_rule=> if #clean { #found.rule(#at, __portcullis::rules::custom(#path(#value))); })
    });
    let schemas = schemas.iter().map(|schema| {
        let asked = schema.print(&value, &ty, |name| quote!(#name));
        if matches!(schema.kind, validate::Kind::Schema(_, true)) { asked } else { quote!(if #clean { #asked }) }
    });
    quote!(#(#asked)* #(#schemas)*)
}

fn print(
    name: &Ident,
    generics: &Generics,
    options: &Options,
    arms: &[TokenStream],
    over_all: &TokenStream,
    by_validator: bool,
) -> TokenStream {
    let Options { runtime, depth } = options;
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let (at, found) = (names::local("at"), names::local("found"));
    let (level, before, clean) = (names::local("level"), names::local("before"), names::local("clean"));
    let alias = Ident::new(names::ALIAS, Span::call_site());
    let lints = lints();
    let matched = if arms.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) };
    let over_all = (!over_all.is_empty()).then(|| quote!(let #clean = #found.is_clean_since(#before); #over_all));
    let validate = (!by_validator).then(|| {
        quote! {
            #lints
            impl #impl_generics #runtime::__private::Validate for #name #type_generics #clause {
                fn validate(&self) -> #runtime::__private::Result<(), #runtime::__private::ValidationErrors> {
                    #runtime::__private::validate(self)
                }
            }
        }
    });
    quote! {
        #lints
        impl #impl_generics #runtime::Covered for #name #type_generics #clause {
            fn __portcullis_cover(&self, #at: &#runtime::__private::At<'_>, #found: &mut #runtime::__private::Found) {
                #[allow(unused_imports)]
                use #runtime::__private::{
                    self as #alias, ByContent as _, ByCovered as _, ByList as _, ByNothing as _, ByOrder as _,
                    ByRange as _, ByValidate as _, Lend as _, ValidateContains as _, ValidateDoesNotContain as _,
                    ValidateEmail as _, ValidateIp as _, ValidateLength as _, ValidateNonControlCharacter as _,
                    ValidateRange as _, ValidateRegex as _, ValidateRequired as _, ValidateUrl as _,
                };
                let #alias::Some(#level) = #found.enter(#at, #depth) else { return };
                let #before = #found.count();
                #matched
                #over_all
            }
        }
        #validate
    }
}

fn options(attributes: &[Attribute], report: &mut Report) -> Options {
    let mut options = Options { runtime: parse_quote!(::portcullis), depth: quote!(64) };
    for attribute in field::helpers(attributes, "covered") {
        let tokens = attribute.meta.require_list().map(|list| list.tokens.clone());
        let tokens = report.take(tokens).unwrap_or_default();
        let mut args = Args::read("covered", tokens, &["crate", "depth"], report);
        if let Some(path) = args.take("crate") {
            options.runtime = args::runtime(Some(path), report);
        }
        if let Some(depth) = args.take("depth").and_then(|arg| arg.assigned(report)) {
            options.depth = quote!(#depth);
        }
    }
    options
}

/// `#[check(custom = path)]` before the type, which is about no field and so covers none.
fn whole(attributes: &[Attribute], report: &mut Report) -> Vec<(Ident, Expr)> {
    let rules = field::rules(attributes, report);
    let mut whole = Vec::new();
    for (name, check) in rules.checks {
        if let Check::Custom(path) = check {
            whole.push((name, path));
        } else {
            let message = "before a type stands only a rule over all of it\n\
                           help: `#[check(custom = path::to::function)]`, or move the rule before a field";
            report.add(Rule::MisfitCheck, name, message);
        }
    }
    whole
}

/// An attribute that would do nothing where it stands.
fn ensure_no_helper(attributes: &[Attribute], name: &str, report: &mut Report) {
    for attribute in field::helpers(attributes, name) {
        let message = format!("`{name}` stands before a field\nhelp: move it before each field that it is for");
        report.add(Rule::WrongItem, attribute.path(), &message);
    }
}
