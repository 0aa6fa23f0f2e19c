//! What is called on a place: the methods that take an index, and any method of an indexed receiver.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprMethodCall};

use super::super::method::Receiver;
use super::super::operator::{self, operand};
use super::super::{Broken, Walk};
use super::allow;
use super::lent::reads;
use super::place::{Chain, ends_indexed, take};
use crate::names;

/// The methods that panic outside of their receiver's bounds, by name, with the number of their arguments and how many of
/// these, from the first on, say where.
const METHODS: [(&str, usize, usize, &str); 33] = [
    ("split_at", 1, 1, "SplitAt"),
    ("split_at_mut", 1, 1, "SplitAt"),
    ("copy_from_slice", 1, 1, "CopyFromSlice"),
    ("clone_from_slice", 1, 1, "CopyFromSlice"),
    ("swap", 2, 2, "Swap"),
    ("remove", 1, 1, "Remove"),
    ("swap_remove", 1, 1, "SwapRemove"),
    ("insert", 2, 1, "Insert"),
    ("insert_str", 2, 1, "Insert"),
    ("drain", 1, 1, "Range"),
    ("range", 1, 1, "Range"),
    ("range_mut", 1, 1, "Range"),
    ("replace_range", 2, 1, "Range"),
    ("splice", 2, 1, "Range"),
    ("extend_from_within", 1, 1, "Range"),
    ("split_off", 1, 1, "SplitOff"),
    ("truncate", 1, 1, "Truncate"),
    ("chunks", 1, 1, "Chunks"),
    ("chunks_mut", 1, 1, "Chunks"),
    ("chunks_exact", 1, 1, "Chunks"),
    ("chunks_exact_mut", 1, 1, "Chunks"),
    ("rchunks", 1, 1, "Chunks"),
    ("rchunks_mut", 1, 1, "Chunks"),
    ("rchunks_exact", 1, 1, "Chunks"),
    ("rchunks_exact_mut", 1, 1, "Chunks"),
    ("windows", 1, 1, "Chunks"),
    ("step_by", 1, 1, "StepBy"),
    ("copy_within", 2, 2, "CopyWithin"),
    ("rotate_left", 1, 1, "Rotate"),
    ("rotate_right", 1, 1, "Rotate"),
    ("select_nth_unstable", 1, 1, "Select"),
    ("select_nth_unstable_by", 2, 1, "Select"),
    ("select_nth_unstable_by_key", 2, 1, "Select"),
];

/// A method that takes an index, as the last step.
pub(super) struct Call<'a> {
    pub(super) kind: Ident,
    pub(super) method: &'a Ident,
    pub(super) arguments: &'a [Ident],
}

impl Walk<'_> {
    /// `a[i](..)`: the element may be called as mutable, so the check comes before all of it, as for a method's receiver.
    pub(in crate::rewrite) fn visit_called(&mut self, expr: &mut Expr) -> bool {
        let Expr::Call(call) = expr else { return false };
        if self.rewrites.indexing.is_none() || !ends_indexed(&call.func) {
            return false;
        }
        let attributes = std::mem::take(&mut call.attrs);
        let chain = self.chain(take(&mut call.func));
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        let (before, callee) = self.checked_before(&chain);
        *call.func = Expr::Verbatim(quote!((#callee)));
        *expr = operator::with_attributes(&attributes, &after(before, call));
        true
    }

    pub(in crate::rewrite) fn visit_method_call(&mut self, expr: &mut Expr) {
        if self.visit_number_method(expr)
            || self.visit_index_method(expr)
            || self.visit_growing_method(expr)
            || self.visit_indexed_receiver(expr)
        {
            return;
        }
        let Expr::MethodCall(call) = expr else { return };
        self.visit_expr_mut(&mut call.receiver);
        let of_a_number = takes_numbers(&call.method);
        for argument in &mut call.args {
            if of_a_number { self.visit_value(argument) } else { self.visit_expr_mut(argument) }
        }
    }

    /// The receiver of a call that may need it shared or mutable: the place is named twice, once its indices have names.
    /// What is behind a value made here has one name, and is lent.
    pub(in crate::rewrite) fn element(&mut self, expr: &mut Expr) -> Receiver {
        let chain = self.chain(take(expr));
        let left = self.rewrites.indexing.is_none() || self.is_left(&chain);
        if chain.made {
            let inner = if left { chain.as_it_was() } else { self.checked(&chain) };
            let named = operand("receiver", &chain.root).into_token_stream();
            return Receiver { names: vec![named.clone()], values: vec![quote!(&#inner)], ..Receiver::place(named) };
        }
        let root = chain.root.to_token_stream();
        let names: Vec<TokenStream> = chain.names().iter().map(ToTokens::to_token_stream).collect();
        let copies: Vec<TokenStream> = names.iter().map(|name| quote!(__portcullis::copied(&#name))).collect();
        Receiver {
            named: chain.place(root.clone(), &names),
            looked_at: chain.place(root.clone(), &copies),
            names,
            values: chain.indices().map(|(index, _)| index.to_token_stream()).collect(),
            checks: if left { TokenStream::new() } else { self.checks(&root, &chain.steps, None) },
        }
    }

    /// `a[i].method(..)` may need `a` shared or mutable, and where `a` is a guard that is decided before `i` is evaluated. So
    /// the check comes before all of it.
    fn visit_indexed_receiver(&mut self, expr: &mut Expr) -> bool {
        let Expr::MethodCall(call) = expr else { return false };
        if self.rewrites.indexing.is_none() || !ends_indexed(&call.receiver) {
            return false;
        }
        let chain = self.chain(take(&mut call.receiver));
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        let attributes = std::mem::take(&mut call.attrs);
        let lent = if reads(call, &chain) { self.lent(&chain) } else { None };
        let (before, receiver) = match lent {
            Some(lent) => (None, quote!((*#lent))),
            None => self.checked_before(&chain),
        };
        *call.receiver = Expr::Verbatim(receiver);
        *expr = operator::with_attributes(&attributes, &after(before, call));
        true
    }

    /// The checks of a place, where they can stand before its use, and the place.
    fn checked_before(&mut self, chain: &Chain) -> (Option<TokenStream>, TokenStream) {
        if chain.made || self.is_left(chain) {
            (None, self.checked(chain))
        } else if self.is_constant_element(chain) {
            (Some(self.checked_twice(chain)), chain.as_it_was())
        } else {
            let root = chain.root.to_token_stream();
            let (before, slots) = self.before(chain, &root, &[], &[], None);
            (Some(before), chain.place(root, &slots))
        }
    }

    /// `list.remove(i)`.
    fn visit_index_method(&mut self, expr: &mut Expr) -> bool {
        let Expr::MethodCall(call) = expr else { return false };
        let known = METHODS.iter().find(|(name, count, ..)| call.method == name && call.args.len() == *count);
        let (Some(&(_, _, places, kind)), true) = (known, self.rewrites.indexing.is_some()) else { return false };
        let chain = self.chain(take(&mut call.receiver));
        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
        if self.is_left(&chain) && !chain.steps.is_empty() {
            *call.receiver = Expr::Verbatim(chain.as_it_was());
            return true;
        }
        let values: Vec<Expr> = call.args.iter().take(places).cloned().collect();
        let arguments: Vec<Ident> =
            values.iter().enumerate().map(|(n, value)| operand(&format!("argument_{n}"), value)).collect();
        let ExprMethodCall { attrs, method, turbofish, dot_token, .. } = &*call;
        let last = Call { kind: Ident::new(kind, method.span()), method, arguments: &arguments };
        let rest: Vec<&Expr> = call.args.iter().skip(places).collect();
        let tokens = if chain.made {
            let (receiver, slots) = self.checked_root(&chain, &values, Some(&last));
            let (indices, places) = slots.split_at(chain.names().len());
            let receiver = chain.place(receiver, indices);
            quote!(#receiver #dot_token #method #turbofish (#(#places,)* #(#rest),*))
        } else {
            let root = chain.root.to_token_stream();
            let names: Vec<TokenStream> = chain.names().iter().map(ToTokens::to_token_stream).collect();
            let checks = self.checks(&root, &chain.steps, Some(&last));
            let receiver = if self.is_constant_element(&chain) { chain.as_it_was() } else { chain.place(root, &names) };
            let (indices, allow) = (chain.indices().map(|(index, _)| index), allow(&chain));
            quote! {
                (match (#(#indices,)* #(#values,)*) {
                    #allow
                    (#(#names,)* #(#arguments,)*) => {
                        #checks
                        #receiver #dot_token #method #turbofish (#(#arguments,)* #(#rest),*)
                    }
                })
            }
        };
        *expr = operator::with_attributes(attrs, &tokens);
        true
    }

    pub(super) fn check_call(&mut self, base: &TokenStream, call: &Call<'_>) -> TokenStream {
        let Call { kind, method, arguments } = call;
        let refuse = self.refuse(Broken::Indexing);
        let violation = names::local("violation");
        let places = quote!(&#base, &(#(&#arguments,)*));
        let called = if kind == "StepBy" {
            quote!(__portcullis::Stepped(#places))
        } else {
            quote!(__portcullis::Called(#places, __portcullis::calls::#kind))
        };
        let written = method.unraw().to_string();
        let asked = quote_spanned!(method.span()=> (&#called).__portcullis_ensure(#written));
        quote! {
            match #asked {
                __portcullis::Ok(()) => {}
                __portcullis::Err(#violation) => #refuse,
            }
        }
    }
}

/// A method that takes its argument by value, for certain. Any other may reborrow an element that is a `&mut`, on the way into the call.
fn takes_numbers(method: &Ident) -> bool {
    let name = method.to_string();
    let operation =
        name.split_once('_').filter(|(how, _)| ["wrapping", "checked", "saturating", "overflowing"].contains(how));
    operation
        .is_some_and(|(_, operation)| ["add", "sub", "mul", "div", "rem", "pow", "shl", "shr"].contains(&operation))
}

/// The use, with the checks before it.
fn after(before: Option<TokenStream>, used: impl ToTokens) -> TokenStream {
    let value = names::local("value");
    match before {
        Some(before) => quote!((match (#before, #used) { (_, #value) => #value })),
        None => used.to_token_stream(),
    }
}
