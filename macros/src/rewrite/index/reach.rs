//! A receiver that is looked at before its method is called.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use super::super::Walk;
use super::super::operator::operand;
use super::allow;
use super::place::{Chain, Step, take};

/// What leads to the receiver.
pub(in crate::rewrite) struct Reach {
    chain: Chain,
    base: TokenStream,
    /// The checks of its indices.
    pub(in crate::rewrite) checks: TokenStream,
    /// For where it is named.
    pub(in crate::rewrite) allow: Option<TokenStream>,
}

impl Reach {
    /// Made by an expression for the call: there is nothing to name but the value.
    pub(in crate::rewrite) fn made(&self) -> Option<(&Expr, &TokenStream)> {
        (self.chain.made && self.chain.steps.is_empty()).then_some((&self.chain.root, &self.base))
    }

    /// Whether it is a place in something that is made for the call.
    pub(in crate::rewrite) fn is_made(&self) -> bool {
        self.chain.made
    }

    /// What has to be evaluated first, in order.
    pub(in crate::rewrite) fn values(&self) -> Vec<TokenStream> {
        let root = self.chain.made.then(|| self.chain.root.to_token_stream());
        root.into_iter().chain(self.chain.indices().map(|(index, _)| index.to_token_stream())).collect()
    }

    /// What names that. The root may be changed through its name.
    pub(in crate::rewrite) fn names(&self) -> Vec<TokenStream> {
        let base = &self.base;
        let root = self.chain.made.then(|| quote!(mut #base));
        root.into_iter().chain(self.indices().into_iter().map(ToTokens::to_token_stream)).collect()
    }

    /// Of the root alone.
    pub(in crate::rewrite) fn base(&self) -> &TokenStream {
        &self.base
    }

    /// Of the indices alone.
    pub(in crate::rewrite) fn indices(&self) -> Vec<&Ident> {
        self.chain.names()
    }

    /// The receiver, by those names.
    pub(in crate::rewrite) fn named(&self) -> TokenStream {
        let indices: Vec<TokenStream> = self.indices().into_iter().map(ToTokens::to_token_stream).collect();
        self.on(self.base.clone(), &indices)
    }

    /// The receiver, by others.
    pub(in crate::rewrite) fn on(&self, base: TokenStream, indices: &[TokenStream]) -> TokenStream {
        self.chain.place(base, indices)
    }

    /// The same place, to be looked at before it is used.
    pub(in crate::rewrite) fn looked_at(&self) -> TokenStream {
        let copies: Vec<TokenStream> =
            self.indices().into_iter().map(|name| quote!(__portcullis::copied(&#name))).collect();
        self.on(self.base.clone(), &copies)
    }
}

impl Walk<'_> {
    /// Takes a receiver apart. None, and the receiver as it was, where it is not looked at.
    pub(in crate::rewrite) fn reach(&mut self, receiver: &mut Expr) -> Option<Reach> {
        let chain = self.chain(take(receiver));
        if self.is_left(&chain) {
            *receiver = Expr::Verbatim(chain.as_it_was());
            return None;
        }
        let base =
            if chain.made { operand("base", &chain.root).into_token_stream() } else { chain.root.to_token_stream() };
        let indexed = chain.steps.iter().any(|step| matches!(step, Step::Index(..)));
        let checks = if indexed && self.rewrites.indexing.is_some() {
            self.checks(&base, &chain.steps, None)
        } else {
            TokenStream::new()
        };
        let allow = allow(&chain);
        Some(Reach { chain, base, checks, allow })
    }
}
