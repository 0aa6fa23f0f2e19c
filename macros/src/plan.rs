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
    pub(crate) scope: Option<Scope>,
    /// The function is entered as a part of a request, or begins one: its limits are the request's.
    pub(crate) request: bool,
    /// What a request has to come through to begin here.
    pub(crate) door: Option<Door>,
    /// How many steps a future may take. (A function that runs when it is called says so at its entry.)
    pub(crate) steps: Option<Expr>,
    /// How many bytes a future may ask for.
    pub(crate) budget: Option<Expr>,
    /// When a future is dropped.
    pub(crate) until: Option<Until>,
    /// What only observes a call as a whole, in the place of the boundary, the request and its limits.
    pub(crate) watch: Option<Watch>,
    /// Statements before the user's first: a call that will be refused must not have run any of its body.
    pub(crate) entry: Vec<TokenStream>,
    /// What of the entry a call needs only when it gets beyond the leaves of the body.
    pub(crate) descent: Option<Descent>,
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

/// A statement that comes before anything which may call something.
pub(crate) struct Descent {
    pub(crate) statement: TokenStream,
    /// How many statements of the entry come before it.
    pub(crate) after: usize,
}

/// The depth that a future runs at.
pub(crate) struct Scope {
    pub(crate) made: TokenStream,
    /// The function of the runtime that has the future run at it.
    pub(crate) runs: &'static str,
}

/// A gate beside the function, a static, and what follows where it is shut.
pub(crate) struct Door {
    pub(crate) gate: TokenStream,
    pub(crate) refuse: TokenStream,
}

/// What is observed of a call, with the limits.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) panics: bool,
    /// There is a gate, or one that is not asked.
    pub(crate) gate: Option<Gate>,
    pub(crate) steps: Option<Expr>,
    pub(crate) timeout: Option<Expr>,
    pub(crate) budget: Option<Expr>,
    pub(crate) requests: Option<Expr>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    Asked,
    Probe,
}

impl Watch {
    pub(crate) fn limits(&self) -> impl Iterator<Item = &Expr> {
        [&self.steps, &self.timeout, &self.budget, &self.requests].into_iter().flatten()
    }

    /// Whether anything of a whole request is.
    pub(crate) fn is_of_request(&self) -> bool {
        self.gate.is_some() || self.limits().next().is_some()
    }
}

impl Plan {
    pub(crate) fn watch(&mut self) -> &mut Watch {
        self.watch.get_or_insert_default()
    }
}

/// The deadline of a future.
pub(crate) struct Until {
    pub(crate) timeout: Expr,
    /// What follows a refusal, outside of the future.
    pub(crate) or: Or,
}
