//! What a module shows a function of it: imports, and what declarations tell of types. It goes along in the function's own
//! attribute, as items without bodies, since each function is expanded by itself.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::visit_mut::VisitMut;
use syn::{Attribute, ImplItem, Item, Signature, Type, UseTree, Visibility};

use crate::args::{self, Arg, Value};

/// The argument of `strict` that holds it, which nobody writes.
pub(crate) const SHOWN: &str = "__portcullis_shown";

/// The alias that stands for the type of the `impl` block.
pub(super) const OWN_TYPE: &str = "__portcullis_own_type";

/// In the place of the names that come by `*`.
const ALL: &str = "*";

/// The declarations of a module, each without what does not matter here.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    items: Vec<TokenStream>,
    /// Which of them a name leads to.
    by_name: BTreeMap<String, Vec<usize>>,
    /// Those that bring all names of another module.
    globs: Vec<usize>,
}

impl Shown {
    pub(crate) fn of(items: &[Item]) -> Self {
        let mut shown = Self::default();
        for item in items {
            shown.add(item);
        }
        shown
    }

    /// With what comes by `use super::*`.
    pub(crate) fn within(items: &[Item], outer: Option<&Self>) -> Self {
        let mut shown = match outer {
            Some(outer) if items.iter().any(is_all_of_super) => outer.clone(),
            _ => Self::default(),
        };
        for item in items {
            shown.add(item);
        }
        shown
    }

    fn add(&mut self, item: &Item) {
        let Some((names, tokens)) = declared(item) else { return };
        let at = self.items.len();
        self.items.push(tokens);
        if names.iter().any(|name| name == ALL) {
            self.globs.push(at);
        }
        for name in names {
            self.by_name.entry(name).or_default().push(at);
        }
    }

    /// The arguments of the attribute with what its function mentions, and what that mentions.
    pub(crate) fn handed(&self, args: TokenStream, function: &TokenStream, own: Option<&Type>) -> TokenStream {
        let Ok(list) = args::list(args.clone()) else { return args };
        if !list.iter().any(|arg| arg.name == "strict" && matches!(arg.value, Value::Flag)) {
            return args;
        }
        let mut open = Vec::new();
        words(function.clone(), &mut open);
        words(own.to_token_stream(), &mut open);
        let (mut passed, mut taken): (BTreeSet<String>, BTreeSet<usize>) =
            (BTreeSet::new(), self.globs.iter().copied().collect());
        while let Some(name) = open.pop() {
            if passed.contains(&name) {
                continue;
            }
            for at in self.by_name.get(&name).into_iter().flatten() {
                if taken.insert(*at) {
                    words(self.items.get(*at).cloned().unwrap_or_default(), &mut open);
                }
            }
            passed.insert(name);
        }
        let items = taken.iter().filter_map(|at| self.items.get(*at));
        let (alias, shown) = (Ident::new(OWN_TYPE, Span::call_site()), Ident::new(SHOWN, Span::call_site()));
        let own = own.map(|own| quote!(type #alias = #own;));
        let shown = quote!((#shown(#(#items)* #own)));
        let list = list.iter().map(|arg| match &*arg.name.to_string() {
            "strict" => {
                let name = &arg.name;
                quote!(#name #shown)
            }
            _ => Arg::to_token_stream(arg),
        });
        quote!(#(#list),*)
    }
}

/// What the argument of `strict` holds, or none if it is not ours.
pub(super) fn read(tokens: TokenStream) -> Option<Vec<Item>> {
    let [Arg { name, value: Value::List(items) }] = &args::list(tokens).ok()?[..] else { return None };
    let file = syn::parse2::<syn::File>(items.clone()).ok().filter(|_| name == SHOWN)?;
    Some(file.items)
}

fn is_all_of_super(item: &Item) -> bool {
    let Item::Use(item) = item else { return false };
    matches!(&item.tree, UseTree::Path(of) if of.ident == "super" && matches!(*of.tree, UseTree::Glob(_)))
}

/// The names that an item has, and its tokens without attributes, visibility and bodies.
fn declared(item: &Item) -> Option<(Vec<String>, TokenStream)> {
    let mut item = item.clone();
    Bare.visit_item_mut(&mut item);
    let one = |name: &Ident| vec![name.unraw().to_string()];
    Some(match &item {
        Item::Use(of) => {
            let mut names = Vec::new();
            imported(&of.tree, None, &mut names);
            (names, item.to_token_stream())
        }
        Item::Fn(of) => {
            let sig = bare(&of.sig);
            (one(&of.sig.ident), quote!(#sig {}))
        }
        Item::Struct(of) => (one(&of.ident), item.to_token_stream()),
        Item::Type(of) => (one(&of.ident), item.to_token_stream()),
        Item::Static(of) => {
            let (name, ty) = (&of.ident, &of.ty);
            (one(name), quote!(static #name: #ty = 0;))
        }
        Item::Macro(of) => {
            let name = of.ident.as_ref()?;
            (one(name), quote!(macro_rules! #name {}))
        }
        Item::Enum(of) => {
            let name = &of.ident;
            (one(name), quote!(enum #name {}))
        }
        Item::Trait(of) => {
            let name = &of.ident;
            (one(name), quote!(trait #name {}))
        }
        Item::Mod(of) => {
            let name = &of.ident;
            (one(name), quote!(mod #name {}))
        }
        Item::Impl(of) if of.trait_.is_none() => {
            let Type::Path(path) = &*of.self_ty else { return None };
            let own = &of.self_ty;
            let signatures = of.items.iter().filter_map(|item| match item {
                ImplItem::Fn(item) => Some(bare(&item.sig)),
                _ => None,
            });
            (one(&path.path.segments.last()?.ident), quote!(impl #own { #(#signatures {})* }))
        }
        _ => return None,
    })
}

/// A signature without what it takes.
fn bare(sig: &Signature) -> TokenStream {
    let (asyncness, name, output) = (&sig.asyncness, &sig.ident, &sig.output);
    quote!(#asyncness fn #name() #output)
}

fn imported(tree: &UseTree, before: Option<&Ident>, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(of) => imported(&of.tree, Some(&of.ident), names),
        UseTree::Name(of) if of.ident == "self" => names.extend(before.map(|name| name.unraw().to_string())),
        UseTree::Name(of) => names.push(of.ident.unraw().to_string()),
        UseTree::Rename(of) => names.push(of.rename.unraw().to_string()),
        UseTree::Group(of) => of.items.iter().for_each(|tree| imported(tree, before, names)),
        UseTree::Glob(_) => names.push(ALL.to_owned()),
    }
}

fn words(tokens: TokenStream, into: &mut Vec<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(word) => into.push(word.unraw().to_string()),
            TokenTree::Group(group) => words(group.stream(), into),
            _ => {}
        }
    }
}

struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.clear();
    }
    fn visit_visibility_mut(&mut self, visibility: &mut Visibility) {
        *visibility = Visibility::Inherited;
    }
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }
}
