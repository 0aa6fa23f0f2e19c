//! PC0414: statics that only grow.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprMethodCall, Stmt};

use super::guards::root;
use super::memory::Memory;
use super::walk::Walk;
use crate::rules::Rule;
use crate::text;

/// Make a collection longer.
const GROWS: [&str; 11] = [
    "insert",
    "push",
    "push_back",
    "push_front",
    "push_str",
    "extend",
    "append",
    "entry",
    "or_insert",
    "or_insert_with",
    "extend_from_slice",
];
const ENDS: [&str; 15] = [
    "remove",
    "pop",
    "pop_front",
    "pop_back",
    "pop_first",
    "pop_last",
    "clear",
    "truncate",
    "retain",
    "drain",
    "swap_remove",
    "split_off",
    "len",
    "take",
    "evict",
];
/// Have a bound of their own.
const BOUNDED: [&str; 9] = [
    "Bounded",
    "LruCache",
    "Cache",
    "ArrayVec",
    "ArrayQueue",
    "SegmentedCache",
    "TimedCache",
    "SizedCache",
    "RingBuffer",
];

impl Walk {
    /// The static that a value is, is a guard of, or is a part of.
    pub(super) fn static_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                if path.path.segments.len() == 1
                    && let Some(local) = self.scopes.local(&name)
                {
                    return local.of_static.clone();
                }
                let is_static = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
                (is_static && name.len() > 1).then_some(name)
            }
            Expr::Field(field) => self.static_of(&field.base),
            Expr::Unary(of) => self.static_of(&of.expr),
            Expr::Paren(inner) => self.static_of(&inner.expr),
            Expr::Reference(inner) => self.static_of(&inner.expr),
            Expr::Try(inner) => self.static_of(&inner.expr),
            Expr::Await(inner) => self.static_of(&inner.base),
            // A guard, or what is in it; `TABLE.get(key)` gives one of its values.
            Expr::MethodCall(call)
                if [
                    "lock",
                    "write",
                    "unwrap",
                    "expect",
                    "unwrap_or_else",
                    "unwrap_or_default",
                    "map_err",
                    "ok",
                    "ok_or",
                    "ok_or_else",
                    "borrow_mut",
                    "get_mut",
                    "get_or_init",
                    "force",
                    "deref_mut",
                    "as_mut",
                    "entry",
                    "pin",
                ]
                .iter()
                .any(|step| call.method == step) =>
            {
                self.static_of(&call.receiver)
            }
            _ => None,
        }
    }

    pub(super) fn growing_method(&mut self, call: &ExprMethodCall) {
        if !GROWS.iter().any(|grow| call.method == grow) || call.args.is_empty() {
            return;
        }
        let Some(of) = self.static_of(&call.receiver) else { return };
        let through = root(&call.receiver);
        let is_ended = |name: &String| self.memory.ended.contains(name);
        let has_bound = self.scopes.declared.statics.get(&of).is_some_and(|ty| {
            let text = text::of_type(ty);
            BOUNDED.iter().any(|bounded| text.contains(bounded)) || text.contains("RefCell") && text.contains("Option")
        });
        if is_ended(&of) || through.as_ref().is_some_and(is_ended) || has_bound {
            return;
        }
        // An entry is what grows, and its methods are of the same growth.
        if matches!(&*call.receiver, Expr::MethodCall(inner) if inner.method == "entry") {
            return;
        }
        let grows = text::of_code(call.receiver.to_token_stream());
        let message = format!(
            "`{of}` only grows here, with what clients send, and a static is never freed\n\
             help: give it a bound: `portcullis::Bounded<..>`; or look at its length first: `if {grows}.len() >= MAX {{ return Err(..) }}`"
        );
        self.hit(Rule::GrowingStatic, &call.method, &message);
    }
}

impl Memory {
    pub(super) fn look_for_ends(&mut self, block: &Block) {
        struct Search<'a> {
            ended: &'a mut BTreeSet<String>,
            takes_back: &'a mut bool,
            /// A value here is what the function gives, and decides nothing in it.
            is_answer: bool,
        }
        impl Search<'_> {
            fn answer(&mut self, expr: &Expr) {
                self.is_answer = true;
                self.visit_expr(expr);
                self.is_answer = false;
            }
        }
        impl Visit<'_> for Search<'_> {
            fn visit_path(&mut self, path: &syn::Path) {
                *self.takes_back |= path.segments.last().is_some_and(|last| last.ident == "from_raw");
            }
            fn visit_expr(&mut self, expr: &Expr) {
                let wraps = matches!(expr, Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok")));
                let outer = self.is_answer;
                self.is_answer &= wraps || matches!(expr, Expr::MethodCall(_) | Expr::Paren(_));
                visit::visit_expr(self, expr);
                self.is_answer = outer;
            }
            fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
                let is_answer = std::mem::take(&mut self.is_answer);
                if ENDS.iter().any(|end| call.method == end)
                    && !(is_answer && call.method == "len")
                    && let Some(name) = root(&call.receiver)
                {
                    self.ended.insert(name);
                }
                visit::visit_expr_method_call(self, call);
            }
            fn visit_expr_return(&mut self, of: &syn::ExprReturn) {
                of.expr.iter().for_each(|value| self.answer(value));
            }
            fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
                self.visit_expr(&closure.body);
            }
        }
        let mut search = Search { ended: &mut self.ended, takes_back: &mut self.takes_back, is_answer: false };
        match block.stmts.split_last() {
            Some((Stmt::Expr(tail, None), before)) => {
                for stmt in before {
                    search.visit_stmt(stmt);
                }
                search.answer(tail);
            }
            _ => search.visit_block(block),
        }
    }
}
