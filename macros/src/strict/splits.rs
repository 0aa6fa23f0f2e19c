//! What is left of a slice behind the part that a round takes off it.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, Pat};

use super::steps::{Round, strip, text};

/// Give a part and what is left, in that order.
const SPLITS: [&str; 8] = [
    "split_at",
    "split_at_mut",
    "split_at_checked",
    "split_first",
    "split_first_mut",
    "split_last",
    "split_first_chunk",
    "split_last_mut",
];

/// The variables that hold what is left of a place, each by its name.
pub(super) fn rests(round: &Round<'_>) -> BTreeMap<String, String> {
    struct Search<'a> {
        round: &'a Round<'a>,
        found: BTreeMap<String, String>,
        bound: BTreeMap<String, usize>,
    }
    impl Search<'_> {
        fn pair(&mut self, pattern: &Pat, value: &Expr) {
            self.found.extend(rest(self.round, pattern, value));
        }
    }
    impl Visit<'_> for Search<'_> {
        fn visit_local(&mut self, local: &syn::Local) {
            if let Some(init) = &local.init {
                self.pair(&local.pat, &init.expr);
            }
            visit::visit_local(self, local);
        }
        fn visit_expr_let(&mut self, of: &syn::ExprLet) {
            self.pair(&of.pat, &of.expr);
            visit::visit_expr_let(self, of);
        }
        fn visit_expr_match(&mut self, of: &syn::ExprMatch) {
            for arm in &of.arms {
                self.pair(&arm.pat, &of.expr);
            }
            visit::visit_expr_match(self, of);
        }
        fn visit_pat_ident(&mut self, name: &syn::PatIdent) {
            let count = self.bound.entry(name.ident.to_string()).or_default();
            *count = count.saturating_add(1);
            visit::visit_pat_ident(self, name);
        }
        // Something else may be in it then.
        fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
            self.bound.insert(text(&assign.left), usize::MAX);
            visit::visit_expr_assign(self, assign);
        }
    }
    let mut search = Search { round, found: BTreeMap::new(), bound: BTreeMap::new() };
    round.condition.iter().for_each(|condition| search.visit_expr(condition));
    search.visit_block(round.body);
    let Search { mut found, bound, .. } = search;
    found.retain(|name, _| bound.get(name) == Some(&1));
    found
}

/// `(_, rest)` of `place.split_at(4)`, `[_, rest @ ..]` of the place.
fn rest(round: &Round<'_>, pattern: &Pat, value: &Expr) -> Option<(String, String)> {
    match held(pattern) {
        Pat::Slice(of) if of.elems.len() > 1 => {
            let rest = of.elems.iter().find_map(|part| match part {
                Pat::Ident(name) => {
                    let (_, inner) = name.subpat.as_ref()?;
                    matches!(**inner, Pat::Rest(_)).then(|| name.ident.to_string())
                }
                _ => None,
            })?;
            Some((rest, text(value)))
        }
        Pat::Tuple(of) if of.elems.len() == 2 => {
            let Pat::Ident(rest) = of.elems.last()? else { return None };
            Some((rest.ident.to_string(), split(round, value)?))
        }
        _ => None,
    }
}

/// The place of which `place.split_at(4)` takes something off.
pub(super) fn split(round: &Round<'_>, value: &Expr) -> Option<String> {
    let call = match strip(value) {
        Expr::MethodCall(call) if is_lead(&call.method) => return split(round, &call.receiver),
        Expr::MethodCall(call) => call,
        _ => return None,
    };
    let takes_off = call.args.first().is_none_or(|amount| round.moves(amount));
    (SPLITS.iter().any(|split| call.method == split) && takes_off).then(|| text(&call.receiver))
}

/// From an `Option` to a `Result`, or to what is in it.
pub(super) fn is_lead(method: &syn::Ident) -> bool {
    ["ok_or", "ok_or_else", "unwrap", "expect", "copied", "cloned"].iter().any(|lead| method == lead)
}

/// What stands in `Some(..)` or `Ok(..)`.
fn held(pattern: &Pat) -> &Pat {
    match pattern {
        Pat::TupleStruct(of) if of.elems.len() == 1 => of.elems.first().map_or(pattern, held),
        Pat::Reference(inner) => held(&inner.pat),
        Pat::Paren(inner) => held(&inner.pat),
        Pat::Type(inner) => held(&inner.pat),
        other => other,
    }
}
