//! `gated!(handler)` and its relatives: expressions that are the handler, and compile only for one that `zero_trust(route)`
//! stands on.
//!
//! A function cannot be asked what stands on it, and so its type is asked for: an import takes a name from every namespace,
//! and where the path has no type, the glob beside it gives one that is not protected.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprPath, Path, PathArguments, Token};

use crate::args::{self, Arg, Args, Value};
use crate::names;
use crate::nesting::ensure_shallow;
use crate::report::Report;
use crate::rules::Rule;

/// What axum has a function and a method for.
const AXUM_METHODS: [&str; 8] = ["get", "post", "put", "delete", "patch", "head", "options", "trace"];

/// The handler, where the gate wants one.
enum Handler {
    Named(Named),
    /// `unprotected!(..)`, as it stands there.
    Unprotected(Expr),
    /// What has been reported.
    Wrong(Expr),
}

/// A function by its path.
struct Named {
    /// Without type arguments.
    path: Path,
    arguments: PathArguments,
    /// As it is written.
    whole: Expr,
}

impl Handler {
    fn read(mut expr: Expr, report: &mut Report) -> Self {
        // As a macro of the user's passes it on.
        while let Expr::Group(group) = expr {
            expr = *group.expr;
        }
        if let Expr::Macro(called) = &expr {
            let last = called.mac.path.segments.last();
            if last.is_some_and(|last| last.ident == "unprotected") {
                return Self::Unprotected(expr);
            }
        }
        if let Some(named) = Named::read(&expr) {
            return Self::Named(named);
        }
        let message = "a gate takes the name of a function, and cannot see what stands on anything else\n\
            help: write a function with `#[zero_trust(route)]`, and its name here\n\
            help: or, if no client's value needs a check: `portcullis::unprotected!(.., reason = \"..\")`";
        report.add(Rule::NotAHandler, &expr, message);
        Self::Wrong(expr)
    }

    /// The handler, once the gate has let it through.
    fn print(&self, runtime: &Ident) -> TokenStream {
        match self {
            Self::Named(named) => named.gated(runtime),
            Self::Unprotected(expr) | Self::Wrong(expr) => expr.to_token_stream(),
        }
    }
}

impl Named {
    fn read(expr: &Expr) -> Option<Self> {
        let Expr::Path(ExprPath { qself: None, path, .. }) = expr else { return None };
        let mut path = path.clone();
        let arguments = std::mem::take(&mut path.segments.last_mut()?.arguments);
        let plain = path.segments.iter().all(|segment| segment.arguments.is_empty() && segment.ident != "Self");
        plain.then(|| Self { path, arguments, whole: expr.clone() })
    }

    /// The name that stands for function and type, in errors at the function's name.
    fn alias(&self) -> Ident {
        let span = self.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
        Ident::new("__portcullis_handler", names::at(span))
    }

    fn imported(&self, runtime: &Ident) -> TokenStream {
        let (mut path, alias) = (self.path.clone(), self.alias());
        // In the edition 2015 an import begins at the crate's root, where an expression does not: it is ours that counts.
        if let Some(first) = path.segments.first_mut().filter(|first| first.ident != "$crate") {
            first.ident.set_span(names::at(first.ident.span()));
        }
        quote! {
            #[allow(unused_imports, clippy::all, clippy::pedantic)]
            use #runtime::__private::not_protected::*;
            #[allow(unused_imports, clippy::all, clippy::pedantic)]
            use #path as #alias;
        }
    }

    fn gated(&self, runtime: &Ident) -> TokenStream {
        let (imported, alias, arguments) = (self.imported(runtime), self.alias(), &self.arguments);
        quote!({ #imported <#alias as #runtime::__private::Protected>::gated(#alias #arguments) })
    }

    /// Only the demand.
    fn demanded(&self, runtime: &Ident) -> TokenStream {
        let (imported, alias) = (self.imported(runtime), self.alias());
        quote!(const _: #runtime::__private::Rules = { #imported <#alias as #runtime::__private::Protected>::RULES };)
    }
}

/// What the macros of the runtime hand over: where the runtime is, and what the user wrote.
fn split(input: TokenStream) -> (Ident, TokenStream) {
    let mut trees = input.into_iter();
    let Some(TokenTree::Ident(runtime)) = trees.next() else { unreachable!("the runtime hands over its name") };
    (runtime, trees.skip(1).collect())
}

/// The expression with the mistakes beside it.
fn finish(report: Report, expr: TokenStream) -> TokenStream {
    if report.is_clean() {
        return expr;
    }
    let nowhere = Path { leading_colon: None, segments: Punctuated::new() };
    let errors = report.beside(TokenStream::new(), &nowhere);
    quote!({ #errors #expr })
}

fn handler(tokens: TokenStream, report: &mut Report) -> Option<Handler> {
    if tokens.is_empty() {
        report.add(Rule::NotAHandler, tokens, "a gate takes the name of a function\nhelp: `gated!(handler)`");
        return None;
    }
    let expr = report.take(ensure_shallow(&tokens).and_then(|()| syn::parse2(tokens)))?;
    Some(Handler::read(expr, report))
}

/// `gated!(handler)`.
pub(crate) fn gated(input: TokenStream) -> TokenStream {
    let (runtime, tokens) = split(input);
    let mut report = Report::default();
    let handler = handler(tokens, &mut report).map(|handler| handler.print(&runtime));
    finish(report, handler.unwrap_or_else(|| quote!(())))
}

/// `rules_of!(handler)`.
pub(crate) fn rules_of(input: TokenStream) -> TokenStream {
    table(input, "RULES")
}

/// `protections_of!(handler)`.
pub(crate) fn protections_of(input: TokenStream) -> TokenStream {
    table(input, "PROTECTIONS")
}

fn table(input: TokenStream, constant: &str) -> TokenStream {
    let (runtime, tokens) = split(input);
    let mut report = Report::default();
    let named = match handler(tokens, &mut report) {
        Some(Handler::Named(named)) => Some(named),
        Some(Handler::Unprotected(expr)) => {
            let message = "what is unprotected has no rules\nhelp: the name of a function with `#[zero_trust(route)]`";
            report.add(Rule::NotAHandler, expr, message);
            None
        }
        _ => None,
    };
    let constant = Ident::new(constant, Span::mixed_site());
    let table = named.map(|named| {
        let (imported, alias) = (named.imported(&runtime), named.alias());
        quote!({ #imported <#alias as #runtime::__private::Protected>::#constant })
    });
    finish(report, table.unwrap_or_else(|| quote!(&[])))
}

/// `unprotected!(handler, reason = "..")`.
pub(crate) fn unprotected(input: TokenStream) -> TokenStream {
    let (_, tokens) = split(input);
    let mut report = Report::default();
    let expr = excused(tokens, &mut report).map_or_else(|| quote!(()), Expr::into_token_stream);
    finish(report, expr)
}

/// What is excused, for a reason that is long enough.
fn excused(tokens: TokenStream, report: &mut Report) -> Option<Expr> {
    let parse = |input: ParseStream<'_>| {
        let expr: Expr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok((expr, input.parse::<TokenStream>()?))
    };
    let (expr, args) = report.take(ensure_shallow(&tokens).and_then(|()| parse.parse2(tokens)))?;
    let args = Args::read("unprotected", args, &["reason"], report);
    let example = "portcullis::unprotected!(handler, reason = \"why no client's value needs a check\")";
    args.ensure_reason("unprotected", &expr, example, report);
    Some(expr)
}

/// `axum::route!(get(list), post(create))`, and with one method `axum::get!(list)`.
pub(crate) fn axum_route(input: TokenStream) -> TokenStream {
    let (runtime, tokens) = split(input);
    let mut report = Report::default();
    let mut seen: Vec<Ident> = Vec::new();
    let mut methods = Vec::new();
    for Arg { name, value } in
        report.take(ensure_shallow(&tokens).and_then(|()| args::list(tokens))).unwrap_or_default()
    {
        let text = name.to_string();
        if text != "any" && !AXUM_METHODS.contains(&&*text) {
            report.add(Rule::UnknownKey, &name, &args::unknown("`route!` has no method", &text, &AXUM_METHODS));
            continue;
        }
        if seen.contains(&name) {
            report.add(Rule::KeyTwice, &name, &format!("`{text}` is given twice\nhelp: keep one of them"));
            continue;
        }
        if text == "any" && !seen.is_empty() {
            let message = "`any` is for the methods that no other handler is for\nhelp: write it first";
            report.add(Rule::WrongValue, &name, message);
            continue;
        }
        let Value::List(tokens) = value else {
            report.add(Rule::WrongValue, &name, &format!("`{text}` takes a handler\nhelp: `{text}(handler)`"));
            continue;
        };
        if let Some(handler) = handler(tokens, &mut report) {
            let handler = handler.print(&runtime);
            methods.push(quote!(#name(#handler)));
        }
        seen.push(name);
    }
    if methods.is_empty() && report.is_clean() {
        let message = "`route!` takes methods with their handlers\nhelp: `route!(get(list), post(create))`";
        report.add(Rule::WrongValue, TokenStream::new(), message);
    }
    if !report.is_clean() {
        return finish(report, quote!(#runtime::__private::never()));
    }
    let route = names::local("route");
    // The functions that `clippy.toml` is to forbid.
    finish(
        report,
        quote!({
            #[allow(clippy::disallowed_methods)]
            let #route = ::axum::routing::#(#methods).*;
            #route
        }),
    )
}

/// `rocket::routes![a, b]`.
pub(crate) fn rocket_routes(input: TokenStream) -> TokenStream {
    let (runtime, tokens) = split(input);
    let mut report = Report::default();
    let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
    let list = report.take(ensure_shallow(&tokens).and_then(|()| parse.parse2(tokens))).unwrap_or_default();
    let mut demanded = TokenStream::new();
    let mut routes = Vec::new();
    for expr in list {
        match Handler::read(expr, &mut report) {
            Handler::Named(named) => {
                demanded.extend(named.demanded(&runtime));
                routes.push(named.whole);
            }
            Handler::Unprotected(Expr::Macro(called)) => {
                // It complains itself. `routes!` of rocket takes no macro, but the name of a function.
                demanded.extend(quote! {
                    #[allow(clippy::all, clippy::pedantic)]
                    const _: fn() = || { let _ = #called; };
                });
                routes.extend(excused(called.mac.tokens, &mut Report::default()));
            }
            Handler::Unprotected(_) | Handler::Wrong(_) => {}
        }
    }
    if !report.is_clean() {
        return finish(report, quote!(#runtime::__private::never()));
    }
    let list = names::local("routes");
    finish(
        report,
        quote!({
            #demanded
            #[allow(clippy::disallowed_macros)]
            let #list = ::rocket::routes![#(#routes),*];
            #list
        }),
    )
}
