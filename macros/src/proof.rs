//! `prove_no_panic`: which functions the linker can judge. See `runtime/src/proof.rs`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::Visit as _;
use syn::{FnArg, GenericParam};

use crate::report::Report;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};

/// Complains where a linked program would show nothing: a future's body is a state machine that runs elsewhere, and a
/// generic function that nobody instantiates is not there at all.
pub(crate) fn ensure_provable(key: &Ident, subject: &Subject, report: &mut Report) {
    let sig = &subject.item.sig;
    if subject.shape != Shape::Sync {
        let message = "`prove_no_panic` sees no body of a future\n\
            help: move what is to be proved into a `fn`, and await before or after it";
        report.add(Rule::Unprovable, key, message);
    }
    let generic = sig.generics.params.iter().find(|parameter| !matches!(parameter, GenericParam::Lifetime(_)));
    let implied = || sig.inputs.iter().find(|input| matches!(input, FnArg::Typed(input) if has_impl(&input.ty)));
    if let Some(generic) = generic.map(ToTokens::to_token_stream).or_else(|| implied().map(ToTokens::to_token_stream)) {
        let message = "`prove_no_panic` on a generic function shows nothing: what is not instantiated is not linked\n\
            help: move what is to be proved into a `fn` with concrete types";
        report.add(Rule::Unprovable, generic, message);
    }
}

/// Whether the type holds an `impl Trait`, which makes a function generic.
fn has_impl(ty: &syn::Type) -> bool {
    struct Search(bool);
    impl syn::visit::Visit<'_> for Search {
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut search = Search(false);
    search.visit_type(ty);
    search.0
}
