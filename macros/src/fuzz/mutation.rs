//! A change to code: to its tokens, as a slip of the keyboard would make it, or to its expressions and parameters, so that it
//! still parses and goes all the way.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quote::{ToTokens as _, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, FnArg, ItemFn};

use super::corpus::Corpus;
use super::tokens::{DELIMITERS, EXPRESSIONS, PARAMETERS, WORDS, read};

#[derive(Clone, Debug)]
pub(super) enum Mutation {
    Token {
        at: Index,
        change: Change,
    },
    /// The expression becomes part of another, in the place of `x`.
    Expression {
        at: Index,
        around: &'static str,
    },
    /// An attribute before a parameter.
    Parameter {
        at: Index,
        attribute: &'static str,
    },
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Delete,
    Double,
    Replace(&'static str),
    Insert(&'static str),
    Enclose(Delimiter),
    Unwrap,
    /// The rest of the group is not typed yet.
    Cut,
    /// By a token of another function.
    Splice {
        item: Index,
        at: Index,
    },
}

pub(super) fn mutations() -> impl Strategy<Value = Mutation> {
    let change = prop_oneof![
        Just(Change::Delete),
        Just(Change::Double),
        select(WORDS).prop_map(Change::Replace),
        select(WORDS).prop_map(Change::Insert),
        select(DELIMITERS).prop_map(Change::Enclose),
        Just(Change::Unwrap),
        Just(Change::Cut),
        any::<(Index, Index)>().prop_map(|(item, at)| Change::Splice { item, at }),
    ];
    prop_oneof![
        1 => (any::<Index>(), change).prop_map(|(at, change)| Mutation::Token { at, change }),
        3 => (any::<Index>(), select(EXPRESSIONS)).prop_map(|(at, around)| Mutation::Expression { at, around }),
        1 => (any::<Index>(), select(PARAMETERS)).prop_map(|(at, attribute)| Mutation::Parameter { at, attribute }),
    ]
}

impl Mutation {
    pub(super) fn of(&self, item: TokenStream, corpus: &Corpus) -> TokenStream {
        match self {
            Self::Token { at, change } => {
                let spliced = match change {
                    Change::Splice { item, at } => nth(corpus.item(*item), *at),
                    _ => None,
                };
                let mut walk = Walk { left: at.index(size(item.clone()).max(1)), change, spliced };
                walk.stream(item)
            }
            Self::Expression { at, around } => {
                // Of a type, and of what the changes before have broken, the tokens are all there is.
                let Ok(mut item) = syn::parse2::<ItemFn>(item.clone()) else { return item };
                let mut count = Expressions { left: usize::MAX, around: None };
                count.visit_block_mut(&mut item.block);
                let there = usize::MAX.saturating_sub(count.left);
                if there > 0 {
                    let mut put = Expressions { left: at.index(there), around: Some(around) };
                    put.visit_block_mut(&mut item.block);
                }
                item.into_token_stream()
            }
            Self::Parameter { at, attribute } => {
                let Ok(mut item) = syn::parse2::<ItemFn>(item.clone()) else { return item };
                let mut typed: Vec<_> = item
                    .sig
                    .inputs
                    .iter_mut()
                    .filter_map(|input| match input {
                        FnArg::Typed(parameter) => Some(parameter),
                        FnArg::Receiver(_) => None,
                    })
                    .collect();
                if !typed.is_empty() {
                    let at = at.index(typed.len());
                    if let Some(parameter) = typed.get_mut(at) {
                        let attribute = read(attribute);
                        parameter.attrs.push(syn::parse_quote!(#[#attribute]));
                    }
                }
                item.into_token_stream()
            }
        }
    }
}

/// Counts down to the expression that is meant.
struct Expressions {
    left: usize,
    around: Option<&'static str>,
}

impl VisitMut for Expressions {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if self.left == 0
            && let Some(around) = self.around.take()
        {
            let inner = quote!((#expr));
            *expr = Expr::Verbatim(with(read(around), &inner));
            return;
        }
        self.left = self.left.wrapping_sub(1);
        syn::visit_mut::visit_expr_mut(self, expr);
    }
}

/// The tokens, with what stands for `x` in its place.
pub(super) fn with(around: TokenStream, inner: &TokenStream) -> TokenStream {
    around
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Ident(word) if word == "x" => inner.clone(),
            TokenTree::Group(group) => {
                TokenTree::from(Group::new(group.delimiter(), with(group.stream(), inner))).into()
            }
            other => other.into(),
        })
        .collect()
}

fn size(tokens: TokenStream) -> usize {
    tokens.into_iter().fold(0, |sum, tree| match tree {
        TokenTree::Group(group) => sum.saturating_add(1).saturating_add(size(group.stream())),
        _ => sum.saturating_add(1),
    })
}

fn nth(tokens: TokenStream, at: Index) -> Option<TokenTree> {
    fn find(tokens: TokenStream, left: &mut usize) -> Option<TokenTree> {
        for tree in tokens {
            if *left == 0 {
                return Some(tree);
            }
            *left = left.saturating_sub(1);
            if let TokenTree::Group(group) = &tree
                && let Some(found) = find(group.stream(), left)
            {
                return Some(found);
            }
        }
        None
    }
    find(tokens.clone(), &mut at.index(size(tokens).max(1)))
}

/// Counts down to the token that is meant.
struct Walk<'a> {
    left: usize,
    change: &'a Change,
    spliced: Option<TokenTree>,
}

impl Walk<'_> {
    fn stream(&mut self, tokens: TokenStream) -> TokenStream {
        let mut kept = TokenStream::new();
        for tree in tokens {
            let is_meant = self.left == 0;
            self.left = self.left.wrapping_sub(1);
            if !is_meant {
                kept.extend([match tree {
                    TokenTree::Group(group) => {
                        let mut changed = Group::new(group.delimiter(), self.stream(group.stream()));
                        changed.set_span(group.span());
                        changed.into()
                    }
                    other => other,
                }]);
                continue;
            }
            match self.change {
                Change::Delete => {}
                Change::Double => kept.extend([tree.clone(), tree]),
                Change::Replace(word) => kept.extend(read(word)),
                Change::Insert(word) => {
                    kept.extend(read(word));
                    kept.extend([tree]);
                }
                Change::Enclose(delimiter) => kept.extend([TokenTree::from(Group::new(*delimiter, tree.into()))]),
                Change::Unwrap => match tree {
                    TokenTree::Group(group) => kept.extend(group.stream()),
                    other => kept.extend([other]),
                },
                Change::Cut => return kept,
                Change::Splice { .. } => kept.extend(self.spliced.take()),
            }
        }
        kept
    }
}
