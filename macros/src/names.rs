//! The names in generated code, each made in one place.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

/// A local of ours. Prefixed *and* mixed-site: mixed-site alone hides the binding from the user's body, yet a user's
/// `const depth` would still turn our pattern into a comparison (`tests/hygiene/`).
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__portcullis_{name}"), Span::mixed_site())
}

/// Whether all names in this pattern are such locals.
pub(crate) fn is_ours(pattern: TokenStream) -> bool {
    pattern.into_iter().all(|tree| match tree {
        TokenTree::Ident(name) => name.to_string().starts_with("__portcullis_"),
        TokenTree::Group(group) => is_ours(group.stream()),
        TokenTree::Punct(_) => true,
        TokenTree::Literal(_) => false,
    })
}

/// Whether the tokens hold this name.
pub(crate) fn holds(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => holds(group.stream(), name),
        _ => false,
    })
}

/// The name that stands for `portcullis::__private` inside a protected body.
pub(crate) const ALIAS: &str = "__portcullis";

/// A place in the user's source with our hygiene: errors point there, and lints know that the code is generated.
pub(crate) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// The names of a path.
pub(crate) fn words(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect()
}

/// A function of the runtime.
pub(crate) fn called(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
