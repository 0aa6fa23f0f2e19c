//! The bounds of the fields, as constants: what a function that takes the type is followed with (`ranges::open`).
//!
//! Only of a field whose one rule is a range, in a struct that no rule is about as a whole: there each value between the bounds is
//! admitted, whatever the other fields are.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, Member};

use super::field::Covering;
use super::serde::Serde;
use super::validate;
use crate::check::{Check, Range};
use crate::ranges::constant::type_of;
use crate::ranges::open;

/// Whether a value of the type may be one that no client sends.
pub(super) fn is_plain(attributes: &[Attribute]) -> bool {
    let serde = Serde::read(attributes);
    !["from", "try_from", "remote"].into_iter().any(|key| serde.says(key))
}

/// The name of the field and its bounds, when all between them are admitted.
pub(super) fn of(field: &Covering<'_>) -> Option<TokenStream> {
    let Member::Named(name) = &field.member else { return None };
    let ty = type_of(&field.field.ty)?;
    let serde = Serde::read(&field.field.attrs);
    let made = ["with", "deserialize_with"].into_iter().any(|key| serde.says(key));
    if made || field.unsaid || field.trusted || field.nested || !field.rules.steps.is_empty() || field.rules.settled {
        return None;
    }
    let range = match (&*field.rules.checks, &*field.validated) {
        ([(_, Check::Range(Range { min, max, exclusive_min, exclusive_max }))], []) => {
            [min, max, exclusive_min, exclusive_max].map(Option::as_ref)
        }
        ([], [validate::Asked { kind: validate::Kind::Range(bounds), .. }]) => bounds.each_ref().map(Option::as_ref),
        _ => return None,
    };
    let [min, max, above, below]: [Option<&Expr>; 4] = range;
    let bounds = open::bounds(ty, [min, max, above, below])?;
    let name = syn::ext::IdentExt::unraw(name).to_string();
    Some(quote!((#name, #bounds)))
}
