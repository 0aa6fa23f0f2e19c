//! The ways through the body of a loop: whether each of them that comes round again steps on a place.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt};

use super::steps::Round;
use super::tasks::mentions;
use super::walk::is_macro_that_leaves;

/// Whether every way back to the start of the body steps on the place.
pub(super) fn all_step(round: &Round<'_>, place: &str) -> bool {
    let mut ways = Ways { round, place, all_step: true };
    let end = ways.block(round.body, false);
    ways.all_step && end.unwrap_or(true)
}

/// Whether no way leads back.
pub(super) fn all_leave(round: &Round<'_>) -> bool {
    let mut ways = Ways { round, place: "", all_step: true };
    ways.block(round.body, false).is_none() && ways.all_step
}

struct Ways<'a> {
    round: &'a Round<'a>,
    place: &'a str,
    /// Of each `continue` so far.
    all_step: bool,
}

/// After each of these: whether there has been a step on all ways that lead there, or `None` where none does.
impl Ways<'_> {
    fn block(&mut self, block: &Block, stepped: bool) -> Option<bool> {
        block.stmts.iter().try_fold(stepped, |stepped, stmt| self.stmt(stmt, stepped))
    }

    fn stmt(&mut self, stmt: &Stmt, stepped: bool) -> Option<bool> {
        let after = self.stands(stmt, stepped);
        if is_optional(stmt) { join(after, Some(stepped)) } else { after }
    }

    fn stands(&mut self, stmt: &Stmt, stepped: bool) -> Option<bool> {
        match stmt {
            Stmt::Expr(expr, _) => self.expr(expr, stepped),
            Stmt::Local(local) => {
                let Some(init) = &local.init else { return Some(stepped) };
                let after = self.expr(&init.expr, stepped)?;
                if let Some((_, other)) = &init.diverge {
                    self.expr(other, after);
                }
                Some(after)
            }
            Stmt::Macro(call) if is_macro_that_leaves(&call.mac) => None,
            Stmt::Macro(call) => {
                self.all_step &= stepped || !says_continue(&call.mac.tokens);
                Some(stepped)
            }
            Stmt::Item(_) => Some(stepped),
        }
    }

    /// `return match g() { A => continue, B => 1 }` leaves only by its value.
    fn left(&mut self, value: Option<&Expr>, stepped: bool) -> Option<bool> {
        value.and_then(|value| self.expr(value, stepped));
        None
    }

    fn expr(&mut self, expr: &Expr, stepped: bool) -> Option<bool> {
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr, stepped),
            Expr::Block(of) if of.label.is_none() => self.block(&of.block, stepped),
            // A `break` of its label may pass over what steps in it.
            Expr::Block(of) => {
                self.block(&of.block, stepped);
                Some(stepped)
            }
            Expr::Unsafe(of) => self.block(&of.block, stepped),
            Expr::Let(of) => self.expr(&of.expr, stepped),
            Expr::If(of) => {
                let stepped = self.expr(&of.cond, stepped)?;
                let then = self.block(&of.then_branch, stepped);
                let other = match &of.else_branch {
                    Some((_, other)) => self.expr(other, stepped),
                    None => Some(stepped),
                };
                join(then, other)
            }
            Expr::Match(of) => {
                let stepped = self.expr(&of.expr, stepped)?;
                of.arms.iter().fold(None, |before, arm| join(before, self.expr(&arm.body, stepped)))
            }
            Expr::Return(of) => self.left(of.expr.as_deref(), stepped),
            Expr::Break(of) => self.left(of.expr.as_deref(), stepped),
            Expr::Continue(_) => {
                self.all_step &= stepped;
                None
            }
            Expr::Macro(call) if is_macro_that_leaves(&call.mac) => None,
            other => {
                self.all_step &= stepped || !may_continue(other);
                let is_step = self.round.step(other).is_some_and(|step| step.place == self.place);
                Some(stepped || is_step)
            }
        }
    }
}

/// `#[cfg(..)]`: elsewhere it does not stand there.
fn is_optional(stmt: &Stmt) -> bool {
    let attributes = match stmt {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(Expr::Return(of), _) => &of.attrs,
        Stmt::Expr(Expr::Break(of), _) => &of.attrs,
        Stmt::Expr(Expr::Assign(of), _) => &of.attrs,
        Stmt::Expr(Expr::Binary(of), _) => &of.attrs,
        Stmt::Expr(Expr::If(of), _) => &of.attrs,
        Stmt::Expr(Expr::Match(of), _) => &of.attrs,
        Stmt::Expr(Expr::Block(of), _) => &of.attrs,
        Stmt::Expr(Expr::Macro(of), _) => &of.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

fn join(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one && other),
        (one, other) => one.or(other),
    }
}

fn says_continue(tokens: &TokenStream) -> bool {
    mentions(tokens, "continue")
}

/// Whether a `continue` of the loop around, or with a label, stands in it.
pub(super) fn may_continue(expr: &Expr) -> bool {
    struct Search {
        found: bool,
        is_inside: bool,
    }
    impl Search {
        fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
            let outer = std::mem::replace(&mut self.is_inside, true);
            visit(self);
            self.is_inside = outer;
        }
    }
    impl Visit<'_> for Search {
        fn visit_expr_continue(&mut self, of: &syn::ExprContinue) {
            self.found |= !self.is_inside || of.label.is_some();
        }
        fn visit_macro(&mut self, call: &syn::Macro) {
            self.found |= says_continue(&call.tokens);
        }
        fn visit_expr_loop(&mut self, of: &syn::ExprLoop) {
            self.inside(|this| visit::visit_expr_loop(this, of));
        }
        fn visit_expr_while(&mut self, of: &syn::ExprWhile) {
            self.inside(|this| visit::visit_expr_while(this, of));
        }
        fn visit_expr_for_loop(&mut self, of: &syn::ExprForLoop) {
            self.inside(|this| visit::visit_expr_for_loop(this, of));
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut search = Search { found: false, is_inside: false };
    search.visit_expr(expr);
    search.found
}

/// Whether all that the body does to the place goes one way.
pub(super) fn goes_one_way(round: &Round<'_>, place: &str) -> bool {
    struct Search<'a> {
        round: &'a Round<'a>,
        place: &'a str,
        root: &'a str,
        up: bool,
        down: bool,
        otherwise: bool,
    }
    impl Search<'_> {
        fn write(&mut self, expr: &Expr, left: &Expr) {
            if left.to_token_stream().to_string() != self.place {
                return;
            }
            match self.round.step(expr) {
                Some(step) if step.is_up => self.up = true,
                Some(_) => self.down = true,
                None => self.otherwise = true,
            }
        }
    }
    impl Visit<'_> for Search<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            match expr {
                Expr::Assign(of) => self.write(expr, &of.left),
                Expr::Binary(of) if super::walk::is_compound(&of.op) => self.write(expr, &of.left),
                Expr::Reference(of) if of.mutability.is_some() => {
                    self.otherwise |= of.expr.to_token_stream().to_string() == self.place;
                }
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
        // Another variable of that name.
        fn visit_pat_ident(&mut self, name: &syn::PatIdent) {
            self.otherwise |= name.ident == self.root;
            visit::visit_pat_ident(self, name);
        }
    }
    let root = place.split(|letter: char| !letter.is_alphanumeric() && letter != '_').find(|word| !word.is_empty());
    let root = root.unwrap_or(place);
    let mut search = Search { round, place, root, up: false, down: false, otherwise: false };
    round.condition.iter().for_each(|condition| search.visit_expr(condition));
    search.visit_block(round.body);
    !search.otherwise && search.up != search.down
}
