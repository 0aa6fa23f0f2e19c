//! The names of a function: what its module shows, what its blocks import and declare, and its variables.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Fields, ImplItem, Item, Pat, Path, ReturnType, Signature, Type, UseTree};

use super::paths::Meaning;
use super::shown::OWN_TYPE;
use super::types::{Ty, arguments};
use crate::parameter::bindings;

/// The names of one block.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) imports: BTreeMap<String, Vec<String>>,
    pub(super) globs: Vec<Vec<String>>,
    /// Items that are declared here.
    pub(super) own: BTreeSet<String>,
    locals: BTreeMap<String, Local>,
}

/// A variable.
#[derive(Clone, Default)]
pub(super) struct Local {
    pub(super) ty: Option<Ty>,
    /// Holds a number that a client chose and nothing bounded.
    pub(super) is_from_client: bool,
    /// The static that it is a guard or a reference of.
    pub(super) of_static: Option<String>,
    /// What it gives comes from the other side of a connection.
    pub(super) is_peer: bool,
    /// A parameter whose rule leaves zero out.
    pub(super) is_never_zero: bool,
}

/// What a function gives.
#[derive(Clone)]
pub(super) struct Output {
    pub(super) ty: Option<Type>,
    pub(super) is_async: bool,
}

/// What declarations tell of types. By name alone: the items of two blocks of one function seldom share one.
#[derive(Default)]
pub(super) struct Declared {
    /// By `name`, or `Type::name`.
    pub(super) outputs: BTreeMap<String, Output>,
    pub(super) fields: BTreeMap<String, Fields>,
    pub(super) aliases: BTreeMap<String, Type>,
    pub(super) statics: BTreeMap<String, Type>,
    pub(super) own_type: Option<Type>,
    macros: BTreeSet<String>,
}

#[derive(Default)]
pub(super) struct Scopes {
    open: Vec<Scope>,
    pub(super) declared: Declared,
}

impl Scopes {
    /// With what the module shows.
    pub(super) fn of(shown: &[Item]) -> Self {
        let mut scopes = Self::default();
        scopes.enter();
        scopes.declare(&shown.iter().collect::<Vec<_>>());
        scopes
    }

    pub(super) fn enter(&mut self) {
        self.open.push(Scope::default());
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn innermost_first(&self) -> impl Iterator<Item = &Scope> {
        self.open.iter().rev()
    }

    pub(super) fn is_named(&self, name: &str) -> bool {
        self.open.iter().any(|scope| scope.imports.contains_key(name))
    }

    pub(super) fn local(&self, name: &str) -> Option<&Local> {
        self.innermost_first().find_map(|scope| scope.locals.get(name))
    }

    /// The variables that are never zero.
    pub(super) fn never_zero(&self) -> BTreeSet<String> {
        let names = self.open.iter().flat_map(|scope| scope.locals.keys());
        names.filter(|name| self.local(name).is_some_and(|local| local.is_never_zero)).cloned().collect()
    }

    pub(super) fn bind(&mut self, name: &Ident, local: Local) {
        if let Some(scope) = self.open.last_mut() {
            scope.locals.insert(name.unraw().to_string(), local);
        }
    }

    /// All that a pattern binds, of which nothing is known.
    pub(super) fn bind_pattern(&mut self, pattern: &Pat) {
        for name in bindings(pattern) {
            // A constant or a unit struct, and no variable.
            if !name.ident.to_string().starts_with(char::is_uppercase) {
                self.bind(&name.ident, Local::default());
            }
        }
    }

    /// The variables of a pattern, to a part of the static.
    pub(super) fn lend(&mut self, pattern: &Pat, of_static: Option<&str>) {
        for name in bindings(pattern) {
            let of_static = of_static.map(str::to_owned);
            self.bind(&name.ident, Local { of_static, ..Local::default() });
        }
    }

    pub(super) fn declare(&mut self, items: &[&Item]) {
        for item in items {
            match *item {
                Item::Use(item) => {
                    let start = if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
                    if let Some(scope) = self.open.last_mut() {
                        import(scope, start, &item.tree);
                    }
                }
                Item::Fn(item) => {
                    self.declare_output(None, &item.sig);
                    self.own(&item.sig.ident);
                }
                Item::Struct(item) => {
                    self.declared.fields.insert(item.ident.to_string(), item.fields.clone());
                    self.own(&item.ident);
                }
                Item::Type(item) if item.ident == OWN_TYPE => self.declared.own_type = Some((*item.ty).clone()),
                Item::Type(item) => {
                    self.declared.aliases.insert(item.ident.to_string(), (*item.ty).clone());
                    self.own(&item.ident);
                }
                Item::Static(item) => {
                    self.declared.statics.insert(item.ident.to_string(), (*item.ty).clone());
                }
                Item::Impl(of) => {
                    let Type::Path(path) = &*of.self_ty else { continue };
                    let Some(last) = path.path.segments.last() else { continue };
                    for item in &of.items {
                        if let ImplItem::Fn(item) = item {
                            self.declare_output(Some(&last.ident), &item.sig);
                        }
                    }
                }
                Item::Macro(item) => self.declared.macros.extend(item.ident.as_ref().map(ToString::to_string)),
                Item::Enum(item) => self.own(&item.ident),
                Item::Union(item) => self.own(&item.ident),
                Item::Trait(item) => self.own(&item.ident),
                Item::Mod(item) => self.own(&item.ident),
                _ => {}
            }
        }
    }

    /// What a macro's path means: one that is declared here is the user's own.
    pub(super) fn macro_meaning(&self, path: &Path) -> Meaning {
        let is_own = path.get_ident().is_some_and(|name| self.declared.macros.contains(&name.to_string()));
        if is_own { Meaning::Own } else { self.meaning_of_item(path) }
    }

    /// Whether the type is declared in what is seen.
    pub(super) fn is_own(&self, ty: &Ty) -> bool {
        self.open.iter().any(|scope| scope.own.contains(ty.last()))
    }

    /// The type of what a parameter's pattern binds: of the parameter, or of what an extractor of its name holds.
    pub(super) fn bound_type(&self, pattern: &Pat, name: &Ident, ty: &Type) -> Option<Ty> {
        match (pattern, ty) {
            (Pat::Ident(bound), _) if bound.ident == *name => self.written(ty),
            (Pat::Reference(inner), Type::Reference(ty)) => self.bound_type(&inner.pat, name, &ty.elem),
            (Pat::TupleStruct(of), Type::Path(path)) => {
                let (by, last) = (of.path.segments.last()?, path.path.segments.last()?);
                let held = arguments(&last.arguments);
                self.bound_type(of.elems.first()?, name, held.first().filter(|_| by.ident == last.ident)?)
            }
            (Pat::Tuple(of), Type::Tuple(types)) => {
                of.elems.iter().zip(&types.elems).find_map(|(pattern, ty)| self.bound_type(pattern, name, ty))
            }
            _ => None,
        }
    }

    fn own(&mut self, name: &Ident) {
        if let Some(scope) = self.open.last_mut() {
            scope.own.insert(name.unraw().to_string());
        }
    }

    fn declare_output(&mut self, of: Option<&Ident>, sig: &Signature) {
        let ty = match &sig.output {
            ReturnType::Type(_, ty) => Some((**ty).clone()),
            ReturnType::Default => None,
        };
        let name = sig.ident.unraw();
        let name = of.map_or_else(|| name.to_string(), |of| format!("{of}::{name}"));
        self.declared.outputs.insert(name, Output { ty, is_async: sig.asyncness.is_some() });
    }
}

fn import(scope: &mut Scope, mut path: Vec<String>, tree: &UseTree) {
    match tree {
        UseTree::Path(of) => {
            path.push(of.ident.unraw().to_string());
            import(scope, path, &of.tree);
        }
        UseTree::Name(of) if of.ident == "self" => {
            if let Some(last) = path.last().cloned() {
                scope.imports.insert(last, path);
            }
        }
        UseTree::Name(of) => {
            path.push(of.ident.unraw().to_string());
            scope.imports.insert(of.ident.unraw().to_string(), path);
        }
        UseTree::Rename(of) => {
            if of.ident != "self" {
                path.push(of.ident.unraw().to_string());
            }
            scope.imports.insert(of.rename.unraw().to_string(), path);
        }
        UseTree::Glob(_) => scope.globs.push(path),
        UseTree::Group(of) => of.items.iter().for_each(|tree| import(scope, path.clone(), tree)),
    }
}
