//! The attributes of `portcullis`, which documents them: depend on that crate, not on this one.

mod admitted;
mod args;
mod boundary;
mod check;
mod covered;
mod escapes;
mod expand;
#[cfg(test)]
mod fuzz;
mod gate;
mod known_macros;
mod leaf;
mod lower;
mod module;
mod names;
mod nesting;
mod parameter;
mod passes;
mod plan;
mod policy;
mod proof;
mod ranges;
mod refusal;
mod report;
mod rewrite;
mod route;
mod rules;
mod size;
mod strict;
mod subject;
mod take_apart;
mod text;

use proc_macro::TokenStream;

/// The compiler's own span knows its line; that of `proc-macro2` would need a feature in every user's build. Outside of the
/// compiler, in a test, there is none.
fn line(span: proc_macro2::Span) -> Option<usize> {
    proc_macro::is_available().then(|| span.unwrap().line())
}

macro_rules! doors {
    ($($attribute:ident)*) => {$(
        #[doc = concat!("See `portcullis::", stringify!($attribute), "`.")]
        #[proc_macro_attribute]
        pub fn $attribute(args: TokenStream, item: TokenStream) -> TokenStream {
            expand::attribute(stringify!($attribute), args.into(), item.into()).into()
        }
    )*};
}
doors!(zero_trust bounded_recursion checked_arithmetic checked_indexing validated_input catch_panic);
doors!(shed_load deadline bounded_concurrency bounded_steps bounded_allocation);

macro_rules! gates {
    ($($gate:ident)*) => {$(
        /// What a macro of `portcullis` hands to.
        #[proc_macro]
        pub fn $gate(input: TokenStream) -> TokenStream {
            gate::$gate(input.into()).into()
        }
    )*};
}
gates!(gated rules_of protections_of unprotected axum_route rocket_routes);

/// See `portcullis::escapes!`.
#[proc_macro]
pub fn escapes(input: TokenStream) -> TokenStream {
    escapes::all(&input.into()).into()
}

/// See `portcullis::TakeApart`.
#[proc_macro_derive(TakeApart, attributes(take_apart))]
pub fn take_apart(item: TokenStream) -> TokenStream {
    take_apart::derive(item.into()).into()
}

/// See `portcullis::Covered`.
#[proc_macro_derive(Covered, attributes(check, covered, trusted))]
pub fn covered(item: TokenStream) -> TokenStream {
    covered::derive(item.into()).into()
}
