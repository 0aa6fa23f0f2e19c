//! The macros whose arguments are known to be expressions: of std, and of the crates that servers are made with. Any other
//! macro's arguments are its own affair, and left alone.

mod events;
mod select;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Pat, Token};

/// The arguments after `visit` has seen each expression, or `None` where there is nothing to see.
pub(crate) fn rewrite(call: &Macro, visit: impl FnMut(&mut Expr)) -> Option<TokenStream> {
    let name = call.path.segments.last()?.ident.to_string();
    let rewritten = match &*name {
        "format" | "format_args" | "print" | "println" | "eprint" | "eprintln" | "write" | "writeln" | "panic"
        | "todo" | "unimplemented" | "unreachable" | "assert_eq" | "assert_ne" | "debug_assert_eq"
        | "debug_assert_ne" | "anyhow" | "eyre" | "bail" | "ready" | "params" => list(call.tokens.clone(), visit),
        "assert" | "debug_assert" => assert(call, visit),
        "vec" => repeat(call.tokens.clone(), visit),
        "matches" => matches(call.tokens.clone(), visit),
        // anyhow, eyre: with nothing but its condition it prints that as it stands in the source.
        "ensure" => several(call.tokens.clone(), visit),
        // tracing, log.
        "trace" | "debug" | "info" | "warn" | "error" | "event" | "log" | "span" | "trace_span" | "debug_span"
        | "info_span" | "warn_span" | "error_span" => Ok(events::rewrite(call.tokens.clone(), visit)),
        // tokio, futures.
        "join" | "try_join" => select::joined(call.tokens.clone(), visit),
        "select" => select::branches(call.tokens.clone(), visit),
        _ => return None,
    };
    // Tokens that do not parse so belong to another macro of that name.
    rewritten.ok()
}

/// Whether the first argument is what the others are written to.
pub(crate) fn is_written_to(call: &Macro) -> bool {
    call.path.segments.last().is_some_and(|last| last.ident == "write" || last.ident == "writeln")
}

type Arguments = Punctuated<Expr, Token![,]>;

fn list(tokens: TokenStream, mut visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let mut arguments = Arguments::parse_terminated.parse2(tokens)?;
    arguments.iter_mut().for_each(|argument| named(argument, &mut visit));
    Ok(quote!(#arguments))
}

/// A list of at least two.
fn several(tokens: TokenStream, visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let count = Arguments::parse_terminated.parse2(tokens.clone())?.len();
    if count < 2 { Ok(tokens) } else { list(tokens, visit) }
}

/// `dbg!(a, b)` prints each argument as it stands in the source, so a macro of ours does it, with that text.
pub(crate) fn shown(call: &Macro, mut visit: impl FnMut(&mut Expr)) -> Option<Expr> {
    let name = call.path.segments.last().filter(|last| last.ident == "dbg")?;
    let mut arguments = Arguments::parse_terminated.parse2(call.tokens.clone()).ok()?;
    let mut texts: Vec<String> = arguments.iter().map(|argument| argument.to_token_stream().to_string()).collect();
    arguments.iter_mut().for_each(&mut visit);
    let arguments: Vec<TokenStream> = arguments.iter().map(ToTokens::to_token_stream).collect();
    if arguments.iter().zip(&texts).all(|(new, old)| new.to_string() == *old) {
        return None;
    }
    if let [only] = &mut texts[..] {
        *only = argument_text(call);
    }
    // With the place of the user's own call, which the macro prints.
    Some(Expr::Verbatim(quote_spanned!(name.ident.span()=> __portcullis::dbg!(#(#texts => #arguments),*))))
}

/// Visits the arguments of `dbg!`, whether or not anything comes of it. Tells whether it is one.
pub(crate) fn visit_shown(call: &Macro, visit: impl FnMut(&mut Expr)) -> bool {
    let is_shown = call.path.segments.last().is_some_and(|last| last.ident == "dbg");
    let arguments = is_shown.then(|| Arguments::parse_terminated.parse2(call.tokens.clone()).ok()).flatten();
    arguments.map(|mut arguments| arguments.iter_mut().for_each(visit)).is_some()
}

/// `name = value` of the format macros: the name is no place.
fn named(argument: &mut Expr, visit: &mut impl FnMut(&mut Expr)) {
    match argument {
        Expr::Assign(assign) => visit(&mut assign.right),
        other => visit(other),
    }
}

/// Without a message of its own, `assert!` prints the condition as it stands in the source: keep that text.
fn assert(call: &Macro, mut visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let mut arguments = Arguments::parse_terminated.parse2(call.tokens.clone())?;
    arguments.iter_mut().for_each(|argument| named(argument, &mut visit));
    if arguments.len() != 1 {
        return Ok(quote!(#arguments));
    }
    let text = format!("assertion failed: {}", argument_text(call));
    let condition = arguments.first();
    Ok(quote!(#condition, "{}", #text))
}

/// From the source where it is on one line, since tokens do not tell where no space stood.
fn argument_text(call: &Macro) -> String {
    let source = call.delimiter.span().join().source_text();
    let inside = source.as_deref().and_then(|text| text.get(1..text.len().checked_sub(1)?));
    match inside.map(|text| text.trim().trim_end_matches(',').trim_end()) {
        Some(text) if !text.contains('\n') => text.to_owned(),
        _ => call.tokens.to_string(),
    }
}

/// The parts of `vec![value; length]`.
pub(crate) fn repeated(call: &Macro) -> Option<(Expr, Token![;], Expr)> {
    let is_vec = call.path.segments.last().is_some_and(|last| last.ident == "vec");
    is_vec.then(|| repeated_in(call.tokens.clone()).ok()).flatten()
}

fn repeated_in(tokens: TokenStream) -> syn::Result<(Expr, Token![;], Expr)> {
    let repeat = |input: ParseStream<'_>| {
        let value: Expr = input.parse()?;
        let semi: Token![;] = input.parse()?;
        Ok((value, semi, input.parse::<Expr>()?))
    };
    repeat.parse2(tokens)
}

/// `vec![value; length]` or a list.
fn repeat(tokens: TokenStream, mut visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    match repeated_in(tokens.clone()) {
        Ok((mut value, semi, mut length)) => {
            visit(&mut value);
            visit(&mut length);
            Ok(quote!(#value #semi #length))
        }
        Err(_) => list(tokens, visit),
    }
}

/// `matches!(value, pattern if guard)`.
fn matches(tokens: TokenStream, mut visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let parts = |input: ParseStream<'_>| {
        let value: Expr = input.parse()?;
        let comma: Token![,] = input.parse()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(if_token) => Some((if_token, input.parse::<Expr>()?)),
            None => None,
        };
        input.parse::<Option<Token![,]>>()?;
        Ok((value, comma, pattern, guard))
    };
    let (mut value, comma, pattern, guard) = parts.parse2(tokens)?;
    visit(&mut value);
    let guard = guard.map(|(if_token, mut guard)| {
        visit(&mut guard);
        quote!(#if_token #guard)
    });
    Ok(quote!(#value #comma #pattern #guard))
}
