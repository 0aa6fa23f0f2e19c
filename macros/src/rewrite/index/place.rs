//! A place as a path through what holds it, with its indices named.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprField, ExprIndex, ExprUnary, Token, UnOp};

use super::super::Walk;
use super::super::operator::{self, operand};
use crate::names;

/// A place as a path through what holds it: `self.rows[i].cells[j]`.
pub(super) struct Chain {
    pub(super) root: Expr,
    /// The root is made by an expression: it has no name to look at it by before it is used.
    pub(super) made: bool,
    pub(super) steps: Vec<Step>,
}

pub(super) enum Step {
    Field(ExprField),
    Deref(Token![*]),
    /// The index, already visited, and what names its value.
    Index(ExprIndex, Ident),
}

impl Chain {
    pub(super) fn names(&self) -> Vec<&Ident> {
        self.indices().map(|(_, name)| name).collect()
    }

    pub(super) fn indices(&self) -> impl Iterator<Item = (&Expr, &Ident)> {
        self.steps.iter().filter_map(|step| match step {
            Step::Index(index, name) => Some((&*index.index, name)),
            _ => None,
        })
    }

    /// Whether an index reads the root that it comes after. The language takes that only of arrays and slices, which it borrows when
    /// the last index is there.
    pub(super) fn reads_itself(&self) -> bool {
        let root = self.root.to_token_stream().to_string();
        self.indices().skip(1).any(|(index, _)| names::holds(index.to_token_stream(), &root))
    }

    /// The place itself, with `indices` for its indices.
    pub(super) fn place(&self, root: TokenStream, indices: &[TokenStream]) -> TokenStream {
        let mut indices = indices.iter();
        self.steps.iter().fold(root, |base, step| match step {
            Step::Index(index, _) => {
                let next = indices.next();
                let mut brackets = TokenStream::new();
                index.bracket_token.surround(&mut brackets, |inside| next.to_tokens(inside));
                quote!(#base #brackets)
            }
            _ => step.after(&base),
        })
    }

    pub(super) fn as_it_was(&self) -> TokenStream {
        let indices: Vec<TokenStream> = self.indices().map(|(index, _)| index.to_token_stream()).collect();
        self.place(self.root.to_token_stream(), &indices)
    }
}

impl Step {
    pub(super) fn after(&self, base: &TokenStream) -> TokenStream {
        match self {
            Self::Field(ExprField { dot_token, member, .. }) => quote!(#base #dot_token #member),
            Self::Deref(star) => quote!((#star #base)),
            Self::Index(..) => unreachable!("an index is checked first"),
        }
    }
}

impl Walk<'_> {
    /// What the place is made of, with its indices visited.
    pub(super) fn chain(&mut self, expr: Expr) -> Chain {
        match expr {
            Expr::Index(mut index) if index.attrs.is_empty() => {
                let mut chain = self.chain(take(&mut index.expr));
                self.visit_value(&mut index.index);
                let name = operand(&format!("index_{}", chain.steps.len()), &index.index);
                chain.steps.push(Step::Index(index, name));
                chain
            }
            Expr::Field(mut field) if field.attrs.is_empty() => {
                let mut chain = self.chain(take(&mut field.base));
                chain.steps.push(Step::Field(field));
                chain
            }
            Expr::Unary(mut unary) if unary.attrs.is_empty() && is_deref(&unary) => {
                let mut chain = self.chain(take(&mut unary.expr));
                if let UnOp::Deref(star) = unary.op {
                    chain.steps.push(Step::Deref(star));
                }
                chain
            }
            Expr::Paren(mut inner) if inner.attrs.is_empty() && is_place(&inner.expr) => {
                self.chain(take(&mut inner.expr))
            }
            Expr::Group(mut inner) if is_place(&inner.expr) => self.chain(take(&mut inner.expr)),
            // An array of constants may be promoted to a static, and can be named twice.
            ref array if !self.is_unsafe && operator::is_constant_array(array, &self.bound) => {
                Chain { root: expr, made: false, steps: Vec::new() }
            }
            Expr::Path(_) => Chain { root: expr, made: false, steps: Vec::new() },
            mut root => {
                self.visit_expr_mut(&mut root);
                Chain { root, made: true, steps: Vec::new() }
            }
        }
    }

    /// What is not looked at: what is behind a raw pointer, where a reference of ours might be one too many.
    pub(super) fn is_left(&self, chain: &Chain) -> bool {
        self.is_unsafe && chain.steps.iter().any(|step| matches!(step, Step::Deref(_)))
    }

    /// An element of a constant, which may be promoted to a static where it stays as it is. It can be named twice.
    pub(super) fn is_constant_element(&self, chain: &Chain) -> bool {
        chain.indices().next().is_some()
            && !chain.made
            && !self.is_unsafe
            && operator::is_constant_name(&chain.root)
            && !self.bound.contains(&chain.root.to_token_stream().to_string())
            && chain.indices().all(|(index, _)| operator::is_constant(index, &self.bound))
    }
}

/// Whether the receiver is an index, or a field of one, of a place.
pub(super) fn ends_indexed(receiver: &Expr) -> bool {
    match receiver {
        Expr::Index(index) => index.attrs.is_empty(),
        Expr::Field(field) => field.attrs.is_empty() && ends_indexed(&field.base),
        Expr::Paren(inner) => inner.attrs.is_empty() && ends_indexed(&inner.expr),
        Expr::Group(inner) => ends_indexed(&inner.expr),
        _ => false,
    }
}

pub(super) fn is_deref(unary: &ExprUnary) -> bool {
    matches!(unary.op, UnOp::Deref(_))
}

fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Index(_) | Expr::Field(_) => true,
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Group(inner) => is_place(&inner.expr),
        Expr::Unary(unary) => is_deref(unary),
        _ => false,
    }
}

pub(super) fn take(expr: &mut Expr) -> Expr {
    std::mem::replace(expr, Expr::Verbatim(TokenStream::new()))
}
