//! Methods of integers that wrap or panic: see `runtime/src/arithmetic/method.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprMethodCall, Token, UnOp};

use super::operator::{self, operand};
use super::{Broken, Walk};
use crate::names;
use crate::refusal::{Or, Refused};

/// The methods, with the number of their arguments.
const METHODS: [(&str, usize); 12] = [
    ("pow", 1),
    ("abs", 0),
    ("neg", 0),
    ("next_power_of_two", 0),
    ("next_multiple_of", 1),
    ("div_euclid", 1),
    ("rem_euclid", 1),
    ("div_ceil", 1),
    ("ilog", 1),
    ("ilog2", 0),
    ("ilog10", 0),
    ("isqrt", 0),
];

const INTEGERS: [&str; 12] = ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

fn is_checked(name: &Ident, arguments: usize) -> bool {
    METHODS.iter().any(|(known, count)| name == known && arguments == *count)
}

fn is_total(name: &Ident, arguments: usize) -> bool {
    arguments == 0 && (name == "sum" || name == "product")
}

/// Whether something comes to stand around the call.
pub(crate) fn is_rewritten(call: &ExprMethodCall) -> bool {
    is_checked(&call.method, call.args.len()) || is_total(&call.method, call.args.len())
}

/// How a receiver can be looked at without changing what the call does to it.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A path or a field of one: named twice, evaluated to the same place.
    Place,
    /// An index or a `*`, out of which no call can move: the same, once its indices have names.
    Element,
    /// Anything else: a value, made once.
    Value,
}

impl Kind {
    pub(super) fn of(expr: &Expr) -> Self {
        match expr {
            Expr::Path(_) => Self::Place,
            Expr::Paren(inner) => Self::of(&inner.expr),
            Expr::Field(field) => Self::of(&field.base),
            Expr::Index(_) => Self::Element,
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Self::Element,
            _ => Self::Value,
        }
    }
}

/// What names a receiver, and the names that this needs, with their values.
pub(super) struct Receiver {
    pub(super) named: TokenStream,
    /// The same place, to be looked at before the call.
    pub(super) looked_at: TokenStream,
    pub(super) names: Vec<TokenStream>,
    pub(super) values: Vec<TokenStream>,
    /// What comes between the names and the receiver: the checks of its indices.
    pub(super) checks: TokenStream,
}

impl Receiver {
    pub(super) fn place(named: TokenStream) -> Self {
        Self { looked_at: named.clone(), named, names: Vec::new(), values: Vec::new(), checks: TokenStream::new() }
    }

    fn value(value: &Expr) -> Self {
        let named = operand("receiver", value).into_token_stream();
        // The call may need its receiver `mut`.
        Self { names: vec![quote!(mut #named)], values: vec![value.to_token_stream()], ..Self::place(named) }
    }
}

impl Walk<'_> {
    /// Rewrites the call, whose receiver and arguments are not visited yet, if it is one of these methods.
    pub(super) fn visit_number_method(&mut self, expr: &mut Expr) -> bool {
        let Some(or) = self.methods() else { return false };
        let Expr::MethodCall(call) = expr else { return false };
        let (name, count) = (call.method.clone(), call.args.len());
        if !is_checked(&name, count) && !is_total(&name, count) {
            return false;
        }
        let kind = Kind::of(&call.receiver);
        if is_total(&name, count) && matches!(kind, Kind::Element) {
            return false;
        }
        let receiver = self.receiver(kind, &mut call.receiver);
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        let refuse = self.refuse(Broken::Arithmetic);
        let tokens = if is_total(&name, count) {
            total(call, &receiver, &or, &refuse)
        } else {
            let ExprMethodCall { dot_token, method, turbofish, .. } = &*call;
            let named = &receiver.named;
            let written = |arguments: &[Ident]| quote!(#named #dot_token #method #turbofish (#(#arguments),*));
            checked(&name, &receiver, kind, &call.args, &or, written, &refuse)
        };
        *expr = operator::with_attributes(&call.attrs, &tokens);
        true
    }

    pub(super) fn receiver(&mut self, kind: Kind, expr: &mut Expr) -> Receiver {
        if matches!(kind, Kind::Element) {
            return self.element(expr);
        }
        self.visit_expr_mut(expr);
        if matches!(kind, Kind::Place) { Receiver::place(expr.to_token_stream()) } else { Receiver::value(expr) }
    }

    /// `u32::pow(a, b)`.
    pub(super) fn visit_call(&mut self, expr: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expr);
        self.visit_maker(expr);
        let Some(or) = self.methods() else { return };
        let Expr::Call(call) = &*expr else { return };
        let Expr::Path(path) = &*call.func else { return };
        let mut segments = path.path.segments.iter();
        let (Some(of), Some(name), None) = (segments.next(), segments.next(), segments.next()) else { return };
        let Some(count) = call.args.len().checked_sub(1) else { return };
        if !INTEGERS.iter().any(|integer| of.ident == integer) || !is_checked(&name.ident, count) {
            return;
        }
        let refuse = self.refuse(Broken::Arithmetic);
        let tokens = by_path(path, &name.ident, &call.args, &or, &refuse);
        *expr = operator::with_attributes(&call.attrs, &tokens);
    }

    fn methods(&self) -> Option<Or> {
        self.rewrites
            .arithmetic
            .as_ref()
            .filter(|arithmetic| arithmetic.methods)
            .map(|arithmetic| arithmetic.or.clone())
    }
}

/// ```text
/// receiver.pow(argument)
/// ```
/// becomes
/// ```text
/// match ((&Receiver(&receiver)).take(), argument) {
///     (taken, argument) => match taken.pow(&argument) {
///         Ok(done) => if done.as_written() { receiver.pow(argument) } else { done.value() },
///         Err(violation) => instead(return refuse(violation)),
///     },
/// }
/// ```
/// An integer in a place is copied before the argument is evaluated, as the language does; anything else is left where it
/// is. A value that has no place is its own copy. Temporaries of the arguments live on behind the call, so they stand in no
/// arm of a `match`, save those behind the names of indices.
fn checked(
    name: &Ident,
    receiver: &Receiver,
    kind: Kind,
    arguments: &Punctuated<Expr, Token![,]>,
    or: &Or,
    written: impl FnOnce(&[Ident]) -> TokenStream,
    refuse: &Refused,
) -> TokenStream {
    let given = arguments.iter();
    let named: Vec<Ident> = arguments.iter().map(|argument| operand("argument", argument)).collect();
    let Receiver { names, values, checks, looked_at, .. } = receiver;
    let (take, taken) = take(name, looked_at);
    let answer = answer(name, &named, or, &written(&named), refuse);
    match kind {
        Kind::Value => quote! {
            (match (#(#values,)* #(#given,)*) {
                (#(#names,)* #(#named,)*) => match #take { #taken => #answer },
            })
        },
        Kind::Place => quote!((match (#take, #(#given,)*) { (#taken, #(#named,)*) => #answer })),
        Kind::Element => quote! {
            (match (#(#values,)*) {
                (#(#names,)*) => {
                    #checks
                    match (#take, #(#given,)*) { (#taken, #(#named,)*) => #answer }
                }
            })
        },
    }
}

/// As [`checked`], where the path names the type that literals take: the branch that never runs tells it.
fn by_path(
    path: &syn::ExprPath,
    name: &Ident,
    arguments: &Punctuated<Expr, Token![,]>,
    or: &Or,
    refuse: &Refused,
) -> TokenStream {
    let values = arguments.iter();
    let named: Vec<Ident> =
        arguments.iter().enumerate().map(|(n, argument)| operand(&format!("argument_{n}"), argument)).collect();
    let Some((receiver, rest)) = named.split_first() else { return TokenStream::new() };
    let written = quote!(#path(#(#named),*));
    let (take, taken) = take(name, &receiver.to_token_stream());
    let answer = answer(name, rest, or, &written, refuse);
    quote! {
        (match (#(#values,)*) {
            (#(#named,)*) => if false { #written } else { match #take { #taken => #answer } },
        })
    }
}

fn take(name: &Ident, receiver: &TokenStream) -> (TokenStream, Ident) {
    (quote_spanned!(name.span()=> (&__portcullis::Receiver(&#receiver)).__portcullis_take()), names::local("taken"))
}

/// What `taken` says to the method, and what comes of that.
fn answer(name: &Ident, arguments: &[Ident], or: &Or, written: &TokenStream, refuse: &Refused) -> TokenStream {
    let (taken, done, violation) = (names::local("taken"), names::local("done"), names::local("violation"));
    let method = Ident::new(&format!("__portcullis_{}", operator::fitted(or, &name.to_string())), name.span());
    let asked = quote_spanned!(name.span()=> #taken.#method(#(&#arguments),*));
    let instead = refuse.instead(written);
    // Behind an `if` clippy does not look for a `return` inside a larger expression (`diverging_sub_expression`).
    quote! {
        if false { __portcullis::never() } else {
            match #asked {
                __portcullis::Ok(#done) => if #done.as_written() { #written } else { #done.value() },
                #[allow(unreachable_code)]
                __portcullis::Err(#violation) => #instead,
            }
        }
    }
}

/// ```text
/// numbers.sum()
/// ```
/// becomes
/// ```text
/// match (numbers, Target::new()) {
///     (numbers, target) => if false { target.of(numbers.sum()) } else {
///         match (&&Totals(&numbers, &target)).sum() {
///             how => if how.as_written() { numbers.sum() } else {
///                 match numbers.run(how) {
///                     Ok(total) => total,
///                     Err(violation) => instead(return refuse(violation)),
///                 }
///             }
///         }
///     }
/// }
/// ```
/// `run` is asked for as a method of the receiver, so that one that the call only lends is lent: what is no iterator has
/// one by reference.
fn total(call: &ExprMethodCall, receiver: &Receiver, or: &Or, refuse: &Refused) -> TokenStream {
    let ExprMethodCall { dot_token, method, turbofish, .. } = call;
    let at = method.span();
    let Receiver { named, names, values, .. } = receiver;
    let (target, how, value, violation) =
        (names::local("target"), names::local("how"), names::local("value"), names::local("violation"));
    let ask = Ident::new(&format!("__portcullis_{}", operator::fitted(or, &method.to_string())), at);
    let written = quote!(#named #dot_token #method #turbofish ());
    let asked = quote_spanned!(at=> (&&__portcullis::Totals(&#named, &#target)).#ask());
    let found = if refuse.goes_on() {
        // The language finds it, and what it is given is looked at on the way.
        let watch = quote_spanned!(at=> #named.__portcullis_watch(#how));
        quote! {
            match #watch {
                (#value, __portcullis::Ok(())) => #value,
                (#value, __portcullis::Err(#violation)) => { #refuse; #value }
            }
        }
    } else {
        let run = quote_spanned!(at=> #named.__portcullis_run(#how));
        quote! {
            match #run {
                __portcullis::Ok(#value) => #value,
                __portcullis::Err(#violation) => __portcullis::instead(#refuse),
            }
        }
    };
    quote! {
        (match (#(#values,)* __portcullis::Target::new(),) {
            (#(#names,)* #target,) => if false { #target.of(#written) } else {
                match #asked {
                    #[allow(unreachable_code)]
                    #how => if #how.as_written() { #written } else { #found },
                }
            },
        })
    }
}
