//! The arithmetic operators of a function's body, as written or as an attribute left them.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprBinary, ExprUnary, Token, UnOp};

/// What every name begins with that an attribute brings in.
const OURS: &str = "__portcullis_";

/// The macros whose arguments are expressions, before and after the compiler expanded what it can.
const STD_MACROS: [&str; 18] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "panic",
    "print",
    "println",
    "todo",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

#[derive(Default)]
pub(crate) struct Operators {
    /// The text of each operator on operands that no attribute has named.
    pub(crate) raw: Vec<String>,
    /// How many calls stand in an operator's place.
    pub(crate) checked: usize,
    /// The macros that the walk could not see into.
    pub(crate) opaque_macros: Vec<String>,
}

/// Of what the body itself does at run time: neither in items inside it, nor in constants.
pub(crate) fn operators(body: &Block) -> Operators {
    let mut found = Operators::default();
    found.visit_block(body);
    found
}

impl Visit<'_> for Operators {
    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        if is_literal(&binary.left) && is_literal(&binary.right) {
            return;
        }
        if is_arithmetic(&binary.op) && !is_ours(&binary.left) && !is_ours(&binary.right) {
            self.raw.push(binary.to_token_stream().to_string());
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &ExprUnary) {
        if matches!(unary.op, UnOp::Neg(_)) && !is_ours(&unary.expr) && !is_literal(&unary.expr) {
            self.raw.push(unary.to_token_stream().to_string());
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if call.method.to_string().starts_with(OURS) {
            self.checked = self.checked.saturating_add(1);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_repeat(&mut self, repeat: &syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        match arguments(&name, &call.tokens) {
            Some(arguments) => arguments.iter().for_each(|argument| match argument {
                // The name of a named argument is no place.
                Expr::Assign(assign) => self.visit_expr(&assign.right),
                other => self.visit_expr(other),
            }),
            None => self.opaque_macros.push(name),
        }
    }

    fn visit_expr_const(&mut self, _: &syn::ExprConst) {}
    fn visit_item(&mut self, _: &syn::Item) {}
    fn visit_type(&mut self, _: &syn::Type) {}
    fn visit_pat(&mut self, _: &syn::Pat) {}
    fn visit_path(&mut self, _: &syn::Path) {}
    fn visit_generic_argument(&mut self, _: &syn::GenericArgument) {}
    fn visit_attribute(&mut self, _: &syn::Attribute) {}
}

fn arguments(name: &str, tokens: &TokenStream) -> Option<Punctuated<Expr, Token![,]>> {
    let known = STD_MACROS.contains(&name);
    known.then(|| Punctuated::parse_terminated.parse2(tokens.clone()).ok()).flatten()
}

fn is_arithmetic(operator: &BinOp) -> bool {
    use BinOp::{
        Add, AddAssign, Div, DivAssign, Mul, MulAssign, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
    };
    matches!(
        operator,
        Add(_) | Sub(_) | Mul(_) | Div(_) | Rem(_) | Shl(_) | Shr(_) | AddAssign(_) | SubAssign(_) | MulAssign(_)
    ) || matches!(operator, DivAssign(_) | RemAssign(_) | ShlAssign(_) | ShrAssign(_))
}

fn is_ours(operand: &Expr) -> bool {
    match operand {
        Expr::Paren(inner) => is_ours(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => is_ours(&unary.expr),
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| name.to_string().starts_with(OURS)),
        _ => false,
    }
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => is_literal(&inner.expr),
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_literal(&unary.expr),
        Expr::Binary(binary) => is_literal(&binary.left) && is_literal(&binary.right),
        Expr::Cast(cast) => is_literal(&cast.expr),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::operators;

    fn raw(body: &syn::Block) -> Vec<String> {
        operators(body).raw
    }

    #[test]
    fn every_operator_on_a_name_is_raw() {
        assert_eq!(raw(&parse_quote!({ -(a + b) << 1 })), ["- (a + b) << 1", "- (a + b)", "a + b"]);
        assert_eq!(raw(&parse_quote!({ a %= 2 })), ["a %= 2"]);
        assert_eq!(raw(&parse_quote!({ assert!(a / 2 == 1, "{}", a >> 1) })), ["a / 2", "a >> 1"]);
    }

    #[test]
    fn literals_constants_and_comparisons_are_not() {
        assert!(raw(&parse_quote!({ (1 << 3) == -1 && a & b != c })).is_empty());
        assert!(
            raw(&parse_quote!({
                [0; N * 2];
                const M: usize = N + 1;
                const { N + 1 };
                [0_u8; 4]
            }))
            .is_empty()
        );
        assert!(
            raw(&parse_quote!({
                fn inner() {
                    a + b
                }
            }))
            .is_empty()
        );
    }

    #[test]
    fn named_operands_are_checked() {
        let body = parse_quote!({
            match (&__portcullis::Operands(&__portcullis_l, &__portcullis_r)).__portcullis_add() {
                _ => __portcullis_l + __portcullis_r,
            }
        });
        let found = operators(&body);
        assert_eq!((found.raw.len(), found.checked), (0, 1));
        assert!(raw(&parse_quote!({ *__portcullis_l += __portcullis_r })).is_empty());
        assert!(raw(&parse_quote!({ -__portcullis_r })).is_empty());
    }

    #[test]
    fn a_macro_that_is_not_of_std_is_named() {
        assert_eq!(operators(&parse_quote!({ mine!(a + b) })).opaque_macros, ["mine"]);
    }
}
