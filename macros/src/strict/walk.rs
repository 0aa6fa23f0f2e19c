//! The walk over a body, in the order in which it runs. The rules are in the rooms beside it.

use std::collections::BTreeSet;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprCall, ExprClosure, ExprMethodCall, FnArg, Item, Macro, Pat, ReceiverKind, Safety, Signature, Stmt,
};

use super::escapes::Escapes;
use super::guards::Guards;
use super::paths::Meaning;
use super::scopes::{Local, Scopes};
use super::{Coverage, Strict};
use crate::args::{self, Value};
use crate::known_macros;
use crate::names::words;
use crate::report::Report;
use crate::rewrite::{attributes, hoist_attributes};
use crate::rules::Rule;
use crate::subject::Subject;
use crate::text;

pub(super) struct Walk {
    pub(super) coverage: Coverage,
    pub(super) scopes: Scopes,
    pub(super) escapes: Escapes,
    pub(super) guards: Guards,
    pub(super) memory: super::memory::Memory,
    pub(super) partial: super::partial::Partial,
    pub(super) place: Place,
    /// Of the expression that is visited next.
    pub(super) next: Use,
    /// The value of the next `let` is not named again.
    pub(super) drops_next: bool,
    /// The guards that an error has named.
    pub(super) told: BTreeSet<usize>,
    /// The static that the next closure is handed.
    lent: Option<String>,
    found: Vec<syn::Error>,
}

/// Where the walk is.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// A worker of the runtime runs this.
    pub(super) is_async: bool,
    /// A violation would unwind from here.
    pub(super) unwinds: bool,
    /// `self` is what the caller has.
    pub(super) shares_self: bool,
}

/// What becomes of a value.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Use {
    #[default]
    Other,
    Awaited,
    /// Given to a call, as it is.
    Argument,
    /// Dropped where it is made.
    Dropped,
    /// Asked for what a future does not have: `?`, `.unwrap()`, `.is_ok()`.
    Looked,
}

impl Walk {
    pub(super) fn new(strict: &Strict, subject: &Subject) -> Self {
        let mut walk = Self {
            coverage: strict.coverage,
            scopes: Scopes::of(&strict.shown),
            escapes: Escapes::default(),
            guards: Guards::default(),
            memory: super::memory::Memory::default(),
            partial: super::partial::Partial::default(),
            place: Place { shares_self: shares_self(&subject.item.sig), ..Place::default() },
            next: Use::Other,
            drops_next: false,
            told: BTreeSet::new(),
            lent: None,
            found: Vec::new(),
        };
        walk.scopes.enter();
        walk.parameters(&subject.item.sig);
        walk
    }

    /// The rule is broken here, unless it is excused, which it tells.
    pub(super) fn hit(&mut self, rule: Rule, tokens: impl ToTokens, message: &str) -> bool {
        let is_excused = self.escapes.excuse(rule);
        if !is_excused {
            self.found.push(rule.error(tokens, message));
        }
        is_excused
    }

    pub(super) fn finish(mut self, report: &mut Report) {
        self.end_of_partial();
        self.found.drain(..).for_each(|error| report.push(error));
        std::mem::take(&mut self.escapes.report).hand_to(report);
    }

    fn parameters(&mut self, sig: &Signature) {
        let mut inputs = sig.clone().inputs;
        for input in &mut inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let ty = self.scopes.receiver(&receiver.kind);
                    self.scopes.bind(&receiver.self_token.into(), Local { ty, ..Local::default() });
                }
                FnArg::Typed(parameter) => {
                    let is_bounded = parameter
                        .attrs
                        .iter()
                        .any(|attribute| attribute.path().is_ident("check") || attribute.path().is_ident("trusted"));
                    self.scopes.bind_pattern(&parameter.pat);
                    let is_peer = super::peers::is_peer(&parameter.ty, &sig.generics);
                    for name in crate::parameter::bindings(&parameter.pat) {
                        let ty = self.scopes.bound_type(&parameter.pat, &name.ident, &parameter.ty);
                        let is_never_zero = parameter.attrs.iter().any(leaves_zero_out);
                        let is_from_client = !is_bounded;
                        self.scopes
                            .bind(&name.ident, Local { ty, is_from_client, is_peer, is_never_zero, of_static: None });
                    }
                }
            }
        }
    }

    pub(super) fn function_body(&mut self, block: &mut Block, is_async: bool) {
        self.place.is_async = is_async;
        self.memory.look_for_ends(block);
        self.block(block);
    }

    /// The statements before a future, and then that: what is made before is used, or taken back, in it.
    pub(super) fn around(&mut self, block: &mut Block, future: &mut Block) {
        self.memory.look_for_ends(block);
        self.memory.look_for_ends(future);
        self.scopes.enter();
        self.statements(block, &future.to_token_stream());
        self.guards = Guards::default();
        self.place.is_async = true;
        self.block(future);
        self.scopes.leave();
    }

    pub(super) fn block(&mut self, block: &mut Block) {
        self.scopes.enter();
        self.statements(block, &TokenStream::new());
        self.scopes.leave();
        self.guards.leave(self.scopes.depth());
    }

    fn statements(&mut self, block: &mut Block, behind: &TokenStream) {
        let items = block.stmts.iter().filter_map(|stmt| match stmt {
            Stmt::Item(item) => Some(item),
            _ => None,
        });
        self.scopes.declare(&items.collect::<Vec<_>>());
        let count = block.stmts.len();
        for at in 0..count {
            let Some((stmt, after)) = block.stmts.get_mut(at..).and_then(<[Stmt]>::split_first_mut) else { return };
            if let Stmt::Local(local) = stmt {
                self.note_handle(local, after, behind);
            }
            let before = self.guards.count();
            self.visit_stmt_mut(stmt);
            self.guards.end_of_statement(before);
        }
    }

    fn excused(&mut self, attributes: &mut Vec<syn::Attribute>, whole: bool, visit: impl FnOnce(&mut Self)) {
        let opened = self.escapes.open(attributes, whole, self.coverage.casts);
        visit(self);
        self.escapes.close(opened);
    }

    fn with_attributes(&mut self, expr: &mut Expr, whole: bool) {
        let mut own = attributes(expr).map(std::mem::take).unwrap_or_default();
        if own.is_empty() {
            return self.kind(expr);
        }
        self.excused(&mut own, whole, |this| this.kind(expr));
        if let Some(back) = attributes(expr) {
            *back = own;
        }
    }

    fn kind(&mut self, expr: &mut Expr) {
        let used = std::mem::take(&mut self.next);
        match expr {
            Expr::Paren(inner) => {
                self.next = used;
                self.visit_expr_mut(&mut inner.expr);
            }
            Expr::Await(of) => {
                self.next = Use::Awaited;
                self.visit_expr_mut(&mut of.base);
                let word = of.await_token;
                self.on_await(&word);
            }
            Expr::Call(call) => self.call(call, used),
            Expr::MethodCall(call) => self.method_call(call, used),
            Expr::Path(path) => self.path(&path.path),
            Expr::Block(block) => self.block(&mut block.block),
            Expr::Unsafe(block) => {
                self.unsafe_word(block.unsafe_token);
                self.block(&mut block.block);
            }
            Expr::If(_) => self.branch(expr),
            Expr::Match(of) => {
                self.visit_expr_mut(&mut of.expr);
                self.arms(of);
            }
            Expr::Let(of) => {
                self.visit_expr_mut(&mut of.expr);
                self.bind(&of.pat, None, Some(&of.expr));
            }
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => self.endless(expr),
            Expr::Closure(closure) => self.closure(closure, true),
            Expr::Async(block) => self.async_block(&mut block.block),
            Expr::Try(of) => {
                self.next = through(&of.expr, used, false);
                self.visit_expr_mut(&mut of.expr);
                self.unchecked(expr);
                self.on_site(expr);
            }
            // Compile time.
            Expr::Const(_) => {}
            Expr::Macro(call) => self.macro_call(&mut call.mac),
            Expr::Assign(assign) => {
                self.visit_expr_mut(&mut assign.right);
                self.assigned(&mut assign.left);
                self.on_write(&assign.left);
            }
            Expr::Binary(binary) if is_compound(&binary.op) => {
                self.visit_expr_mut(&mut binary.right);
                self.assigned(&mut binary.left);
                let left = (*binary.left).clone();
                self.on_site(expr);
                self.on_write(&left);
            }
            Expr::Repeat(repeat) => self.visit_expr_mut(&mut repeat.expr),
            _ => {
                visit_mut::visit_expr_mut(self, expr);
                self.unchecked(expr);
                self.on_site(expr);
            }
        }
    }

    /// What is written to. Its indices are evaluated.
    fn assigned(&mut self, place: &mut Expr) {
        match place {
            Expr::Path(_) => {}
            Expr::Field(field) => self.assigned(&mut field.base),
            other => self.visit_expr_mut(other),
        }
    }

    fn call(&mut self, call: &mut ExprCall, used: Use) {
        let meaning = match &*call.func {
            Expr::Path(path) if path.qself.is_none() => Some(self.scopes.meaning(&path.path)),
            _ => None,
        };
        if let Some(meaning) = &meaning {
            self.called(call, meaning, used);
        } else {
            self.visit_expr_mut(&mut call.func);
        }
        let dropped = meaning.as_ref().is_some_and(|meaning| meaning.is("std::mem/drop"));
        for argument in &mut call.args {
            self.next = if dropped { Use::Dropped } else { Use::Argument };
            match argument {
                Expr::Closure(closure) => self.closure(closure, false),
                other => self.visit_expr_mut(other),
            }
        }
        self.next = Use::Other;
        self.moved(&call.args);
    }

    /// The rules on a function that is called by its path.
    fn called(&mut self, call: &ExprCall, meaning: &Meaning, used: Use) {
        self.panicking_call(call, meaning);
        self.process_call(call, meaning);
        self.task_call(call, meaning, used);
        self.blocking_call(call, meaning, used);
        self.size_of_call(call);
    }

    fn method_call(&mut self, call: &mut ExprMethodCall, used: Use) {
        if is_step(&call.method) {
            // Futures have these two.
            let may_wait = call.method == "map_err" || call.method == "unwrap_or_else";
            self.next = through(&call.receiver, used, may_wait);
        }
        self.visit_expr_mut(&mut call.receiver);
        let is_inline = is_adaptor(&call.method.to_string());
        let of_static = self.static_of(&call.receiver);
        for argument in &mut call.args {
            self.next = Use::Argument;
            match argument {
                Expr::Closure(closure) => {
                    self.lent.clone_from(&of_static);
                    self.closure(closure, is_inline);
                }
                other => self.visit_expr_mut(other),
            }
        }
        self.next = Use::Other;
        self.panicking_method(call);
        self.process_method(call);
        self.task_method(call, used);
        self.blocking_method(call, used);
        self.size_of_method(call);
        self.growing_method(call);
        self.on_method_site(call);
        self.on_mutation(call, used);
        self.on_lock(call, used);
    }

    /// A function that is named, and not called here.
    fn path(&mut self, path: &syn::Path) {
        if path.segments.len() > 1 {
            let meaning = self.scopes.meaning(path);
            self.panicking_path(path, &meaning);
        }
    }

    fn branch(&mut self, expr: &mut Expr) {
        let Expr::If(of) = expr else { return };
        self.scopes.enter();
        let before_condition = self.guards.count();
        self.visit_expr_mut(&mut of.cond);
        if !holds_let(&of.cond) {
            self.guards.end_of_statement(before_condition);
        }
        let known = self.memory.compared(&of.cond);
        let (before, written) = (self.guards.clone(), self.partial.written.clone());
        self.block(&mut of.then_branch);
        let mut ends = Vec::new();
        let diverges = diverges(&of.then_branch);
        if !diverges {
            ends.push((self.guards.clone(), self.partial.written.clone()));
        }
        self.scopes.leave();
        self.guards = before.clone();
        self.partial.written = written;
        if let Some((_, other)) = &mut of.else_branch {
            self.visit_expr_mut(other);
        }
        ends.push((self.guards.clone(), self.partial.written.clone()));
        self.join(before, &ends);
        // What the condition has bound.
        self.guards.leave(self.scopes.depth());
        if !diverges && !of.else_branch.as_ref().is_some_and(|(_, other)| expr_diverges(other)) {
            self.memory.forget(known);
        }
    }

    fn arms(&mut self, of: &mut syn::ExprMatch) {
        let (before, written) = (self.guards.clone(), self.partial.written.clone());
        let subject = (*of.expr).clone();
        let mut ends = Vec::new();
        for arm in &mut of.arms {
            self.guards = before.clone();
            self.partial.written.clone_from(&written);
            self.scopes.enter();
            self.bind(&arm.pat, None, Some(&subject));
            self.visit_pat_mut(&mut arm.pat);
            self.visit_expr_mut(&mut arm.body);
            if !expr_diverges(&arm.body) {
                ends.push((self.guards.clone(), self.partial.written.clone()));
            }
            self.scopes.leave();
            self.guards.leave(self.scopes.depth());
        }
        self.join(before, &ends);
    }

    /// What holds behind branches that come together.
    fn join(&mut self, before: Guards, ends: &[(Guards, Option<Rc<str>>)]) {
        self.partial.written = ends.iter().find_map(|(_, written)| written.clone());
        self.guards = before.still_in(&ends.iter().map(|(guards, _)| guards).collect::<Vec<_>>());
    }

    /// `is_inline`: it runs before the call that it is given to returns.
    fn closure(&mut self, closure: &mut ExprClosure, is_inline: bool) {
        let outer = self.place;
        self.next = Use::Other;
        self.place.unwinds = true;
        self.place.is_async &= is_inline;
        self.scopes.enter();
        let of_static = self.lent.take();
        for input in &closure.inputs {
            match input {
                Pat::Type(typed) => self.bind(&typed.pat, Some(&typed.ty), None),
                other => self.bind(other, None, None),
            }
            if of_static.is_some() {
                self.scopes.lend(input, of_static.as_deref());
            }
        }
        let before = self.guards.clone();
        let written = self.partial.written.clone();
        match &mut *closure.body {
            Expr::Async(block) if closure.inputs.is_empty() => self.async_block(&mut block.block),
            body => self.visit_expr_mut(body),
        }
        self.partial.written = written;
        self.guards = before;
        self.scopes.leave();
        self.place = outer;
    }

    fn async_block(&mut self, block: &mut Block) {
        let outer = self.place;
        let (guards, written) = (std::mem::take(&mut self.guards), self.partial.written.take());
        self.place = Place { is_async: true, unwinds: true, ..outer };
        self.block(block);
        self.place = outer;
        self.guards = guards;
        self.partial.written = written;
    }

    /// What a pattern binds, of a written type or the value's.
    pub(super) fn bind(&mut self, pattern: &Pat, ty: Option<&syn::Type>, value: Option<&Expr>) {
        let (pattern, ty) = match pattern {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            other => (other, ty),
        };
        self.guards.bind(pattern, value, self.scopes.depth());
        // Before its names are bound, which may be those of the value.
        let is_from_client = value.is_some_and(|value| self.binds_from_client(pattern, value));
        let written = ty.and_then(|ty| self.scopes.written(ty)).filter(|ty| ty.last() != "_");
        let ty = written.or_else(|| value.and_then(|value| self.scopes.ty(value)));
        let of_static = value.and_then(|value| self.static_of(value));
        let is_peer = value.is_some_and(|value| self.is_peer(value));
        self.scopes.bind_pattern(pattern);
        match pattern {
            Pat::Ident(name) if name.subpat.is_none() => {
                self.scopes.bind(&name.ident, Local { ty, is_from_client, of_static, is_peer, is_never_zero: false });
            }
            other => {
                for name in crate::parameter::bindings(other) {
                    if !name.ident.to_string().starts_with(char::is_uppercase) {
                        let of_static = of_static.clone();
                        let local = Local { is_from_client, of_static, is_peer, ..Local::default() };
                        self.scopes.bind(&name.ident, local);
                    }
                }
            }
        }
    }

    fn local(&mut self, local: &mut syn::Local) {
        if let Some(init) = &mut local.init {
            if matches!(local.pat, Pat::Wild(_)) || std::mem::take(&mut self.drops_next) {
                self.next = Use::Dropped;
            }
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, other)) = &mut init.diverge {
                self.visit_expr_mut(other);
            }
        }
        let value = local.init.as_ref().map(|init| (*init.expr).clone());
        self.bind(&local.pat, None, value.as_ref());
    }

    fn macro_call(&mut self, call: &mut Macro) {
        self.panicking_macro(call);
        self.size_of_macro(call);
        let taken = std::mem::take(&mut self.escapes.taken);
        let is_awaiting = call
            .path
            .segments
            .last()
            .is_some_and(|last| matches!(last.ident.to_string().as_str(), "select" | "join" | "try_join"));
        self.memory.compared_by_macro(call);
        let mut seen = known_macros::rewrite(call, |expr| {
            self.next = Use::Argument;
            self.visit_expr_mut(expr);
        });
        let mut is_seen = seen.is_some();
        if seen.is_none() {
            is_seen = known_macros::visit_shown(call, |expr| self.visit_expr_mut(expr));
        }
        self.next = Use::Other;
        if !is_seen {
            self.opaque(call);
        }
        // The tokens stay the user's own, but for an escape among them.
        if let (true, Some(tokens)) = (self.escapes.taken, seen.take()) {
            call.tokens = tokens;
        }
        self.escapes.taken |= taken;
        if is_awaiting && is_seen {
            let path = call.path.clone();
            self.on_await(&path);
        }
    }

    /// A function inside: nothing of it is checked by anyone, and the rules hold all the same.
    fn nested(&mut self, attributes: &mut Vec<syn::Attribute>, sig: &Signature, block: &mut Block) {
        let outer = (self.coverage, self.place, std::mem::take(&mut self.guards), self.partial.written.take());
        self.coverage = Coverage::default();
        self.place = Place { shares_self: shares_self(sig), ..Place::default() };
        self.scopes.enter();
        self.parameters(sig);
        self.excused(attributes, true, |this| {
            if let Safety::Unsafe(word) = &sig.safety {
                this.unsafe_word(word);
            }
            if sig.constness.is_none() {
                this.function_body(block, sig.asyncness.is_some());
            }
        });
        self.scopes.leave();
        (self.coverage, self.place, self.guards, self.partial.written) = outer;
    }
}

impl VisitMut for Walk {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let whole = matches!(expr, Expr::Paren(_) | Expr::Block(_) | Expr::Unsafe(_));
        self.with_attributes(expr, whole);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Expr(expr, semi) => {
                hoist_attributes(expr);
                self.next = if semi.is_some() { Use::Dropped } else { Use::Other };
                self.with_attributes(expr, true);
            }
            Stmt::Local(local) => {
                let mut own = std::mem::take(&mut local.attrs);
                self.excused(&mut own, true, |this| this.local(local));
                local.attrs = own;
            }
            Stmt::Macro(call) => {
                let mut own = std::mem::take(&mut call.attrs);
                self.excused(&mut own, true, |this| this.macro_call(&mut call.mac));
                call.attrs = own;
            }
            Stmt::Item(item) => self.visit_item_mut(item),
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.block(block);
    }

    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        if let Pat::Guard(guarded) = pattern {
            self.visit_expr_mut(&mut guarded.guard);
        }
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        match item {
            Item::Fn(item) => self.nested(&mut item.attrs, &item.sig, &mut item.block),
            Item::Impl(_) | Item::Trait(_) | Item::Mod(_) => visit_mut::visit_item_mut(self, item),
            _ => {}
        }
    }
    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        self.nested(&mut item.attrs, &item.sig, &mut item.block);
    }
    fn visit_trait_item_fn_mut(&mut self, item: &mut syn::TraitItemFn) {
        if let Some(block) = &mut item.default {
            self.nested(&mut item.attrs, &item.sig, block);
        }
    }
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_trait_item_const_mut(&mut self, _: &mut syn::TraitItemConst) {}

    // What is no expression that runs.
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_generics_mut(&mut self, _: &mut syn::Generics) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

/// As a message shows it: without the types behind it.
pub(super) fn function_name(function: &Expr) -> String {
    match function {
        Expr::Path(path) => words(&path.path).join("::"),
        other => text::of_code(other.to_token_stream()),
    }
}

/// Whether what is written through `self` is the caller's too.
fn shares_self(sig: &Signature) -> bool {
    sig.receiver().is_some_and(|receiver| !matches!(receiver.kind, ReceiverKind::Value))
}

/// Whether the rule of a parameter has a least value, above zero.
fn leaves_zero_out(attribute: &syn::Attribute) -> bool {
    let list = |tokens| args::list(tokens).unwrap_or_default();
    let is_positive = |value: &Expr| matches!(value, Expr::Lit(literal) if matches!(&literal.lit, syn::Lit::Int(number) if number.base10_digits() != "0"));
    attribute.path().is_ident("check")
        && list(args::tokens_of(attribute)).iter().any(|rule| match &rule.value {
            Value::List(bounds) if rule.name == "range" => {
                list(bounds.clone()).iter().any(|bound| match &bound.value {
                    Value::Assigned(value) => {
                        bound.name == "exclusive_min" || bound.name == "min" && is_positive(value)
                    }
                    _ => false,
                })
            }
            _ => false,
        })
}

/// Lead from a `Result` or an `Option` to what it holds.
fn is_step(method: &proc_macro2::Ident) -> bool {
    const STEPS: [&str; 17] = [
        "unwrap",
        "expect",
        "unwrap_or",
        "unwrap_or_else",
        "unwrap_or_default",
        "map_err",
        "ok",
        "err",
        "ok_or",
        "ok_or_else",
        "is_ok",
        "is_err",
        "is_some",
        "is_none",
        "is_ok_and",
        "success",
        "is_leader",
    ];
    STEPS.iter().any(|step| method == step)
}

/// What becomes of a value behind such a step. A handle that the step leaves to be dropped is one that nobody waits for; behind a
/// step that futures have, the value may be one that is awaited later.
fn through(value: &Expr, used: Use, may_wait: bool) -> Use {
    let spawns = match value {
        Expr::MethodCall(call) => call.method.to_string().starts_with("spawn") || is_step(&call.method),
        Expr::Call(_) | Expr::Try(_) => true,
        _ => false,
    };
    match used {
        Use::Dropped if spawns => Use::Dropped,
        Use::Awaited | Use::Argument if may_wait => Use::Other,
        _ => Use::Looked,
    }
}

/// Whether the name is one of the methods that run a closure before they return.
pub(super) fn is_adaptor(method: &str) -> bool {
    const ADAPTORS: [&str; 34] = [
        "map",
        "map_err",
        "map_or",
        "map_or_else",
        "and_then",
        "or_else",
        "then",
        "unwrap_or_else",
        "ok_or_else",
        "for_each",
        "try_for_each",
        "filter",
        "filter_map",
        "flat_map",
        "fold",
        "try_fold",
        "any",
        "all",
        "find",
        "find_map",
        "position",
        "inspect",
        "inspect_err",
        "is_some_and",
        "is_ok_and",
        "retain",
        "sort_by",
        "sort_by_key",
        "or_insert_with",
        "get_or_insert_with",
        "get_or_init",
        "with_context",
        "take_while",
        "partition",
    ];
    ADAPTORS.contains(&method)
}

pub(super) fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp;
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

fn holds_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(binary) => holds_let(&binary.left) || holds_let(&binary.right),
        Expr::Paren(inner) => holds_let(&inner.expr),
        _ => false,
    }
}

/// Whether control leaves the block, as far as its last statement tells.
pub(super) fn diverges(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(last, _)) => expr_diverges(last),
        Some(Stmt::Macro(call)) => is_macro_that_leaves(&call.mac),
        _ => false,
    }
}

/// Whether control leaves the block, and the loop around it too.
pub(super) fn leaves(block: &Block) -> bool {
    diverges(block) && !matches!(block.stmts.last(), Some(Stmt::Expr(Expr::Continue(_), _)))
}

pub(super) fn expr_diverges(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Block(block) => diverges(&block.block),
        Expr::Macro(call) => is_macro_that_leaves(&call.mac),
        Expr::If(of) => {
            diverges(&of.then_branch) && of.else_branch.as_ref().is_some_and(|(_, other)| expr_diverges(other))
        }
        _ => false,
    }
}

pub(super) fn is_macro_that_leaves(call: &Macro) -> bool {
    call.path.segments.last().is_some_and(|last| {
        matches!(last.ident.to_string().as_str(), "bail" | "panic" | "todo" | "unreachable" | "unimplemented")
    })
}
