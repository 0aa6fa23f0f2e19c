//! The rules of `#[check(..)]`: read, and judged against the type of the value. `value` finds that value in the parameter.

mod bounds;
mod pattern;
pub(crate) mod value;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprPath, Lit, LitStr, Member, Token};

use crate::args::{self, Arg, Args, Value};
use crate::check::bounds::{ensure_inside, ensure_length, ensure_range};
use crate::parameter::TypeKind;
use crate::report::Report;
use crate::rules::Rule;

/// Every rule's name.
pub(crate) const CHECKS: [&str; 15] = [
    "range",
    "length",
    "finite",
    "one_of",
    "ascii",
    "non_control",
    "email",
    "url",
    "regex",
    "custom",
    "nested",
    "args",
    "each",
    "keys",
    "values",
];

/// What leads from a value to the one that the rules are for.
const STEPS: [&str; 3] = ["via", "field", "deref"];

/// What `#[check(..)]` says of one value.
#[derive(Default)]
pub(crate) struct Rules {
    /// From the value to what its rules are for.
    pub(crate) steps: Vec<Step>,
    pub(crate) checks: Vec<(Ident, Check)>,
    /// Nothing more is asked: `trusted(reason = "..")`, or a mistake that has been reported.
    pub(crate) settled: bool,
}

/// One way in.
pub(crate) enum Step {
    /// `via = get_ref`: a method without arguments.
    Via(Ident),
    /// `field = payload`.
    Field(Member),
    /// `deref`.
    Deref(Ident),
}

/// One rule on one value.
pub(crate) enum Check {
    Range(Range),
    Length(Length),
    OneOf(Vec<Expr>),
    /// A text that is read when the macro runs.
    Pattern(LitStr),
    /// A `Regex` of the user's.
    Regex(Expr),
    Custom(Expr),
    Nested,
    /// `Validate` with what it needs to know.
    Args(Expr),
    /// A rule without arguments, by the name of its function.
    Word(Ident),
    Each(Rules),
    Keys(Rules),
    Values(Rules),
}

#[derive(Default)]
pub(crate) struct Range {
    pub(crate) min: Option<Expr>,
    pub(crate) max: Option<Expr>,
    pub(crate) exclusive_min: Option<Expr>,
    pub(crate) exclusive_max: Option<Expr>,
}

#[derive(Default)]
pub(crate) struct Length {
    pub(crate) min: Option<Expr>,
    pub(crate) max: Option<Expr>,
    pub(crate) equal: Option<Expr>,
    pub(crate) unit: Unit,
}

/// What a length is counted in.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Characters of a text, elements of a collection.
    #[default]
    Chars,
    Bytes,
    Graphemes,
}

/// Where rules stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Before a parameter, which has `#[trusted(..)]` for the others.
    Parameter,
    /// Under the name of a binding, or in `each(..)`: `trusted(..)` stands among them.
    Part,
}

impl Rules {
    /// Reads some, beside those that are there.
    pub(crate) fn read(&mut self, args: Vec<Arg>, standing: Standing, report: &mut Report) {
        let rules = self;
        for arg in args {
            let name = arg.name.clone();
            match (&*name.to_string(), arg.value) {
                ("via", Value::Assigned(Expr::Path(ExprPath { qself: None, path, .. })))
                    if path.get_ident().is_some() =>
                {
                    rules.steps.extend(path.get_ident().cloned().map(Step::Via));
                }
                ("field", Value::Assigned(field)) => rules.steps.extend(member(&field, report).map(Step::Field)),
                ("deref", Value::Flag) => rules.steps.push(Step::Deref(name)),
                ("trusted", Value::List(tokens)) if standing == Standing::Part => {
                    args::ensure_reason("trusted", tokens, name.span(), report);
                    rules.settled = true;
                }
                (_, value) => {
                    let once = rules.checks.iter().all(|(other, _)| *other != name || name == "custom");
                    if !once {
                        let message = format!("`{name}` is given twice\nhelp: keep one of them");
                        report.add(Rule::KeyTwice, &name, &message);
                    }
                    match Check::read(Arg { name: name.clone(), value }, report) {
                        Some(check) => rules.checks.push((name, check)),
                        None => rules.settled = true,
                    }
                }
            }
        }
    }

    /// Whether nothing at all is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.checks.is_empty() && !self.settled
    }

    fn find<'a, T>(&'a self, of: impl Fn(&'a Check) -> Option<T>) -> Option<T> {
        self.checks.iter().find_map(|(_, check)| of(check))
    }

    pub(crate) fn has_length(&self) -> bool {
        self.checks.iter().any(|(_, check)| matches!(check, Check::Length(_)))
    }

    pub(crate) fn each(&self) -> Option<&Self> {
        self.find(|check| if let Check::Each(rules) = check { Some(rules) } else { None })
    }

    pub(crate) fn keys(&self) -> Option<&Self> {
        self.find(|check| if let Check::Keys(rules) = check { Some(rules) } else { None })
    }

    pub(crate) fn values(&self) -> Option<&Self> {
        self.find(|check| if let Check::Values(rules) = check { Some(rules) } else { None })
    }

    pub(crate) fn has_custom(&self) -> bool {
        self.checks.iter().any(|(_, check)| matches!(check, Check::Custom(_)))
    }
}

fn member(field: &Expr, report: &mut Report) -> Option<Member> {
    match field {
        Expr::Path(ExprPath { qself: None, path, .. }) => path.get_ident().cloned().map(Member::Named),
        Expr::Lit(ExprLit { lit: Lit::Int(index), .. }) => {
            index.base10_parse().ok().map(|at: u32| Member::Unnamed(syn::Index { index: at, span: index.span() }))
        }
        _ => None,
    }
    .or_else(|| {
        let message = "`field` takes the name of a field\nhelp: `field = payload`, or `field = 0`";
        report.add(Rule::UnknownCheck, field, message);
        None
    })
}

impl Check {
    /// Reads one rule. `None` when it is not one, which the report then says.
    fn read(arg: Arg, report: &mut Report) -> Option<Self> {
        let name = arg.name.to_string();
        match (&*name, arg.value) {
            ("range", Value::List(tokens)) => {
                let keys = ["min", "max", "exclusive_min", "exclusive_max"];
                let mut args = Args::read("range", tokens, &keys, report);
                let [min, max, exclusive_min, exclusive_max] =
                    keys.map(|key| args.take(key).and_then(|arg| arg.assigned(report)));
                Some(Self::Range(Range { min, max, exclusive_min, exclusive_max }))
            }
            ("length", Value::List(tokens)) => {
                let mut args = Args::read("length", tokens, &["min", "max", "equal", "unit"], report);
                let [min, max, equal, unit] =
                    ["min", "max", "equal", "unit"].map(|key| args.take(key).and_then(|arg| arg.assigned(report)));
                let unit = unit.and_then(|unit| Unit::read(&unit, report)).unwrap_or_default();
                Some(Self::Length(Length { min, max, equal, unit }))
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
            ("regex", Value::Assigned(Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))) => {
                pattern::ensure(&text, report);
                Some(Self::Pattern(text))
            }
            ("regex", Value::Assigned(regex)) => Some(Self::Regex(regex)),
            ("custom", Value::Assigned(path)) => Some(Self::Custom(path)),
            ("args", Value::Assigned(value)) => Some(Self::Args(value)),
            ("nested", Value::Flag) => Some(Self::Nested),
            ("finite" | "ascii" | "non_control" | "email" | "url", Value::Flag) => Some(Self::Word(arg.name)),
            ("each" | "keys" | "values", Value::List(tokens)) => {
                let mut rules = Rules::default();
                rules.read(report.take(args::list(tokens))?, Standing::Part, report);
                if rules.is_empty() {
                    let message = format!("`{name}` without a rule admits everything\nhelp: `{}`", form(&name));
                    report.add(Rule::UnboundedCheck, &arg.name, &message);
                    rules.settled = true;
                }
                Some(match &*name {
                    "each" => Self::Each(rules),
                    "keys" => Self::Keys(rules),
                    _ => Self::Values(rules),
                })
            }
            (known, _) if CHECKS.contains(&known) || STEPS.contains(&known) => {
                report.add(
                    Rule::UnknownCheck,
                    &arg.name,
                    &format!("`{known}` is not written so\nhelp: `{}`", form(known)),
                );
                None
            }
            ("trusted", _) => {
                let message = "trust stands in an attribute of its own\nhelp: `#[trusted(reason = \"..\")]`, and in a list `trusted(reason = \"..\")`";
                report.add(Rule::UnknownCheck, &arg.name, message);
                None
            }
            _ => {
                let known = [&CHECKS[..], &STEPS].concat();
                report.add(Rule::UnknownCheck, &arg.name, &args::unknown("there is no rule", &name, &known));
                None
            }
        }
    }

    /// Whether it can be true of a value of this type, and of which.
    fn ensure(&self, kind: TypeKind, name: &Ident, report: &mut Report) {
        if !self.fits(kind) {
            let message = format!("`{name}` does not fit this type\nhelp: `#[check({})]`", kind.rule());
            report.add(Rule::MisfitCheck, name, &message);
            return;
        }
        match self {
            Self::Range(range) => {
                if let TypeKind::Integer(least, largest) = kind {
                    for bound in
                        [&range.min, &range.max, &range.exclusive_min, &range.exclusive_max].into_iter().flatten()
                    {
                        ensure_inside(bound, least, largest, report);
                    }
                }
                ensure_range(name, range, kind, report);
            }
            Self::Length(length) => ensure_length(name, length, report),
            _ => {}
        }
    }

    fn fits(&self, kind: TypeKind) -> bool {
        use TypeKind::{Char, Float, Integer, List, Map, Text, Unit, Unknown};
        match (self, kind) {
            (Self::Custom(_), _) | (_, Unknown) => true,
            (Self::Range(_), kind) => matches!(kind, Integer(..) | Float | Char),
            (Self::Length(_), kind) => matches!(kind, Text | List | Map),
            (Self::OneOf(_), kind) => !matches!(kind, Unit | List | Map),
            (Self::Nested, kind) => matches!(kind, List | Map),
            (Self::Each(_), kind) => kind == List,
            (Self::Keys(_) | Self::Values(_), kind) => kind == Map,
            (Self::Args(_), _) => false,
            (Self::Word(name), kind) if name == "finite" => kind == Float,
            (Self::Word(_) | Self::Pattern(_) | Self::Regex(_), kind) => kind == Text,
        }
    }

    /// The call that answers whether the value, given by reference, obeys. Spanned at the rule, since a rule that does not
    /// fit an alias of a type is found by the compiler. `None` of what is not asked of the value itself.
    fn call(&self, at: Span, value: &TokenStream, kind: TypeKind) -> Option<TokenStream> {
        let optional = |bound: &Option<Expr>| {
            bound.as_ref().map_or_else(|| quote!(__portcullis::None), |bound| quote!(__portcullis::Some(#bound)))
        };
        Some(match self {
            Self::Range(Range { min, max, exclusive_min: None, exclusive_max: None }) => {
                let (min, max) = (optional(min), optional(max));
                quote_spanned!(at=> __portcullis::rules::range(#value, #min, #max))
            }
            Self::Range(Range { min, max, exclusive_min, exclusive_max }) => {
                let [min, max, above, below] = [min, max, exclusive_min, exclusive_max].map(optional);
                quote_spanned!(at=> __portcullis::rules::range_between(#value, #min, #max, #above, #below))
            }
            Self::Length(Length { min, max, equal, unit }) => {
                let (min, max, equal) = (optional(min), optional(max), optional(equal));
                let length = Ident::new(unit.function(), at);
                quote_spanned!(at=> __portcullis::rules::#length(#value, #min, #max, #equal))
            }
            // Words compare with words; behind a name that tells nothing, with what the type compares with.
            Self::OneOf(admitted) if kind == TypeKind::Text => {
                quote_spanned!(at=> __portcullis::rules::one_of_words(#value, &[#(#admitted),*]))
            }
            Self::OneOf(admitted) => quote_spanned!(at=> __portcullis::rules::one_of(#value, &[#(#admitted),*])),
            Self::Pattern(text) => quote_spanned!(at=> __portcullis::rules::pattern(#value, {
                static __PORTCULLIS_PATTERN: __portcullis::rules::Pattern = __portcullis::rules::Pattern::new(#text);
                &__PORTCULLIS_PATTERN
            })),
            Self::Regex(regex) => quote_spanned!(at=> __portcullis::rules::regex(#value, &#regex)),
            Self::Custom(path) => quote_spanned!(at=> __portcullis::rules::custom(#path(#value))),
            Self::Word(name) => quote_spanned!(at=> __portcullis::rules::#name(#value)),
            Self::Nested | Self::Args(_) | Self::Each(_) | Self::Keys(_) | Self::Values(_) => return None,
        })
    }
}

impl Unit {
    fn read(written: &Expr, report: &mut Report) -> Option<Self> {
        let word = if let Expr::Path(ExprPath { path, .. }) = written { path.get_ident() } else { None };
        match word.map(ToString::to_string).as_deref() {
            Some("chars") => Some(Self::Chars),
            Some("bytes") => Some(Self::Bytes),
            Some("graphemes") => Some(Self::Graphemes),
            _ => {
                let message =
                    "a text has no length of this kind\nhelp: `unit = chars`, `unit = bytes` or `unit = graphemes`";
                report.add(Rule::UnknownCheck, written, message);
                None
            }
        }
    }

    fn function(self) -> &'static str {
        match self {
            Self::Chars => "length",
            Self::Bytes => "length_in_bytes",
            Self::Graphemes => "length_in_graphemes",
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
        "regex" => "regex = \"^[a-z]+$\"",
        "args" => "args = expression",
        "each" => "length(max = 64), each(length(max = 64))",
        "keys" => "length(max = 64), keys(length(max = 64)), values(nested)",
        "values" => "length(max = 64), values(range(min = 1, max = 100))",
        "via" => "via = get_ref",
        "field" => "field = payload",
        "deref" => "deref",
        "finite" => "finite",
        "ascii" => "ascii",
        "non_control" => "non_control",
        "email" => "email",
        "url" => "url",
        _ => "nested",
    }
}
