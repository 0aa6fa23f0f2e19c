//! Collects the mistakes of one function, so that one build shows them all.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::Path;

use crate::rules::Rule;

/// The mistakes so far.
#[derive(Default)]
pub(crate) struct Report {
    errors: Vec<syn::Error>,
}

impl Report {
    /// A broken rule, shown under the tokens.
    pub(crate) fn add(&mut self, rule: Rule, tokens: impl ToTokens, message: &str) {
        self.errors.push(rule.error(tokens, message));
    }

    /// An error that is already made.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// The value, or a note of why there is none.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Adds its own to those of another.
    pub(crate) fn hand_to(self, other: &mut Self) {
        other.errors.extend(self.errors);
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// The errors, next to the user's function: dropping the function would bring up an error at each of its callers.
    pub(crate) fn beside(self, item: impl ToTokens, runtime: &Path) -> TokenStream {
        let mut tokens = item.into_token_stream();
        for error in &self.errors {
            tokens.extend(error.to_compile_error().into_iter().flat_map(|tree| named_by(runtime, tree)));
        }
        tokens
    }
}

/// `::core::compile_error!`, as syn prints it, through the runtime: `::core` is no path in edition 2015.
fn named_by(runtime: &Path, tree: TokenTree) -> TokenStream {
    match tree {
        TokenTree::Ident(core) if core == "core" && runtime.leading_colon.is_some() => {
            let segments = &runtime.segments;
            quote_spanned!(core.span()=> #segments::__private)
        }
        other => other.into(),
    }
}
