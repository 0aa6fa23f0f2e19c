//! How the attributes stand on a function of a block: its own, those of the items around it, that of the block.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Attribute, ItemFn};

use super::seen::Function;
use crate::args::{self, Arg, Value};
use crate::policy::{is_skipped, protection};
use crate::subject::{Shape, shape};

/// The bound on recursion that a function has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// The user wrote it: on the function, or in the block's attribute.
    Written {
        by_hand: bool,
    },
    /// `zero_trust` has it by default.
    Default,
    None,
}

pub(super) fn is_zero_trust(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "zero_trust")
}

/// The arguments of the `zero_trust` that reaches a function: its own, or the nearest around it.
pub(super) fn reaching(function: &Function, block: &TokenStream) -> Option<TokenStream> {
    let own = function.attrs.iter().find(|attribute| is_zero_trust(attribute));
    let around = || function.around.iter().find_map(|attrs| attrs.iter().find(|attribute| is_zero_trust(attribute)));
    match own.or_else(around) {
        Some(attribute) => Some(args::tokens_of(attribute)),
        // No attribute of a block comes into the body of a function.
        None => (!function.is_nested).then(|| block.clone()),
    }
}

pub(super) fn bound(function: &Function, block: &TokenStream) -> Bound {
    let reaching = reaching(function, block);
    if reaching.clone().is_some_and(is_skipped) {
        return Bound::None;
    }
    if hand_written(function).is_some() {
        return Bound::Written { by_hand: true };
    }
    let Some(args) = reaching else { return Bound::None };
    let args = args::list(args).unwrap_or_default();
    if args.iter().any(|arg| arg.name == "bounded_recursion") {
        return Bound::Written { by_hand: false };
    }
    let is_left_out = args.iter().any(|arg| arg.name == "without" && names_recursion(arg));
    if is_left_out || !is_bounded_by_default(function) { Bound::None } else { Bound::Default }
}

/// The attribute with the bound that stands on this function.
pub(super) fn hand_written(function: &Function) -> Option<&Attribute> {
    let alone = || function.attrs.iter().find(|attribute| protection(attribute) == Some("bounded_recursion"));
    let own = function.attrs.iter().find(|attribute| {
        let args = || args::list(args::tokens_of(attribute)).unwrap_or_default();
        is_zero_trust(attribute) && args().iter().any(|arg| arg.name == "bounded_recursion")
    });
    own.or_else(alone)
}

fn names_recursion(arg: &Arg) -> bool {
    let Value::List(list) = &arg.value else { return false };
    args::list(list.clone()).unwrap_or_default().iter().any(|arg| arg.name == "bounded_recursion")
}

/// A function that returns a future has the bound by default only where it names itself (`passes/bounded_recursion.rs`).
fn is_bounded_by_default(function: &Function) -> bool {
    let (sig, body) = (&function.sig, &*function.body);
    let Ok(item) = syn::parse2::<ItemFn>(quote!(#sig #body)) else { return false };
    match shape(&item) {
        Shape::Sync => true,
        Shape::Async | Shape::AsyncTail => {
            let name = sig.ident.to_string();
            let text = body.to_token_stream().to_string();
            text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
        }
        Shape::Future => false,
    }
}
