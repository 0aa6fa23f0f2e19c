//! PC0405: loops that only their input ends. A loop has a bound where it steps through something that exists, or counts towards a
//! limit.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{BinOp, Block, Expr, ExprMethodCall, Pat, Stmt};

use super::tasks::mentions;
use super::walk::{Walk, diverges};
use crate::rules::Rule;

/// Take one out of a collection, or step an iterator.
const TAKES: [&str; 10] = [
    "pop",
    "pop_front",
    "pop_back",
    "pop_first",
    "pop_last",
    "next",
    "next_back",
    "remove",
    "swap_remove",
    "split_off",
];
const GROWS: [&str; 8] =
    ["push", "push_back", "push_front", "extend", "append", "insert", "resize", "extend_from_slice"];
/// End an endless iterator.
const ENDS: [&str; 5] = ["take", "zip", "take_until", "chunks", "step_limit"];

impl Walk {
    pub(super) fn endless(&mut self, expr: &mut Expr) {
        self.ensure_bounded(expr);
        match expr {
            Expr::Loop(of) => self.round(&mut of.body, None, |_| {}),
            Expr::While(of) => {
                let condition = &mut of.cond;
                self.round(&mut of.body, None, |walk| walk.visit_expr_mut(condition));
            }
            Expr::ForLoop(of) => {
                self.visit_expr_mut(&mut of.expr);
                let pattern = (*of.pat).clone();
                self.round(&mut of.body, Some(&pattern), |_| {});
            }
            _ => {}
        }
    }

    fn round(&mut self, body: &mut Block, pattern: Option<&Pat>, condition: impl FnOnce(&mut Self)) {
        self.note_writes_of(body);
        self.scopes.enter();
        let before = self.guards.count();
        condition(self);
        if let Some(pattern) = pattern {
            self.bind(pattern, None, None);
        }
        self.block(body);
        self.guards.end_of_statement(before);
        self.scopes.leave();
        self.guards.leave(self.scopes.depth());
    }

    fn ensure_bounded(&mut self, expr: &Expr) {
        if self.coverage.steps {
            return;
        }
        let is_cut =
            |body: &Block| self.coverage.deadline && self.place.is_async && !self.place.unwinds && holds_await(body);
        let (word, what): (&dyn ToTokens, &str) = match expr {
            Expr::Loop(of) if !is_cut(&of.body) && !counts(None, &of.body) => (&of.loop_token, "`loop`"),
            Expr::While(of) if !is_cut(&of.body) && !ends(&of.cond, &of.body) => (&of.while_token, "`while`"),
            Expr::ForLoop(of) if !is_cut(&of.body) && self.is_endless(&of.expr) && !counts(Some(&of.pat), &of.body) => {
                (&of.for_token, "`for`")
            }
            _ => return,
        };
        let by_deadline = if self.place.is_async { "; where it awaits, `deadline(\"2s\")` too" } else { "" };
        let message = format!(
            "nothing bounds how often this {what} goes round\n\
             help: `for _ in 0..LIMIT {{ .. }}`; or count: `rounds += 1; if rounds > LIMIT {{ return Err(..) }}`\n\
             help: or `bounded_steps(max = 10_000)` in the attribute{by_deadline}"
        );
        self.hit(Rule::UnboundedLoop, word.to_token_stream(), &message);
    }

    /// `0..`, `iter::repeat(..)`, `.cycle()`, and what is made of them without an end.
    fn is_endless(&self, iterated: &Expr) -> bool {
        match iterated {
            Expr::Range(range) => range.end.is_none(),
            Expr::Paren(inner) => self.is_endless(&inner.expr),
            Expr::MethodCall(call) if call.method == "cycle" || call.method == "incoming" => call.args.is_empty(),
            Expr::MethodCall(call) if ENDS.iter().any(|end| call.method == end) => false,
            Expr::MethodCall(call) => self.is_endless(&call.receiver),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => {
                    let table =
                        ["std/iter::repeat", "std/iter::repeat_with", "std/iter::from_fn", "std/iter::successors"];
                    // What makes each element may end by itself.
                    self.scopes.meaning(&path.path).among(&table).is_some_and(|found| found.contains("repeat"))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

fn holds_await(body: &Block) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_expr_await(&mut self, _: &syn::ExprAwait) {
            self.0 = true;
        }
        fn visit_macro(&mut self, call: &syn::Macro) {
            self.0 |= call.path.segments.last().is_some_and(|last| last.ident == "select" || last.ident == "join");
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut search = Search(false);
    search.visit_block(body);
    search.0
}

fn ends(condition: &Expr, body: &Block) -> bool {
    counts(None, body) || by_condition(condition, body)
}

fn by_condition(condition: &Expr, body: &Block) -> bool {
    match condition {
        Expr::Paren(inner) => by_condition(&inner.expr, body),
        Expr::Binary(binary) => match binary.op {
            // It ends when either does.
            BinOp::And(_) => by_condition(&binary.left, body) || by_condition(&binary.right, body),
            BinOp::Or(_) => by_condition(&binary.left, body) && by_condition(&binary.right, body),
            _ if is_comparison(&binary.op) => {
                let steps = steps(body);
                [&binary.left, &binary.right].iter().any(|side| {
                    steps.iter().any(|step| named(side, step))
                        || length_of(side).is_some_and(|list| shrinks(&list, body))
                })
            }
            _ => false,
        },
        Expr::Unary(not) => match &*not.expr {
            Expr::MethodCall(call) if call.method == "is_empty" => shrinks(&text(&call.receiver), body),
            inner => by_condition(inner, body),
        },
        Expr::Let(of) => match strip(&of.expr) {
            Expr::MethodCall(call) if TAKES.iter().any(|take| call.method == take) => {
                !grows(&text(&call.receiver), body)
            }
            // Along a chain that exists: `while let Some(node) = next { next = node.next; }`.
            // Or an index that is counted up: `while let Some(item) = list.get(at)`.
            value => follows(&of.pat, value, body) || steps(body).iter().any(|step| named(value, step)),
        },
        _ => false,
    }
}

fn is_comparison(op: &BinOp) -> bool {
    matches!(op, BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Ne(_) | BinOp::Eq(_))
}

fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => strip(&inner.expr),
        Expr::Reference(inner) => strip(&inner.expr),
        Expr::Try(inner) => strip(&inner.expr),
        other => other,
    }
}

fn text(place: &Expr) -> String {
    strip(place).to_token_stream().to_string()
}

fn length_of(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::MethodCall(call) if call.method == "len" => Some(text(&call.receiver)),
        _ => None,
    }
}

/// Whether the place is named in the expression.
fn named(expr: &Expr, place: &str) -> bool {
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

/// The places that each round steps on: by `+=` and the like, before anything that could pass over it.
fn steps(body: &Block) -> Vec<String> {
    let mut found = Vec::new();
    for stmt in &body.stmts {
        if let Stmt::Expr(expr, _) = stmt {
            match expr {
                Expr::Binary(binary) if is_step(&binary.op) => found.push(binary.left.to_token_stream().to_string()),
                Expr::Assign(assign) => {
                    let place = assign.left.to_token_stream().to_string();
                    if is_next(&assign.right, &place) {
                        found.push(place);
                    }
                }
                _ => {}
            }
        }
        if holds_continue(stmt) {
            break;
        }
    }
    found
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

/// `n + 1`, `n.checked_add(1)?`, `n.saturating_sub(1)`, `&rest[1..]` of the place itself.
fn is_next(value: &Expr, place: &str) -> bool {
    match strip(value) {
        Expr::Binary(binary) => {
            matches!(
                binary.op,
                BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Shr(_) | BinOp::Shl(_)
            ) && [&binary.left, &binary.right].iter().any(|side| text(side) == place)
        }
        Expr::Index(index) => text(&index.expr) == place && matches!(*index.index, Expr::Range(_)),
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let counts = ["checked_", "saturating_", "wrapping_"].iter().any(|start| name.starts_with(start));
            if counts {
                text(&call.receiver) == place
            } else {
                call.method.to_string().starts_with("ok_or") && is_next(&call.receiver, place)
            }
        }
        _ => false,
    }
}

fn holds_continue(stmt: &Stmt) -> bool {
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

/// `if rounds > LIMIT { return .. }`, of a place that each round steps on, or that the loop itself counts.
fn counts(counted: Option<&Pat>, body: &Block) -> bool {
    let mut steps = steps(body);
    if let Some(pattern) = counted {
        steps.extend(crate::parameter::bindings(pattern).iter().map(|name| name.ident.to_string()));
    }
    if steps.is_empty() {
        return false;
    }
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::Expr(Expr::If(of), _) => diverges(&of.then_branch) && compares(&of.cond, &steps),
        Stmt::Macro(call) => {
            call.mac.path.segments.last().is_some_and(|last| last.ident == "ensure")
                && steps.iter().any(|step| mentions(&call.mac.tokens, step))
        }
        _ => false,
    })
}

fn compares(condition: &Expr, steps: &[String]) -> bool {
    match condition {
        Expr::Paren(inner) => compares(&inner.expr, steps),
        Expr::Binary(binary) if matches!(binary.op, BinOp::Or(_)) => {
            compares(&binary.left, steps) || compares(&binary.right, steps)
        }
        Expr::Binary(binary) if is_comparison(&binary.op) => {
            [&binary.left, &binary.right].iter().any(|side| steps.iter().any(|step| named(side, step)))
        }
        _ => false,
    }
}

/// The calls of a place's methods, in a body.
fn calls<'a>(body: &'a Block, place: &str) -> Vec<&'a ExprMethodCall> {
    struct Search<'a, 'b>(&'b str, Vec<&'a ExprMethodCall>);
    impl<'a> Visit<'a> for Search<'a, '_> {
        fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
            if text(&call.receiver) == self.0 {
                self.1.push(call);
            }
            visit::visit_expr_method_call(self, call);
        }
    }
    let mut search = Search(place, Vec::new());
    search.visit_block(body);
    search.1
}

fn grows(place: &str, body: &Block) -> bool {
    calls(body, place).iter().any(|call| GROWS.iter().any(|grow| call.method == grow))
}

/// Each round takes something out, and none puts anything in.
fn shrinks(place: &str, body: &Block) -> bool {
    let takes = body.stmts.iter().take_while(|stmt| !holds_continue(stmt)).any(|stmt| {
        let block = Block { brace_token: syn::token::Brace::default(), stmts: vec![stmt.clone()] };
        let is_branch = matches!(stmt, Stmt::Expr(Expr::If(_) | Expr::Match(_), _));
        !is_branch
            && calls(&block, place)
                .iter()
                .any(|call| TAKES.iter().any(|take| call.method == take) || call.method == "drain")
    });
    (takes || steps(body).iter().any(|step| step == place)) && !grows(place, body)
}

/// `next = node.next`, from what the pattern binds, without a call that could make it up.
fn follows(pattern: &Pat, value: &Expr, body: &Block) -> bool {
    let place = text(value);
    let bound: Vec<String> = crate::parameter::bindings(pattern).iter().map(|name| name.ident.to_string()).collect();
    body.stmts.iter().take_while(|stmt| !holds_continue(stmt)).any(|stmt| match stmt {
        Stmt::Expr(Expr::Assign(assign), _) => {
            text(&assign.left) == place
                && is_part(&assign.right)
                && super::guards::root(&assign.right).is_some_and(|root| bound.contains(&root))
        }
        _ => false,
    })
}

fn is_part(value: &Expr) -> bool {
    match value {
        Expr::Path(_) => true,
        Expr::Field(field) => is_part(&field.base),
        Expr::Paren(inner) => is_part(&inner.expr),
        Expr::Reference(inner) => is_part(&inner.expr),
        Expr::Unary(inner) => is_part(&inner.expr),
        Expr::MethodCall(call) => call.args.is_empty() && is_part(&call.receiver),
        _ => false,
    }
}
