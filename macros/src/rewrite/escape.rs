//! `#[portcullis::allow(cast, reason = "..")]`: what a statement, a block or an expression is excused from.

use syn::ext::IdentExt as _;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Meta, Stmt};

use crate::args::{self, Value};
use crate::names;
use crate::ranges::attribute::is_explain;
use crate::report::Report;
use crate::rules::Rule;

/// What can be excused in a body.
const IN_BODY: (&str, &str) = ("cast", "low byte on purpose");

/// The escapes around the place where the walk is.
#[derive(Default)]
pub(super) struct Escapes {
    open: Vec<Escape>,
    taken: bool,
}

pub(super) struct Escape {
    path: syn::Path,
    used: bool,
    /// Stands where it covers all that the reader sees behind it.
    whole: bool,
}

impl Escapes {
    /// Takes the escape off the attributes. `whole`: they stand on a statement, a block or parentheses.
    pub(super) fn open(&mut self, attributes: &mut Vec<Attribute>, whole: bool, report: &mut Report) -> bool {
        let Some(index) = attributes.iter().position(is_escape) else { return false };
        let attribute = attributes.remove(index);
        self.taken = true;
        let path = attribute.path().clone();
        ensure_excuses(IN_BODY, &attribute, report);
        self.open.push(Escape { path, used: false, whole });
        true
    }

    /// The end of what the innermost escape covers.
    pub(super) fn close(&mut self, report: &mut Report) {
        let Some(escape) = self.open.pop() else { return };
        if escape.used || !report.is_clean() {
            return;
        }
        if escape.whole {
            let message = "this escape excuses nothing: no cast under it is checked\nhelp: remove it";
            report.add(Rule::EscapesNothing, &escape.path, message);
        } else {
            let message = "inside an expression an escape needs parentheses around what it covers\n\
                help: `#[portcullis::allow(cast, reason = \"..\")] (x as u8)`";
            report.add(Rule::WrongEscape, &escape.path, message);
        }
    }

    /// Whether there was any.
    pub(super) fn taken(&self) -> bool {
        self.taken
    }

    /// Whether casts are excused here. Asking is using.
    pub(super) fn excuse_cast(&mut self) -> bool {
        self.open.iter_mut().for_each(|escape| escape.used = true);
        !self.open.is_empty()
    }
}

/// `portcullis::allow`, under whatever name the crate has. `allow` alone is the compiler's.
pub(crate) fn is_escape(attribute: &Attribute) -> bool {
    let segments = &attribute.path().segments;
    segments.len() > 1 && segments.last().is_some_and(|last| last.ident == "allow")
}

/// The parentheses that an escape needs are ours: without it the compiler's `unused_parens` would look at them.
pub(super) fn own_parentheses(expr: &mut Expr, attributes: &[Attribute]) {
    if let Expr::Paren(paren) = expr
        && attributes.iter().any(|attribute| is_escape(attribute) || is_explain(attribute))
    {
        paren.paren_token = syn::token::Paren(names::at(paren.paren_token.span.join()));
    }
}

/// Complains where an escape does not excuse what can be excused at its place, or says no reason. `what` comes with an
/// example of a reason.
pub(crate) fn ensure_excuses((what, why): (&str, &str), attribute: &Attribute, report: &mut Report) {
    let arguments = match &attribute.meta {
        Meta::List(list) => args::list(list.tokens.clone()).unwrap_or_default(),
        _ => Vec::new(),
    };
    match arguments.into_iter().next() {
        Some(first) if matches!(first.value, Value::Flag) && first.name.unraw() == what => {
            args::ensure_escape_reason(&first.name, attribute, report);
        }
        Some(first)
            if what == IN_BODY.0 && crate::strict::RULES.iter().any(|(rule, ..)| first.name.unraw() == rule) =>
        {
            let message = format!(
                "this escape excuses nothing: `{}` is a rule of `strict`, which the function is not under\n\
                 help: remove it, or write `#[zero_trust(strict)]`",
                first.name
            );
            report.add(Rule::EscapesNothing, attribute.path(), &message);
        }
        _ => {
            let message = format!(
                "an escape names what it excuses, and why\nhelp: `#[portcullis::allow({what}, reason = \"{why}\")]`"
            );
            report.add(Rule::WrongEscape, &attribute.meta, &message);
        }
    }
}

/// Takes every escape off a body that is printed with complaints: the compiler knows no such attribute.
pub(crate) struct Strip;

impl VisitMut for Strip {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let before = attributes(expr).map(|attributes| attributes.clone()).unwrap_or_default();
        own_parentheses(expr, &before);
        if let Some(attributes) = attributes(expr) {
            attributes.retain(|attribute| !is_escape(attribute) && !is_explain(attribute));
        }
        syn::visit_mut::visit_expr_mut(self, expr);
    }
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Local(local) => local.attrs.retain(|attribute| !is_escape(attribute) && !is_explain(attribute)),
            Stmt::Macro(call) => call.attrs.retain(|attribute| !is_escape(attribute)),
            _ => {}
        }
        syn::visit_mut::visit_stmt_mut(self, stmt);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

macro_rules! attributes {
    ($expr:ident: $($kind:ident)*) => {
        match $expr {
            $(Expr::$kind(inner) => Some(&mut inner.attrs),)*
            _ => None,
        }
    };
}

/// The attributes before an expression.
pub(crate) fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    attributes!(expr: Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop If Index
        Infer Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try Tuple Unary
        Unsafe While Yield)
}

/// The operand that an expression begins with, on which the parser hangs the attributes of the whole.
fn leftmost(expr: &mut Expr) -> Option<&mut Expr> {
    match expr {
        Expr::Binary(binary) => Some(&mut binary.left),
        Expr::Assign(assign) => Some(&mut assign.left),
        Expr::Cast(cast) => Some(&mut cast.expr),
        Expr::Range(range) => range.start.as_deref_mut(),
        _ => None,
    }
}

/// Moves the attributes of a statement from its leftmost operand to the statement.
pub(crate) fn hoist_attributes(expr: &mut Expr) {
    let Some(left) = leftmost(expr) else { return };
    hoist_attributes(left);
    let found = attributes(left).map(std::mem::take).unwrap_or_default();
    if let Some(own) = attributes(expr) {
        own.extend(found);
    }
}
