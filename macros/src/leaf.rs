//! The exits of a body that come before it can call anything, as `if n == 0 { return Ok(0); }`: no call that takes one leads
//! deeper, and none has to be counted for that. Half of the calls of a recursion end in them.
//!
//! They are what a body begins with: `if .. { return .. }`, and then, at its end, an `if` of which one branch is no more than a value. No
//! code of anyone's runs in them: no call but `Ok`, `Err` and `Some`, no operator but of parameters that the signature names as primitive,
//! nothing that is dropped, moved or converted, no macro. What is not recognized is taken for a call (`behaviour/bounded_recursion/leaves.rs`).
//! A name is what it is called: a type `u64` or a function `Ok` of the module's own would not be seen.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::{BinOp, Block, Expr, ExprIf, FnArg, Lit, Pat, Signature, Stmt, Type, UnOp};

use crate::names;
use crate::parameter::{TypeKind, bindings};
use crate::strict::is_comparison;

/// Puts `descend`, a statement, where a call of the function gets beyond its leaves.
pub(crate) fn descend_after(signature: &Signature, body: &mut Block, descend: &TokenStream) {
    let leaves = Leaves { primitives: primitives(signature) };
    // An item may give a name another meaning, and a macro may make one.
    let is_plain = !body.stmts.iter().any(|statement| matches!(statement, Stmt::Item(_) | Stmt::Macro(_)));
    let begins = body.stmts.iter().position(|statement| !leaves.is_exit(statement)).filter(|_| is_plain).unwrap_or(0);
    let ends_there = is_plain && body.stmts.len().checked_sub(1) == Some(begins);
    if let Some(Stmt::Expr(Expr::If(choice), None)) = body.stmts.last_mut()
        && ends_there
        && leaves.descend_in(choice, descend)
    {
        return;
    }
    body.stmts.insert(begins, Stmt::Expr(Expr::Verbatim(descend.clone()), None));
}

/// The parameters that are primitive by their types' names, and values.
fn primitives(signature: &Signature) -> HashSet<String> {
    let (mut primitive, mut others) = (HashSet::new(), HashSet::new());
    for input in &signature.inputs {
        let FnArg::Typed(parameter) = input else { continue };
        let is_primitive = matches!(*parameter.pat, Pat::Ident(_)) && is_primitive(&parameter.ty, signature);
        for name in bindings(&parameter.pat).into_iter().map(|bound| bound.ident.to_string()) {
            // A macro, or a `cfg`, may give two parameters one name.
            if !is_primitive || !primitive.insert(name.clone()) {
                others.insert(name);
            }
        }
    }
    primitive.difference(&others).cloned().collect()
}

fn is_primitive(ty: &Type, signature: &Signature) -> bool {
    let is_parameter = |name| signature.generics.type_params().any(|parameter| &parameter.ident == name);
    match ty {
        // As a macro passes it on.
        Type::Group(inner) => is_primitive(&inner.elem, signature),
        Type::Path(path) => {
            matches!(TypeKind::of(ty), TypeKind::Integer(..) | TypeKind::Float | TypeKind::Char | TypeKind::Bool)
                && !path.path.get_ident().is_some_and(is_parameter)
        }
        _ => false,
    }
}

struct Leaves {
    primitives: HashSet<String>,
}

impl Leaves {
    /// `if .. { return .. }`
    fn is_exit(&self, statement: &Stmt) -> bool {
        let Stmt::Expr(Expr::If(ExprIf { cond, then_branch, else_branch: None, .. }), _) = statement else {
            return false;
        };
        self.is_primitive(cond) && matches!(&*then_branch.stmts, [Stmt::Expr(returned, _)] if self.is_return(returned))
    }

    fn is_return(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Return(returned) if returned.expr.as_ref().is_none_or(|value| self.is_inert(value)))
    }

    /// Whether it is no more than a value of the function.
    fn is_leaf(&self, block: &Block) -> bool {
        match &*block.stmts {
            [Stmt::Expr(value, None)] => self.is_inert(value) || self.is_return(value),
            [Stmt::Expr(returned, Some(_))] => self.is_return(returned),
            _ => false,
        }
    }

    /// Descends in the only branch that is no leaf. False: there is none, or more than one, or something is called to find it.
    fn descend_in(&self, choice: &mut ExprIf, descend: &TokenStream) -> bool {
        let ExprIf { cond, then_branch, else_branch, .. } = choice;
        if !self.is_primitive(cond) {
            return false;
        }
        match (self.is_leaf(then_branch), else_branch) {
            (true, Some((_, otherwise))) => match &mut **otherwise {
                Expr::Block(block) if self.is_leaf(&block.block) => false,
                Expr::Block(block) => {
                    precede(&mut block.block, descend);
                    true
                }
                otherwise => {
                    let goes_further = match &mut *otherwise {
                        Expr::If(choice) => self.descend_in(choice, descend),
                        _ => false,
                    };
                    if !goes_further {
                        *otherwise = syn::parse_quote!({ #descend #otherwise });
                    }
                    true
                }
            },
            (false, otherwise) => {
                let is_leaf = match otherwise {
                    None => true,
                    Some((_, otherwise)) => matches!(&**otherwise, Expr::Block(block) if self.is_leaf(&block.block)),
                };
                if is_leaf {
                    precede(then_branch, descend);
                }
                is_leaf
            }
            (true, None) => false,
        }
    }

    /// Whether it is a value that nothing is called for, not where it is converted to another type either.
    fn is_inert(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(inner) => self.is_inert(&inner.expr),
            Expr::Tuple(tuple) => tuple.elems.iter().all(|element| self.is_inert(element)),
            Expr::Call(call) => is_wrapper(&call.func) && call.args.iter().all(|argument| self.is_inert(argument)),
            Expr::Lit(_) => true,
            value => self.is_primitive(value) || is_variant(value),
        }
    }

    /// Whether it is a value of a primitive type that nothing is called for.
    fn is_primitive(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(literal) => is_number(&literal.lit),
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.primitives.contains(&name.to_string())),
            Expr::Paren(inner) => self.is_primitive(&inner.expr),
            Expr::Binary(binary) => {
                (is_logic(&binary.op) || is_comparison(&binary.op))
                    && self.is_primitive(&binary.left)
                    && self.is_primitive(&binary.right)
            }
            Expr::Unary(unary) => match unary.op {
                UnOp::Not(_) => self.is_primitive(&unary.expr),
                // Of anything else it may overflow.
                UnOp::Neg(_) => matches!(&*unary.expr, Expr::Lit(literal) if is_number(&literal.lit)),
                _ => false,
            },
            _ => false,
        }
    }
}

/// In a block that is ours by its braces, and so of our edition: what its last expression makes is dropped before it comes up again.
fn precede(block: &mut Block, descend: &TokenStream) {
    block.brace_token = syn::token::Brace(names::at(block.brace_token.span.join()));
    block.stmts.insert(0, Stmt::Expr(Expr::Verbatim(descend.clone()), None));
}

fn is_number(literal: &Lit) -> bool {
    matches!(literal, Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) | Lit::Byte(_))
}

/// `None`, or a variant by its enum and how it is written. A constant may be a reference, which a return may convert by a call.
fn is_variant(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    let is_named_so = path.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.contains(|letter: char| letter.is_ascii_lowercase())
    });
    path.path.is_ident("None") || (path.qself.is_none() && path.path.segments.len() > 1 && is_named_so)
}

/// A variant of the standard enums, by its name of the prelude.
fn is_wrapper(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.get_ident().is_some_and(|name| ["Ok", "Err", "Some"].iter().any(|known| name == known))
}

fn is_logic(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}
