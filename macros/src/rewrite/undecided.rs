//! `(a * 2 - b) * c`, of numbers with operators of their own: which `* 2` it is the compiler decides last, by what a literal is by default, and until
//! then the type of the product is open. To choose by the types of such operands is too early (PC0020), so of them it is asked late
//! (`runtime/src/arithmetic/late.rs`), which costs a build without optimisation more. So only in a function that shows an operand that is no
//! number of the language's.

use std::collections::HashSet;

use syn::visit::Visit;
use syn::{BinOp, Block, Expr, ExprAssign, ExprBinary, FnArg, Lit, Local, Pat, Signature, Stmt, Type, UnOp};

/// What is known of a function's open types.
#[derive(Default)]
pub(super) struct Undecided {
    /// An operand shows a type with operators of its own.
    overloads: bool,
    /// Variables that are no number of the language's by their written type.
    own: HashSet<String>,
    /// Variables with an open type.
    open: HashSet<String>,
}

impl Undecided {
    pub(super) fn of(signature: &Signature, block: &Block) -> Self {
        let mut found = Self::default();
        for input in &signature.inputs {
            if let FnArg::Typed(typed) = input {
                found.declare(&typed.pat, &typed.ty);
            }
        }
        found.visit_block(block);
        if !found.overloads {
            return Self::default();
        }
        // Once more: a variable may be used in a closure before.
        found.visit_block(block);
        found
    }

    /// Whether the type of the operator's operands may be open where it stands.
    pub(super) fn are_open(&self, operands: &[&Expr]) -> bool {
        self.overloads && operands.iter().any(|operand| self.is_open(operand))
    }

    fn is_open(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(inner) => self.is_open(&inner.expr),
            Expr::Group(inner) => self.is_open(&inner.expr),
            Expr::Reference(reference) => self.is_open(&reference.expr),
            Expr::Binary(binary) if makes_number(&binary.op) => {
                let ExprBinary { left, right, .. } = binary;
                is_number(left) != is_number(right) || self.is_open(left) || self.is_open(right)
            }
            Expr::Block(block) => match block.block.stmts.last() {
                Some(Stmt::Expr(tail, None)) => self.is_open(tail),
                _ => false,
            },
            other => name(other).is_some_and(|name| self.open.contains(&name)),
        }
    }

    fn is_own(&self, operand: &Expr) -> bool {
        match operand {
            Expr::Paren(inner) => self.is_own(&inner.expr),
            Expr::Group(inner) => self.is_own(&inner.expr),
            Expr::Reference(_) => true,
            other => name(other).is_some_and(|name| name == "self" || self.own.contains(&name)),
        }
    }

    fn declare(&mut self, pattern: &Pat, of: &Type) {
        // And the types of time, whose operators are checked too, but not late.
        const CHECKED: [&str; 17] = [
            "u8",
            "u16",
            "u32",
            "u64",
            "u128",
            "usize",
            "i8",
            "i16",
            "i32",
            "i64",
            "i128",
            "isize",
            "f32",
            "f64",
            "Duration",
            "Instant",
            "SystemTime",
        ];
        let mut of = of;
        while let Type::Reference(reference) = of {
            of = &reference.elem;
        }
        if let (Pat::Ident(name), Type::Path(path)) = (pattern, of)
            && let Some(last) = path.path.segments.last()
            && !CHECKED.iter().any(|checked| last.ident == checked)
        {
            self.own.insert(name.ident.to_string());
        }
    }
}

impl Visit<'_> for Undecided {
    fn visit_local(&mut self, local: &Local) {
        match (&local.pat, &local.init) {
            (Pat::Ident(name), Some(init)) if self.is_open(&init.expr) => {
                self.open.insert(name.ident.to_string());
            }
            (Pat::Type(typed), _) => self.declare(&typed.pat, &typed.ty),
            _ => {}
        }
        syn::visit::visit_local(self, local);
    }

    fn visit_expr_assign(&mut self, assign: &ExprAssign) {
        if let Some(name) = name(&assign.left).filter(|_| self.is_open(&assign.right)) {
            self.open.insert(name);
        }
        syn::visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        self.overloads |= makes_number(&binary.op) && (self.is_own(&binary.left) || self.is_own(&binary.right));
        syn::visit::visit_expr_binary(self, binary);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

fn makes_number(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::Shl(_)
            | BinOp::Shr(_)
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::BitXor(_)
    )
}

/// A literal that does not say its type, or made of such.
fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_number(&inner.expr),
        Expr::Group(inner) => is_number(&inner.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) && is_number(&unary.expr),
        Expr::Binary(binary) => is_number(&binary.left) && is_number(&binary.right),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.suffix().is_empty(),
            Lit::Float(number) => number.suffix().is_empty(),
            _ => false,
        },
        _ => false,
    }
}

fn name(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}
