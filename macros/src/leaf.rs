//! The exits of a body that come before it can call anything, as `if n == 0 { return Ok(0); }`: no call that takes one leads
//! deeper, and none has to be counted for that.
//!
//! Half of the calls of a recursion end in them. What is recognized here runs no code of anyone's: no call but `Ok`, `Err` and
//! `Some`, no operator but those of types that the signature names as primitive, nothing dropped, no macro. What is not
//! recognized is taken for a call. A name is what it is called: someone's own type `u64` in scope would not be seen.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::{BinOp, Block, Expr, FnArg, Lit, Pat, Signature, Stmt, Type, UnOp};

use crate::parameter::TypeKind;

/// Puts `descend`, a statement, where a call of the function gets beyond its leaves. That is one place: from a choice with
/// several ways on it stands before the choice.
pub(crate) fn descend_after(signature: &Signature, body: &mut Block, descend: &TokenStream) {
    Leaves { primitives: primitives(signature), descend }.pass(body);
}

/// The parameters that are primitive by their types' names, and values.
fn primitives(signature: &Signature) -> HashSet<String> {
    let (mut primitive, mut others) = (HashSet::new(), HashSet::new());
    for input in &signature.inputs {
        let FnArg::Typed(parameter) = input else { continue };
        let Pat::Ident(name) = &*parameter.pat else { continue };
        let names = if is_primitive(&parameter.ty, signature) { &mut primitive } else { &mut others };
        // A macro may give two parameters one name.
        if !names.insert(name.ident.to_string()) {
            others.insert(name.ident.to_string());
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

struct Leaves<'a> {
    primitives: HashSet<String>,
    descend: &'a TokenStream,
}

/// Of a choice.
enum Branch<'a> {
    Block(&'a mut Block),
    Expr(&'a mut Expr),
}

impl Leaves<'_> {
    /// Through the statements that call nothing, up to the first that may.
    fn pass(&self, block: &mut Block) {
        let last = block.stmts.len().saturating_sub(1);
        let Some(at) = block.stmts.iter().position(|statement| !self.statement_calls_nothing(statement)) else {
            return;
        };
        // Nothing comes after the last one: each of its branches is an end of its own.
        if at == last
            && let Some(Stmt::Expr(expr, _)) = block.stmts.last_mut()
            && let Some(branch) = self.only_way_on(expr)
        {
            return self.pass_branch(branch);
        }
        block.stmts.insert(at, Stmt::Expr(Expr::Verbatim(self.descend.clone()), None));
    }

    fn pass_branch(&self, branch: Branch<'_>) {
        match branch {
            Branch::Block(block) => self.pass(block),
            Branch::Expr(Expr::Block(block)) if block.label.is_none() => {
                self.pass(&mut block.block);
            }
            Branch::Expr(expr) => {
                if let Some(branch) = self.only_way_on(expr) {
                    return self.pass_branch(branch);
                }
                let descend = self.descend;
                *expr = syn::parse_quote!({ #descend #expr });
            }
        }
    }

    /// The branch that may call something, where no other may, nor what chooses.
    fn only_way_on<'a>(&self, choice: &'a mut Expr) -> Option<Branch<'a>> {
        let mut ways = match choice {
            Expr::If(choice) if self.is_inert(&choice.cond) => {
                let mut ways = Vec::new();
                if !self.block_calls_nothing(&choice.then_branch) {
                    ways.push(Branch::Block(&mut choice.then_branch));
                }
                if let Some((_, otherwise)) = &mut choice.else_branch
                    && !self.calls_nothing(otherwise)
                {
                    ways.push(Branch::Expr(otherwise));
                }
                ways
            }
            Expr::Match(choice) if is_variable(&choice.expr) => {
                let is_asked = |pat: &Pat| guard(pat).is_none_or(|guard| self.is_inert(guard));
                if !choice.arms.iter().all(|arm| is_asked(&arm.pat)) {
                    return None;
                }
                let ways = choice.arms.iter_mut();
                ways.filter(|arm| !binds_nothing(&arm.pat) || !self.calls_nothing(&arm.body))
                    .map(|arm| Branch::Expr(&mut arm.body))
                    .collect()
            }
            _ => return None,
        };
        if ways.len() == 1 { ways.pop() } else { None }
    }

    fn statement_calls_nothing(&self, statement: &Stmt) -> bool {
        matches!(statement, Stmt::Expr(expr, _) if self.calls_nothing(expr))
    }

    /// Whether it surely runs no code of anyone's, up to its end or that of the function.
    fn calls_nothing(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Return(returned) => returned.expr.as_ref().is_none_or(|value| self.is_inert(value)),
            Expr::Block(block) => block.label.is_none() && self.block_calls_nothing(&block.block),
            Expr::If(choice) => {
                self.is_inert(&choice.cond)
                    && self.block_calls_nothing(&choice.then_branch)
                    && choice.else_branch.as_ref().is_none_or(|(_, otherwise)| self.calls_nothing(otherwise))
            }
            value => self.is_inert(value),
        }
    }

    fn block_calls_nothing(&self, block: &Block) -> bool {
        block.stmts.iter().all(|statement| self.statement_calls_nothing(statement))
    }

    /// Whether it is a value that nothing is called for, not where it is dropped or converted to another type either.
    fn is_inert(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(inner) => self.is_inert(&inner.expr),
            Expr::Tuple(tuple) => tuple.elems.iter().all(|element| self.is_inert(element)),
            Expr::Call(call) => {
                is_wrapper(&call.func)
                    && call.args.iter().all(|argument| self.is_inert(argument) || is_variant(argument))
            }
            Expr::Lit(_) => true,
            value => self.is_primitive(value) || is_none(value),
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

fn is_number(literal: &Lit) -> bool {
    matches!(literal, Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) | Lit::Byte(_))
}

/// A variable by its name: a place, which is looked at where it stands.
fn is_variable(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.qself.is_none() && path.path.get_ident().is_some(),
        Expr::Paren(inner) => is_variable(&inner.expr),
        _ => false,
    }
}

/// A variant without fields, or a struct, by how it is written. A constant may be a reference, which a return may convert by a call.
fn is_variant(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    let Some(last) = path.path.segments.last().map(|last| last.ident.to_string()) else { return false };
    path.qself.is_none()
        && last.starts_with(|first: char| first.is_ascii_uppercase())
        && last.contains(|letter: char| letter.is_ascii_lowercase())
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident("None"))
}

/// A variant of the standard enums, by its name of the prelude.
fn is_wrapper(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.get_ident().is_some_and(|name| ["Ok", "Err", "Some"].iter().any(|known| name == known))
}

fn is_logic(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}

fn is_comparison(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}

/// Of an arm.
fn guard(pat: &Pat) -> Option<&Expr> {
    if let Pat::Guard(guarded) = pat { Some(&guarded.guard) } else { None }
}

/// Whether no variable of the pattern owns anything.
fn binds_nothing(pat: &Pat) -> bool {
    match pat {
        Pat::Guard(guarded) => binds_nothing(&guarded.pat),
        Pat::Wild(_) | Pat::Rest(_) | Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) => true,
        Pat::Or(or) => or.cases.iter().all(binds_nothing),
        Pat::Paren(inner) => binds_nothing(&inner.pat),
        Pat::Reference(reference) => binds_nothing(&reference.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().all(binds_nothing),
        Pat::TupleStruct(tuple) => tuple.elems.iter().all(binds_nothing),
        Pat::Struct(of) => of.fields.iter().all(|field| binds_nothing(&field.pat)),
        _ => false,
    }
}
