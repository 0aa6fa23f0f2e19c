//! What will be generated for one function.

use proc_macro2::TokenStream;
use syn::Expr;

use crate::refusal::Or;
use crate::rewrite::Rewritten;

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each pass has a fact of its own to say")]
pub(crate) struct Plan {
    /// Outside everything: a panic stops here, and a violation that unwinds too.
    pub(crate) boundary: Option<Or>,
    /// What an `async fn` asks when it is called, before its future is polled: the depth that its body will run at, and
    /// of which group.
    pub(crate) scope: Option<TokenStream>,
    /// The function is entered as a part of a request, or begins one: its limits are the request's.
    pub(crate) request: bool,
    /// How many steps a future may take. (A function that runs when it is called says so at its entry.)
    pub(crate) steps: Option<Expr>,
    /// How many bytes a future may ask for.
    pub(crate) budget: Option<Expr>,
    /// When a future is dropped.
    pub(crate) until: Option<Until>,
    /// Statements before the user's first: a call that will be refused must not have run any of its body.
    pub(crate) entry: Vec<TokenStream>,
    /// The user's body with its operators and indices replaced.
    pub(crate) rewritten: Rewritten,
    /// What only the compiler can judge of the body.
    pub(crate) judged: TokenStream,
    /// The user's statements stand where the linker finds each panic of theirs.
    pub(crate) proved: bool,
    /// The protections that the runtime has only with its feature `std`.
    pub(crate) needs_std: Vec<&'static str>,
    /// A budget needs the runtime's feature `alloc-count`.
    pub(crate) needs_counting: bool,
    /// The rules on the parameters are taken care of.
    pub(crate) parameters_checked: bool,
}

/// The deadline of a future.
pub(crate) struct Until {
    pub(crate) timeout: Expr,
    /// What follows a refusal, outside of the future.
    pub(crate) or: Or,
}
