//! The events and spans of `tracing`, and the records of `log`: `info!(target: "x", count = a + b, ?kind, "took {}", c * d)`.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Expr;

/// The arguments after `visit` has seen the value of each field and each argument of the message.
pub(super) fn rewrite(tokens: TokenStream, mut visit: impl FnMut(&mut Expr)) -> TokenStream {
    let mut after_message = false;
    arguments(tokens, &mut after_message, &mut visit)
}

fn arguments(tokens: TokenStream, after_message: &mut bool, visit: &mut dyn FnMut(&mut Expr)) -> TokenStream {
    let mut rewritten = TokenStream::new();
    let mut argument = Vec::new();
    for tree in tokens {
        match &tree {
            // `log` has a semicolon between its fields and the message.
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                rewritten.extend(one(std::mem::take(&mut argument), after_message, visit));
                rewritten.extend([tree]);
            }
            _ => argument.push(tree),
        }
    }
    rewritten.extend(one(argument, after_message, visit));
    rewritten
}

/// One argument. A field without a value, `?kind`, is named by its own text, and stays.
fn one(argument: Vec<TokenTree>, after_message: &mut bool, visit: &mut dyn FnMut(&mut Expr)) -> TokenStream {
    match &argument[..] {
        [TokenTree::Literal(_)] => {
            *after_message = true;
            argument.into_iter().collect()
        }
        // `{ field = value, .. }` before the message.
        [TokenTree::Group(fields)] if fields.delimiter() == Delimiter::Brace && !*after_message => {
            let mut inside = Group::new(Delimiter::Brace, arguments(fields.stream(), &mut false, visit));
            inside.set_span(fields.span());
            quote!(#inside)
        }
        _ => {
            let start = match value_start(&argument) {
                Some(start) => start,
                None if *after_message => 0,
                None => return argument.into_iter().collect(),
            };
            let (name, value) = argument.split_at(start);
            let written: TokenStream = value.iter().cloned().collect();
            let value = match syn::parse2::<Expr>(written.clone()) {
                Ok(mut value) => {
                    visit(&mut value);
                    value.to_token_stream()
                }
                Err(_) => written,
            };
            quote!(#(#name)* #value)
        }
    }
}

/// Where the value begins: behind `name =`, `name = ?`, `name = %`, `name:? =`, `name: `.
fn value_start(argument: &[TokenTree]) -> Option<usize> {
    let is = |tree: Option<&TokenTree>, wanted: fn(&Punct) -> bool| match tree {
        Some(TokenTree::Punct(punct)) => wanted(punct),
        _ => false,
    };
    let named = argument.iter().position(|tree| {
        !matches!(tree, TokenTree::Ident(_) | TokenTree::Literal(_))
            && !is(Some(tree), |punct| matches!(punct.as_char(), '.' | ':' | '?' | '%'))
    });
    if let Some(equals) = named
        && is(argument.get(equals), |punct| punct.as_char() == '=' && punct.spacing() == Spacing::Alone)
    {
        let value = equals.checked_add(1)?;
        let shown = is(argument.get(value), |punct| matches!(punct.as_char(), '?' | '%'));
        return value.checked_add(shown.into());
    }
    // `target: value`, and no path.
    match argument {
        [TokenTree::Ident(_), colon, _, ..]
            if is(Some(colon), |punct| punct.as_char() == ':' && punct.spacing() == Spacing::Alone) =>
        {
            Some(2)
        }
        _ => None,
    }
}
