//! `or(..)`: what a function does with a violation.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, Item, PatIdent, ReturnType, Token};

use crate::args::Arg;
use crate::names;
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::Subject;

/// What a function does with a violation.
#[derive(Clone, Default)]
pub(crate) enum Or {
    /// Nothing written: the return type carries it.
    #[default]
    Carry,
    /// `or(panic)`.
    Panic,
    /// `or(return <expr>)`.
    Return(Box<Expr>),
    /// `or(saturate)`, of arithmetic: the nearest value of the type.
    Saturate,
    /// `or(wrap)`, of arithmetic: what a release build does without us.
    Wrap,
    /// Under `observe`, whatever else is written: it is told, and the function goes on.
    Observe,
}

/// From where the violation has to get out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// A `return` leaves the protected function.
    Return,
    /// Inside a closure or an async block, which a `return` would leave instead; the function has a boundary.
    Unwind,
    /// The same, and no boundary.
    Panic,
    /// Inside what `judged` of the runtime runs, which answers with it.
    Judged,
}

/// What is printed for a violation at one place.
pub(crate) struct Refused {
    tokens: TokenStream,
    /// What comes behind it runs.
    goes_on: bool,
}

impl Refused {
    /// In the place of a value of its own type. `written` is what stands there without us: it wraps, or panics, as the user's
    /// profile has it.
    pub(crate) fn instead(&self, written: &TokenStream) -> TokenStream {
        let tokens = &self.tokens;
        if self.goes_on { self.otherwise(written) } else { quote!(__portcullis::instead(#tokens)) }
    }

    /// In the place of a value, where it need not have the value's type.
    pub(crate) fn otherwise(&self, written: &TokenStream) -> TokenStream {
        let tokens = &self.tokens;
        if !self.goes_on {
            return tokens.clone();
        }
        let foreseen = names::local("foreseen");
        quote!({ #tokens; match __portcullis::Foreseen::new() { #foreseen => #written } })
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.goes_on
    }
}

impl ToTokens for Refused {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Parse for Or {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let or = if input.peek(Token![return]) {
            input.parse::<Token![return]>()?;
            if input.is_empty() {
                Self::Return(Box::new(syn::parse_quote!(())))
            } else {
                Self::Return(Box::new(input.parse()?))
            }
        } else {
            let word = input.call(Ident::parse_any)?;
            match &*word.to_string() {
                "panic" => Self::Panic,
                "saturate" => Self::Saturate,
                "wrap" => Self::Wrap,
                _ => {
                    let message = "`or` takes `panic` or `return`, of arithmetic also `saturate` or `wrap`\n\
                        help: `or(panic)`, `or(return <expr>)`, or nothing to return the violation";
                    return Err(Rule::WrongValue.error(word, message));
                }
            }
        };
        if input.is_empty() {
            Ok(or)
        } else {
            Err(Rule::WrongValue.error(input.parse::<TokenStream>()?, "nothing can follow here"))
        }
    }
}

impl Or {
    /// From the argument `or(..)`, else the one of the list around it. `of` is the protection.
    pub(crate) fn from(arg: Option<Arg>, outer: &Self, of: &str, report: &mut Report) -> Self {
        let Some(arg) = arg else { return outer.clone() };
        let name = arg.name.clone();
        let or = Self::read(arg, report);
        if matches!(or, Self::Saturate | Self::Wrap) && of != "checked_arithmetic" {
            let message = "only the result of `checked_arithmetic` can be made to fit\n\
                help: `checked_arithmetic(or(saturate))`, or another way out: `or(panic)`, `or(return <expr>)`";
            report.add(Rule::WrongValue, name, message);
        }
        or
    }

    fn read(arg: Arg, report: &mut Report) -> Self {
        let name = arg.name.clone();
        match arg.list(report) {
            Some(tokens) if tokens.is_empty() => {
                report.add(Rule::WrongValue, name, "`or` takes `panic` or `return <expr>`\nhelp: `or(panic)`");
                Self::Carry
            }
            Some(tokens) => report.take(syn::parse2(tokens)).unwrap_or_default(),
            None => Self::Carry,
        }
    }

    /// What stands at a place of the body.
    pub(crate) fn refused(&self, subject: &Subject, exit: Exit, violation: &TokenStream) -> Refused {
        Refused { tokens: self.refuse(subject, exit, violation), goes_on: self.observes() && exit != Exit::Judged }
    }

    /// What becomes of it under `observe`.
    pub(crate) fn under(self, observed: bool) -> Self {
        if observed { Self::Observe } else { self }
    }

    /// Whether nothing is refused.
    pub(crate) fn observes(&self) -> bool {
        matches!(self, Self::Observe)
    }

    /// The expression that gets `violation` out of the function. It diverges, but for one that only observes.
    pub(crate) fn refuse(&self, subject: &Subject, exit: Exit, violation: &TokenStream) -> TokenStream {
        match (exit, self) {
            (Exit::Judged, _) => quote!(return __portcullis::Err(#violation)),
            (_, Self::Observe) => quote!(__portcullis::observed(#violation, __PORTCULLIS_FUNCTION)),
            (Exit::Unwind, Self::Carry | Self::Return(_)) => {
                quote!(__portcullis::unwind(#violation, __PORTCULLIS_FUNCTION))
            }
            // What has no value at all, such as a quotient by zero, is left of the policies that make one fit.
            (Exit::Panic, _) | (_, Self::Panic | Self::Saturate | Self::Wrap) => {
                quote!(__portcullis::panic(#violation, __PORTCULLIS_FUNCTION))
            }
            (Exit::Return, Self::Carry) => {
                // Spanned at the type: that it can carry nothing is then one error, under it, however many exits there are.
                let at = match &subject.item.sig.output {
                    ReturnType::Type(_, written) => names::at(written.span()),
                    ReturnType::Default => Span::mixed_site(),
                };
                let output = subject.output().map(|output| quote_spanned!(at=> ::<#output>));
                let refuse = quote_spanned!(at=> __portcullis::refuse #output);
                quote!(return #refuse(#violation, __PORTCULLIS_FUNCTION))
            }
            (Exit::Return, Self::Return(value)) => {
                // The user's own `violation`: seen by the tokens of the attribute.
                let name = Ident::new("violation", Span::call_site());
                quote!({
                    #[allow(unused_variables)]
                    let #name = __portcullis::within(#violation, __PORTCULLIS_FUNCTION);
                    // The value of a function that never returns diverges by itself.
                    #[allow(unreachable_code)]
                    return #value;
                })
            }
        }
    }

    /// Whether a violation in a closure unwinds to the function's boundary.
    pub(crate) fn unwinds(&self) -> bool {
        matches!(self, Self::Carry | Self::Return(_))
    }

    /// Complains where a limit of the whole request could not be kept.
    pub(crate) fn ensure_limit(&self, protection: &str, subject: &Subject, report: &mut Report) {
        if !self.observes() {
            self.ensure(subject, report);
            subject.ensure_seen(protection, report);
        }
    }

    /// Complains where the value could not get out.
    pub(crate) fn ensure(&self, subject: &Subject, report: &mut Report) {
        match self {
            Self::Carry if subject.returns_nothing() => {
                let message = "this function returns nothing, so it cannot carry a violation\n\
                    help: return a `Result<(), E>` where `E: From<portcullis::Violation>`\n\
                    help: or say in the attribute what to do instead: `or(return)` or `or(panic)`";
                report.add(Rule::NoWayOut, &subject.item.sig.ident, message);
            }
            Self::Return(value) => ensure_not_shadowed("or(return ..)", value, subject, report),
            Self::Carry | Self::Panic | Self::Saturate | Self::Wrap | Self::Observe => {}
        }
    }
}

/// The expression stands at several places of the body. A name that the body binds again would silently be another one there.
pub(crate) fn ensure_not_shadowed(key: &str, value: &Expr, subject: &Subject, report: &mut Report) {
    let mut bound = Bound::default();
    bound.visit_block(&subject.item.block);
    for name in names_in(value) {
        if bound.0.contains(&name.to_string()) {
            let message = format!(
                "`{key}` names `{name}`, and the body binds that name itself\nhelp: rename the `{name}` of the body"
            );
            report.add(Rule::ShadowedInOr, name, &message);
        }
    }
}

/// The names that a body binds: by patterns, constants, functions.
#[derive(Default)]
struct Bound(Vec<String>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, name: &PatIdent) {
        self.0.push(name.ident.to_string());
        syn::visit::visit_pat_ident(self, name);
    }
    fn visit_item(&mut self, item: &Item) {
        match item {
            Item::Const(item) => self.0.push(item.ident.to_string()),
            Item::Static(item) => self.0.push(item.ident.to_string()),
            Item::Fn(item) => self.0.push(item.sig.ident.to_string()),
            _ => {}
        }
    }
}

/// The names that an expression uses, or, in a macro, may use; once each.
pub(crate) fn names_in(value: &Expr) -> Vec<Ident> {
    let mut used = Used::default();
    used.visit_expr(value);
    used.0
}

/// The names that an expression uses, or, in a macro, may use. `violation` is bound beside the expression.
#[derive(Default)]
struct Used(Vec<Ident>);

impl Used {
    fn add(&mut self, name: Ident) {
        if name != "violation" && !self.0.contains(&name) {
            self.0.push(name);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut after_dot = false;
        for tree in tokens {
            let dot = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '.');
            match tree {
                // A field or a method is no binding.
                TokenTree::Ident(_) if after_dot => {}
                TokenTree::Ident(name) => self.add(name),
                TokenTree::Group(group) => self.tokens(group.stream()),
                // `{name}` of a format string.
                TokenTree::Literal(literal) => {
                    for inside in literal.to_string().split('{').skip(1) {
                        let name = inside.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
                        if let Some(Ok(name)) = name.map(syn::parse_str::<Ident>) {
                            self.add(Ident::new(&name.to_string(), literal.span()));
                        }
                    }
                }
                TokenTree::Punct(_) => {}
            }
            after_dot = dot;
        }
    }
}

impl Visit<'_> for Used {
    fn visit_path(&mut self, path: &syn::Path) {
        if let Some(name) = path.get_ident() {
            self.add(name.clone());
        }
        syn::visit::visit_path(self, path);
    }
    fn visit_macro(&mut self, call: &syn::Macro) {
        self.tokens(call.tokens.clone());
    }
}
