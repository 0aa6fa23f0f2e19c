//! `checked_arithmetic`: every arithmetic operator of the body asks the types whether to check.

mod known_macros;
mod operator;

use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Item, Macro, Pat, Safety, Stmt, Type};

use crate::names;
use crate::parameter::bindings;
use crate::passes::Pass;
use crate::plan::Plan;
use crate::refusal::{Exit, Or};
use crate::report::Report;
use crate::subject::{Shape, Subject, async_tail};

pub(crate) struct CheckedArithmetic {
    pub(crate) or: Or,
}

impl Pass for CheckedArithmetic {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        // A way out is needed only where there is an operator, which only the rewriting tells: it is done twice only for a
        // function that has something wrong with its way out.
        let mut complaint = Report::default();
        self.or.ensure(subject, &mut complaint);
        if complaint.is_clean() {
            return;
        }
        let mut plan = Plan::default();
        self.add_to(&mut plan, subject);
        if plan.body.is_some() {
            report.append(complaint);
        }
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        let mut block = subject.item.block.clone();
        let mut rewrite = Rewrite {
            or: &self.or,
            subject,
            exit: Exit::Return,
            inner: plan.inner_exit(),
            rewritten: 0,
            promotes: !matches!(subject.item.sig.safety, Safety::Unsafe(_)),
            bound: bound(subject),
        };
        match async_tail(&mut block).filter(|_| subject.shape == Shape::AsyncTail) {
            // A `return` in the future is the protected function's; one before it would have to return a future.
            Some(future) => {
                let mut body = future.block.clone();
                rewrite.visit_block_mut(&mut body);
                future.block.stmts.clear();
                rewrite.exit = Exit::Panic;
                rewrite.inner = Exit::Panic;
                rewrite.visit_block_mut(&mut block);
                if let Some(future) = async_tail(&mut block) {
                    future.block = body;
                }
            }
            None => rewrite.visit_block_mut(&mut block),
        }
        if rewrite.rewritten > 0 {
            plan.body = Some(*block);
            plan.unwinds = Some(self.or.clone());
        }
    }
}

/// What the function itself binds: parameters, `let`, closures, constants of its generics.
fn bound(subject: &Subject) -> Vec<String> {
    struct Names(Vec<String>);
    impl Visit<'_> for Names {
        fn visit_local(&mut self, local: &syn::Local) {
            self.0.extend(bindings(&local.pat).iter().map(|name| name.ident.to_string()));
            syn::visit::visit_local(self, local);
        }
        fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
            self.0.extend(closure.inputs.iter().flat_map(bindings).map(|name| name.ident.to_string()));
            syn::visit::visit_expr_closure(self, closure);
        }
    }
    let mut names = Names(Vec::new());
    names.0.extend(subject.parameters().flat_map(|parameter| parameter.bindings()).map(|name| name.ident.to_string()));
    names.0.extend(subject.item.sig.generics.const_params().map(|constant| constant.ident.to_string()));
    names.visit_block(&subject.item.block);
    names.0
}

/// Replaces operators from the leaves up.
struct Rewrite<'a> {
    or: &'a Or,
    subject: &'a Subject,
    /// How a violation gets out from where the visit is now.
    exit: Exit,
    /// How it gets out of a closure or an async block.
    inner: Exit,
    rewritten: usize,
    /// Whether a name in upper case may be that of a constant.
    promotes: bool,
    /// Names in upper case that are not.
    bound: Vec<String>,
}

impl Rewrite<'_> {
    /// Visits what a `return` would not lead out of.
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.exit, self.inner);
        visit(self);
        self.exit = outer;
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // A tree of literals stays: rustc's `arithmetic_overflow` lint sees more of it as it is.
            Expr::Binary(_) | Expr::Unary(_) if operator::is_literal(expr) => {}
            // `&(A + 1)` may be promoted to a static, which no call inside it survives.
            Expr::Reference(reference) if self.promotes && operator::is_constant(&reference.expr, &self.bound) => {}
            Expr::MethodCall(call) if self.promotes && operator::is_constant_array(&call.receiver, &self.bound) => {
                call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            }
            Expr::Closure(closure) => self.inside(|this| this.visit_expr_mut(&mut closure.body)),
            // The future of a synchronous function runs where no boundary of it reaches.
            Expr::Async(block) => {
                let inner = if self.subject.shape == Shape::Sync { Exit::Panic } else { self.inner };
                let outer = std::mem::replace(&mut self.inner, inner);
                self.inside(|this| this.visit_block_mut(&mut block.block));
                self.inner = outer;
            }
            // Compile time: nothing of ours can run there, and the compiler refuses overflow by itself.
            Expr::Const(_) => {}
            Expr::Call(call) if is_boundary(&call.func) => call.args.iter_mut().for_each(|body| match body {
                Expr::Closure(closure) => self.visit_expr_mut(&mut closure.body),
                Expr::Async(future) => self.visit_block_mut(&mut future.block),
                _ => {}
            }),
            // Here a name in upper case may be a `static mut`.
            Expr::Unsafe(block) => {
                let outer = std::mem::replace(&mut self.promotes, false);
                self.visit_block_mut(&mut block.block);
                self.promotes = outer;
            }
            Expr::Repeat(repeat) => self.visit_expr_mut(&mut repeat.expr),
            _ => {
                visit_mut::visit_expr_mut(self, expr);
                if let Some(rewritten) =
                    operator::rewrite(expr, |violation| self.or.refuse(self.subject, self.exit, violation))
                {
                    *expr = rewritten;
                    self.rewritten = self.rewritten.saturating_add(1);
                }
            }
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Expr(expr, _) = stmt {
            operator::hoist_attributes(expr);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let before = self.rewritten;
        if let Some(tokens) = known_macros::rewrite(call, |expr| self.visit_expr_mut(expr)) {
            // Untouched arguments stay as the user's own tokens.
            if self.rewritten > before {
                call.tokens = tokens;
            }
        }
    }

    // What does not run here, or is no expression.
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

/// The boundary of an attribute of ours that was expanded before: a `return` inside it is the function's.
fn is_boundary(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let mut segments = path.path.segments.iter();
    let (first, last) = (segments.next(), segments.next());
    first.is_some_and(|first| first.ident == names::ALIAS)
        && last.is_some_and(|last| last.ident == "catch" || last.ident == "catch_future")
}
