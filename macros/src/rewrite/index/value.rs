//! `total + prices[key]`: where only the value of an element is asked for, what the check finds is the element. So a map is
//! searched once, however its key is written.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Expr;
use syn::visit_mut::VisitMut as _;

use super::super::operator;
use super::super::{Broken, Walk};
use super::find;
use super::place::{Chain, Step, is_deref, take};
use crate::names;

impl Walk<'_> {
    /// What is read where it stands: neither borrowed as mutable, nor matched with a pattern, nor at a place where the language would reborrow a
    /// `&mut`, as on the way into a call.
    pub(in crate::rewrite) fn visit_value(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Paren(inner) if inner.attrs.is_empty() => self.visit_value(&mut inner.expr),
            Expr::Group(inner) => self.visit_value(&mut inner.expr),
            Expr::Field(field) if field.attrs.is_empty() => self.visit_value(&mut field.base),
            Expr::Unary(unary) if is_deref(unary) && unary.attrs.is_empty() => self.visit_value(&mut unary.expr),
            Expr::Index(index) if index.attrs.is_empty() && self.rewrites.indexing.is_some() => {
                let chain = self.chain(take(expr));
                *expr = Expr::Verbatim(match self.value(&chain) {
                    Some(value) => quote!((*#value)),
                    None => self.indexed(&chain),
                });
            }
            _ => self.visit_expr_mut(expr),
        }
    }

    /// A reference to what the indices of a named place lead to.
    fn value(&mut self, chain: &Chain) -> Option<TokenStream> {
        // A constant may be promoted to a static, and is left as it is.
        let root = &chain.root;
        if !matches!(root, Expr::Path(_)) || operator::is_constant_name(root) || self.is_left(chain) {
            return None;
        }
        let value = self.value_from(&quote!(#root), &chain.steps);
        let indices = chain.indices().map(|(index, _)| index);
        let names = chain.names();
        Some(quote!(match (#(#indices,)*) { (#(#names,)*) => #value }))
    }

    fn value_from(&mut self, base: &TokenStream, steps: &[Step]) -> TokenStream {
        let Some((step, rest)) = steps.split_first() else { return quote!(&#base) };
        let Step::Index(index, name) = step else { return self.value_from(&step.after(base), rest) };
        let (found, element, violation) = (names::local("found"), names::local("element"), names::local("violation"));
        let find = find(step, base);
        let mut native = quote!(&#base);
        index.bracket_token.surround(&mut native, |inside| name.to_tokens(inside));
        let otherwise = self.refuse(Broken::Indexing).otherwise(&native);
        let one = quote! {
            match #find {
                __portcullis::Ok(#found) => if #found.as_written() { #native } else { #found.element() },
                __portcullis::Err(#violation) => #otherwise,
            }
        };
        if rest.is_empty() {
            return one;
        }
        let next = self.value_from(&quote!((*#element)), rest);
        quote!(match #one { #element => #next })
    }
}
