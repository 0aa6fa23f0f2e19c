//! What stands around a body that only observes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::typed;
use crate::names;
use crate::plan::{Gate, Watch};
use crate::subject::{Shape, Subject};

/// The body, observed as a whole.
pub(super) fn watched(subject: &Subject, watch: &Watch, body: &TokenStream) -> TokenStream {
    let of_request = watch.is_of_request().then(|| watch_request(subject, watch));
    if matches!(subject.shape, Shape::Async | Shape::AsyncTail) {
        let typed = typed(subject);
        let body = quote!(async move { #typed #body });
        let body = of_request.iter().fold(body, |body, watch| quote!(__portcullis::watched(#watch, #body)));
        return if watch.panics {
            quote!(__portcullis::panics_told(__PORTCULLIS_FUNCTION, #body).await)
        } else {
            quote!(#body.await)
        };
    }
    let (panics, watching) = (names::local("panics"), names::local("watching"));
    let panics = watch.panics.then(|| quote!(let #panics = __portcullis::Panics::watch(__PORTCULLIS_FUNCTION);));
    let watching = of_request.iter().map(|watch| quote!(let #watching = #watch.watch();));
    quote!(#panics #(#watching)* #body)
}

/// What a request is observed by.
fn watch_request(subject: &Subject, watch: &Watch) -> TokenStream {
    let Watch { panics: _, gate, steps, timeout, budget, requests } = watch;
    let new = quote_spanned!(subject.item.sig.ident.span()=> __portcullis::Watch::new(__PORTCULLIS_FUNCTION));
    let probe = (*gate == Some(Gate::Probe)).then(|| quote!(.probe()));
    let steps = steps.iter().map(|max| quote!(.steps(#max)));
    let timeout = timeout.iter().map(|timeout| quote!(.deadline(#timeout)));
    let budget = budget.iter().map(|max| quote!(.budget(#max)));
    let requests = requests.iter().map(|max| {
        quote!(.requests(
            {
                static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(__PORTCULLIS_FUNCTION);
                &__PORTCULLIS_HANDLER
            },
            {
                __portcullis::thread_local! {
                    static __PORTCULLIS_ENTRIES: __portcullis::Entries = const { __portcullis::Entries::new() };
                }
                &__PORTCULLIS_ENTRIES
            },
            #max
        ))
    });
    quote!(#new #probe #(#steps)* #(#timeout)* #(#budget)* #(#requests)*)
}
