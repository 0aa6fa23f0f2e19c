//! PC0405: loops that only their input ends. A loop has a bound where it steps through something that exists, or counts towards a
//! limit.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{BinOp, Block, Expr, ExprMethodCall, Pat, Stmt};

use super::steps::{Round, holds_continue, is_comparison, named, strip, text};
use super::tasks::mentions;
use super::walk::{Walk, diverges};
use super::{takes, ways};
use crate::rules::Rule;

/// Take one out of a collection, or step an iterator.
pub(super) const TAKES: [&str; 10] = [
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
pub(super) const GROWS: [&str; 8] =
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
        // Both have a checkpoint in each round.
        if self.coverage.steps || self.coverage.deadline {
            return;
        }
        let never_zero = self.scopes.never_zero();
        let (word, what): (&dyn ToTokens, &str) = match expr {
            Expr::Loop(of) => {
                let round = Round::of(&of.body, None, &never_zero);
                if counts(None, &round) || self.ends_within(&round) {
                    return;
                }
                (&of.loop_token, "`loop`")
            }
            Expr::While(of) => {
                let round = Round::of(&of.body, Some(&of.cond), &never_zero);
                if counts(None, &round) || by_condition(&of.cond, &round) || self.ends_within(&round) {
                    return;
                }
                (&of.while_token, "`while`")
            }
            Expr::ForLoop(of) if self.is_endless(&of.expr) => {
                let round = Round::of(&of.body, None, &never_zero);
                if counts(Some(&of.pat), &round) || self.ends_within(&round) {
                    return;
                }
                (&of.for_token, "`for`")
            }
            _ => return,
        };
        let message = format!(
            "nothing bounds how often this {what} goes round\n\
             help: `for _ in 0..LIMIT {{ .. }}`; or count: `rounds += 1; if rounds > LIMIT {{ return Err(..) }}`\n\
             help: or `bounded_steps(max = 10_000)` or `deadline(\"2s\")` in the attribute"
        );
        self.hit(Rule::UnboundedLoop, word.to_token_stream(), &message);
    }

    /// No way leads back, or each round takes one out of what runs empty, and leaves then.
    fn ends_within(&self, round: &Round<'_>) -> bool {
        ways::all_leave(round) || takes::takes_one(round, |place| self.is_peer(place))
    }

    /// `0..`, `iter::repeat(..)`, `.cycle()`, what a connection sends, and what is made of them without an end.
    fn is_endless(&self, iterated: &Expr) -> bool {
        match iterated {
            Expr::Range(range) => range.end.is_none(),
            Expr::Paren(inner) => self.is_endless(&inner.expr),
            Expr::MethodCall(call) if call.method == "cycle" || call.method == "incoming" => call.args.is_empty(),
            Expr::MethodCall(call) if ENDS.iter().any(|end| call.method == end) => false,
            Expr::MethodCall(call) if ["bytes", "lines", "split"].iter().any(|all| call.method == all) => {
                self.is_peer(&call.receiver)
            }
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

fn by_condition(condition: &Expr, round: &Round<'_>) -> bool {
    match condition {
        Expr::Paren(inner) => by_condition(&inner.expr, round),
        Expr::Binary(binary) => match binary.op {
            // It ends when either does.
            BinOp::And(_) => by_condition(&binary.left, round) || by_condition(&binary.right, round),
            BinOp::Or(_) => by_condition(&binary.left, round) && by_condition(&binary.right, round),
            _ if is_comparison(&binary.op) => [&binary.left, &binary.right].iter().any(|side| {
                round.steps.iter().any(|step| named(side, step))
                    || length_of(side).is_some_and(|list| shrinks(&list, round))
            }),
            _ => false,
        },
        Expr::Unary(not) => match &*not.expr {
            Expr::MethodCall(call) if call.method == "is_empty" => shrinks(&text(&call.receiver), round),
            Expr::MethodCall(call) if call.method == "is_none" => has_more(&call.receiver, round),
            inner => by_condition(inner, round),
        },
        Expr::MethodCall(call) if call.method == "is_some" => has_more(&call.receiver, round),
        Expr::Let(of) => match strip(&of.expr) {
            Expr::MethodCall(call) if TAKES.iter().any(|take| call.method == take) => {
                !grows(&text(&call.receiver), round.body)
            }
            Expr::MethodCall(call) if is_look(call) => takes::takes_what_it_looks_at(&call.receiver, round),
            // Along a chain that exists: `while let Some(node) = next { next = node.next; }`.
            // Or an index that is counted up: `while let Some(item) = list.get(at)`.
            value => follows(&of.pat, value, round.body) || round.steps.iter().any(|step| named(value, step)),
        },
        _ => false,
    }
}

/// `it.peek()`, which takes nothing.
fn is_look(call: &ExprMethodCall) -> bool {
    call.args.is_empty()
        && ["peek", "peek_mut", "first", "last", "front", "back"].iter().any(|look| call.method == look)
}

fn has_more(looked: &Expr, round: &Round<'_>) -> bool {
    matches!(looked, Expr::MethodCall(call) if is_look(call) && takes::takes_what_it_looks_at(&call.receiver, round))
}

fn length_of(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::MethodCall(call) if call.method == "len" => Some(text(&call.receiver)),
        _ => None,
    }
}

/// `if rounds > LIMIT { return .. }`, of a place that each round steps on, or that the loop itself counts.
fn counts(counted: Option<&Pat>, round: &Round<'_>) -> bool {
    let mut steps = round.steps.clone();
    if let Some(pattern) = counted {
        steps.extend(crate::parameter::bindings(pattern).iter().map(|name| name.ident.to_string()));
    }
    if steps.is_empty() {
        return false;
    }
    let mut before_continue = round.body.stmts.iter().take_while(|stmt| !holds_continue(stmt));
    before_continue.any(|stmt| match stmt {
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
fn shrinks(place: &str, round: &Round<'_>) -> bool {
    let takes = round.body.stmts.iter().take_while(|stmt| !holds_continue(stmt)).any(|stmt| {
        let block = Block { brace_token: syn::token::Brace::default(), stmts: vec![stmt.clone()] };
        let is_branch = matches!(stmt, Stmt::Expr(Expr::If(_) | Expr::Match(_), _));
        !is_branch
            && calls(&block, place)
                .iter()
                .any(|call| TAKES.iter().any(|take| call.method == take) || call.method == "drain")
    });
    (takes || round.steps.iter().any(|step| step == place)) && !grows(place, round.body)
}

/// `next = node.next`, from what the pattern binds, without a call that could make it up.
fn follows(pattern: &Pat, value: &Expr, body: &Block) -> bool {
    // `[rest @ ..]` binds all of it; what is behind a part is a step.
    if matches!(pattern, Pat::Slice(_)) {
        return false;
    }
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
