//! Attributes in a body.

use syn::Expr;

/// `#[portcullis::explain]`.
pub(crate) fn is_explain(attribute: &syn::Attribute) -> bool {
    let segments = &attribute.path().segments;
    segments.len() > 1 && segments.last().is_some_and(|last| last.ident == "explain")
}

/// `#[portcullis::allow(..)]`.
pub(super) fn is_escape(attribute: &syn::Attribute) -> bool {
    attribute.path().segments.len() > 1 && !is_explain(attribute)
}

/// The attributes of a statement hang on the operand that it begins with.
pub(super) fn leftmost_is_excused(expr: &Expr) -> bool {
    if attributes(expr).iter().any(is_escape) {
        return true;
    }
    match expr {
        Expr::Binary(binary) => leftmost_is_excused(&binary.left),
        Expr::Assign(assign) => leftmost_is_excused(&assign.left),
        Expr::Cast(cast) => leftmost_is_excused(&cast.expr),
        Expr::Range(range) => range.start.as_deref().is_some_and(leftmost_is_excused),
        _ => false,
    }
}

macro_rules! attributes {
    ($expr:ident: $($kind:ident)*) => {
        match $expr {
            $(Expr::$kind(inner) => &inner.attrs,)*
            _ => &[],
        }
    };
}

pub(crate) fn attributes(expr: &Expr) -> &[syn::Attribute] {
    attributes!(expr: Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop If Index
        Infer Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try Tuple Unary
        While)
}
