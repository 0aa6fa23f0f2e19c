//! The attributes of `portcullis`, protecting nothing: each gives the function back plain.
//!
//! The drill compiles its handlers twice, and only the gate differs. With this one they are the functions that they
//! would be had nobody written an attribute.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

macro_rules! ungated {
    ($($attribute:ident)*) => {$(
        #[doc = concat!("`portcullis::", stringify!($attribute), "`, without the protection.")]
        #[proc_macro_attribute]
        pub fn $attribute(_: TokenStream, item: TokenStream) -> TokenStream {
            plain(item)
        }
    )*};
}
ungated!(zero_trust bounded_recursion bounded_steps checked_arithmetic shed_load);

/// The same tokens without `#[check(..)]` and `#[trusted(..)]`, which the compiler does not know.
fn plain(tokens: TokenStream) -> TokenStream {
    let mut left = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        match tree {
            TokenTree::Punct(hash) if hash.as_char() == '#' && tokens.peek().is_some_and(is_helper) => {
                tokens.next();
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), plain(group.stream()));
                inner.set_span(group.span());
                left.extend([TokenTree::Group(inner)]);
            }
            other => left.extend([other]),
        }
    }
    left
}

/// `[check(..)]` or `[trusted(..)]`, as it stands after a `#`.
fn is_helper(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else { return false };
    group.delimiter() == Delimiter::Bracket
        && matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if ["check", "trusted"].contains(&&*name.to_string()))
}
