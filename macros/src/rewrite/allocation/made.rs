//! What makes a collection: `Vec::with_capacity(n)`, `vec![value; n]`.

use proc_macro2::Ident;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, Macro};

use super::super::Walk;
use super::super::operator::{self, operand};
use crate::known_macros;

/// The functions, with the least and the greatest number of their arguments. The first says how much.
const MAKERS: [(&str, usize, usize); 2] = [("with_capacity", 1, 2), ("with_capacity_and_hasher", 2, 2)];

impl Walk<'_> {
    /// ```text
    /// Vec::with_capacity(count)
    /// ```
    /// becomes
    /// ```text
    /// ({ slot = Vec::with_capacity; slot })(match (&&&Capacity(&slot)).admit(count, max, "with_capacity") {
    ///     Ok(count) => count,
    ///     Err(violation) => return refuse(violation),
    /// })
    /// ```
    pub(in crate::rewrite) fn visit_maker(&mut self, expr: &mut Expr) {
        let Some(max) = self.max() else { return };
        let Expr::Call(call) = &*expr else { return };
        let Expr::Path(path) = &*call.func else { return };
        let Some(name) = path.path.segments.last().map(|last| &last.ident) else { return };
        let count = call.args.len();
        let is_maker = MAKERS.iter().any(|(known, least, most)| name == known && (*least..=*most).contains(&count));
        // A name alone may be that of a variable.
        let is_method = path.qself.is_some() || path.path.segments.len() > 1;
        let Some(first) = call.args.first().filter(|first| !matches!(first, Expr::Closure(_))) else { return };
        if !is_maker || !is_method {
            return;
        }
        let (slot, written) = (self.slot(), name.to_string());
        let asked = quote_spanned! {name.span()=>
            (&&&__portcullis::Capacity(&#slot)).__portcullis_admit(#first, #max, #written)
        };
        let granted = if self.observes_allocation() {
            let argument = operand("argument", first);
            let asked = quote_spanned! {name.span()=>
                (&&&__portcullis::Capacity(&#slot)).__portcullis_look(&#argument, #max, #written)
            };
            let look = self.looked_at(&asked);
            quote!(match (#first,) { (#argument,) => { #look #argument } })
        } else {
            self.granted(&asked)
        };
        let rest = call.args.iter().skip(1);
        let tokens = quote!(({ #slot = #path; #slot })(#granted, #(#rest),*));
        *expr = operator::with_attributes(&call.attrs, &tokens);
    }

    /// ```text
    /// vec![value; count]
    /// ```
    /// becomes
    /// ```text
    /// vec![
    ///     element({ slot = Elements::new(); total = 0; slot }, value);
    ///     match slot.admit(count, 0, &mut total, max) {
    ///         Ok(count) => count,
    ///         Err(violation) => return refuse(violation),
    ///     }
    /// ]
    /// ```
    /// and gives the name of `total`, which is what each element of a list of such lists holds.
    pub(in crate::rewrite) fn visit_list(&mut self, call: &mut Macro) -> Option<Ident> {
        let max = self.max()?;
        let (mut value, semi, mut count) = known_macros::repeated(call)?;
        let inner = match &mut value {
            Expr::Macro(inner) if inner.attrs.is_empty() => self.visit_list(&mut inner.mac),
            _ => None,
        };
        if inner.is_none() {
            self.visit_expr_mut(&mut value);
        }
        let each = inner.map_or_else(|| quote!(0), ToTokens::into_token_stream);
        self.visit_expr_mut(&mut count);
        let (slot, total) = (self.slot(), self.slot());
        let at = call.path.segments.last().map_or_else(|| call.span(), |last| last.ident.span());
        let granted = if self.observes_allocation() {
            let argument = operand("argument", &count);
            let asked = quote_spanned!(at=> #slot.look(#argument, #each, &mut #total, #max));
            let look = self.looked_at(&asked);
            quote!(match (#count,) { (#argument,) => { #look #argument } })
        } else {
            self.granted(&quote_spanned!(at=> #slot.admit(#count, #each, &mut #total, #max)))
        };
        call.tokens = quote! {
            __portcullis::element({ #slot = __portcullis::Elements::new(); #total = 0; #slot }, #value) #semi #granted
        };
        Some(total)
    }
}
