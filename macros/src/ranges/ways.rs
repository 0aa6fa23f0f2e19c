//! What can be told of a branch that is not followed.

use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro, Stmt};

use super::operator;
use super::survey::{LEAVING, LOOKING, Survey};

#[derive(Clone, Copy, Default)]
pub(crate) struct Ways {
    /// Runs code that is not seen, or writes where such code may look.
    pub(crate) acts: bool,
    /// Ends by leaving the function.
    pub(crate) leaves: bool,
}

impl Ways {
    pub(crate) fn of(expr: &Expr, survey: &Survey) -> Self {
        let mut search = Search { acts: false, survey };
        search.visit_expr(expr);
        Self { acts: search.acts, leaves: leaves(expr) }
    }

    pub(crate) fn of_block(block: &Block, survey: &Survey) -> Self {
        let mut search = Search { acts: false, survey };
        search.visit_block(block);
        Self { acts: search.acts, leaves: ends(block) }
    }
}

struct Search<'s> {
    acts: bool,
    survey: &'s Survey,
}

impl Visit<'_> for Search<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        self.acts |= match expr {
            Expr::Call(call) => !super::call::is_pure(&call.func),
            Expr::MethodCall(call) => !super::call::is_known(&call.method),
            Expr::Await(_) => true,
            Expr::Assign(assign) => !is_plain(&assign.left, self.survey),
            Expr::Binary(binary) => operator::of_compound(&binary.op).is_some() && !is_plain(&binary.left, self.survey),
            _ => false,
        };
        visit::visit_expr(self, expr);
    }
    fn visit_macro(&mut self, call: &Macro) {
        self.acts |= !is_one_of(call, &LOOKING) && !is_one_of(call, &LEAVING);
    }
    fn visit_item(&mut self, _: &syn::Item) {}
}

pub(crate) fn is_one_of(call: &Macro, names: &[&str]) -> bool {
    call.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// A variable that only its assignments change.
fn is_plain(place: &Expr, survey: &Survey) -> bool {
    matches!(place, Expr::Path(path) if path.path.get_ident().is_some_and(|ident| !survey.is_unstable(ident)))
}

fn ends(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(last, _)) => leaves(last),
        Some(Stmt::Macro(call)) => is_one_of(&call.mac, &LEAVING),
        _ => false,
    }
}

fn leaves(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) => true,
        Expr::Macro(call) => is_one_of(&call.mac, &LEAVING),
        Expr::Block(block) => ends(&block.block),
        _ => false,
    }
}
