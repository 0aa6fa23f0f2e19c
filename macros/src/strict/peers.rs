//! What reads from the other side of a connection, as far as its type tells.

use syn::punctuated::Punctuated;
use syn::{Expr, GenericParam, Generics, Token, Type, TypeParamBound, WherePredicate};

use super::walk::Walk;

const READS: [&str; 2] = ["Read", "BufRead"];
const CONNECTIONS: [&str; 6] = ["TcpStream", "UnixStream", "Stdin", "StdinLock", "TlsStream", "ChildStdout"];

/// `TcpStream`, `BufReader<TcpStream>`, `impl BufRead`, `R` where `R: Read`, and references to them.
pub(super) fn is_peer(ty: &Type, generics: &Generics) -> bool {
    match ty {
        Type::Reference(inner) => is_peer(&inner.elem, generics),
        Type::Paren(inner) => is_peer(&inner.elem, generics),
        Type::Group(inner) => is_peer(&inner.elem, generics),
        Type::ImplTrait(of) => reads(&of.bounds),
        Type::TraitObject(of) => reads(&of.bounds),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return false };
            if CONNECTIONS.iter().any(|known| last.ident == known) {
                return true;
            }
            let held = super::types::arguments(&last.arguments);
            held.iter().any(|held| is_peer(held, generics))
                || path.path.get_ident().is_some_and(|name| is_bound(name, generics))
        }
        _ => false,
    }
}

fn is_bound(name: &syn::Ident, generics: &Generics) -> bool {
    let of_param = generics.params.iter().any(|param| match param {
        GenericParam::Type(param) => param.ident == *name && reads(&param.bounds),
        _ => false,
    });
    let of_where = generics.where_clause.iter().flat_map(|of| &of.predicates).any(|predicate| match predicate {
        WherePredicate::Type(of) => {
            matches!(&of.bounded_ty, Type::Path(path) if path.path.is_ident(name)) && reads(&of.bounds)
        }
        _ => false,
    });
    of_param || of_where
}

fn reads(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(of) => {
            of.path.segments.last().is_some_and(|last| READS.iter().any(|reads| last.ident == reads))
        }
        _ => false,
    })
}

impl Walk {
    /// Whether the other side of a connection decides how much this gives.
    pub(super) fn is_peer(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(inner) => self.is_peer(&inner.expr),
            Expr::Reference(inner) => self.is_peer(&inner.expr),
            Expr::Unary(inner) => self.is_peer(&inner.expr),
            Expr::Path(path) => {
                let name = path.path.get_ident();
                name.and_then(|name| self.scopes.local(&name.to_string())).is_some_and(|local| local.is_peer)
            }
            // Of the reader that it is put around.
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => {
                    let is_reader = path.path.segments.iter().rev().nth(1).is_some_and(|of| of.ident == "BufReader");
                    is_reader && call.args.last().is_some_and(|inner| self.is_peer(inner))
                }
                _ => false,
            },
            Expr::MethodCall(call) if ["by_ref", "bytes", "lines", "split"].iter().any(|all| call.method == all) => {
                self.is_peer(&call.receiver)
            }
            _ => false,
        }
    }
}
