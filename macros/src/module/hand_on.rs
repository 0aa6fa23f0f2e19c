//! The attribute of a block, handed on: each function inside gets it as if it were written there.
//!
//! It is written and not expanded here, so that `#[cfg]` and the other attributes of a function, and of an `impl` block
//! (`async_trait`), come in the order that they would come in without a block.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, FnArg, ImplItem, Item, ItemMod, Path, Signature, TraitItem, parse_quote};

use super::seen::is_for_tests;
use super::standing::is_zero_trust;
use crate::args::{self, Arg, Value};
use crate::policy::{is_skipped, protection};
use crate::report::Report;
use crate::rewrite::is_escape;
use crate::route::NO_ROUTE_HERE;
use crate::rules::Rule;

pub(super) struct HandOn<'a> {
    pub(super) runtime: &'a Path,
    pub(super) args: &'a TokenStream,
    pub(super) report: &'a mut Report,
    /// The attributes that were taken over since the module began.
    pub(super) taken: Vec<Path>,
}

/// The argument of an attribute that stands only to be named: an import that was used is used still.
pub(crate) const NAMED: &str = "__portcullis_named";

impl HandOn<'_> {
    /// What names the attributes that were taken over, to stand beside what they stood on.
    pub(super) fn named(&mut self) -> Vec<Item> {
        let named = Ident::new(NAMED, Span::call_site());
        let taken = std::mem::take(&mut self.taken);
        taken.into_iter().map(|path| parse_quote!(#[#path(#named)] const _: () = ();)).collect()
    }

    /// On what stands inside the block.
    pub(super) fn inside(&mut self, item: &mut Item) {
        match item {
            Item::Mod(module) => self.module(module),
            Item::Impl(block) => {
                for item in &mut block.items {
                    if let ImplItem::Fn(item) = item {
                        self.function(&mut item.attrs, &mut item.sig, Owner::Block);
                        Escapes.visit_block_mut(&mut item.block);
                    }
                }
            }
            Item::Trait(of) => {
                for item in &mut of.items {
                    if let TraitItem::Fn(item) = item
                        && let Some(body) = &mut item.default
                    {
                        self.function(&mut item.attrs, &mut item.sig, Owner::Block);
                        Escapes.visit_block_mut(body);
                    }
                }
            }
            _ => {}
        }
    }

    fn module(&mut self, module: &mut ItemMod) {
        let Some((_, items)) = &mut module.content else {
            let name = &module.ident;
            let message = format!(
                "`zero_trust` does not see the file of `mod {name};`\n\
                 help: write `mod {name} {{ .. }}`, or write the attribute on each function of the file"
            );
            self.report.add(Rule::FileModule, module, &message);
            return;
        };
        let outer = std::mem::take(&mut self.taken);
        for item in items.iter_mut() {
            match item {
                Item::Fn(item) => {
                    self.function(&mut item.attrs, &mut item.sig, Owner::Module);
                    Escapes.visit_block_mut(&mut item.block);
                }
                // What has the attribute itself hands on its own.
                Item::Mod(inner) if stays(&inner.attrs) => {}
                Item::Impl(inner) if stays(&inner.attrs) => {}
                other => self.inside(other),
            }
        }
        items.extend(self.named());
        self.taken = outer;
    }

    fn function(&mut self, attrs: &mut Vec<Attribute>, sig: &mut Signature, owner: Owner) {
        strip(attrs, sig);
        if stays(attrs) {
            return;
        }
        // `skip` takes them off by itself.
        let is_taken = |attribute: &mut Attribute| protection(attribute).is_some() && !is_skipped(self.args.clone());
        let own: Vec<Attribute> = attrs.extract_if(.., is_taken).collect();
        let args = own.iter().fold(self.args.clone(), with);
        // No type can stand beside a method, and no router takes one by its path.
        let args = if owner == Owner::Block { without_route(args) } else { args };
        self.taken.extend(own.into_iter().map(|attribute| attribute.path().clone()));
        // `cfg` first: what is not compiled is not protected.
        let (mut all, others): (Vec<_>, Vec<_>) =
            attrs.drain(..).partition(|attribute| attribute.path().is_ident("cfg"));
        let runtime = self.runtime;
        all.push(parse_quote!(#[#runtime::zero_trust(#args)]));
        all.extend(others);
        *attrs = all;
    }
}

/// Where a function stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Module,
    /// `impl`, `trait`.
    Block,
}

/// `route` on a block without a free function in it says nothing.
pub(super) fn ensure_route_possible(item: &Item, args: &TokenStream, report: &mut Report) {
    let Item::Impl(_) = item else { return };
    let list = args::list(args.clone()).unwrap_or_default();
    if let Some(route) = list.iter().find(|arg| arg.name == "route") {
        report.add(Rule::NoRouteHere, &route.name, NO_ROUTE_HERE);
    }
}

fn without_route(args: TokenStream) -> TokenStream {
    let Ok(list) = args::list(args.clone()) else { return args };
    let kept = list.iter().filter(|arg| arg.name != "route");
    quote!(#(#kept),*)
}

fn stays(attrs: &[Attribute]) -> bool {
    attrs.iter().any(is_zero_trust) || is_for_tests(attrs)
}

/// A protection that stands beside is one of the block's, with its own keys.
fn with(args: TokenStream, own: &Attribute) -> TokenStream {
    let Some(name) = protection(own) else { return args };
    let Ok(list) = args::list(args.clone()) else { return args };
    let kept = list.into_iter().filter(|arg| arg.name != name).map(|mut arg| {
        if let (true, Value::List(names)) = (arg.name == "without", &arg.value) {
            let names = args::list(names.clone()).unwrap_or_default();
            let names = names.iter().filter(|other| other.name != name).map(Arg::to_token_stream);
            arg.value = Value::List(quote!(#(#names),*));
        }
        arg.to_token_stream()
    });
    let keys = args::list_with_value(args::tokens_of(own)).unwrap_or_default();
    let keys = keys.iter().filter(|arg| arg.name != "crate").map(Arg::to_token_stream);
    let name = own.path().segments.last();
    quote!(#(#kept,)* #name(#(#keys),*))
}

/// The escapes from the rules of the block, which the compiler does not know.
fn strip(attrs: &mut Vec<Attribute>, sig: &mut Signature) {
    attrs.retain(|attribute| !is_escape(attribute));
    for input in &mut sig.inputs {
        let attrs = match input {
            FnArg::Receiver(receiver) => &mut receiver.attrs,
            FnArg::Typed(parameter) => &mut parameter.attrs,
        };
        attrs.retain(|attribute| !is_escape(attribute));
    }
}

/// Those on functions inside functions.
struct Escapes;

impl VisitMut for Escapes {
    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        strip(&mut item.attrs, &mut item.sig);
        syn::visit_mut::visit_item_fn_mut(self, item);
    }
    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        strip(&mut item.attrs, &mut item.sig);
        syn::visit_mut::visit_impl_item_fn_mut(self, item);
    }
}
