//! PC0411 and PC0416: guards of synchronous locks that are held where they must not be.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprMethodCall, Pat, Token};

use super::walk::{Use, Walk};
use crate::rules::Rule;
use crate::text;

/// The guards that are held, the oldest first.
#[derive(Clone, Default)]
pub(super) struct Guards {
    held: Vec<Guard>,
    count: usize,
}

#[derive(Clone)]
struct Guard {
    id: usize,
    /// The variable; none while it is a temporary of its statement.
    name: Option<String>,
    /// The block that it ends with.
    depth: usize,
    /// How the reader finds it: `state.lock()`.
    text: String,
    /// Of a lock of `std`, which an unwinding poisons.
    poisons: bool,
    /// The variable is a borrow of what it guards, and no move ends it.
    is_borrowed: bool,
}

/// Give a guard, without arguments.
const LOCKS: [&str; 11] = [
    "lock",
    "read",
    "write",
    "borrow",
    "borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "upgradable_read",
    "lock_arc",
    "blocking_lock",
];

/// Lead from what a lock gives to the guard in it.
const STEPS: [&str; 8] =
    ["unwrap", "expect", "unwrap_or_else", "unwrap_or_default", "map_err", "ok", "ok_or", "ok_or_else"];

/// The call that takes the lock, when the value is its guard.
fn lock_of(value: &Expr) -> Option<&ExprMethodCall> {
    match value {
        Expr::Paren(inner) => lock_of(&inner.expr),
        Expr::Try(inner) => lock_of(&inner.expr),
        Expr::MethodCall(call) if is_lock(call) => Some(call),
        Expr::MethodCall(call) if STEPS.iter().any(|step| call.method == step) => lock_of(&call.receiver),
        // A temporary whose part is borrowed lives as long as the borrow.
        Expr::Reference(of) => lock_within(&of.expr),
        _ => None,
    }
}

fn lock_within(place: &Expr) -> Option<&ExprMethodCall> {
    match place {
        Expr::Field(field) => lock_within(&field.base),
        Expr::Index(index) => lock_within(&index.expr),
        Expr::Unary(of) => lock_within(&of.expr),
        Expr::Paren(inner) => lock_within(&inner.expr),
        other => lock_of(other),
    }
}

fn is_lock(call: &ExprMethodCall) -> bool {
    call.args.is_empty() && LOCKS.iter().any(|lock| call.method == lock)
}

/// Whether a lock is taken on the way to this place: `state.lock().unwrap().items`.
pub(super) fn goes_through_lock(place: &Expr) -> bool {
    match place {
        Expr::MethodCall(call) => is_lock(call) || goes_through_lock(&call.receiver),
        Expr::Field(field) => goes_through_lock(&field.base),
        Expr::Index(index) => goes_through_lock(&index.expr),
        Expr::Unary(of) => goes_through_lock(&of.expr),
        Expr::Paren(inner) => goes_through_lock(&inner.expr),
        Expr::Try(inner) => goes_through_lock(&inner.expr),
        _ => false,
    }
}

impl Guards {
    pub(super) fn count(&self) -> usize {
        self.held.len()
    }

    /// Temporaries that came since then are gone.
    pub(super) fn end_of_statement(&mut self, before: usize) {
        let mut at = 0_usize;
        self.held.retain(|guard| {
            at = at.saturating_add(1);
            at <= before || guard.name.is_some()
        });
    }

    pub(super) fn leave(&mut self, depth: usize) {
        self.held.retain(|guard| guard.depth <= depth);
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        self.held.iter().any(|guard| guard.name.as_deref() == Some(name))
    }

    /// Those that some branch has left held.
    pub(super) fn still_in(mut self, ends: &[&Self]) -> Self {
        self.held.retain(|guard| ends.iter().any(|end| end.held.iter().any(|other| other.id == guard.id)));
        self.count = ends.iter().map(|end| end.count).fold(self.count, usize::max);
        self
    }

    pub(super) fn bind(&mut self, pattern: &Pat, value: Option<&Expr>, depth: usize) {
        let (Some(value), Some(name)) = (value, guard_name(pattern)) else { return };
        let consumed = matches!(value, Expr::Try(_) | Expr::MethodCall(_)) && lock_of(value).is_some();
        let is_result = matches!(pattern, Pat::TupleStruct(_));
        let bare = matches!(value, Expr::MethodCall(call) if is_lock(call));
        if lock_of(value).is_some()
            && let Some(guard) = self.held.iter_mut().rev().find(|guard| guard.name.is_none())
        {
            guard.name = Some(name);
            guard.depth = depth;
            guard.is_borrowed = matches!(value, Expr::Reference(_));
            let is_std = is_result || consumed && !bare;
            guard.poisons |= is_std && !guard.text.contains(".borrow");
        }
    }

    fn release(&mut self, name: &str) {
        self.held.retain(|guard| guard.is_borrowed || guard.name.as_deref() != Some(name));
    }
}

/// `g`, `mut g`, `Ok(g)`.
fn guard_name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) => Some(name.ident.to_string()),
        Pat::TupleStruct(of) if of.path.is_ident("Ok") || of.path.is_ident("Some") => guard_name(of.elems.first()?),
        Pat::Paren(inner) => guard_name(&inner.pat),
        _ => None,
    }
}

impl Walk {
    /// After a call: it may have given a guard.
    pub(super) fn on_lock(&mut self, call: &ExprMethodCall, used: Use) {
        if !is_lock(call) {
            // Of a lock of `std` the guard is in a `Result`.
            if let (true, Expr::MethodCall(inner)) = (STEPS.iter().any(|step| call.method == step), &*call.receiver)
                && is_lock(inner)
                && !inner.method.to_string().contains("borrow")
                && let Some(guard) = self.guards.held.last_mut()
            {
                guard.poisons = true;
            }
            return;
        }
        let ty = self.scopes.ty(&call.receiver);
        let is_lock_type = ty.as_ref().is_none_or(|ty| {
            let is_known = ["Mutex", "RwLock", "RefCell", "ReentrantMutex", "FairMutex"].contains(&ty.last());
            // An alias of one, where its declaration is not seen: what it gives is a `Result`. `read` is the name of much else.
            let may_be = call.method.to_string().contains("lock") && used == Use::Looked && !self.scopes.is_own(ty);
            !ty.is_certain || is_known || may_be
        });
        let is_of_async = ty.is_some_and(|ty| {
            ty.path.first().is_some_and(|first| first == "tokio" || first.starts_with("async") || first == "futures")
        });
        // What is awaited, or handed to `timeout(..)` or `join!`, is a future.
        if used == Use::Awaited || used == Use::Argument || !is_lock_type || is_of_async {
            return;
        }
        self.guards.count = self.guards.count.saturating_add(1);
        self.guards.held.push(Guard {
            id: self.guards.count,
            name: None,
            depth: self.scopes.depth(),
            text: text::of_code(call.to_token_stream()),
            poisons: false,
            is_borrowed: false,
        });
    }

    /// Where the task may wait.
    pub(super) fn on_await(&mut self, at: &dyn ToTokens) {
        if let Some(guard) = self.guards.held.iter().rev().find(|guard| !self.told.contains(&guard.id)) {
            let (id, text) = (guard.id, guard.text.clone());
            let (name, ways) = match &guard.name {
                Some(name) => {
                    (format!("`{name}`, of `{text}`,"), format!("`drop({name});` before it, or end its block"))
                }
                None => (
                    format!("the guard of `{text}`"),
                    "take the value out in a statement of its own: `let value = ..;`".to_owned(),
                ),
            };
            let message = format!(
                "{name} is still held across this `.await`: all others wait for it as long as this task does\n\
                 help: {ways}\n\
                 help: or use the lock of your runtime: `tokio::sync::Mutex`"
            );
            if !self.hit(Rule::GuardAcrossAwait, at.to_token_stream(), &message) {
                self.told.insert(id);
            }
        }
        if self.coverage.deadline {
            self.partial_site(at, "the deadline may end the call at this `.await`");
        }
    }

    /// After a call: what was given to it by name is gone.
    pub(super) fn moved(&mut self, arguments: &Punctuated<Expr, Token![,]>) {
        for argument in arguments {
            if let Expr::Path(path) = argument
                && let Some(name) = path.path.get_ident()
            {
                self.guards.release(&name.to_string());
            }
        }
    }

    /// A check that may refuse stands here.
    pub(super) fn on_site(&mut self, expr: &Expr) {
        if !self.is_site(expr) {
            return;
        }
        if let Some(guard) = self.guards.held.iter().find(|guard| guard.poisons && self.place.unwinds) {
            let message = format!(
                "a check that refuses here, inside a closure or an async block, unwinds, and poisons the lock of `{}`\n\
                 help: write the closure as a loop, or compute the value before the lock is taken",
                guard.text
            );
            self.hit(Rule::CheckBesideGuard, expr, &message);
        }
        self.partial_site(expr, "a check may refuse here");
    }

    pub(super) fn on_method_site(&mut self, call: &ExprMethodCall) {
        // Copied only where it is one: a chain of calls would be copied at each of its links.
        if self.is_method_site(call) {
            self.on_site(&Expr::MethodCall(call.clone()));
        }
    }

    /// What a guard, or `self`, lends.
    pub(super) fn is_lent(&self, place: &Expr) -> bool {
        match root(place) {
            Some(name) if name == "self" => self.place.shares_self,
            Some(name) => self.guards.holds(&name),
            None => false,
        }
    }
}

/// The variable that a place is a part of.
pub(super) fn root(place: &Expr) -> Option<String> {
    match place {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::Unary(of) => root(&of.expr),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Reference(inner) => root(&inner.expr),
        Expr::MethodCall(call) => root(&call.receiver),
        Expr::Try(inner) => root(&inner.expr),
        _ => None,
    }
}
