//! Checkpoints: in each iteration of a loop, and at the function's entry. See `runtime/src/checkpoint.rs`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Block, Expr, Stmt};

use super::{Broken, Walk};
use crate::args::{self, Arg, Value};
use crate::names;
use crate::policy::is_observed;
use crate::refusal::{Exit, Or};
use crate::rules::Rule;
use crate::subject::Subject;

/// What stands at the checkpoints of one function. One attribute puts them in for all: a second one would count each step twice.
pub(crate) struct Checkpoints {
    /// What becomes of a violation of each limit that stands on the function. The first is for what comes from around it, too.
    ors: Vec<(Broken, Or)>,
    /// A loop that can have none is an error, and not passed over.
    every_loop: bool,
}

impl Checkpoints {
    pub(super) fn new(broken: Broken, or: &Or, every_loop: bool) -> Self {
        Self { ors: vec![(broken, or.clone())], every_loop }
    }

    pub(super) fn add(&mut self, broken: Broken, or: &Or) {
        self.ors.push((broken, or.clone()));
    }

    /// Those of the attributes that are expanded later, too.
    pub(super) fn add_later(&mut self, subject: &Subject) {
        self.ors.extend(later(subject));
    }

    /// Whether they are of a function that refuses nothing.
    pub(super) fn observe(&self) -> bool {
        self.ors.iter().any(|(_, or)| or.observes())
    }

    pub(super) fn ors(&self) -> &[(Broken, Or)] {
        &self.ors
    }

    pub(super) fn or(&self, broken: Broken) -> Option<&Or> {
        self.ors.iter().find(|(own, _)| *own == broken).map(|(_, or)| or)
    }

    /// The statement. `at` is shown as the place of a refusal.
    pub(super) fn statement(&self, subject: &Subject, exit: Exit, at: Span) -> TokenStream {
        let violation = names::local("violation");
        let print = |or: &Or| or.refuse(subject, exit, &quote!(#violation));
        let Some(((_, first), others)) = self.ors.split_first() else { return TokenStream::new() };
        let first = print(first);
        let refuse = others.iter().fold(first.clone(), |otherwise, (broken, or)| {
            let own = print(or);
            if own.to_string() == first.to_string() {
                return otherwise;
            }
            let is = names::called(broken.asked());
            quote!(if __portcullis::#is(&#violation) { #own } else { #otherwise })
        });
        let checkpoint = if self.observe() { "step" } else { "checkpoint" };
        let checkpoint = Ident::new(checkpoint, at);
        let checkpoint = quote_spanned!(at=> __portcullis::#checkpoint());
        quote! {
            if let __portcullis::Err(#violation) = #checkpoint {
                #refuse;
            }
        }
    }
}

/// Whether an attribute that was expanded before has put them in.
pub(super) fn are_in(block: &Block) -> bool {
    fn names_them(tokens: TokenStream) -> bool {
        let mut ours = false;
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Group(group) => names_them(group.stream()),
            TokenTree::Ident(ident) => {
                let is_checkpoint = ours && ident == "checkpoint";
                ours = ident == names::ALIAS;
                is_checkpoint
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    names_them(block.to_token_stream())
}

/// The protections with checkpoints among the attributes that are still to be expanded.
pub(super) fn later(subject: &Subject) -> Vec<(Broken, Or)> {
    let or_of = |args: &[Arg], outer: &Or| {
        let list = args.iter().find(|arg| arg.name == "or").and_then(|arg| match &arg.value {
            Value::List(tokens) => syn::parse2(tokens.clone()).ok(),
            _ => None,
        });
        list.unwrap_or_else(|| outer.clone())
    };
    let mut found = Vec::new();
    for attribute in &subject.item.attrs {
        let Some(name) = attribute.path().segments.last().map(|last| last.ident.to_string()) else { continue };
        let args = args::list_with_value(args::tokens_of(attribute)).unwrap_or_default();
        if name == "zero_trust" {
            if is_observed(args::tokens_of(attribute)) {
                continue;
            }
            let outer = or_of(&args, &Or::Carry);
            for arg in &args {
                if arg.name == "allocation_budget" {
                    found.push((Broken::Budget, outer.clone()));
                }
                if let (Some(broken), Value::List(own)) = (limit(&arg.name.to_string()), &arg.value) {
                    let own = args::list_with_value(own.clone()).unwrap_or_default();
                    found.push((broken, or_of(&own, &outer)));
                }
            }
        } else if let Some(broken) = limit(&name) {
            found.push((broken, or_of(&args, &Or::Carry)));
        }
    }
    found
}

/// The protections that have checkpoints.
fn limit(protection: &str) -> Option<Broken> {
    match protection {
        "bounded_steps" => Some(Broken::Steps),
        "deadline" => Some(Broken::Deadline),
        _ => None,
    }
}

impl Walk<'_> {
    /// Puts one at the beginning of the loop's body.
    pub(super) fn check_loop(&mut self, expr: &mut Expr) {
        let Some(checkpoints) = &self.rewrites.checkpoints else { return };
        let (keyword, body) = match expr {
            Expr::ForLoop(of) => (of.for_token.span, &mut of.body),
            Expr::While(of) => (of.while_token.span, &mut of.body),
            Expr::Loop(of) => (of.loop_token.span, &mut of.body),
            _ => return,
        };
        if self.holds_unsafe && !checkpoints.observe() {
            if checkpoints.every_loop {
                let message = "this loop has no checkpoint: the function holds `unsafe`, which may not bear an exit here\n\
                    help: move the `unsafe` into a function of its own";
                self.report.add(Rule::LoopBesideUnsafe, Ident::new("loop", keyword), message);
            }
            return;
        }
        let statement = checkpoints.statement(self.subject, self.exit, keyword);
        for (broken, or) in checkpoints.ors() {
            if self.exit == Exit::Unwind && or.unwinds() && !self.unwinds.contains(broken) {
                self.unwinds.push(*broken);
            }
        }
        self.checked = true;
        body.stmts.insert(0, Stmt::Expr(Expr::Verbatim(statement), None));
    }
}
