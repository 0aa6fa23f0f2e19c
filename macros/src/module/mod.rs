//! `zero_trust` on an `impl` block or an inline module: the attribute of each function inside, and the rules that need to see
//! several functions: items -> what they show -> who calls whom -> rules.

mod calls;
mod cycles;
mod escapes;
mod graph;
mod hand_on;
mod idle_bounds;
mod indirect;
mod nested_input;
mod paths;
mod seen;
mod standing;
#[cfg(test)]
mod tests;
mod types;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::Item;
use syn::visit_mut::VisitMut as _;

use crate::policy::Policy;
use crate::report::Report;
use crate::strict::{self, Shown};
use crate::subject::Precedence;
use calls::calls;
use escapes::Escapes;
use hand_on::HandOn;
pub(crate) use hand_on::NAMED;
use seen::Seen;

/// What the attribute stands on, when that is a block.
pub(crate) fn block(tokens: &TokenStream) -> Option<syn::Result<Item>> {
    is_block(tokens).then(|| syn::parse2(tokens.clone()))
}

/// By the first word, so that nothing is parsed twice.
fn is_block(tokens: &TokenStream) -> bool {
    let mut words = tokens.clone().into_iter().filter_map(|tree| match tree {
        TokenTree::Ident(word) if word != "pub" && word != "unsafe" && word != "default" => Some(word),
        _ => None,
    });
    words.next().is_some_and(|word| word == "mod" || word == "impl")
}

/// Expands the attribute on the block.
pub(crate) fn expand(args: &TokenStream, mut item: Item) -> TokenStream {
    let mut report = Report::default();
    Precedence.visit_item_mut(&mut item);
    let runtime = Policy::runtime(args.clone());
    hand_on::ensure_route_possible(&item, args, &mut report);
    let mut seen = Seen::block(&item, false);
    let calls = calls(&mut seen);
    let mut escapes = Escapes::default();
    cycles::ensure_bounded(&seen, &calls, args, &mut escapes, &mut report);
    indirect::ensure_bounded(&seen, &calls, args, &mut escapes, &mut report);
    nested_input::ensure_flat(&seen, args, &mut escapes, &mut report);
    escapes.ensure(&seen, &mut report);
    let warnings = idle_bounds::warnings(&seen, &calls, args);
    let shown = strict::is_asked_for(args).then(|| Shown::of(std::slice::from_ref(&item)));
    let mut hand_on = HandOn { runtime: &runtime, args, report: &mut report, taken: Vec::new(), shown };
    hand_on.inside(&mut item);
    let named = hand_on.named();
    report.beside(quote!(#item #(#named)* #(#warnings)*), &runtime)
}
