//! What asks for memory: the size is tested before the call, or what comes is counted. See `runtime/src/allocation.rs`.

mod counted;
mod made;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprMethodCall};

use super::index::Reach;
use super::operator::{self, operand};
use super::{Broken, Walk};
use crate::args::{self, Value};
use crate::names;
use crate::refusal::Or;
use crate::subject::Subject;

/// One request for memory.
pub(crate) struct Allocation {
    pub(crate) or: Or,
    /// How many bytes it may be: an expression of type `u64`.
    pub(crate) max: TokenStream,
}

/// The methods whose first argument says how much, with the number of their arguments and what it means.
const SIZED: [(&str, usize, &str); 7] = [
    ("reserve", 1, "More"),
    ("reserve_exact", 1, "More"),
    ("try_reserve", 1, "More"),
    ("try_reserve_exact", 1, "More"),
    ("resize", 2, "Whole"),
    ("resize_with", 2, "Whole"),
    ("repeat", 1, "Times"),
];

/// Whether `bounded_allocation` is among the attributes that are still to be expanded.
pub(super) fn is_later(subject: &Subject) -> bool {
    const NAME: &str = "bounded_allocation";
    subject.item.attrs.iter().any(|attribute| {
        let Some(name) = attribute.path().segments.last().map(|last| last.ident.to_string()) else { return false };
        let given = || args::list(args::tokens_of(attribute)).unwrap_or_default();
        name == NAME
            || name == "zero_trust" && given().iter().any(|arg| arg.name == NAME && matches!(arg.value, Value::List(_)))
    })
}

impl Walk<'_> {
    fn max(&self) -> Option<TokenStream> {
        self.rewrites.allocation.as_ref().map(|allocation| allocation.max.clone())
    }

    /// Whether what is too much is asked for all the same.
    fn observes_allocation(&self) -> bool {
        self.rewrites.allocation.as_ref().is_some_and(|allocation| allocation.or.observes())
    }

    /// A look before the call: what is too much, and is told before anything comes.
    fn looked_at(&mut self, asked: &TokenStream) -> TokenStream {
        let refuse = self.refuse(Broken::Allocation);
        let violation = names::local("violation");
        quote!(match #asked { __portcullis::Ok(()) => {} __portcullis::Err(#violation) => #refuse, })
    }

    /// What was asked for, where it is granted.
    fn granted(&mut self, asked: &TokenStream) -> TokenStream {
        let refuse = self.refuse(Broken::Allocation);
        let (granted, violation) = (names::local("granted"), names::local("violation"));
        // Behind an `if` clippy does not look for a `return` inside a larger expression (`diverging_sub_expression`).
        quote! {
            match #asked {
                __portcullis::Ok(#granted) => #granted,
                #[allow(unreachable_code)]
                __portcullis::Err(#violation) => if false { __portcullis::never() } else { __portcullis::instead(#refuse) },
            }
        }
    }

    /// Rewrites the call, whose receiver and arguments are not visited yet, if its method asks for memory.
    pub(super) fn visit_growing_method(&mut self, expr: &mut Expr) -> bool {
        let Some(max) = self.max() else { return false };
        let Expr::MethodCall(call) = &*expr else { return false };
        let (name, count) = (call.method.to_string(), call.args.len());
        if name == "collect" && count == 0 {
            return self.visit_collect(expr, &max);
        }
        let sized = SIZED.iter().find(|(known, arguments, _)| name == *known && count == *arguments);
        let counted = counted::is_counted(call, self.exit != self.inner);
        // What a closure is for, only a method of the user's own can tell.
        if sized.is_none() && !counted || matches!(call.args.first(), Some(Expr::Closure(_))) {
            return false;
        }
        // To count what comes is to stand between the call and what it takes from.
        if self.observes_allocation() && sized.is_none() && !counted::tells_how_many(call) {
            return false;
        }
        let Expr::MethodCall(call) = expr else { return false };
        let reach = self.reach(&mut call.receiver);
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        let Some(reach) = reach else { return true };
        let tokens = match sized {
            Some((_, _, kind)) => self.sized(call, &reach, &Ident::new(kind, call.method.span()), &max),
            None => self.counted(call, &reach, &max),
        };
        *expr = operator::with_attributes(&call.attrs, &tokens);
        true
    }

    /// ```text
    /// list.resize(count, value)
    /// ```
    /// becomes
    /// ```text
    /// match (count,) {
    ///     (count,) => {
    ///         match (&&&Growing(&list, Whole)).admit(&count, max, "resize") {
    ///             Ok(()) => {}
    ///             Err(violation) => return refuse(violation),
    ///         }
    ///         list.resize(count, value)
    ///     }
    /// }
    /// ```
    /// A receiver that is made for the call goes on out of the `match`, since the call's result may borrow from it.
    fn sized(&mut self, call: &ExprMethodCall, reach: &Reach, kind: &Ident, max: &TokenStream) -> TokenStream {
        let ExprMethodCall { dot_token, method, turbofish, args, .. } = call;
        let (argument, value) = named(args.first());
        let rest: Vec<&Expr> = args.iter().skip(1).collect();
        let (looked_at, written) = (reach.looked_at(), method.to_string());
        let asked = quote_spanned! {method.span()=>
            (&&&__portcullis::Growing(&#looked_at, __portcullis::#kind)).__portcullis_admit(&#argument, #max, #written)
        };
        let look = self.looked_at(&asked);
        let Reach { checks, allow, .. } = reach;
        let checks = quote!(#checks #look);
        let bound: Vec<_> = value.iter().map(|_| &argument).collect();
        let values = reach.values().into_iter().chain(value.map(ToTokens::to_token_stream));
        if !reach.is_made() {
            let (leading, receiver) = (reach.names(), reach.named());
            return quote! {
                (match (#(#values,)*) {
                    #allow
                    (#(#leading,)* #(#bound,)*) => {
                        #checks
                        #receiver #dot_token #method #turbofish (#argument, #(#rest),*)
                    }
                })
            };
        }
        let (base, indices) = (reach.base(), reach.indices());
        let slots: Vec<TokenStream> = indices.iter().map(|_| self.slot().into_token_stream()).collect();
        let slot = value.map(|_| self.slot());
        let kept = slot.as_ref().map(|slot| quote!(#slot = #argument;));
        let receiver = quote! {
            (match (#(#values,)*) {
                (#base, #(#indices,)* #(#bound,)*) => {
                    #checks
                    #(#slots = #indices;)*
                    #kept
                    #base
                }
            })
        };
        let receiver = reach.on(receiver, &slots);
        let argument = slot.map_or(argument, ToTokens::into_token_stream);
        quote!(#receiver #dot_token #method #turbofish (#argument, #(#rest),*))
    }
}

/// What names an argument, and the value to be named. A path names itself: what it names is lent to the call as the language does.
fn named(argument: Option<&Expr>) -> (TokenStream, Option<&Expr>) {
    match argument {
        Some(path @ Expr::Path(_)) => (path.to_token_stream(), None),
        Some(value) => (operand("argument", value).into_token_stream(), Some(value)),
        None => (TokenStream::new(), None),
    }
}
