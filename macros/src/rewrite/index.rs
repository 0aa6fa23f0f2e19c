//! `a[i]` and the methods that take an index: a check before the native operation, which stays. So a place stays a place,
//! and the optimiser drops the second test of the bounds. See `runtime/src/indexing.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut as _};
use syn::{Expr, ExprField, ExprIndex, ExprMethodCall, ExprUnary, Pat, PatIdent, Token, UnOp};

use super::method::Receiver;
use super::operator::{self, operand};
use super::{Broken, Walk};
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

/// A place as a path through what holds it: `self.rows[i].cells[j]`.
struct Chain {
    root: Expr,
    /// The root is made by an expression: it has no name to look at it by before it is used.
    made: bool,
    steps: Vec<Step>,
}

enum Step {
    Field(ExprField),
    Deref(Token![*]),
    /// The index, already visited, and what names its value.
    Index(ExprIndex, Ident),
}

/// A method that takes an index, as the last step.
struct Call<'a> {
    kind: Ident,
    method: &'a Ident,
    arguments: &'a [Ident],
}

impl Chain {
    fn names(&self) -> Vec<&Ident> {
        self.indices().map(|(_, name)| name).collect()
    }

    fn indices(&self) -> impl Iterator<Item = (&Expr, &Ident)> {
        self.steps.iter().filter_map(|step| match step {
            Step::Index(index, name) => Some((&*index.index, name)),
            _ => None,
        })
    }

    /// The place itself, with `indices` for its indices.
    fn place(&self, root: TokenStream, indices: &[TokenStream]) -> TokenStream {
        let mut indices = indices.iter();
        self.steps.iter().fold(root, |base, step| match step {
            Step::Index(index, _) => {
                let next = indices.next();
                let mut brackets = TokenStream::new();
                index.bracket_token.surround(&mut brackets, |inside| next.to_tokens(inside));
                quote!(#base #brackets)
            }
            _ => step.after(&base),
        })
    }

    fn as_it_was(&self) -> TokenStream {
        let indices: Vec<TokenStream> = self.indices().map(|(index, _)| index.to_token_stream()).collect();
        self.place(self.root.to_token_stream(), &indices)
    }
}

impl Step {
    fn after(&self, base: &TokenStream) -> TokenStream {
        match self {
            Self::Field(ExprField { dot_token, member, .. }) => quote!(#base #dot_token #member),
            Self::Deref(star) => quote!((#star #base)),
            Self::Index(..) => unreachable!("an index is checked first"),
        }
    }
}

impl Walk<'_> {
    /// Any index whose use does not tell how it is borrowed.
    pub(super) fn visit_index(&mut self, expr: &mut Expr) {
        if self.rewrites.indexing.is_none() {
            return visit_mut::visit_expr_mut(self, expr);
        }
        let chain = self.chain(take(expr));
        *expr = Expr::Verbatim(if self.is_left(&chain) { chain.as_it_was() } else { self.checked_inside(&chain) });
    }

    /// A place that is written to: the left side of an assignment, or what `&mut` is of.
    pub(super) fn visit_place_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Field(field) if field.attrs.is_empty() => self.visit_place_mut(&mut field.base),
            Expr::Paren(inner) if inner.attrs.is_empty() => self.visit_place_mut(&mut inner.expr),
            Expr::Group(inner) => self.visit_place_mut(&mut inner.expr),
            // Behind a raw pointer a place is written to without the pointer's being so.
            Expr::Unary(unary) if is_deref(unary) && unary.attrs.is_empty() && !self.is_unsafe => {
                self.visit_place_mut(&mut unary.expr);
            }
            Expr::Index(index) if index.attrs.is_empty() && self.rewrites.indexing.is_some() => {
                let chain = self.chain(take(expr));
                let tokens = match (self.is_left(&chain), chain.made) {
                    (true, _) => chain.as_it_was(),
                    _ if self.is_constant_element(&chain) => chain.as_it_was(),
                    (_, true) => self.checked_inside(&chain),
                    _ => {
                        let reference = self.reference(&chain.root.to_token_stream(), &chain.steps);
                        quote!((*#reference))
                    }
                };
                *expr = Expr::Verbatim(tokens);
            }
            _ => self.visit_expr_mut(expr),
        }
    }

    /// The left side of an assignment, which may be several places at once: `(a[i], a[j]) = ..`.
    pub(super) fn visit_assigned(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|place| self.visit_assigned(place)),
            Expr::Array(array) => array.elems.iter_mut().for_each(|place| self.visit_assigned(place)),
            Expr::Struct(literal) => literal.fields.iter_mut().for_each(|field| self.visit_assigned(&mut field.expr)),
            Expr::Call(call) => call.args.iter_mut().for_each(|place| self.visit_assigned(place)),
            place => self.visit_place_mut(place),
        }
    }

    /// What a pattern is matched with, which a `ref mut` borrows.
    pub(super) fn visit_matched(&mut self, expr: &mut Expr, borrows_mut: bool) {
        if borrows_mut { self.visit_place_mut(expr) } else { self.visit_expr_mut(expr) }
    }

    /// `a[i](..)`: the element may be called as mutable, so the check comes before all of it, as for a method's receiver.
    pub(super) fn visit_called(&mut self, expr: &mut Expr) -> bool {
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

    pub(super) fn visit_method_call(&mut self, expr: &mut Expr) {
        if self.visit_number_method(expr) || self.visit_index_method(expr) || self.visit_indexed_receiver(expr) {
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    /// The receiver of a call that may need it shared or mutable: the place is named twice, once its indices have names.
    /// What is behind a value made here has one name, and is lent.
    pub(super) fn element(&mut self, expr: &mut Expr) -> Receiver {
        let chain = self.chain(take(expr));
        let left = self.rewrites.indexing.is_none() || self.is_left(&chain);
        if chain.made {
            let inner = if left { chain.as_it_was() } else { self.checked_inside(&chain) };
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
        let (before, receiver) = self.checked_before(&chain);
        *call.receiver = Expr::Verbatim(receiver);
        *expr = operator::with_attributes(&attributes, &after(before, call));
        true
    }

    /// The checks of a place, where they can stand before its use, and the place.
    fn checked_before(&mut self, chain: &Chain) -> (Option<TokenStream>, TokenStream) {
        if self.is_left(chain) {
            (None, chain.as_it_was())
        } else if chain.made {
            (None, self.checked_inside(chain))
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

    /// What the place is made of, with its indices visited.
    fn chain(&mut self, expr: Expr) -> Chain {
        match expr {
            Expr::Index(mut index) if index.attrs.is_empty() => {
                let mut chain = self.chain(take(&mut index.expr));
                self.visit_expr_mut(&mut index.index);
                let name = operand(&format!("index_{}", chain.steps.len()), &index.index);
                chain.steps.push(Step::Index(index, name));
                chain
            }
            Expr::Field(mut field) if field.attrs.is_empty() => {
                let mut chain = self.chain(take(&mut field.base));
                chain.steps.push(Step::Field(field));
                chain
            }
            Expr::Unary(mut unary) if unary.attrs.is_empty() && is_deref(&unary) => {
                let mut chain = self.chain(take(&mut unary.expr));
                if let UnOp::Deref(star) = unary.op {
                    chain.steps.push(Step::Deref(star));
                }
                chain
            }
            Expr::Paren(mut inner) if inner.attrs.is_empty() && is_place(&inner.expr) => {
                self.chain(take(&mut inner.expr))
            }
            Expr::Group(mut inner) if is_place(&inner.expr) => self.chain(take(&mut inner.expr)),
            // An array of constants may be promoted to a static, and can be named twice.
            ref array if !self.is_unsafe && operator::is_constant_array(array, &self.bound) => {
                Chain { root: expr, made: false, steps: Vec::new() }
            }
            Expr::Path(_) => Chain { root: expr, made: false, steps: Vec::new() },
            mut root => {
                self.visit_expr_mut(&mut root);
                Chain { root, made: true, steps: Vec::new() }
            }
        }
    }

    /// What is not looked at: what is behind a raw pointer, where a reference of ours might be one too many.
    fn is_left(&self, chain: &Chain) -> bool {
        self.is_unsafe && chain.steps.iter().any(|step| matches!(step, Step::Deref(_)))
    }

    /// An element of a constant, which may be promoted to a static where it stays as it is. It can be named twice.
    fn is_constant_element(&self, chain: &Chain) -> bool {
        chain.indices().next().is_some()
            && !chain.made
            && !self.is_unsafe
            && operator::is_constant_name(&chain.root)
            && !self.bound.contains(&chain.root.to_token_stream().to_string())
            && chain.indices().all(|(index, _)| operator::is_constant(index, &self.bound))
    }

    /// `&LIST[0]`, whose check comes before it.
    pub(super) fn visit_reference(&mut self, expr: &mut Expr) {
        let Expr::Reference(reference) = expr else { return };
        if self.rewrites.indexing.is_none() || !ends_indexed(&reference.expr) {
            return visit_mut::visit_expr_mut(self, expr);
        }
        let written = reference.expr.clone();
        let chain = self.chain(take(&mut reference.expr));
        if self.is_constant_element(&chain) {
            *reference.expr = *written;
            let before = self.checked_twice(&chain);
            *expr = Expr::Verbatim(quote!((match #before { () => #expr })));
        } else {
            let place = if self.is_left(&chain) { chain.as_it_was() } else { self.checked_inside(&chain) };
            *reference.expr = Expr::Verbatim(place);
        }
    }

    /// The checks of a place that is named once more after them.
    fn checked_twice(&mut self, chain: &Chain) -> TokenStream {
        let checks = self.checks(&chain.root.to_token_stream(), &chain.steps, None);
        let (indices, names) = (chain.indices().map(|(index, _)| index), chain.names());
        quote!(match (#(#indices,)*) { (#(#names,)*) => { #checks } })
    }

    /// The place with the checks inside its first index, or, where its root is made by an expression, behind the root. The
    /// other indices are kept in slots until their turn comes.
    fn checked_inside(&mut self, chain: &Chain) -> TokenStream {
        if chain.made {
            let (root, slots) = self.checked_root(chain, &[], None);
            return chain.place(root, &slots);
        }
        let root = chain.root.to_token_stream();
        let checks = self.checks(&root, &chain.steps, None);
        let indices = chain.indices().map(|(index, _)| index);
        let names = chain.names();
        let Some((first, others)) = names.split_first() else { return root };
        let slots: Vec<Ident> = others.iter().map(|_| self.slot()).collect();
        let allow = allow(chain);
        let inside = quote! {
            match (#(#indices,)*) {
                #allow
                (#(#names,)*) => {
                    #checks
                    #(#slots = #others;)*
                    #first
                }
            }
        };
        let places: Vec<TokenStream> =
            std::iter::once(inside).chain(slots.iter().map(ToTokens::to_token_stream)).collect();
        chain.place(root, &places)
    }

    /// The root, made once, with the checks done, and the slots in which the indices and `values` are.
    fn checked_root(
        &mut self,
        chain: &Chain,
        values: &[Expr],
        last: Option<&Call<'_>>,
    ) -> (TokenStream, Vec<TokenStream>) {
        let base = operand("base", &chain.root);
        let arguments = last.map_or(&[][..], |last| last.arguments);
        let (before, slots) = self.before(chain, &base.to_token_stream(), values, arguments, last);
        let root = &chain.root;
        (quote!((match (#root,) { (#base,) => { #before; #base } })), slots)
    }

    /// The checks alone, and the slots in which the indices and `values` are after them.
    fn before(
        &mut self,
        chain: &Chain,
        root: &TokenStream,
        values: &[Expr],
        arguments: &[Ident],
        last: Option<&Call<'_>>,
    ) -> (TokenStream, Vec<TokenStream>) {
        let checks = self.checks(root, &chain.steps, last);
        let indices = chain.indices().map(|(index, _)| index);
        let names: Vec<&Ident> = chain.names().into_iter().chain(arguments).collect();
        let slots: Vec<Ident> = names.iter().map(|_| self.slot()).collect();
        let allow = allow(chain);
        let before = quote! {
            match (#(#indices,)* #(#values,)*) {
                #allow
                (#(#names,)*) => {
                    #checks
                    #(#slots = #names;)*
                }
            }
        };
        (before, slots.iter().map(ToTokens::to_token_stream).collect())
    }

    /// Statements that check each index of the place in turn, on what the ones before it lead to.
    fn checks(&mut self, base: &TokenStream, steps: &[Step], last: Option<&Call<'_>>) -> TokenStream {
        let (found, element) = (names::local("found"), names::local("element"));
        let Some((step, rest)) = steps.split_first() else {
            return last.map(|call| self.check_call(base, call)).unwrap_or_default();
        };
        let Step::Index(_, name) = step else {
            return self.checks(&step.after(base), rest, last);
        };
        let find = find(step, base);
        let ends = !rest.iter().any(|step| matches!(step, Step::Index(..))) && last.is_none();
        let next = (!ends).then(|| {
            let next = self.checks(&quote!((*#element)), rest, last);
            // The branch that never runs tells the element's type.
            quote! {
                if !#found.as_written() {
                    let #element = if false { &#base[__portcullis::again(&#name)] } else { #found.element() };
                    #next
                }
            }
        });
        let refuse = self.refuse(Broken::Indexing);
        let violation = names::local("violation");
        let pattern = if ends { quote!(_) } else { found.to_token_stream() };
        quote! {
            match #find {
                __portcullis::Ok(#pattern) => { #next }
                __portcullis::Err(#violation) => #refuse,
            }
        }
    }

    fn check_call(&mut self, base: &TokenStream, call: &Call<'_>) -> TokenStream {
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

    /// A mutable reference to the place, made step by step.
    fn reference(&mut self, base: &TokenStream, steps: &[Step]) -> TokenStream {
        let Some((step, rest)) = steps.split_first() else { return quote!(&mut #base) };
        let Step::Index(index, name) = step else { return self.reference(&step.after(base), rest) };
        let find = find(step, base);
        let refuse = self.refuse(Broken::Indexing);
        let violation = names::local("violation");
        let mut brackets = TokenStream::new();
        index.bracket_token.surround(&mut brackets, |inside| name.to_tokens(inside));
        let next = if rest.is_empty() {
            quote!(&mut #base #brackets)
        } else {
            let element = names::local("element");
            let next = self.reference(&quote!((*#element)), rest);
            quote!(match &mut #base #brackets { #element => #next })
        };
        let value = &index.index;
        quote! {
            match (#value,) {
                #[allow(static_mut_refs)]
                (#name,) => match #find {
                    __portcullis::Ok(_) => #next,
                    __portcullis::Err(#violation) => #refuse,
                }
            }
        }
    }
}

fn find(step: &Step, base: &TokenStream) -> TokenStream {
    let Step::Index(index, name) = step else { return TokenStream::new() };
    let at = index.bracket_token.span.open();
    quote_spanned!(at=> (&&&&&__portcullis::Indexed(&#base, &#name)).__portcullis_find())
}

/// An index of a `static mut` is no reference to it, so the lint has nothing to say to the user.
fn allow(chain: &Chain) -> Option<TokenStream> {
    operator::is_constant_name(&chain.root).then(|| quote!(#[allow(static_mut_refs)]))
}

/// Whether the receiver is an index, or a field of one, of a place.
fn ends_indexed(receiver: &Expr) -> bool {
    match receiver {
        Expr::Index(index) => index.attrs.is_empty(),
        Expr::Field(field) => field.attrs.is_empty() && ends_indexed(&field.base),
        Expr::Paren(inner) => inner.attrs.is_empty() && ends_indexed(&inner.expr),
        Expr::Group(inner) => ends_indexed(&inner.expr),
        _ => false,
    }
}

/// The use, with the checks before it.
fn after(before: Option<TokenStream>, used: impl ToTokens) -> TokenStream {
    let value = names::local("value");
    match before {
        Some(before) => quote!((match (#before, #used) { (_, #value) => #value })),
        None => used.to_token_stream(),
    }
}

/// Whether the pattern holds a `ref mut`.
pub(super) fn borrows_mut(pattern: &Pat) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_pat_ident(&mut self, name: &PatIdent) {
            self.0 |= name.by_ref.is_some() && name.mutability.is_some();
            syn::visit::visit_pat_ident(self, name);
        }
    }
    let mut search = Search(false);
    search.visit_pat(pattern);
    search.0
}

fn is_deref(unary: &ExprUnary) -> bool {
    matches!(unary.op, UnOp::Deref(_))
}

fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Index(_) | Expr::Field(_) => true,
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Group(inner) => is_place(&inner.expr),
        Expr::Unary(unary) => is_deref(unary),
        _ => false,
    }
}

fn take(expr: &mut Expr) -> Expr {
    std::mem::replace(expr, Expr::Verbatim(TokenStream::new()))
}
