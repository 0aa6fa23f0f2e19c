//! The arguments of an attribute: `name`, `name = value`, `name(..)`, each at most once; of some also a value alone.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ExprLit, ExprPath, Lit, LitStr, Meta, Path, Token, token};

use crate::report::Report;
use crate::rules::Rule;

/// One argument.
pub(crate) struct Arg {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    Flag,
    Assigned(Expr),
    List(TokenStream),
    /// A value without a name; the argument's is [`VALUE`].
    Alone(Expr),
}

/// Among the keys of an attribute that takes a value alone.
pub(crate) const VALUE: &str = "__value";

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Assigned(input.parse()?)
        } else if input.peek(token::Paren) {
            let inside;
            syn::parenthesized!(inside in input);
            Value::List(inside.parse()?)
        } else {
            Value::Flag
        };
        Ok(Self { name, value })
    }
}

impl ToTokens for Arg {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = &self.name;
        tokens.extend(match &self.value {
            Value::Flag => quote!(#name),
            Value::Assigned(value) => quote!(#name = #value),
            Value::List(list) => quote!(#name(#list)),
            Value::Alone(value) => quote!(#value),
        });
    }
}

/// Splits at the commas.
pub(crate) fn list(tokens: TokenStream) -> syn::Result<Vec<Arg>> {
    Ok(Punctuated::<Arg, Token![,]>::parse_terminated.parse2(tokens)?.into_iter().collect())
}

/// The same, of an attribute that may take a value alone.
pub(crate) fn list_with_value(tokens: TokenStream) -> syn::Result<Vec<Arg>> {
    let arg = |input: ParseStream<'_>| {
        let ahead = input.fork();
        if ahead.parse::<Arg>().is_ok() && (ahead.is_empty() || ahead.peek(Token![,])) {
            return input.parse();
        }
        input.parse().map(Arg::alone)
    };
    let parser = |input: ParseStream<'_>| Punctuated::<Arg, Token![,]>::parse_terminated_with(input, arg);
    Ok(parser.parse2(tokens)?.into_iter().collect())
}

/// The arguments of one attribute, by name.
#[derive(Default)]
pub(crate) struct Args(Vec<Arg>);

impl Args {
    /// Reads them. A key that is not among `known` is refused; one that is given twice too, rather than last-wins: the
    /// reader of a protected function must not have to guess which limit holds.
    pub(crate) fn read(of: &str, tokens: TokenStream, known: &[&str], report: &mut Report) -> Self {
        let mut args = Self::default();
        let takes_value = known.contains(&VALUE);
        let read = if takes_value { list_with_value } else { list };
        for mut arg in report.take(read(tokens)).unwrap_or_default() {
            let is_named = matches!(arg.value, Value::Assigned(_)) || known.iter().any(|known| arg.name == known);
            if takes_value && !is_named {
                // The name of a constant, or a call.
                let tokens = arg.to_token_stream();
                arg = report.take(syn::parse2(tokens)).map_or(arg, Arg::alone);
            }
            let name = arg.name.to_string();
            if known.contains(&&*name) {
                args.add(arg, report);
            } else {
                report.add(Rule::UnknownKey, &arg.name, &unknown(&format!("`{of}` has no key"), &name, known));
            }
        }
        args
    }

    pub(crate) fn add(&mut self, arg: Arg, report: &mut Report) {
        if self.0.iter().any(|other| other.name == arg.name) {
            let message = match &arg.value {
                Value::Alone(_) => "there are two values\nhelp: keep one of them".to_owned(),
                _ => format!("`{}` is given twice\nhelp: keep one of them", arg.name),
            };
            if let Value::Alone(value) = &arg.value {
                return report.add(Rule::KeyTwice, value, &message);
            }
            report.add(Rule::KeyTwice, &arg.name, &message);
        } else {
            self.0.push(arg);
        }
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<Arg> {
        let index = self.0.iter().position(|arg| arg.name == name)?;
        Some(self.0.remove(index))
    }

    /// Every escape says why.
    pub(crate) fn ensure_reason(mut self, of: &str, at: impl ToTokens, example: &str, report: &mut Report) {
        let given = self.take("reason").and_then(|arg| arg.assigned(report));
        let long_enough = |text: &LitStr| text.value().trim().chars().count() >= REASON_LENGTH;
        if !matches!(&given, Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if long_enough(text)) {
            let message = format!("`{of}` needs a reason of at least {REASON_LENGTH} characters\nhelp: `{example}`");
            report.add(Rule::NoReason, at, &message);
        }
    }

    /// Of a list in which only names stand.
    pub(crate) fn names(self) -> Vec<Ident> {
        self.0.into_iter().map(|arg| arg.name).collect()
    }
}

impl Arg {
    fn alone(value: Expr) -> Self {
        Self { name: Ident::new(VALUE, value.span()), value: Value::Alone(value) }
    }

    /// The value of `name = value`.
    pub(crate) fn assigned(self, report: &mut Report) -> Option<Expr> {
        if let Value::Assigned(value) = self.value {
            return Some(value);
        }
        let message = format!("`{0}` takes a value\nhelp: `{0} = ..`", self.name);
        report.add(Rule::WrongValue, &self.name, &message);
        None
    }

    /// The tokens of `name(..)`.
    pub(crate) fn list(self, report: &mut Report) -> Option<TokenStream> {
        if let Value::List(tokens) = self.value {
            return Some(tokens);
        }
        let message = format!("`{0}` takes a list\nhelp: `{0}(..)`", self.name);
        report.add(Rule::WrongValue, &self.name, &message);
        None
    }
}

/// `crate = path`: where the runtime is, else `::portcullis`.
pub(crate) fn runtime(arg: Option<Arg>, report: &mut Report) -> Path {
    let default = || syn::parse_quote!(::portcullis);
    let Some(arg) = arg else { return default() };
    match arg.assigned(report) {
        Some(Expr::Path(ExprPath { path, .. })) => path,
        Some(other) => {
            report.add(Rule::WrongValue, other, "`crate` takes a path\nhelp: `crate = crate::portcullis`");
            default()
        }
        None => default(),
    }
}

/// What stands in the parentheses of an attribute, if it has any.
pub(crate) fn tokens_of(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// "unknown, did you mean": the nearest known name when it is near, and all of them.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let known: Vec<&str> = known.iter().copied().filter(|known| *known != VALUE).collect();
    let nearest = known.iter().min_by_key(|known| strsim::damerau_levenshtein(name, known));
    let help = match nearest {
        Some(nearest) if strsim::damerau_levenshtein(name, nearest) <= 3 => format!("did you mean `{nearest}`? "),
        _ => String::new(),
    };
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    format!("{what} `{name}`\nhelp: {help}known: {all}")
}

/// What an auditor reads later has to say something.
const REASON_LENGTH: usize = 10;

/// `reason = ".."` of a parameter that nothing checks.
pub(crate) fn ensure_reason(of: &str, tokens: TokenStream, span: Span, report: &mut Report) {
    let args = Args::read(of, tokens, &["reason"], report);
    let example = format!("#[{of}(reason = \"why no client controls it\")]");
    args.ensure_reason(of, Ident::new(of, span), &example, report);
}

/// `reason = ".."` of an escape from `name`.
pub(crate) fn ensure_escape_reason(name: &Ident, attribute: &Attribute, report: &mut Report) {
    let Meta::List(list) = &attribute.meta else { return };
    let excused = name.to_string();
    let args = Args::read("allow", list.tokens.clone(), &[&excused, "reason"], report);
    let example = format!("#[portcullis::allow({name}, reason = \"why it is meant\")]");
    args.ensure_reason("portcullis::allow", attribute.path(), &example, report);
}
