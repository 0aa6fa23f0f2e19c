//! The rules of `#[check(..)]`: read, judged against the parameter's type, and printed.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprUnary, Lit, Token, UnOp};

use crate::args::{self, Arg, Args, Value};
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

/// Every rule's name.
pub(crate) const CHECKS: [&str; 10] =
    ["range", "length", "finite", "one_of", "ascii", "non_control", "email", "url", "custom", "nested"];

/// One rule on one value.
#[allow(clippy::large_enum_variant, reason = "few at a time, and none is kept")]
pub(crate) enum Check {
    Range {
        min: Option<Expr>,
        max: Option<Expr>,
    },
    Length {
        min: Option<Expr>,
        max: Option<Expr>,
        equal: Option<Expr>,
    },
    OneOf(Vec<Expr>),
    Custom(Expr),
    Nested,
    /// A rule without arguments, by the name of its function.
    Word(Ident),
}

impl Check {
    /// Reads one rule. `None` when it is not one, which the report then says.
    pub(crate) fn read(arg: Arg, report: &mut Report) -> Option<Self> {
        let name = arg.name.to_string();
        match (&*name, arg.value) {
            ("range", Value::List(tokens)) => {
                let mut args = Args::read("range", tokens, &["min", "max"], report);
                let mut bound = |key| args.take(key).and_then(|arg| arg.assigned(report));
                let (min, max) = (bound("min"), bound("max"));
                Some(Self::Range { min, max }.bounded(&arg.name, report))
            }
            ("length", Value::List(tokens)) => {
                let mut args = Args::read("length", tokens, &["min", "max", "equal"], report);
                let mut bound = |key| args.take(key).and_then(|arg| arg.assigned(report));
                let (min, max, equal) = (bound("min"), bound("max"), bound("equal"));
                Some(Self::Length { min, max, equal }.bounded(&arg.name, report))
            }
            ("one_of", Value::List(tokens)) => {
                let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens);
                let admitted: Vec<Expr> = report.take(list)?.into_iter().collect();
                if admitted.is_empty() {
                    report.add(
                        Rule::EmptyCheck,
                        &arg.name,
                        "`one_of` without values admits nothing\nhelp: `one_of(\"a\", \"b\")`",
                    );
                }
                Some(Self::OneOf(admitted))
            }
            ("custom", Value::Assigned(path)) => Some(Self::Custom(path)),
            ("nested", Value::Flag) => Some(Self::Nested),
            ("finite" | "ascii" | "non_control" | "email" | "url", Value::Flag) => Some(Self::Word(arg.name)),
            (known, _) if CHECKS.contains(&known) => {
                report.add(
                    Rule::UnknownCheck,
                    &arg.name,
                    &format!("`{known}` is not written so\nhelp: `{}`", form(known)),
                );
                None
            }
            _ => {
                report.add(Rule::UnknownCheck, &arg.name, &args::unknown("there is no rule", &name, &CHECKS));
                None
            }
        }
    }

    /// Refuses the rule that says nothing.
    fn bounded(self, name: &Ident, report: &mut Report) -> Self {
        if matches!(self, Self::Range { min: None, max: None } | Self::Length { min: None, max: None, equal: None }) {
            let message = format!("`{name}` without a bound admits everything\nhelp: `{}`", form(&name.to_string()));
            report.add(Rule::UnboundedCheck, name, &message);
        }
        self
    }

    /// Whether it can be true of a value of this type, and of which.
    pub(crate) fn ensure(&self, kind: TypeKind, name: &Ident, report: &mut Report) {
        if !self.fits(kind) {
            let help = kind.suggestion();
            report.add(Rule::MisfitCheck, name, &format!("`{name}` does not fit this type\nhelp: `{help}`"));
            return;
        }
        match self {
            Self::Range { min, max } => {
                if let TypeKind::Integer(least, largest) = kind {
                    for bound in [min, max].into_iter().flatten() {
                        ensure_inside(bound, least, largest, report);
                    }
                }
                ensure_ordered(name, min.as_ref(), max.as_ref(), report);
            }
            Self::Length { min, max, equal } => {
                for bound in [min, max, equal].into_iter().flatten() {
                    ensure_inside(bound, 0, u64::MAX.into(), report);
                }
                ensure_ordered(name, min.as_ref(), max.as_ref(), report);
                if let Some(equal) = equal
                    && (min.is_some() || max.is_some())
                {
                    let message = "`equal` stands alone\nhelp: `length(equal = 8)`, or `length(min = 1, max = 8)`";
                    report.add(Rule::EmptyCheck, equal, message);
                }
            }
            _ => {}
        }
    }

    fn fits(&self, kind: TypeKind) -> bool {
        use TypeKind::{Bool, Char, Float, Integer, List, Text, Unit, Unknown};
        match (self, kind) {
            (Self::Custom(_), _) | (_, Unknown) => true,
            (Self::Range { .. }, kind) => matches!(kind, Integer(..) | Float | Char),
            (Self::Length { .. }, kind) => matches!(kind, Text | List),
            (Self::OneOf(_), kind) => !matches!(kind, Unit | List),
            (Self::Nested, kind) => kind == List,
            (Self::Word(name), kind) if name == "finite" => kind == Float,
            (Self::Word(_), Integer(..) | Float | Char | Bool | Unit | List) => false,
            (Self::Word(_), Text) => true,
        }
    }

    /// The call that answers whether the value, given by reference, obeys. Spanned at the rule, since a rule that does not
    /// fit an alias of a type is found by the compiler.
    pub(crate) fn call(&self, at: Span, value: &TokenStream, binding: &TokenStream) -> TokenStream {
        let optional = |bound: &Option<Expr>| {
            bound.as_ref().map_or_else(|| quote!(__portcullis::None), |bound| quote!(__portcullis::Some(#bound)))
        };
        match self {
            Self::Range { min, max } => {
                let (min, max) = (optional(min), optional(max));
                quote_spanned!(at=> __portcullis::rules::range(#value, #min, #max))
            }
            Self::Length { min, max, equal } => {
                let (min, max, equal) = (optional(min), optional(max), optional(equal));
                quote_spanned!(at=> __portcullis::rules::length(#value, #min, #max, #equal))
            }
            Self::OneOf(admitted) => quote_spanned!(at=> __portcullis::rules::one_of(#binding, &[#(#admitted),*])),
            Self::Custom(path) => quote_spanned!(at=> __portcullis::rules::custom(#path(#value))),
            Self::Word(name) => quote_spanned!(at=> __portcullis::rules::#name(#value)),
            Self::Nested => unreachable!("validated_input prints the probe"),
        }
    }
}

/// How a rule is written.
fn form(name: &str) -> &'static str {
    match name {
        "range" => "range(min = 1, max = 100)",
        "length" => "length(max = 64)",
        "one_of" => "one_of(\"a\", \"b\")",
        "custom" => "custom = path::to::function",
        "finite" => "finite",
        "ascii" => "ascii",
        "non_control" => "non_control",
        "email" => "email",
        "url" => "url",
        _ => "nested",
    }
}

/// The value of an integer literal, with its sign.
fn integer(expr: &Expr) -> Option<(bool, u128)> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok().map(|value| (false, value)),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            integer(expr).filter(|(negative, _)| !negative).map(|(_, value)| (value != 0, value))
        }
        Expr::Paren(inner) => integer(&inner.expr),
        Expr::Group(inner) => integer(&inner.expr),
        _ => None,
    }
}

fn float(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => float(expr).map(|value| -value),
        _ => None,
    }
}

fn ensure_inside(bound: &Expr, least: i128, largest: u128, report: &mut Report) {
    let Some((negative, value)) = integer(bound) else { return };
    let inside = if negative { value <= least.unsigned_abs() && least < 0 } else { value <= largest };
    if !inside {
        let message =
            format!("this bound is outside the type, which holds {least} to {largest}\nhelp: a bound inside it");
        report.add(Rule::OutsideType, bound, &message);
    }
}

fn ensure_ordered(name: &Ident, min: Option<&Expr>, max: Option<&Expr>, report: &mut Report) {
    let (Some(min), Some(max)) = (min, max) else { return };
    let signed =
        |(negative, value): (bool, u128)| (!negative, if negative { u128::MAX.wrapping_sub(value) } else { value });
    let reversed = match (integer(min), integer(max)) {
        (Some(min), Some(max)) => signed(min) > signed(max),
        _ => matches!((float(min), float(max)), (Some(min), Some(max)) if min > max),
    };
    if reversed {
        let message = format!("`{name}` admits no value: its `min` is above its `max`\nhelp: swap them");
        report.add(Rule::EmptyCheck, quote!(#min), &message);
    }
}
