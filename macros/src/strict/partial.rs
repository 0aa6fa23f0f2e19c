//! PC0417: a refusal undoes nothing, so that what was written before it stays half done.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprMethodCall};

use super::guards::goes_through_lock;
use super::walk::{Use, Walk};
use crate::rules::Rule;
use crate::text;

#[derive(Default)]
pub(super) struct Partial {
    /// What was written first, of what others see.
    pub(super) written: Option<Rc<str>>,
    /// The first place behind it where the call may end, why it may, and what was written.
    first: Option<(TokenStream, &'static str, Rc<str>)>,
    /// How many more such places there are.
    more: usize,
}

/// The methods of collections that change them.
const CHANGES: [&str; 27] = [
    "push",
    "push_back",
    "push_front",
    "push_str",
    "insert",
    "insert_str",
    "remove",
    "swap_remove",
    "pop",
    "pop_back",
    "pop_front",
    "clear",
    "extend",
    "extend_from_slice",
    "append",
    "truncate",
    "retain",
    "drain",
    "resize",
    "replace",
    "replace_range",
    "swap",
    "sort",
    "or_insert",
    "or_insert_with",
    "or_default",
    "and_modify",
];

/// Whether the call changes its receiver, as far as its name tells. With two arguments `replace` is that of `str`, which gives a
/// new text.
fn changes(call: &ExprMethodCall) -> bool {
    let is_of_text = call.method == "replace" && call.args.len() != 1;
    !is_of_text && CHANGES.iter().any(|known| call.method == known)
}

impl Walk {
    pub(super) fn on_write(&mut self, place: &Expr) {
        let is_part = !matches!(place, Expr::Path(_));
        if is_part && (self.is_lent(place) || goes_through_lock(place)) {
            self.note_write(place);
        }
    }

    fn note_write(&mut self, place: &Expr) {
        if self.partial.written.is_none() {
            self.partial.written = Some(text::of_code(place.to_token_stream()).into());
        }
    }

    pub(super) fn on_mutation(&mut self, call: &ExprMethodCall, used: Use) {
        // `self.push(..)` is a method of the user's own, and what is awaited is no collection.
        let is_of_part = !matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("self"));
        if used != Use::Awaited
            && is_of_part
            && changes(call)
            && (self.is_lent(&call.receiver) || goes_through_lock(&call.receiver))
        {
            self.note_write(&call.receiver);
        }
    }

    /// The call may end here.
    pub(super) fn partial_site(&mut self, at: &(impl ToTokens + ?Sized), why: &'static str) {
        let Some(written) = self.partial.written.clone() else { return };
        if self.escapes.excuse(Rule::PartialWrite) {
            return;
        }
        if self.partial.first.is_some() {
            self.partial.more = self.partial.more.saturating_add(1);
        } else {
            self.partial.first = Some((at.to_token_stream(), why, written));
        }
    }

    /// One error for all of them, since one change mends them.
    pub(super) fn end_of_partial(&mut self) {
        let Some((at, why, wrote)) = self.partial.first.take() else { return };
        let more = match self.partial.more {
            0 => String::new(),
            1 => "; so may it at one more place behind".to_owned(),
            more => format!("; so may it at {more} more places behind"),
        };
        let message = format!(
            "{why}, after the write to `{wrote}`, which others see and the refusal would not undo{more}\n\
             help: compute first and write last: `let new = ..; self.field = new;`\n\
             help: or say that it may stay half done: `#[portcullis::allow(partial, reason = \"..\")]`"
        );
        self.hit(Rule::PartialWrite, at, &message);
    }

    /// Before a loop: what its body writes stands before what comes first in the next round.
    pub(super) fn note_writes_of(&mut self, body: &Block) {
        struct Search<'a>(&'a Walk, Option<Expr>);
        impl Visit<'_> for Search<'_> {
            fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
                self.place(&assign.left);
                visit::visit_expr_assign(self, assign);
            }
            fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
                if super::walk::is_compound(&binary.op) {
                    self.place(&binary.left);
                }
                visit::visit_expr_binary(self, binary);
            }
            fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
                let is_part = !matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("self"));
                if is_part && changes(call) {
                    self.receiver(&call.receiver);
                }
                visit::visit_expr_method_call(self, call);
            }
            // What leaves the loop has no next round.
            fn visit_expr_if(&mut self, of: &syn::ExprIf) {
                self.visit_expr(&of.cond);
                if !super::walk::leaves(&of.then_branch) {
                    self.visit_block(&of.then_branch);
                }
                if let Some((_, other)) = &of.else_branch {
                    self.visit_expr(other);
                }
            }
            fn visit_arm(&mut self, arm: &syn::Arm) {
                if !matches!(&*arm.body, Expr::Block(block) if super::walk::leaves(&block.block)) {
                    self.visit_expr(&arm.body);
                }
            }
            fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
            fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
            fn visit_item(&mut self, _: &syn::Item) {}
        }
        impl Search<'_> {
            fn place(&mut self, place: &Expr) {
                if !matches!(place, Expr::Path(_)) {
                    self.receiver(place);
                }
            }
            fn receiver(&mut self, place: &Expr) {
                if self.1.is_none() && (self.0.is_lent(place) || goes_through_lock(place)) {
                    self.1 = Some(place.clone());
                }
            }
        }
        if super::walk::leaves(body) {
            return;
        }
        let mut search = Search(self, None);
        search.visit_block(body);
        if let Some(place) = search.1 {
            self.note_write(&place);
        }
    }
}
