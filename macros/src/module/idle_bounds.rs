//! PC0203: a bound on recursion, written by hand, where nothing recurses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ReturnType;
use syn::visit::Visit;

use super::calls::Calls;
use super::cycles::has_attribute_around;
use super::seen::{Function, FunctionId, Seen};
use super::standing::{Bound, bound, hand_written};
use crate::rules::idle_bound;

/// A use of a deprecated constant for each: macros have no other way to warn.
pub(super) fn warnings(seen: &Seen, calls: &Calls, block: &TokenStream) -> Vec<TokenStream> {
    let idle = seen.functions.iter().enumerate().filter(|(id, function)| {
        bound(function, block) == Bound::Written { by_hand: true }
            && !has_attribute_around(&[function])
            && is_idle(*id, function, seen, calls)
    });
    idle.filter_map(|(_, function)| Some(warning(hand_written(function)?.path(), &function.name))).collect()
}

/// Nothing leads from the function back to it, also not by what the block does not show.
fn is_idle(id: FunctionId, function: &Function, seen: &Seen, calls: &Calls) -> bool {
    let reached = calls.possible.reached_from(id);
    let all = || reached.iter().chain([&id]);
    let is_by_trait =
        function.owner.is_some_and(|owner| seen.owners.get(owner).is_none_or(|owner| owner.of_trait.is_some()));
    // Of a trait: operators, formatting and generic code call it without its name.
    !is_by_trait
        && !reached.contains(&id)
        && all().all(|id| !calls.opaque.contains_key(id))
        && !returns_a_function(function)
}

fn returns_a_function(function: &Function) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = true;
        }
        fn visit_type_trait_object(&mut self, _: &syn::TypeTraitObject) {
            self.0 = true;
        }
    }
    let mut search = Search(false);
    if let ReturnType::Type(_, output) = &function.sig.output {
        search.visit_type(output);
    }
    search.0
}

fn warning(attribute: &syn::Path, name: &str) -> TokenStream {
    let message = idle_bound(name);
    let at = attribute.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    let used = Ident::new("superfluous_bound", Span::mixed_site().located_at(at));
    let declared = Ident::new("superfluous_bound", Span::mixed_site());
    quote! {
        const _: () = {
            #[deprecated(note = #message)]
            #[allow(non_upper_case_globals)]
            const #declared: () = ();
            #used
        };
    }
}
