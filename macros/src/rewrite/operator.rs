//! One operator, printed so that the types decide: see `runtime/src/arithmetic.rs`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, BinOp, Expr, ExprBinary, ExprUnary, UnOp};

use crate::names;
use crate::refusal::{Or, Refused};

/// The method that checks the operator, and what carries the operands to the types' choice.
fn checked(op: &BinOp) -> Option<(&'static str, &'static str)> {
    Some(match op {
        BinOp::Add(_) => ("add", "Operands"),
        BinOp::Sub(_) => ("sub", "Operands"),
        BinOp::Mul(_) => ("mul", "Operands"),
        BinOp::Div(_) => ("div", "Operands"),
        BinOp::Rem(_) => ("rem", "Operands"),
        BinOp::Shl(_) => ("shl", "ShiftOperands"),
        BinOp::Shr(_) => ("shr", "ShiftOperands"),
        BinOp::AddAssign(_) => ("add_assign", "Operands"),
        BinOp::SubAssign(_) => ("sub_assign", "Operands"),
        BinOp::MulAssign(_) => ("mul_assign", "Operands"),
        BinOp::DivAssign(_) => ("div_assign", "Operands"),
        BinOp::RemAssign(_) => ("rem_assign", "Operands"),
        BinOp::ShlAssign(_) => ("shl_assign", "ShiftOperands"),
        BinOp::ShrAssign(_) => ("shr_assign", "ShiftOperands"),
        _ => return None,
    })
}

/// What carries operands by whose types nothing can be chosen yet.
fn carrier(decided: &'static str, open: bool) -> &'static str {
    match decided {
        _ if !open => decided,
        "ShiftOperands" => "OpenShiftOperands",
        _ => "OpenOperands",
    }
}

/// What stands in place of an operator whose operands are rewritten already; `None` for any other expression.
///
/// `open` is whether the types of the operands may not be known yet; `refuse` gets `__portcullis_violation` out of the function.
pub(super) fn rewrite(expr: &Expr, open: bool, or: &Or, refuse: impl FnOnce() -> Refused) -> Option<Expr> {
    match expr {
        Expr::Binary(binary) => {
            let (method, operands) = checked(&binary.op)?;
            let check = Check::new(binary.op.span(), &fitted(or, method), carrier(operands, open), refuse);
            let tokens = if method.ends_with("assign") { check.compound(binary) } else { check.binary(binary) };
            Some(with_attributes(&binary.attrs, &tokens))
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let check = Check::new(unary.op.span(), &fitted(or, "neg"), "Negated", refuse);
            Some(with_attributes(&unary.attrs, &check.unary(unary)))
        }
        _ => None,
    }
}

/// The method that does what `or(..)` says with a result that does not fit.
pub(super) fn fitted(or: &Or, method: &str) -> String {
    match or {
        Or::Saturate => format!("saturating_{}", method.trim_end_matches("_assign")),
        Or::Wrap => format!("wrapping_{}", method.trim_end_matches("_assign")),
        Or::Carry | Or::Panic | Or::Return(_) | Or::Observe => method.to_owned(),
    }
}

/// Whether the operator stores into its left side.
pub(super) fn is_compound(op: &BinOp) -> bool {
    checked(op).is_some_and(|(method, _)| method.ends_with("assign"))
        || matches!(op, BinOp::BitAndAssign(_) | BinOp::BitOrAssign(_) | BinOp::BitXorAssign(_))
}

/// The tokens, not parsed again: parsing each level anew costs four times.
pub(super) fn with_attributes(attributes: &[Attribute], tokens: &TokenStream) -> Expr {
    Expr::Verbatim(quote!(#(#attributes)* #tokens))
}

/// The parts that all operators share.
struct Check {
    /// The operator's own span: of the call that checks, whose place is the violation's place in the source and that of
    /// the compiler's errors.
    at: Span,
    carrier: Ident,
    method: Ident,
    refuse: Refused,
}

impl Check {
    fn new(operator: Span, method: &str, carrier: &str, refuse: impl FnOnce() -> Refused) -> Self {
        Self {
            at: operator,
            carrier: Ident::new(carrier, operator),
            method: Ident::new(&format!("__portcullis_{method}"), operator),
            refuse: refuse(),
        }
    }

    /// ```text
    /// a + b
    /// ```
    /// becomes
    /// ```text
    /// match (a, b) {
    ///     (l, r) => match if false { l + r } else {
    ///         match (&Operands(&l, &r)).add() {
    ///             Ok(done) => if done.as_written() { l + r } else { done.value() },
    ///             Err(violation) => instead(return refuse(violation)),
    ///         }
    ///     } { value => value }
    /// }
    /// ```
    /// The branch that never runs stands first for the types' sake: it joins literals with their operands and gives the
    /// result its type before a method has to be found. `match` and not `let`, which would change how long temporaries
    /// live. The last `match` keeps what the caller expects away from the branches, each of which would complain of it.
    fn binary(&self, ExprBinary { left, op, right, .. }: &ExprBinary) -> TokenStream {
        let (l, r) = (operand("l", left), operand("r", right));
        let checked = self.value(left, &quote_spanned!(self.at=> &#l, &#r), &quote!(#l #op #r));
        // In parentheses: a statement that begins with `match` would end with it.
        quote!((match (#left, #right) { (#l, #r) => #checked }))
    }

    /// As [`binary`](Self::binary), on a reference to the place. The right side first, as the language has it for
    /// primitives.
    fn compound(&self, ExprBinary { left, op, right, .. }: &ExprBinary) -> TokenStream {
        let (l, r) = (operand("l", left), operand("r", right));
        let written = quote!(*#l #op #r);
        let refuse = self.refuse.otherwise(&written);
        let checked = self.checked(&quote_spanned!(self.at=> &*#l, &#r), &written, &quote!(store(#l)), &refuse);
        if is_static(left) {
            // An operator on a `static mut` is no reference to it, so the lint has nothing to say to the user.
            return quote!(match (#right,) { #[allow(static_mut_refs)] (#r,) => match &mut #left { #l => #checked } });
        }
        quote!(match (#right, &mut #left) { (#r, #l) => #checked })
    }

    fn unary(&self, ExprUnary { op, expr, .. }: &ExprUnary) -> TokenStream {
        let r = operand("r", expr);
        let checked = self.value(expr, &quote_spanned!(self.at=> &#r), &quote!(#op #r));
        quote!((match (#expr,) { (#r,) => #checked }))
    }

    fn value(&self, first: &Expr, operands: &TokenStream, written: &TokenStream) -> TokenStream {
        // A branch that diverges would take part in finding the result's type, and win over the literals' default where a
        // closure's parameter types are known by nothing else.
        let checked = self.checked(operands, written, &quote!(value()), &self.refuse.instead(written));
        let value = operand("value", first);
        quote!(match #checked { #value => #value })
    }

    fn checked(
        &self,
        operands: &TokenStream,
        written: &TokenStream,
        end: &TokenStream,
        refuse: &TokenStream,
    ) -> TokenStream {
        let Self { at, carrier, method, .. } = self;
        let (done, violation) = (names::local("done"), names::local("violation"));
        let asked = quote_spanned!(*at=> (&__portcullis::#carrier(#operands)).#method());
        quote! {
            if false { #written } else {
                match #asked {
                    __portcullis::Ok(#done) => if #done.as_written() { #written } else { #done.#end },
                    #[allow(unreachable_code)]
                    __portcullis::Err(#violation) => #refuse,
                }
            }
        }
    }
}

/// Our name for an operand, in the place of what it stands for.
pub(super) fn operand(name: &str, expr: &Expr) -> Ident {
    Ident::new(&format!("__portcullis_{name}"), names::at(expr.span()))
}

/// A place that begins at a name in upper case.
pub(super) fn is_static(place: &Expr) -> bool {
    match place {
        Expr::Paren(inner) => is_static(&inner.expr),
        Expr::Group(inner) => is_static(&inner.expr),
        Expr::Field(field) => is_static(&field.base),
        Expr::Index(index) => is_static(&index.expr),
        other => is_constant_name(other),
    }
}

pub(super) fn is_constant_name(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    let last = path.path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|name| name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase))
}

/// Nothing but literals.
pub(super) fn is_literal(expr: &Expr) -> bool {
    made_of(expr, &|_| false)
}

/// Nothing but literals, names of constants and constructors. `bound` are names that are none, whatever their case. A field
/// of a constant may be behind a `Deref`, and counts as computed.
pub(super) fn is_constant(expr: &Expr, bound: &[String]) -> bool {
    made_of(expr, &|expr| match expr {
        Expr::Call(call) => is_constructor(&call.func) && call.args.iter().all(|arg| is_constant(arg, bound)),
        Expr::Struct(literal) => {
            literal.rest.is_none() && literal.fields.iter().all(|field| is_constant(&field.expr, bound))
        }
        Expr::Repeat(repeat) => is_constant(&repeat.expr, bound),
        other => is_constant_name(other) && !bound.contains(&other.to_token_stream().to_string()),
    })
}

/// `[A + 1, 2].iter()`: an array of constants that is lent to a method may be promoted to a static too.
pub(super) fn is_constant_array(expr: &Expr, bound: &[String]) -> bool {
    matches!(expr, Expr::Array(_) | Expr::Repeat(_)) && is_constant(expr, bound)
}

/// `Some`, `Level`: a function whose name begins in upper case.
fn is_constructor(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

fn made_of(expr: &Expr, leaf: &dyn Fn(&Expr) -> bool) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => made_of(&inner.expr, leaf),
        Expr::Group(inner) => made_of(&inner.expr, leaf),
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && made_of(&unary.expr, leaf),
        Expr::Binary(binary) => made_of(&binary.left, leaf) && made_of(&binary.right, leaf),
        Expr::Cast(cast) => made_of(&cast.expr, leaf),
        Expr::Array(array) => array.elems.iter().all(|element| made_of(element, leaf)),
        Expr::Tuple(tuple) => tuple.elems.iter().all(|element| made_of(element, leaf)),
        Expr::Reference(reference) => made_of(&reference.expr, leaf),
        other => leaf(other),
    }
}
