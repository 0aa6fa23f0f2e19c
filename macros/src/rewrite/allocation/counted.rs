//! What has to be counted as it comes: `collect`, `extend`, `read_to_end`, `read_to_string`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprMethodCall, Lit};

use super::super::Walk;
use super::super::index::Reach;
use super::super::method::Kind;
use super::super::operator;
use super::named;
use crate::names;

/// Whether the call is one of these. `inside` is in a closure or an async block.
pub(super) fn is_counted(call: &ExprMethodCall, outside: bool) -> bool {
    let Some(argument) = call.args.first().filter(|_| call.args.len() == 1) else { return false };
    if call.method == "extend" {
        return true;
    }
    if call.method != "read_to_end" && call.method != "read_to_string" {
        return false;
    }
    match argument {
        // The name of a file, and no buffer.
        Expr::Lit(literal) => !matches!(literal.lit, Lit::Str(_)),
        Expr::Reference(reference) => reference.mutability.is_some(),
        Expr::Macro(_) => false,
        // It may be either. A reader that is captured would be captured to be changed, and the place of a file system is not.
        _ => outside || !matches!(Kind::of(&call.receiver), Kind::Place | Kind::Element),
    }
}

/// Of what comes, only an iterator may say how much it will be, before a list that has a name takes it.
pub(super) fn tells_how_many(call: &ExprMethodCall) -> bool {
    call.method == "extend" && matches!(Kind::of(&call.receiver), Kind::Place)
}

impl Walk<'_> {
    /// ```text
    /// items.collect()
    /// ```
    /// becomes
    /// ```text
    /// match (items, Target::new()) {
    ///     (items, target) => if false { target.of(items.collect()) } else {
    ///         match (&&Gathered(&items, &target)).collect(max) {
    ///             how => if how.as_written() { items.collect() } else {
    ///                 match items.run(how) {
    ///                     Ok(collected) => collected,
    ///                     Err(violation) => return refuse(violation),
    ///                 }
    ///             }
    ///         }
    ///     }
    /// }
    /// ```
    pub(super) fn visit_collect(&mut self, expr: &mut Expr, max: &TokenStream) -> bool {
        let Expr::MethodCall(call) = expr else { return false };
        let kind = Kind::of(&call.receiver);
        // An iterator is moved, and out of these nothing is.
        if matches!(kind, Kind::Element) {
            return false;
        }
        let receiver = self.receiver(kind, &mut call.receiver);
        let ExprMethodCall { attrs, dot_token, method, turbofish, .. } = &*call;
        let (target, how, items) = (names::local("target"), names::local("how"), &receiver.named);
        let written = quote!(#items #dot_token #method #turbofish ());
        let asked = quote_spanned! {method.span()=>
            (&&__portcullis::Gathered(&#items, &#target)).__portcullis_collect(#max)
        };
        let collected = if self.observes_allocation() {
            let look = self.looked_at(&quote_spanned!(method.span()=> #how.foretold()));
            quote!({ #look #written })
        } else {
            let run = quote_spanned!(method.span()=> #items.__portcullis_run(#how));
            let counted = self.granted(&run);
            quote!(if #how.as_written() { #written } else { #counted })
        };
        let (bound, values) = (&receiver.names, &receiver.values);
        let tokens = quote! {
            (match (#(#values,)* __portcullis::Target::new(),) {
                (#(#bound,)* #target,) => if false { #target.of(#written) } else {
                    match #asked {
                        #how => #collected,
                    }
                },
            })
        };
        *expr = operator::with_attributes(attrs, &tokens);
        true
    }

    pub(super) fn counted(&mut self, call: &ExprMethodCall, reach: &Reach, max: &TokenStream) -> TokenStream {
        match (reach.made(), call.method == "extend") {
            (Some((root, base)), _) => self.flowing(call, root, base, max),
            (None, true) => self.extended(call, reach, max),
            (None, false) => self.read(call, reach, max),
        }
    }

    /// ```text
    /// list().extend(items)
    /// ```
    /// becomes
    /// ```text
    /// match (match (list(),) {
    ///     (base,) => match (&&Added(&base)).extend(max) { how => { slot = how; slot.flow(base) } },
    /// }).extend(items) {
    ///     done => match slot.settle(done) {
    ///         Ok(done) => done,
    ///         Err(violation) => return refuse(violation),
    ///     },
    /// }
    /// ```
    /// A receiver that is known goes on as one of ours with a method of that name, any other as itself.
    fn flowing(&mut self, call: &ExprMethodCall, root: &Expr, base: &TokenStream, max: &TokenStream) -> TokenStream {
        let ExprMethodCall { dot_token, method, turbofish, args, paren_token, .. } = call;
        let mut arguments = TokenStream::new();
        paren_token.surround(&mut arguments, |inside| args.to_tokens(inside));
        let (how, done, slot) = (names::local("how"), names::local("done"), self.slot());
        let flow = |asked: &TokenStream| {
            quote! {
                match #asked {
                    #how => {
                        #slot = #how;
                        #slot.flow(#base)
                    }
                }
            }
        };
        let receiver = if method == "extend" {
            let asked = added(call, base, max);
            let flow = flow(&asked);
            quote!(match (#root,) { (#base,) => #flow })
        } else {
            let target = names::local("target");
            let asked = read_from(call, base, &target, max);
            let flow = flow(&asked);
            quote! {
                match (#root, __portcullis::Target::new(),) {
                    #[allow(unreachable_code)]
                    (mut #base, #target,) => if false {
                        let _ = #target.of(#base #dot_token #method #turbofish #arguments);
                        __portcullis::instead(__portcullis::never())
                    } else {
                        #flow
                    },
                }
            }
        };
        let settled = self.granted(&quote!(#slot.settle(#done)));
        quote! {
            (match (#receiver) #dot_token #method #turbofish #arguments {
                #done => #settled,
            })
        }
    }

    /// ```text
    /// list.extend(items)
    /// ```
    /// becomes
    /// ```text
    /// match (items,) {
    ///     (items,) => match (&&Added(&list)).extend(max).begin(items) {
    ///         begun => if begun.as_written() { list.extend(begun.items()) } else {
    ///             match begun.counted() {
    ///                 Ok(mut lent) => match list.extend(lent.lend()) {
    ///                     done => match lent.verdict() { Ok(()) => done, Err(violation) => return refuse(violation) },
    ///                 },
    ///                 Err(violation) => return refuse(violation),
    ///             }
    ///         },
    ///     },
    /// }
    /// ```
    fn extended(&mut self, call: &ExprMethodCall, reach: &Reach, max: &TokenStream) -> TokenStream {
        let ExprMethodCall { dot_token, method, turbofish, args, .. } = call;
        // Not with the comma that may follow it.
        let given = args.first();
        let asked = added(call, &reach.looked_at(), max);
        let (items, begun, lent) = (names::local("items"), names::local("begun"), names::local("lent"));
        let done = names::local("done");
        let at = method.span();
        if self.observes_allocation() {
            let look = self.looked_at(&quote_spanned!(at=> #begun.foretold()));
            let (list, bound, values) = (reach.named(), reach.names(), reach.values());
            let Reach { checks, allow, .. } = reach;
            return quote! {
                (match (#(#values,)* #given,) {
                    #allow
                    (#(#bound,)* #items,) => {
                        #checks
                        match #asked.begin(#items) {
                            #begun => { #look #list #dot_token #method #turbofish (#begun.items()) }
                        }
                    }
                })
            };
        }
        let (counted, verdict) = (quote_spanned!(at=> #begun.counted()), quote_spanned!(at=> #lent.verdict()));
        let granted = self.granted(&counted);
        let over = self.granted(&verdict);
        let (list, bound, values) = (reach.named(), reach.names(), reach.values());
        let Reach { checks, allow, .. } = reach;
        let all = quote! {
            match #granted {
                mut #lent => match #list #dot_token #method #turbofish (#lent.lend()) {
                    #done => match #over { () => #done },
                },
            }
        };
        quote! {
            (match (#(#values,)* #given,) {
                #allow
                (#(#bound,)* #items,) => {
                    #checks
                    match #asked.begin(#items) {
                        #begun => if #begun.as_written() {
                            #list #dot_token #method #turbofish (#begun.items())
                        } else {
                            #all
                        },
                    }
                }
            })
        }
    }

    /// ```text
    /// reader.read_to_end(buf)
    /// ```
    /// becomes
    /// ```text
    /// match Target::new() {
    ///     target => if false { target.of(reader.read_to_end(buf)) } else {
    ///         match (&&&ReadFrom(&reader, &target)).read(max) {
    ///             how => if how.as_written() { reader.read_to_end(buf) } else {
    ///                 match how.counted().read_to_end(reader.lent(), buf) {
    ///                     Ok(done) => done,
    ///                     Err(violation) => return refuse(violation),
    ///                 }
    ///             },
    ///         }
    ///     }
    /// }
    /// ```
    /// A reader of `std` may be one of `tokio` too: what the call gives tells which is meant. Of a receiver that is not known,
    /// `counted` gives a value of a type that has none: what comes after it is not borrowed.
    fn read(&mut self, call: &ExprMethodCall, reach: &Reach, max: &TokenStream) -> TokenStream {
        let ExprMethodCall { dot_token, method, turbofish, args, .. } = call;
        let (how, target) = (names::local("how"), names::local("target"));
        let asked = read_from(call, &reach.looked_at(), &target, max);
        let (argument, value) = named(args.first());
        let (reader, leading) = (reach.named(), reach.names());
        let written = quote!(#reader #dot_token #method #turbofish (#argument));
        let run = quote_spanned!(method.span()=> #how.counted().#method(#reader.__portcullis_mut(), #argument));
        let counted = self.granted(&run);
        let bound = value.iter().map(|_| &argument);
        let values = reach.values().into_iter().chain(value.map(ToTokens::to_token_stream));
        let Reach { checks, allow, .. } = reach;
        quote! {
            (match (#(#values,)* __portcullis::Target::new(),) {
                #allow
                (#(#leading,)* #(#bound,)* #target,) => {
                    #checks
                    if false {
                        #target.of(#written)
                    } else {
                        match #asked {
                            #[allow(unreachable_code)]
                            #how => if #how.as_written() { #written } else { #counted },
                        }
                    }
                }
            })
        }
    }
}

/// Asks the receiver how much it can take.
fn added(call: &ExprMethodCall, receiver: &TokenStream, max: &TokenStream) -> TokenStream {
    quote_spanned!(call.method.span()=> (&&__portcullis::Added(&#receiver)).__portcullis_extend(#max))
}

/// Asks it how far it is to be read.
fn read_from(call: &ExprMethodCall, receiver: &TokenStream, target: &Ident, max: &TokenStream) -> TokenStream {
    quote_spanned!(call.method.span()=> (&&&__portcullis::ReadFrom(&#receiver, &#target)).__portcullis_read(#max))
}
