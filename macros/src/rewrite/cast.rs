//! `as`, where the target may hold less than the source: see `runtime/src/cast.rs`.

use proc_macro2::Ident;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprCast, ExprLit, Lit, Stmt, Type, UnOp};

use super::operator::{self, operand};
use crate::names;
use crate::refusal::{Or, Refused};

/// Whether the cast is one to ask the types about: its target may be a number, and the source does not visibly fit.
pub(crate) fn may_lose(cast: &ExprCast) -> bool {
    let target = match &*cast.ty {
        Type::Infer(_) => None,
        Type::Path(path) => match path.path.get_ident().map(ToString::to_string).as_deref() {
            Some("char" | "bool") => return false,
            Some(name) => largest(name),
            None => None,
        },
        // Pointers, functions, trait objects.
        _ => return false,
    };
    !fits(&cast.expr, target)
}

/// What the type surely holds. A `usize` may be 32 bits wide.
fn largest(name: &str) -> Option<u128> {
    Some(match name {
        "u8" => u8::MAX.into(),
        "i8" => i8::MAX.unsigned_abs().into(),
        "u16" => u16::MAX.into(),
        "i16" => i16::MAX.unsigned_abs().into(),
        "u32" | "usize" => u32::MAX.into(),
        "i32" | "isize" => i32::MAX.unsigned_abs().into(),
        "u64" => u64::MAX.into(),
        "i64" => i64::MAX.unsigned_abs().into(),
        "u128" => u128::MAX,
        "i128" => i128::MAX.unsigned_abs(),
        _ => return None,
    })
}

/// Literals, conditions, and masks that leave no more than the target holds.
fn fits(source: &Expr, target: Option<u128>) -> bool {
    match source {
        _ if operator::is_literal(source) => true,
        Expr::Paren(inner) => fits(&inner.expr, target),
        Expr::Group(inner) => fits(&inner.expr, target),
        // A literal here takes the target's type, which no operand of ours could hand on.
        Expr::Block(block) => tail(&block.block).is_some_and(|tail| fits(tail, target)),
        Expr::Unsafe(block) => tail(&block.block).is_some_and(|tail| fits(tail, target)),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)) && is_condition(&unary.expr),
        Expr::Binary(binary) => match binary.op {
            BinOp::BitAnd(_) => [&binary.left, &binary.right]
                .into_iter()
                .filter_map(|side| literal(side))
                .any(|mask| target.is_some_and(|largest| mask <= largest)),
            _ => is_condition(source),
        },
        _ => false,
    }
}

fn tail(block: &Block) -> Option<&Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => Some(tail),
        _ => None,
    }
}

fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_condition(&inner.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)) && is_condition(&unary.expr),
        Expr::Binary(binary) => matches!(
            binary.op,
            BinOp::Eq(_)
                | BinOp::Ne(_)
                | BinOp::Lt(_)
                | BinOp::Le(_)
                | BinOp::Gt(_)
                | BinOp::Ge(_)
                | BinOp::And(_)
                | BinOp::Or(_)
        ),
        Expr::Macro(call) => call.mac.path.is_ident("matches"),
        _ => false,
    }
}

fn literal(expr: &Expr) -> Option<u128> {
    match expr {
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// ```text
/// v as T
/// ```
/// becomes
/// ```text
/// match (v, Target::new()) {
///     (v, target) => if false { target.of(v as T) } else {
///         match (&Cast(&v, &target)).cast() {
///             Ok(done) => if done.as_written() { v as T } else { done.value() },
///             Err(violation) => instead(return refuse(violation)),
///         }
///     }
/// }
/// ```
/// The target is named once, in the cast itself, so that `as _` is found out as it would be.
pub(super) fn rewrite(cast: &ExprCast, or: &Or, refuse: &Refused) -> Expr {
    let ExprCast { attrs, expr, as_token, ty } = cast;
    let at = as_token.span();
    let value = operand("value", expr);
    let (target, done, violation) = (names::local("target"), names::local("done"), names::local("violation"));
    let method = Ident::new(&format!("__portcullis_{}", operator::fitted(or, "cast")), at);
    let asked = quote_spanned!(at=> (&__portcullis::Cast(&#value, &#target)).#method());
    let written = quote!(#value #as_token #ty);
    let instead = refuse.instead(&written);
    let tokens = quote! {
        (match (#expr, __portcullis::Target::new()) {
            (#value, #target) => if false { #target.of(#written) } else {
                match #asked {
                    __portcullis::Ok(#done) => if #done.as_written() { #written } else { #done.value() },
                    #[allow(unreachable_code)]
                    __portcullis::Err(#violation) => #instead,
                }
            }
        })
    };
    operator::with_attributes(attrs, &tokens)
}
