//! `a[i]`: a check before the native operation, which stays. So a place stays a place, and the optimiser drops the second
//! test of the bounds. See `runtime/src/indexing.rs`.

mod call;
mod lent;
mod place;
mod reach;
mod value;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut as _};
use syn::{Expr, Pat, PatIdent};

use super::operator::{self, operand};
use super::{Broken, Walk};
use crate::names;
use call::Call;
use place::{Chain, Step, ends_indexed, is_deref, take};
pub(super) use reach::Reach;

impl Walk<'_> {
    /// Any index whose use does not tell how it is borrowed.
    pub(super) fn visit_index(&mut self, expr: &mut Expr) {
        if self.rewrites.indexing.is_none() {
            return visit_mut::visit_expr_mut(self, expr);
        }
        let chain = self.chain(take(expr));
        *expr = Expr::Verbatim(self.indexed(&chain));
    }

    fn indexed(&mut self, chain: &Chain) -> TokenStream {
        let key = chain.ends_in_key();
        match self.lent(chain) {
            Some(lent) if key => quote!((*#lent)),
            _ => self.checked(chain),
        }
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
                *expr = Expr::Verbatim(if self.is_constant_element(&chain) {
                    chain.as_it_was()
                } else if self.is_left(&chain) || !matches!(chain.root, Expr::Path(_)) {
                    // A list made here lives as long as it did where it stands.
                    self.checked(&chain)
                } else {
                    let reference = self.whole_reference(&chain);
                    quote!((*#reference))
                });
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
        } else if let (Some(lent), true) = (self.lent(&chain), reference.attrs.is_empty()) {
            *expr = Expr::Verbatim(lent);
        } else {
            *reference.expr = Expr::Verbatim(self.checked(&chain));
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
    fn checked(&mut self, chain: &Chain) -> TokenStream {
        if self.is_left(chain) {
            return chain.as_it_was();
        }
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

    /// A mutable reference to the place.
    fn whole_reference(&mut self, chain: &Chain) -> TokenStream {
        let root = chain.root.to_token_stream();
        if !chain.reads_itself() {
            return self.reference(&root, &chain.steps, true);
        }
        let reference = self.reference(&root, &chain.steps, false);
        let (indices, names) = (chain.indices().map(|(index, _)| index), chain.names());
        quote! {
            match (#(#indices,)*) {
                #[allow(static_mut_refs)]
                (#(#names,)*) => #reference
            }
        }
    }

    /// The reference, made step by step, which `names` each index in its turn, unless all have their names.
    fn reference(&mut self, base: &TokenStream, steps: &[Step], names: bool) -> TokenStream {
        let Some((step, rest)) = steps.split_first() else { return quote!(&mut #base) };
        let Step::Index(index, name) = step else { return self.reference(&step.after(base), rest, names) };
        let find = find(step, base);
        let refuse = self.refuse(Broken::Indexing);
        let violation = names::local("violation");
        let mut brackets = TokenStream::new();
        index.bracket_token.surround(&mut brackets, |inside| name.to_tokens(inside));
        let next = if rest.is_empty() {
            quote!(&mut #base #brackets)
        } else {
            let element = names::local("element");
            let next = self.reference(&quote!((*#element)), rest, names);
            quote!(match &mut #base #brackets { #element => #next })
        };
        let value = &index.index;
        let checked = if refuse.goes_on() {
            quote!({ match #find { __portcullis::Ok(_) => {} __portcullis::Err(#violation) => #refuse, } #next })
        } else {
            quote!(match #find { __portcullis::Ok(_) => #next, __portcullis::Err(#violation) => #refuse, })
        };
        if !names {
            return checked;
        }
        quote! {
            match (#value,) {
                #[allow(static_mut_refs)]
                (#name,) => #checked
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
