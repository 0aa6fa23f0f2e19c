//! Where a check of another protection stands, and may be the last thing that a call does.

use quote::ToTokens as _;
use syn::{BinOp, Expr, ExprMethodCall, Lit, UnOp};

use super::walk::Walk;
use crate::rewrite::may_lose;

/// The methods that `checked_arithmetic` and `checked_indexing` replace, as far as a name tells.
const ARITHMETIC: [&str; 14] = [
    "pow",
    "abs",
    "neg",
    "next_power_of_two",
    "next_multiple_of",
    "div_euclid",
    "rem_euclid",
    "div_ceil",
    "ilog",
    "ilog2",
    "ilog10",
    "isqrt",
    "sum",
    "product",
];
const INDEXING: [&str; 11] = [
    "split_at",
    "split_at_mut",
    "copy_from_slice",
    "clone_from_slice",
    "swap_remove",
    "drain",
    "replace_range",
    "split_off",
    "chunks",
    "windows",
    "copy_within",
];

/// The methods in both, that a reader of an unknown macro's tokens may meet.
pub(super) fn is_checked_method(name: &str) -> bool {
    ARITHMETIC.contains(&name) || INDEXING.contains(&name)
}

impl Walk {
    /// Whether a check stands here that may refuse.
    pub(super) fn is_site(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Binary(binary) => {
                self.coverage.arithmetic
                    && is_arithmetic(&binary.op)
                    && !(is_literal(&binary.left) && is_literal(&binary.right))
                    && ![&binary.left, &binary.right].iter().any(|side| self.is_no_integer(side))
            }
            Expr::Unary(unary) => {
                self.coverage.arithmetic && matches!(unary.op, UnOp::Neg(_)) && !is_literal(&unary.expr)
            }
            Expr::Cast(cast) => {
                self.coverage.casts && self.coverage.arithmetic && may_lose(cast) && !self.scopes.is_widening(cast)
            }
            Expr::Index(index) => self.coverage.indexing && !is_full_range(&index.index),
            Expr::MethodCall(call) => self.is_method_site(call),
            _ => false,
        }
    }

    pub(super) fn is_method_site(&self, call: &ExprMethodCall) -> bool {
        let name = call.method.to_string();
        self.coverage.arithmetic && ARITHMETIC.contains(&&*name) && !self.is_no_integer(&call.receiver)
            || self.coverage.indexing && INDEXING.contains(&&*name)
    }

    fn is_no_integer(&self, expr: &Expr) -> bool {
        self.scopes.ty(expr).is_some_and(|ty| ty.is_no_integer())
    }
}

fn is_arithmetic(op: &BinOp) -> bool {
    !matches!(
        op,
        BinOp::And(_)
            | BinOp::Or(_)
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::BitXor(_)
            | BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::BitXorAssign(_)
    )
}

pub(super) fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => !matches!(literal.lit, Lit::Verbatim(_)),
        Expr::Paren(inner) => is_literal(&inner.expr),
        Expr::Unary(inner) => is_literal(&inner.expr),
        _ => false,
    }
}

pub(super) fn is_full_range(index: &Expr) -> bool {
    index.to_token_stream().to_string().trim() == ".."
}
