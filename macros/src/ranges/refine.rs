//! What a condition says of the variables in it.

use syn::{BinOp, Expr, UnOp};

use super::constant::of_literal;
use super::interval::Interval;
use super::value::{Kind, Whole};
use super::walk::{Follows, Run};

impl<'f> Run<'f> {
    /// What a condition says of the variables in it, where it held or failed.
    pub(super) fn refine(&mut self, condition: &'f Expr, held: bool) {
        if self.follows != Follows::Plain && self.function.assigned_in(condition).is_empty() {
            self.refine_parts(condition, held);
        }
    }

    fn refine_parts(&mut self, condition: &'f Expr, held: bool) {
        match condition {
            Expr::Paren(inner) => self.refine_parts(&inner.expr, held),
            Expr::Group(inner) => self.refine_parts(&inner.expr, held),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => self.refine_parts(&unary.expr, !held),
            Expr::Binary(binary) => match binary.op {
                BinOp::And(_) if held => {
                    self.refine_parts(&binary.left, held);
                    self.refine_parts(&binary.right, held);
                }
                BinOp::Or(_) if !held => {
                    self.refine_parts(&binary.left, held);
                    self.refine_parts(&binary.right, held);
                }
                _ => self.refine_by(binary, held),
            },
            _ => {}
        }
    }

    fn refine_by(&mut self, binary: &'f syn::ExprBinary, held: bool) {
        let Some(least_and_most) = bounds_of(&binary.op, held) else { return };
        let (left, right) = (self.peek(&binary.left), self.peek(&binary.right));
        let (Some(left), Some(right)) = (left, right) else { return };
        let Some((a, b)) = left.unified(right) else { return };
        let (of_left, of_right) = least_and_most(a.range, b.range);
        for (side, whole, range) in [(&binary.left, a, of_left), (&binary.right, b, of_right)] {
            let Expr::Path(path) = &**side else { continue };
            let Some(ident) = path.path.get_ident() else { continue };
            let name = self.function.survey.name(ident);
            match whole.range.meet(range) {
                None => self.state = None,
                Some(range) => {
                    if let Some(value) = self.state.as_mut().and_then(|state| state.get_mut(name))
                        && let Kind::Int(known) = &mut value.kind
                    {
                        known.range = range;
                    }
                }
            }
        }
    }

    /// The value of a name or a literal, which nothing has to run for.
    fn peek(&mut self, expr: &'f Expr) -> Option<Whole> {
        match expr {
            Expr::Path(path) => self.path(path).as_whole(),
            Expr::Lit(literal) => of_literal(&literal.lit, false).as_whole(),
            Expr::Unary(unary) => match (&unary.op, &*unary.expr) {
                (UnOp::Neg(_), Expr::Lit(literal)) => of_literal(&literal.lit, true).as_whole(),
                _ => None,
            },
            _ => None,
        }
    }
}

type Bounds = fn(Interval, Interval) -> (Interval, Interval);

/// What is left of both sides of a comparison that held or failed.
fn bounds_of(op: &BinOp, held: bool) -> Option<Bounds> {
    const LEAST: i128 = i128::MIN;
    const MOST: i128 = i128::MAX;
    let below: Bounds = |a, b| {
        let left = Interval { low: LEAST, high: b.high.saturating_sub(1) };
        (left, Interval { low: a.low.saturating_add(1), high: MOST })
    };
    let at_most: Bounds = |a, b| (Interval { low: LEAST, high: b.high }, Interval { low: a.low, high: MOST });
    let above: Bounds = |a, b| {
        let left = Interval { low: b.low.saturating_add(1), high: MOST };
        (left, Interval { low: LEAST, high: a.high.saturating_sub(1) })
    };
    let at_least: Bounds = |a, b| (Interval { low: b.low, high: MOST }, Interval { low: LEAST, high: a.high });
    let equal: Bounds = |a, b| (b, a);
    Some(match (op, held) {
        (BinOp::Lt(_), true) | (BinOp::Ge(_), false) => below,
        (BinOp::Le(_), true) | (BinOp::Gt(_), false) => at_most,
        (BinOp::Gt(_), true) | (BinOp::Le(_), false) => above,
        (BinOp::Ge(_), true) | (BinOp::Lt(_), false) => at_least,
        (BinOp::Eq(_), true) | (BinOp::Ne(_), false) => equal,
        _ => return None,
    })
}

pub(super) fn decide(op: &BinOp, a: Interval, b: Interval) -> Option<bool> {
    let apart = a.meet(b).is_none();
    let same = a.as_point().is_some() && a == b;
    match op {
        BinOp::Lt(_) if a.high < b.low => Some(true),
        BinOp::Lt(_) if a.low >= b.high => Some(false),
        BinOp::Le(_) if a.high <= b.low => Some(true),
        BinOp::Le(_) if a.low > b.high => Some(false),
        BinOp::Gt(_) if a.low > b.high => Some(true),
        BinOp::Gt(_) if a.high <= b.low => Some(false),
        BinOp::Ge(_) if a.low >= b.high => Some(true),
        BinOp::Ge(_) if a.high < b.low => Some(false),
        BinOp::Eq(_) if same => Some(true),
        BinOp::Eq(_) if apart => Some(false),
        BinOp::Ne(_) if apart => Some(true),
        BinOp::Ne(_) if same => Some(false),
        _ => None,
    }
}
