//! Methods of integers that wrap or panic: see `runtime/src/arithmetic/method.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprMethodCall, Token, UnOp};

use super::operator::{self, operand};
use super::{Broken, Walk};
use crate::names;
use crate::refusal::Or;

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

/// How a receiver can be looked at without changing what the call does to it.
enum Receiver {
    /// A path or a field of one: named twice, evaluated to the same place.
    Place,
    /// An index or a `*`, out of which no call can move.
    Lent,
    /// Anything else: a value, made once.
    Value,
}

impl Receiver {
    fn of(expr: &Expr) -> Self {
        match expr {
            Expr::Path(_) => Self::Place,
            Expr::Paren(inner) => Self::of(&inner.expr),
            Expr::Field(field) => Self::of(&field.base),
            Expr::Index(_) => Self::Lent,
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Self::Lent,
            _ => Self::Value,
        }
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
        let kind = Receiver::of(&call.receiver);
        if is_total(&name, count) && matches!(kind, Receiver::Lent) {
            return false;
        }
        self.visit_expr_mut(&mut call.receiver);
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        let refuse = self.refuse(Broken::Arithmetic);
        let (receiver, bound) = match kind {
            Receiver::Place => (call.receiver.to_token_stream(), None),
            Receiver::Lent => {
                let inner = &call.receiver;
                let name = operand("receiver", inner);
                (name.to_token_stream(), Some((name, quote!(&#inner))))
            }
            Receiver::Value => {
                let name = operand("receiver", &call.receiver);
                (name.to_token_stream(), Some((name, call.receiver.to_token_stream())))
            }
        };
        let tokens = if is_total(&name, count) {
            total(call, &receiver, bound, &or, &refuse)
        } else {
            let ExprMethodCall { dot_token, method, turbofish, .. } = &*call;
            let written = |arguments: &[Ident]| quote!(#receiver #dot_token #method #turbofish (#(#arguments),*));
            checked(&name, &receiver, bound, &call.args, &or, written, &refuse)
        };
        *expr = operator::with_attributes(&call.attrs, &tokens);
        true
    }

    /// `u32::pow(a, b)`.
    pub(super) fn visit_call(&mut self, expr: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expr);
        let Some(or) = self.methods() else { return };
        let Expr::Call(call) = &*expr else { return };
        let Expr::Path(path) = &*call.func else { return };
        let mut segments = path.path.segments.iter();
        let (Some(of), Some(name), None) = (segments.next(), segments.next(), segments.next()) else { return };
        let Some(count) = call.args.len().checked_sub(1) else { return };
        if !INTEGERS.iter().any(|integer| of.ident == integer) || !is_checked(&name.ident, count) {
            return;
        }
        let Some(first) = call.args.first() else { return };
        let refuse = self.refuse(Broken::Arithmetic);
        let receiver = operand("receiver", first);
        // A literal has the type that the path names.
        let bound = Some((receiver.clone(), quote!(__portcullis::given::<#of>(#first))));
        let rest = call.args.iter().skip(1).cloned().collect();
        let written = |arguments: &[Ident]| quote!(#path(#receiver #(, #arguments)*));
        let tokens = checked(&name.ident, &receiver.to_token_stream(), bound, &rest, &or, written, &refuse);
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
/// match (receiver,) {
///     (receiver,) => match (&Receiver(&receiver)).take() {
///         taken => match (argument,) {
///             (argument,) => match taken.pow(&argument) {
///                 Ok(done) => if done.as_written() { receiver.pow(argument) } else { done.value() },
///                 Err(violation) => instead(return refuse(violation)),
///             },
///         },
///     },
/// }
/// ```
/// An integer is copied before the argument is evaluated, as the language does; anything else is left where it is.
fn checked(
    name: &Ident,
    receiver: &TokenStream,
    bound: Option<(Ident, TokenStream)>,
    arguments: &Punctuated<Expr, Token![,]>,
    or: &Or,
    written: impl FnOnce(&[Ident]) -> TokenStream,
    refuse: &TokenStream,
) -> TokenStream {
    let at = name.span();
    let (taken, done, violation) = (names::local("taken"), names::local("done"), names::local("violation"));
    let values = arguments.iter();
    let named: Vec<Ident> = arguments.iter().map(|argument| operand("argument", argument)).collect();
    let method = Ident::new(&format!("__portcullis_{}", operator::fitted(or, &name.to_string())), at);
    let written = written(&named);
    let take = quote_spanned!(at=> (&__portcullis::Receiver(&#receiver)).__portcullis_take());
    let asked = quote_spanned!(at=> #taken.#method(#(&#named),*));
    let answered = quote! {
        match #take {
            #taken => match (#(#values,)*) {
                (#(#named,)*) => match #asked {
                    __portcullis::Ok(#done) => if #done.as_written() { #written } else { #done.value() },
                    #[allow(unreachable_code)]
                    __portcullis::Err(#violation) => __portcullis::instead(#refuse),
                },
            },
        }
    };
    if let Some((name, value)) = bound {
        return quote!((match (#value,) { (#name,) => #answered }));
    }
    quote!((#answered))
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
///                 match settled(how.run(numbers)) {
///                     Ok(total) => total,
///                     Err(violation) => instead(return refuse(violation)),
///                 }
///             }
///         }
///     }
/// }
/// ```
/// `run` of what is no iterator of numbers has the type `!`, so that a receiver that the call only lends is not moved.
fn total(
    call: &ExprMethodCall,
    receiver: &TokenStream,
    bound: Option<(Ident, TokenStream)>,
    or: &Or,
    refuse: &TokenStream,
) -> TokenStream {
    let ExprMethodCall { dot_token, method, turbofish, .. } = call;
    let at = method.span();
    let (target, how, value, violation) =
        (names::local("target"), names::local("how"), names::local("value"), names::local("violation"));
    let ask = Ident::new(&format!("__portcullis_{}", operator::fitted(or, &method.to_string())), at);
    let written = quote!(#receiver #dot_token #method #turbofish ());
    let asked = quote_spanned!(at=> (&&__portcullis::Totals(&#receiver, &#target)).#ask());
    let run = quote_spanned!(at=> #how.run(#receiver));
    let (pattern, values) = match bound {
        Some((name, value)) => (quote!((#name, #target)), quote!((#value, __portcullis::Target::new()))),
        None => (quote!((#target,)), quote!((__portcullis::Target::new(),))),
    };
    quote! {
        (match #values {
            #pattern => if false { #target.of(#written) } else {
                match #asked {
                    #[allow(unreachable_code)]
                    #how => if #how.as_written() { #written } else {
                        match __portcullis::settled(#run) {
                            __portcullis::Ok(#value) => #value,
                            __portcullis::Err(#violation) => __portcullis::instead(#refuse),
                        }
                    },
                }
            },
        })
    }
}
