//! What each round of a loop takes out, of a place that runs empty, and leaves then.

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, Macro, Pat, Stmt};

use super::guards::root;
use super::loops::{GROWS, TAKES};
use super::splits;
use super::steps::{Round, holds_continue, strip, text};
use super::tasks::mentions;
use super::walk::expr_diverges;
use super::ways::may_continue;

/// `let x = words.next()?`, `match list.pop() { None => break, .. }`, before anything that could pass over it.
pub(super) fn takes_one(round: &Round<'_>, is_peer: impl Fn(&Expr) -> bool) -> bool {
    let is_taken = |taken: &Expr| match taken {
        Expr::MethodCall(call) if is_take(call) => {
            !is_peer(&call.receiver) && !may_grow(&call.receiver, !call.method.to_string().starts_with("next"), round)
        }
        // Of which each round keeps what is left.
        other => splits::split(round, other).is_some_and(|place| round.steps.contains(&place)),
    };
    for stmt in &round.body.stmts {
        if taken_by(stmt).is_some_and(is_taken) {
            return true;
        }
        if holds_continue(stmt) {
            return false;
        }
    }
    false
}

/// `while it.peek().is_some() { it.next(); }`: looked at and taken from, and nothing puts anything in.
pub(super) fn takes_what_it_looks_at(place: &Expr, round: &Round<'_>) -> bool {
    struct Search(String, bool);
    impl Visit<'_> for Search {
        fn visit_expr(&mut self, expr: &Expr) {
            match expr {
                // What may not run.
                Expr::If(_)
                | Expr::Match(_)
                | Expr::Binary(_)
                | Expr::Block(_)
                | Expr::Closure(_)
                | Expr::Async(_)
                | Expr::Loop(_)
                | Expr::While(_)
                | Expr::ForLoop(_) => {}
                Expr::MethodCall(call) if is_take(call) && text(&call.receiver) == self.0 => self.1 = true,
                other => visit::visit_expr(self, other),
            }
        }
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut search = Search(text(place), false);
    round.body.stmts.iter().take_while(|stmt| !holds_continue(stmt)).for_each(|stmt| search.visit_stmt(stmt));
    search.1 && !may_grow(place, true, round)
}

/// Of a variable or its field: what a call gives may be a new one each time.
fn is_take(call: &ExprMethodCall) -> bool {
    let is_place = |place: &Expr| {
        matches!(place, Expr::Path(path) if !path.path.is_ident("self")) || matches!(place, Expr::Field(_))
    };
    TAKES.iter().any(|take| call.method == take) && is_place(strip(&call.receiver))
}

/// What the statement takes, where it leaves the loop if there is no more.
fn taken_by(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::Local(local) => {
            let init = local.init.as_ref()?;
            match &init.diverge {
                Some((_, other)) if is_of_some(&local.pat) && leaves_by(other) => Some(lead(&init.expr)),
                Some(_) => None,
                None => taken_in(&init.expr),
            }
        }
        Stmt::Expr(expr, _) => taken_in(expr),
        _ => None,
    }
}

fn taken_in(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Match(of) => {
            let all_leave = of.arms.iter().all(|arm| is_of_some(&arm.pat) || leaves_by(&arm.body));
            if all_leave { Some(lead(&of.expr)) } else { taken_in(&of.expr) }
        }
        Expr::If(of) => match &*of.cond {
            Expr::Let(of_let) => {
                let other_leaves = of.else_branch.as_ref().is_some_and(|(_, other)| leaves_by(other));
                if is_of_some(&of_let.pat) && other_leaves { Some(lead(&of_let.expr)) } else { taken_in(&of_let.expr) }
            }
            _ => None,
        },
        Expr::Try(of) => match lead(&of.expr) {
            taken @ Expr::MethodCall(_) => Some(taken),
            other => taken_in(other),
        },
        Expr::Assign(of) => taken_in(&of.right),
        Expr::MethodCall(of) => taken_in(&of.receiver).or_else(|| of.args.iter().find_map(taken_in)),
        Expr::Call(of) => of.args.iter().find_map(taken_in),
        Expr::Reference(of) => taken_in(&of.expr),
        Expr::Unary(of) => taken_in(&of.expr),
        Expr::Paren(of) => taken_in(&of.expr),
        Expr::Field(of) => taken_in(&of.base),
        Expr::Cast(of) => taken_in(&of.expr),
        Expr::Await(of) => taken_in(&of.base),
        _ => None,
    }
}

/// Behind what leads from an `Option` to a `Result`.
fn lead(expr: &Expr) -> &Expr {
    match strip(expr) {
        Expr::MethodCall(call) if splits::is_lead(&call.method) => lead(&call.receiver),
        other => other,
    }
}

/// Whether control leaves the loop: `continue` does not.
fn leaves_by(expr: &Expr) -> bool {
    expr_diverges(expr) && !may_continue(expr)
}

/// Whether the pattern is of something that was there.
fn is_of_some(pattern: &Pat) -> bool {
    match pattern {
        Pat::TupleStruct(of) => of.path.segments.last().is_some_and(|last| last.ident == "Some" || last.ident == "Ok"),
        Pat::Guard(of) => is_of_some(&of.pat),
        Pat::Paren(of) => is_of_some(&of.pat),
        Pat::Or(of) => of.cases.iter().all(is_of_some),
        _ => false,
    }
}

/// Whether something in the body could put anything into the place: by a method of it, or of what it is a field of, by a value of
/// its own, or, of a collection, where it is lent.
pub(super) fn may_grow(place: &Expr, is_collection: bool, round: &Round<'_>) -> bool {
    struct Search<'a> {
        place: String,
        owners: Vec<String>,
        root: Option<&'a str>,
        is_collection: bool,
        found: bool,
    }
    impl Search<'_> {
        fn lent(&mut self, value: &Expr) {
            let value = text(value).trim_start_matches("* ").to_owned();
            self.found |= self.owners.contains(&value) || self.is_collection && value == self.place;
        }
        fn written(&mut self, left: &Expr) {
            let left = text(left);
            self.found |= left == self.place || self.owners.contains(&left);
        }
    }
    impl Visit<'_> for Search<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            match expr {
                Expr::Assign(of) => self.written(&of.left),
                Expr::Binary(of) if super::walk::is_compound(&of.op) => self.written(&of.left),
                Expr::Reference(of) if of.mutability.is_some() => self.lent(&of.expr),
                Expr::Call(of) => of.args.iter().for_each(|value| self.lent(value)),
                Expr::MethodCall(of) => {
                    let receiver = text(&of.receiver);
                    let grows = GROWS.iter().any(|grow| of.method == grow);
                    self.found |= self.owners.contains(&receiver) || grows && receiver == self.place;
                    of.args.iter().for_each(|value| self.lent(value));
                }
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
        // Another variable of that name.
        fn visit_pat_ident(&mut self, name: &syn::PatIdent) {
            self.found |= self.root.is_some_and(|root| name.ident == root);
            visit::visit_pat_ident(self, name);
        }
        fn visit_macro(&mut self, call: &Macro) {
            let names_it = self.root.is_some_and(|root| mentions(&call.tokens, root));
            self.found |= names_it && GROWS.iter().any(|grow| mentions(&call.tokens, grow));
        }
    }
    let root = root(place);
    let mut search =
        Search { place: text(place), owners: owners(place), root: root.as_deref(), is_collection, found: false };
    round.condition.iter().for_each(|condition| search.visit_expr(condition));
    search.visit_block(round.body);
    search.found
}

/// `self` and `self.inner` of `self.inner.queue`.
fn owners(place: &Expr) -> Vec<String> {
    match strip(place) {
        Expr::Field(field) => {
            let mut owners = owners(&field.base);
            owners.push(field.base.to_token_stream().to_string());
            owners
        }
        _ => Vec::new(),
    }
}
