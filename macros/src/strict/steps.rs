//! What each round of a loop steps on.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Stmt};

use super::walk::diverges;

pub(crate) fn is_comparison(op: &BinOp) -> bool {
    matches!(op, BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Ne(_) | BinOp::Eq(_))
}

pub(super) fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => strip(&inner.expr),
        Expr::Reference(inner) => strip(&inner.expr),
        Expr::Try(inner) => strip(&inner.expr),
        other => other,
    }
}

pub(super) fn text(place: &Expr) -> String {
    strip(place).to_token_stream().to_string()
}

/// Whether the place is named in the expression.
pub(super) fn named(expr: &Expr, place: &str) -> bool {
    struct Search<'a>(&'a str, bool);
    impl Visit<'_> for Search<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            let is_place = matches!(expr, Expr::Path(_) | Expr::Field(_) | Expr::Unary(_));
            self.1 |= is_place && expr.to_token_stream().to_string() == self.0;
            visit::visit_expr(self, expr);
        }
    }
    let mut search = Search(place, false);
    search.visit_expr(expr);
    search.1
}

/// The body of a loop, with what each round of it steps on.
pub(super) struct Round<'a> {
    pub(super) body: &'a Block,
    pub(super) condition: Option<&'a Expr>,
    pub(super) steps: Vec<String>,
    /// Variables whose rules leave zero out.
    never_zero: &'a BTreeSet<String>,
    /// Variables that hold what is left of a place, behind a part of it.
    rests: BTreeMap<String, String>,
}

/// Leads a place on.
pub(super) struct Step {
    pub(super) place: String,
    pub(super) is_up: bool,
}

impl<'a> Round<'a> {
    /// By `+=` and the like of what is more than nothing, before anything that could pass over it, or on each way through.
    pub(super) fn of(body: &'a Block, condition: Option<&'a Expr>, never_zero: &'a BTreeSet<String>) -> Self {
        let mut round = Self { body, condition, steps: Vec::new(), never_zero, rests: BTreeMap::new() };
        round.rests = super::splits::rests(&round);
        for stmt in &body.stmts {
            if let Stmt::Expr(expr, _) = stmt {
                round.steps.extend(round.step(expr).map(|step| step.place));
            }
            if holds_continue(stmt) {
                break;
            }
        }
        let on_each_way = round.stepped_somewhere().into_iter().filter(|place| {
            !round.steps.contains(place)
                && super::ways::goes_one_way(&round, place)
                && super::ways::all_step(&round, place)
        });
        let on_each_way: Vec<String> = on_each_way.collect();
        round.steps.extend(on_each_way);
        round
    }

    fn stepped_somewhere(&self) -> BTreeSet<String> {
        struct Search<'a, 'b>(&'b Round<'a>, BTreeSet<String>);
        impl Visit<'_> for Search<'_, '_> {
            fn visit_expr(&mut self, expr: &Expr) {
                self.1.extend(self.0.step(expr).map(|step| step.place));
                visit::visit_expr(self, expr);
            }
        }
        let mut search = Search(self, BTreeSet::new());
        search.visit_block(self.body);
        search.1
    }

    /// `n += 1`, or the place's own next value.
    pub(super) fn step(&self, expr: &Expr) -> Option<Step> {
        match expr {
            Expr::Binary(binary) if is_step(&binary.op) && self.moves(&binary.right) => {
                let is_up = matches!(binary.op, BinOp::AddAssign(_) | BinOp::MulAssign(_) | BinOp::ShlAssign(_));
                Some(Step { place: binary.left.to_token_stream().to_string(), is_up })
            }
            Expr::Assign(assign) => {
                let place = assign.left.to_token_stream().to_string();
                let is_up = self.next(&assign.right, &place)?;
                Some(Step { place, is_up })
            }
            _ => None,
        }
    }

    /// `n + 1`, `n.checked_add(1)?`, `n.saturating_sub(1)`, `&rest[1..]` of the place itself, and whether that is more.
    fn next(&self, value: &Expr, place: &str) -> Option<bool> {
        match strip(value) {
            Expr::Binary(binary) => {
                let by = |place_is: &Expr, amount: &Expr| text(place_is) == place && self.moves(amount);
                let is_up = match binary.op {
                    BinOp::Add(_) | BinOp::Mul(_) | BinOp::Shl(_) => true,
                    BinOp::Sub(_) | BinOp::Div(_) | BinOp::Shr(_) => false,
                    _ => return None,
                };
                (by(&binary.left, &binary.right) || by(&binary.right, &binary.left)).then_some(is_up)
            }
            Expr::Index(index) => {
                let is_part = text(&index.expr) == place
                    && matches!(&*index.index, Expr::Range(range)
                        if range.start.as_ref().is_some_and(|start| self.moves(start))
                            || matches!(range.end.as_deref(), Some(Expr::Binary(end)) if matches!(end.op, BinOp::Sub(_)) && self.moves(&end.right)));
                is_part.then_some(false)
            }
            Expr::MethodCall(call) => {
                let name = call.method.to_string();
                let counts = ["checked_", "saturating_", "wrapping_"].iter().find_map(|start| name.strip_prefix(start));
                match counts {
                    Some(operation) => {
                        let is_step =
                            text(&call.receiver) == place && call.args.first().is_some_and(|amount| self.moves(amount));
                        is_step.then_some(matches!(operation, "add" | "mul" | "shl" | "pow"))
                    }
                    None if name.starts_with("ok_or") => self.next(&call.receiver, place),
                    None => None,
                }
            }
            Expr::Path(rest) => {
                let rest = rest.path.get_ident()?.to_string();
                self.rests.get(&rest).filter(|of| *of == place).map(|_| false)
            }
            _ => None,
        }
    }

    /// Whether the amount is not nothing, as far as it shows: a step of what a peer has sent may be one of zero, for ever.
    pub(super) fn moves(&self, amount: &Expr) -> bool {
        match strip(amount) {
            Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Int(number) => number.base10_digits() != "0",
                syn::Lit::Float(number) => number.base10_parse::<f64>().is_ok_and(|number| number > 0.0),
                _ => true,
            },
            Expr::Cast(cast) => self.moves(&cast.expr),
            Expr::Binary(binary) => match binary.op {
                BinOp::Add(_) | BinOp::BitOr(_) => self.moves(&binary.left) || self.moves(&binary.right),
                BinOp::Mul(_) | BinOp::Shl(_) => self.moves(&binary.left) && self.moves(&binary.right),
                _ => self.is_looked_at(amount),
            },
            // That of a character, or of a number that is not zero.
            Expr::MethodCall(call) if call.method == "len_utf8" || call.method == "get" && call.args.is_empty() => true,
            Expr::MethodCall(call) if call.method == "max" => call.args.iter().any(|least| self.moves(least)),
            Expr::MethodCall(call) if call.args.is_empty() && (call.method == "into" || call.method == "unwrap") => {
                self.moves(&call.receiver)
            }
            Expr::Call(call) if call.args.len() == 1 => {
                call.args.first().is_some_and(|inner| self.moves(inner)) || self.is_looked_at(amount)
            }
            Expr::Path(path) => {
                let last = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                let is_constant = last.chars().any(char::is_uppercase) && !last.chars().any(char::is_lowercase);
                is_constant || self.never_zero.contains(&last) || self.is_looked_at(amount)
            }
            _ => self.is_looked_at(amount),
        }
    }

    /// Whether some round may end the loop by what the amount is: `if read == 0 { break; }`.
    fn is_looked_at(&self, amount: &Expr) -> bool {
        let mut names = Vec::new();
        variables(amount, &mut names);
        self.body.stmts.iter().any(|stmt| {
            let is_end = |of: &syn::ExprIf| diverges(&of.then_branch) && names.iter().any(|name| named(&of.cond, name));
            match stmt {
                Stmt::Expr(Expr::If(of), _) => is_end(of),
                // `let read = match socket.read(..) { 0 => break, read => read };`
                Stmt::Local(local) => {
                    let binds = crate::parameter::bindings(&local.pat)
                        .iter()
                        .any(|name| names.contains(&name.ident.to_string()));
                    binds
                        && local.init.as_ref().is_some_and(|init| {
                            init.diverge.is_some() || matches!(*init.expr, Expr::Match(_) | Expr::If(_))
                        })
                }
                _ => false,
            }
        })
    }
}

/// The variables that an expression names.
fn variables(expr: &Expr, into: &mut Vec<String>) {
    struct Search<'a>(&'a mut Vec<String>);
    impl Visit<'_> for Search<'_> {
        fn visit_expr_path(&mut self, path: &syn::ExprPath) {
            self.0.extend(path.path.get_ident().map(ToString::to_string));
        }
    }
    Search(into).visit_expr(expr);
}

fn is_step(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

pub(super) fn holds_continue(stmt: &Stmt) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_expr_continue(&mut self, _: &syn::ExprContinue) {
            self.0 = true;
        }
        fn visit_expr_loop(&mut self, _: &syn::ExprLoop) {}
        fn visit_expr_while(&mut self, _: &syn::ExprWhile) {}
        fn visit_expr_for_loop(&mut self, _: &syn::ExprForLoop) {}
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut search = Search(false);
    search.visit_stmt(stmt);
    search.0
}
