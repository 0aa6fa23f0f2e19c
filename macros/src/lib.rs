//! The attributes of `portcullis`, which documents them: depend on that crate, not on this one.

mod args;
mod boundary;
mod check;
mod expand;
mod known_macros;
mod lower;
mod module;
mod names;
mod parameter;
mod passes;
mod plan;
mod policy;
mod refusal;
mod report;
mod rewrite;
mod rules;
mod subject;

use proc_macro::TokenStream;

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
