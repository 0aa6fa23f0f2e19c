//! PC0204: a parameter whose type holds itself: a client nests it as deep as it likes.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Attribute, Field, Fields, FnArg, Meta, PathArguments, ReturnType, Type};

use super::cycles::has_attribute_around;
use super::escapes::Escapes;
use super::graph::Graph;
use super::paths::{Meaning, Space};
use super::seen::{Kind, ScopeId, Seen, TypeId, segments};
use super::standing::reaching;
use crate::policy::{is_observed, is_skipped};
use crate::report::Report;
use crate::rules::Rule;

pub(super) fn ensure_flat(seen: &Seen, block: &TokenStream, escapes: &mut Escapes, report: &mut Report) {
    let holds = holds(seen);
    let nested = holds.components();
    for (id, function) in seen.functions.iter().enumerate() {
        let reaching = reaching(function, block);
        let is_protected = reaching.clone().is_some_and(|args| !is_skipped(args));
        let is_observed = reaching.is_some_and(is_observed);
        if !is_protected || function.written != id || has_attribute_around(&[function]) {
            continue;
        }
        for (at, input) in function.sig.inputs.iter().enumerate() {
            let FnArg::Typed(parameter) = input else { continue };
            let mut reached = types_in(seen, &parameter.ty, function.scope, true);
            let held: Vec<TypeId> = reached.iter().flat_map(|id| holds.reached_from(*id)).collect();
            reached.extend(held);
            let Some(component) = nested.iter().find(|component| !component.is_disjoint(&reached)) else { continue };
            if is_trusted(&parameter.attrs) || escapes.excuse_parameter(function, at, &parameter.attrs) || is_observed {
                continue;
            }
            let cycle = holds.shortest_cycle(component);
            let names: Vec<&str> =
                cycle.iter().chain(cycle.first()).filter_map(|id| Some(&*seen.types.get(*id)?.name)).collect();
            let (name, path) = (names.first().map_or("", |name| name), names.join(" -> "));
            let message = format!(
                "a client can nest `{name}` as deep as it likes: {path}\n\
                 help: a flat form, such as a list whose elements name their parent by its place\n\
                 help: or a deserialiser that stops at a depth, on the field: `#[serde(deserialize_with = \"..\")]`\n\
                 help: or, if something else bounds it: `#[portcullis::allow(recursion, reason = \"..\")]` before the parameter"
            );
            report.add(Rule::NestedInput, &parameter.ty, &message);
        }
    }
}

fn is_trusted(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attribute| attribute.path().is_ident("trusted"))
}

/// Which types of the block hold which.
fn holds(seen: &Seen) -> Graph {
    let mut holds = Graph::default();
    for (id, of) in seen.types.iter().enumerate() {
        let held = |ty: &Type| types_in(seen, ty, of.scope, false);
        let of_fields = |fields: &Fields| {
            fields.iter().filter(|field| is_parsed(field)).flat_map(|field| held(&field.ty)).collect()
        };
        let all: BTreeSet<TypeId> = match &of.kind {
            Kind::Struct(fields) => of_fields(fields),
            Kind::Enum(variants) => {
                variants.iter().flat_map(|fields| -> BTreeSet<TypeId> { of_fields(fields) }).collect()
            }
            Kind::Alias(target) => held(target),
            Kind::Trait | Kind::Other => BTreeSet::new(),
        };
        for to in all {
            holds.add(id, to);
        }
    }
    holds
}

/// Whether a client's value comes into the field as its type alone says.
fn is_parsed(field: &Field) -> bool {
    const OTHERWISE: [&str; 5] = ["skip", "skip_deserializing", "deserialize_with", "with", "from"];
    !field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")).any(|attribute| match &attribute.meta {
        Meta::List(list) => list
            .tokens
            .clone()
            .into_iter()
            .any(|tree| matches!(tree, TokenTree::Ident(word) if OTHERWISE.iter().any(|name| word == name))),
        _ => false,
    })
}

/// The types of the block that a value of a type owns, or, with `is_parameter`, is lent. What a field borrows was there before.
fn types_in(seen: &Seen, ty: &Type, scope: ScopeId, is_parameter: bool) -> BTreeSet<TypeId> {
    struct Types<'a> {
        seen: &'a Seen,
        scope: ScopeId,
        found: BTreeSet<TypeId>,
        is_parameter: bool,
    }
    impl Visit<'_> for Types<'_> {
        fn visit_type_path(&mut self, of: &syn::TypePath) {
            const HOLD_NOTHING: [&str; 2] = ["PhantomData", "Weak"];
            let path = segments(&of.path);
            if path.last().is_some_and(|last| HOLD_NOTHING.contains(&&**last)) {
                return;
            }
            if let Meaning::Type(id) = self.seen.meaning(self.scope, &path, Space::Types) {
                self.found.insert(id);
            }
            for segment in &of.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &segment.arguments {
                    self.visit_angle_bracketed_generic_arguments(arguments);
                }
            }
        }
        fn visit_type_reference(&mut self, of: &syn::TypeReference) {
            if self.is_parameter {
                self.visit_type(&of.elem);
            }
        }
        fn visit_type_fn_ptr(&mut self, _: &syn::TypeFnPtr) {}
        fn visit_type_ptr(&mut self, _: &syn::TypePtr) {}
        fn visit_type_trait_object(&mut self, _: &syn::TypeTraitObject) {}
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {}
        fn visit_return_type(&mut self, _: &ReturnType) {}
        fn visit_expr(&mut self, _: &syn::Expr) {}
    }
    let mut types = Types { seen, scope, found: BTreeSet::new(), is_parameter };
    types.visit_type(ty);
    types.found
}
