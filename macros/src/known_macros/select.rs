//! `select!` and `join!` of `tokio` and `futures`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Ident, Pat, Token, custom_keyword};

use super::list;

custom_keyword!(biased);

/// `biased; a, b`.
pub(super) fn joined(tokens: TokenStream, visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let (order, rest) = split_order.parse2(tokens)?;
    let rest = list(rest, visit)?;
    Ok(quote!(#order #rest))
}

/// `biased; pattern = future, if condition => handler, else => handler`.
pub(super) fn branches(tokens: TokenStream, mut visit: impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    let parse = |input: ParseStream<'_>| {
        let mut rewritten = order(input)?.to_token_stream();
        while !input.is_empty() {
            rewritten.extend(branch(input, &mut visit)?);
        }
        Ok(rewritten)
    };
    parse.parse2(tokens)
}

fn order(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if input.peek(biased) && input.peek2(Token![;]) {
        let (biased, semi): (biased, Token![;]) = (input.parse()?, input.parse()?);
        return Ok(quote!(#biased #semi));
    }
    Ok(TokenStream::new())
}

fn split_order(input: ParseStream<'_>) -> syn::Result<(TokenStream, TokenStream)> {
    Ok((order(input)?, input.parse()?))
}

fn branch(input: ParseStream<'_>, visit: &mut impl FnMut(&mut Expr)) -> syn::Result<TokenStream> {
    // `else`, and the `complete` and `default` of `futures`.
    let alone = (input.peek(Token![else]) || input.peek(Ident::peek_any)) && input.peek2(Token![=>]);
    let before = if alone {
        let word = input.call(Ident::parse_any)?;
        quote!(#word)
    } else {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let equals: Token![=] = input.parse()?;
        let mut future: Expr = input.parse()?;
        visit(&mut future);
        let condition = if input.peek(Token![,]) {
            let (comma, if_token): (Token![,], Token![if]) = (input.parse()?, input.parse()?);
            let mut condition: Expr = input.parse()?;
            visit(&mut condition);
            quote!(#comma #if_token #condition)
        } else {
            TokenStream::new()
        };
        quote!(#pattern #equals #future #condition)
    };
    let arrow: Token![=>] = input.parse()?;
    // A handler that is a block ends with it, and one that a method call follows is no block.
    let mut handler = Expr::parse_with_earlier_boundary_rule(input)?;
    visit(&mut handler);
    let comma: Option<Token![,]> = input.parse()?;
    Ok(quote!(#before #arrow #handler #comma))
}
