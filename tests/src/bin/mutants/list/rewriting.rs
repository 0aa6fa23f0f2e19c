//! What the walk over the body rewrites, and what it leaves: `macros/src/rewrite/`.

use super::{Mutant, takes_out};

const fn operator(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/operator.rs", from, to)
}

const fn walk(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/mod.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    // The rewriting.
    operator(
        "left side of a compound form first",
        "quote!(match (#right, &mut #left) { (#r, #l) => #checked })",
        "quote!(match (&mut #left, #right) { (#l, #r) => #checked })",
    ),
    operator(
        "right operand first",
        "quote!((match (#left, #right) { (#l, #r) => #checked }))",
        "quote!((match (#right, #left) { (#r, #l) => #checked }))",
    ),
    operator("unary minus left out", "matches!(unary.op, UnOp::Neg(_))", "false && matches!(unary.op, UnOp::Neg(_))"),
    operator("remainder left out", "        BinOp::Rem(_) => (\"rem\", \"Operands\"),\n", ""),
    operator("shift assignment left out", "        BinOp::ShlAssign(_) => (\"shl_assign\", \"ShiftOperands\"),\n", ""),
    walk("literals rewritten", "if operator::is_literal(expr) => {}", "if false && operator::is_literal(expr) => {}"),
    walk(
        "promoted constants rewritten",
        "Expr::Reference(reference) if self.is_promoted(&reference.expr) =>",
        "Expr::Reference(reference) if false && self.is_promoted(&reference.expr) =>",
    ),
    walk(
        "lent constant arrays rewritten",
        "if !self.is_unsafe && operator::is_constant_array(&call.receiver, &self.bound) =>",
        "if false && operator::is_constant_array(&call.receiver, &self.bound) =>",
    ),
    operator(
        "constructors of constants rewritten",
        "is_constructor(&call.func) && call",
        "false && is_constructor(&call.func) && call",
    ),
    operator(
        "structs of constants rewritten",
        "literal.rest.is_none() && literal",
        "false && literal.rest.is_none() && literal",
    ),
    operator(
        "bound names taken for constants",
        "is_constant_name(other) && !bound.contains(&other.to_token_stream().to_string())",
        "is_constant_name(other) && (true || bound.is_empty())",
    ),
    operator("a diverging branch", "self.refuse.instead(written)", "self.refuse.otherwise(written)"),
    walk("const blocks rewritten", "            Expr::Const(_) => {}\n", ""),
    walk("array lengths rewritten", "            Expr::Repeat(repeat) => self.visit_expr_mut(&mut repeat.expr),\n", ""),
    walk("nested items rewritten", "Stmt::Item(_) => {}", "Stmt::Item(item) => visit_mut::visit_item_mut(self, item),"),
    walk(
        "generic arguments rewritten",
        "    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}\n",
        "",
    ),
    walk("closures left out", "self.inside(|this| this.visit_closure(closure))", "self.inside(|_| ())"),
    walk("async blocks left out", "self.inside(|this| this.visit_body(&mut block.block))", "self.inside(|_| ())"),
    walk("closures return", "std::mem::replace(&mut self.exit, self.inner)", "self.exit"),
    walk(
        "macros left out",
        "if std::mem::take(&mut written) { self.visit_place_mut(expr) } else { self.visit_expr_mut(expr) }",
        "let _ = (expr, &mut written);",
    ),
    walk("let left out", "=> self.visit_value(&mut init.expr),", "=> {}"),
    walk(
        "let of a pattern left out",
        "pattern => self.visit_matched(&mut init.expr, index::borrows_mut(pattern)),",
        "_ => {}",
    ),
    walk("let-else's block left out", "self.visit_expr_mut(otherwise);", "let _ = otherwise;"),
    walk("arms left out", "of.arms.iter_mut().for_each(|arm| self.visit_arm_mut(arm));", ""),
    walk("arm guards left out", "            self.visit_expr_mut(&mut guarded.guard);", "            let _ = guarded;"),
    walk("assigned values left out", "self.visit_expr_mut(&mut assign.right);", ""),
    walk(
        "value of a compound form left out",
        "self.visit_value(&mut binary.right);\n                    self.visit_place_mut",
        "self.visit_place_mut",
    ),
    walk("places of compound forms left out", "self.visit_place_mut(&mut binary.left);", ""),
    walk("assigned places left out", "self.visit_assigned(&mut assign.left);", ""),
    walk("places borrowed as mutable left out", "self.visit_place_mut(&mut reference.expr),", "{}"),
    walk("casts left out", "Expr::Cast(_) => self.visit_cast(expr),", "Expr::Cast(_) => {}"),
    walk("a cast that wraps is checked", " || matches!(arithmetic.or, Or::Wrap) || ", " || "),
    walk("casts are checked unasked", ".filter(|arithmetic| arithmetic.casts) else", ".filter(|_| true) else"),
    walk(
        "casts beside unsafe are checked",
        "        if self.holds_unsafe && !arithmetic.or.observes() {\n",
        "        if false {\n",
    ),
    walk("escapes excuse nothing", " || self.escapes.excuse_cast() {", " || (self.escapes.excuse_cast() && false) {"),
    walk(
        "an escape is never closed",
        "        if opened {\n            self",
        "        if false && opened {\n            self",
    ),
    walk(
        "dbg left out",
        "known_macros::shown(call, |expr| self.visit_expr_mut(expr))",
        "known_macros::shown(call, |_| ())",
    ),
    walk(
        "a closure's slots outside of it",
        "*closure.body = Expr::Verbatim(quote!({ #slots #body }));",
        "let _ = body;",
    ),
    walk(
        "a closure's violation without a boundary",
        "        if self.exit == Exit::Unwind && or.unwinds()",
        "        if false && self.exit == Exit::Unwind && or.unwinds()",
    ),
    walk(
        "the boundary of another attribute is a closure",
        "Expr::Call(call) if is_boundary(&call.func) =>",
        "Expr::Call(call) if false && is_boundary(&call.func) =>",
    ),
];
