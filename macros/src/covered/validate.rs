//! The rules of `#[validate(..)]`, as `validator` 0.21 reads and asks them. One that is not known here does not compile: the
//! walk would pass it over.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Path, Type};

use crate::args::{self, Arg, Args, Value};
use crate::names;
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

use super::types;

/// Every rule's name.
const RULES: [&str; 15] = [
    "contains",
    "credit_card",
    "custom",
    "does_not_contain",
    "email",
    "ip",
    "length",
    "must_match",
    "nested",
    "non_control_character",
    "range",
    "regex",
    "required",
    "skip",
    "url",
];

/// One rule on one field, or on the whole type.
pub(super) struct Asked {
    name: Ident,
    pub(super) kind: Kind,
    code: Option<Expr>,
    message: Option<Expr>,
}

pub(super) enum Kind {
    Range([Option<Expr>; 4]),
    /// `min`, `max`, `equal`.
    Length([Option<Expr>; 3]),
    Contains(Expr),
    DoesNotContain(Expr),
    Regex(Expr),
    MustMatch(Ident),
    Custom(Path),
    /// A method of validator without arguments, with the code that its error has.
    Word(&'static str, &'static str),
    Required,
    Nested,
    /// Over the whole value, and whether it is asked beside errors of fields.
    Schema(Path, bool),
}

/// What stands before a field.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) asked: Vec<Asked>,
    pub(super) skipped: bool,
    /// A rule was meant, and is reported already.
    pub(super) mistaken: bool,
}

/// `#[validate(..)]` stands there, so the derive of `validator` does: no other lets it.
pub(super) fn is_there(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("validate"))
}

fn args_of(attributes: &[Attribute], report: &mut Report) -> Vec<Arg> {
    let mut all = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("validate")) {
        if let Meta::List(list) = &attribute.meta {
            all.extend(report.take(args::list(list.tokens.clone())).unwrap_or_default());
        }
    }
    all
}

/// The rules of a field.
pub(super) fn read(attributes: &[Attribute], report: &mut Report) -> Rules {
    let mut rules = Rules::default();
    for arg in args_of(attributes, report) {
        if arg.name == "skip" {
            rules.skipped |= is_on(&arg.value);
        } else if is_on(&arg.value) {
            match Asked::read(arg, report) {
                Some(asked) => rules.asked.push(asked),
                None => rules.mistaken = true,
            }
        }
    }
    if rules.skipped {
        rules.asked.clear();
    }
    rules
}

/// What stands before the type: its rules over the whole value, and whether every field is nested.
pub(super) fn read_item(attributes: &[Attribute], report: &mut Report) -> (Vec<Asked>, bool) {
    let (mut schemas, mut nested) = (Vec::new(), false);
    for arg in args_of(attributes, report) {
        match &*arg.name.to_string() {
            "crate" | "mutable" => {}
            "nest_all_fields" => nested |= is_on(&arg.value),
            "schema" => schemas.extend(Asked::schema(arg, report)),
            "context" => {
                let message = "a type that is validated in a context cannot be covered: nobody hands the context to the walk\n\
                               help: take what the rule needs from a parameter, and check it in the function";
                report.add(Rule::Unasked, &arg.name, message);
            }
            name => {
                let known = ["crate", "nest_all_fields", "schema"];
                report.add(Rule::Unasked, &arg.name, &args::unknown("`Covered` cannot ask", name, &known));
            }
        }
    }
    (schemas, nested)
}

fn is_on(value: &Value) -> bool {
    !matches!(value, Value::Assigned(value) if matches!(literal(value), Some(Lit::Bool(on)) if !on.value))
}

/// A literal, also one that a macro of the user's passes on.
fn literal(value: &Expr) -> Option<&Lit> {
    match value {
        Expr::Lit(ExprLit { lit, .. }) => Some(lit),
        Expr::Group(inner) => literal(&inner.expr),
        _ => None,
    }
}

/// A value that may be written as a text: `function = "path"`, `min = "MIN"`.
fn parsed<T: syn::parse::Parse>(value: &Expr, report: &mut Report) -> Option<T> {
    report.take(match literal(value) {
        Some(Lit::Str(text)) => text.parse(),
        _ => syn::parse2(value.to_token_stream()),
    })
}

impl Asked {
    fn read(arg: Arg, report: &mut Report) -> Option<Self> {
        let name = arg.name;
        let tokens = match arg.value {
            Value::List(tokens) => tokens,
            Value::Assigned(_) | Value::Flag | Value::Alone(_) => TokenStream::new(),
        };
        let word = name.to_string();
        let known: &[&str] = match &*word {
            "range" => &["min", "max", "exclusive_min", "exclusive_max", "code", "message"],
            "length" => &["min", "max", "equal", "code", "message"],
            "contains" | "does_not_contain" => &["pattern", "code", "message"],
            "regex" => &["path", "code", "message"],
            "must_match" => &["other", "code", "message"],
            "custom" => &["function", "use_context", "code", "message"],
            "ip" => &["v4", "v6", "code", "message"],
            "nested" => &[],
            known if RULES.contains(&known) => &["code", "message"],
            _ => {
                report.add(Rule::Unasked, &name, &args::unknown("`Covered` cannot ask the rule", &word, &RULES));
                return None;
            }
        };
        let mut args = Args::read(&word, tokens, known, report);
        let (code, message) = (text(&mut args, "code", report), text(&mut args, "message", report));
        let kind = Self::kind(&name, &word, &mut args, report)?;
        Some(Self { name, kind, code, message })
    }

    fn kind(name: &Ident, word: &str, args: &mut Args, report: &mut Report) -> Option<Kind> {
        let mut expr = |key: &str, report: &mut Report| -> Option<Expr> {
            let value = args.take(key)?.assigned(report)?;
            parsed(&value, report)
        };
        Some(match word {
            "range" => Kind::Range(["min", "max", "exclusive_min", "exclusive_max"].map(|key| expr(key, report))),
            "length" => Kind::Length(["min", "max", "equal"].map(|key| expr(key, report))),
            "regex" => Kind::Regex(expr("path", report)?),
            "contains" => Kind::Contains(text(args, "pattern", report)?),
            "does_not_contain" => Kind::DoesNotContain(text(args, "pattern", report)?),
            "must_match" => {
                let value = args.take("other")?.assigned(report)?;
                Kind::MustMatch(parsed(&value, report)?)
            }
            "custom" => {
                Self::refuse_context(args, report);
                let value = args.take("function")?.assigned(report)?;
                Kind::Custom(parsed(&value, report)?)
            }
            "ip" => {
                let mut version = |key: &str| args.take(key).is_some_and(|arg| is_on(&arg.value));
                match (version("v4"), version("v6")) {
                    (true, false) => Kind::Word("validate_ipv4", "ip"),
                    (false, true) => Kind::Word("validate_ipv6", "ip"),
                    _ => Kind::Word("validate_ip", "ip"),
                }
            }
            "email" => Kind::Word("validate_email", "email"),
            "url" => Kind::Word("validate_url", "url"),
            "credit_card" => Kind::Word("validate_credit_card", "credit_card"),
            "non_control_character" => Kind::Word("validate_non_control_character", "non_control_character"),
            "required" => Kind::Required,
            "nested" => Kind::Nested,
            _ => {
                report.add(Rule::Unasked, name, &format!("`Covered` cannot ask the rule `{word}`"));
                return None;
            }
        })
    }

    fn schema(arg: Arg, report: &mut Report) -> Option<Self> {
        let name = arg.name.clone();
        let tokens = arg.list(report)?;
        let known = ["function", "use_context", "skip_on_field_errors", "code", "message"];
        let mut args = Args::read("schema", tokens, &known, report);
        Self::refuse_context(&mut args, report);
        let (code, message) = (text(&mut args, "code", report), text(&mut args, "message", report));
        let beside_errors = args.take("skip_on_field_errors").is_some_and(|arg| !is_on(&arg.value));
        let value = args.take("function")?.assigned(report)?;
        Some(Self { name, kind: Kind::Schema(parsed(&value, report)?, beside_errors), code, message })
    }

    fn refuse_context(args: &mut Args, report: &mut Report) {
        if let Some(context) = args.take("use_context")
            && is_on(&context.value)
        {
            let message = "a rule that wants a context cannot be asked by `Covered`: nobody hands the context to the walk\n\
                           help: take what the rule needs from a parameter, and check it in the function";
            report.add(Rule::Unasked, &context.name, message);
        }
    }

    /// A rule that the type has for all its fields.
    pub(super) fn nested(at: Span) -> Self {
        Self { name: Ident::new("nested", at), kind: Kind::Nested, code: None, message: None }
    }

    /// The statement that asks a rule of the value, which is a reference, and stands in a field of this type.
    pub(super) fn print(
        &self,
        value: &TokenStream,
        field: &Type,
        other: impl Fn(&Ident) -> TokenStream,
    ) -> TokenStream {
        let at = names::at(self.name.span());
        let optional = |bound: &Option<Expr>| {
            bound.as_ref().map_or_else(|| quote!(__portcullis::None), |bound| quote!(__portcullis::Some(#bound)))
        };
        match &self.kind {
            Kind::Range(bounds) => {
                let [min, max, above, below] = bounds.each_ref().map(optional);
                let within = quote_spanned!(at=> #value.validate_range(#min, #max, #above, #below));
                let ordered = quote_spanned!(at=> (&&__portcullis::Compared(#value)).__portcullis_is_ordered());
                let invalid = self.invalid("range", &["min", "max", "exclusive_min", "exclusive_max"], bounds);
                quote!(match (#within, #ordered) { (true, true) => {} _ => #invalid })
            }
            Kind::Length(bounds) => {
                let [min, max, equal] = bounds.each_ref().map(optional);
                let held = quote_spanned!(at=> #value.validate_length(#min, #max, #equal));
                Self::unless(&held, &self.invalid("length", &["min", "max", "equal"], bounds))
            }
            Kind::Contains(pattern) => {
                let held = quote_spanned!(at=> #value.validate_contains(#pattern));
                Self::unless(&held, &self.invalid("contains", &[], &[]))
            }
            Kind::DoesNotContain(pattern) => {
                let held = quote_spanned!(at=> #value.validate_does_not_contain(#pattern));
                Self::unless(&held, &self.invalid("does_not_contain", &[], &[]))
            }
            Kind::Regex(path) => {
                let held = quote_spanned!(at=> #value.validate_regex(&#path));
                Self::unless(&held, &self.invalid("regex", &[], &[]))
            }
            Kind::MustMatch(name) => {
                let other = other(name);
                let held = quote_spanned!(at=> __portcullis::validate_must_match(#value, #other));
                Self::unless(&held, &self.invalid("must_match", &[], &[]))
            }
            Kind::Word(method, code) => {
                let method = Ident::new(method, at);
                // A trait of validator that is there only with its feature `card`.
                let import = if *code == "credit_card" {
                    quote!(
                        use __portcullis::validator::ValidateCreditCard as _;
                    )
                } else {
                    TokenStream::new()
                };
                let asked = Self::unless(&quote_spanned!(at=> #value.#method()), &self.invalid(code, &[], &[]));
                quote!({ #import #asked })
            }
            Kind::Required => {
                let held = quote_spanned!(at=> #value.validate_required());
                Self::unless(&held, &self.invalid("required", &[], &[]))
            }
            Kind::Custom(path) => {
                let value = argument(value, field);
                self.judge(&quote_spanned!(at=> #path(#value)))
            }
            Kind::Schema(path, _) => self.judge(&quote_spanned!(at=> #path(#value))),
            Kind::Nested => TokenStream::new(),
        }
    }

    fn unless(held: &TokenStream, invalid: &TokenStream) -> TokenStream {
        quote!(match #held { true => {} false => #invalid })
    }

    /// Of a function of the user's.
    fn judge(&self, result: &TokenStream) -> TokenStream {
        let (found, at, error) = (names::local("found"), names::local("at"), names::local("error"));
        let said = self.said();
        quote! {
            match #result {
                __portcullis::Ok(()) => {}
                __portcullis::Err(#error) => #found.invalid(#at, __portcullis::Invalid::of(#error)#said),
            }
        }
    }

    fn invalid(&self, code: &str, keys: &[&str], bounds: &[Option<Expr>]) -> TokenStream {
        let (found, at) = (names::local("found"), names::local("at"));
        let bounds = keys.iter().zip(bounds).filter_map(|(key, bound)| {
            let bound = bound.as_ref()?;
            Some(quote!(.bound(#key, &#bound)))
        });
        let said = self.said();
        quote!(#found.invalid(#at, __portcullis::Invalid::new(#code)#(#bounds)*#said))
    }

    /// The user's own code and words.
    fn said(&self) -> TokenStream {
        let code = self.code.iter();
        let message = self.message.iter();
        quote!(#(.code(#code))* #(.message(#message))*)
    }
}

fn text(args: &mut Args, key: &str, report: &mut Report) -> Option<Expr> {
    let value = args.take(key)?.assigned(report)?;
    let text: Option<LitStr> = report.take(syn::parse2(value.to_token_stream()));
    text.map(|text| Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(text) }))
}

/// What a custom rule is given: as validator has it, a number or a reference itself, and what a `Cow` lends.
fn argument(value: &TokenStream, field: &Type) -> TokenStream {
    let inner = types::optional(field).0;
    let is_cow = matches!(inner, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Cow"));
    match (inner, TypeKind::of(inner)) {
        (Type::Reference(_), _) | (_, TypeKind::Integer(..) | TypeKind::Float) => quote!(*#value),
        _ if is_cow => quote!(&**#value),
        _ => value.clone(),
    }
}
