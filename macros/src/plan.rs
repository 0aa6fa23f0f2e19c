//! What will be generated for one function.

use proc_macro2::TokenStream;
use syn::Block;

use crate::refusal::{Exit, Or};

#[derive(Default)]
pub(crate) struct Plan {
    /// Outside everything: a panic stops here, and a violation that unwinds too.
    pub(crate) boundary: Option<Or>,
    /// What a violation becomes that a closure or an async block of the body lets unwind to the boundary.
    pub(crate) unwinds: Option<Or>,
    /// Statements before the user's first: a call that will be refused must not have run any of its body.
    pub(crate) entry: Vec<TokenStream>,
    /// The user's body with its operators replaced.
    pub(crate) body: Option<Block>,
    /// The protections that the runtime has only with its feature `std`.
    pub(crate) needs_std: Vec<&'static str>,
    /// The rules on the parameters are taken care of.
    pub(crate) parameters_checked: bool,
}

impl Plan {
    /// How a violation leaves a closure of the body.
    pub(crate) fn inner_exit(&self) -> Exit {
        if self.boundary.is_some() { Exit::Unwind } else { Exit::Panic }
    }
}
