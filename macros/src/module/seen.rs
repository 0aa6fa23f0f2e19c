//! What a block shows: its modules, types and functions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Block, Expr, Fields, GenericParam, Generics, ImplItem, Item, ItemImpl, ItemTrait, Meta, Signature,
    TraitItem, Type, UseTree,
};

pub(crate) type ScopeId = usize;
pub(crate) type FunctionId = usize;
pub(crate) type TypeId = usize;
pub(crate) type OwnerId = usize;

/// Where names stand: a module, or a block with items of its own.
pub(crate) struct Scope {
    pub(super) parent: Option<ScopeId>,
    /// Names that are not found here may stand further out.
    pub(super) is_block: bool,
    /// From the seen block on.
    path: Vec<String>,
    pub(super) functions: BTreeMap<String, Vec<FunctionId>>,
    pub(super) types: BTreeMap<String, TypeId>,
    /// Those of one name stand under different `cfg`, and count as one; so with types.
    pub(super) modules: BTreeMap<String, ScopeId>,
    /// Constants and statics.
    pub(super) values: BTreeSet<String>,
    pub(super) imports: BTreeMap<String, Vec<Vec<String>>>,
    pub(super) globs: Vec<Vec<String>>,
}

/// A function with a body.
pub(crate) struct Function {
    /// The function that is written: a type has a copy of what its trait has a body for.
    pub(crate) written: FunctionId,
    /// As errors show it: `Pool::settle`.
    pub(crate) name: String,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) sig: Signature,
    pub(crate) body: Rc<Block>,
    pub(super) scope: ScopeId,
    pub(crate) owner: Option<OwnerId>,
    /// The attributes of the items around it, the nearest first.
    pub(crate) around: Vec<Rc<[Attribute]>>,
    /// Stands in the body of another function, where no attribute of a block comes.
    pub(crate) is_nested: bool,
}

/// An `impl` block or a trait.
pub(crate) struct Owner {
    pub(super) key: Key,
    /// As it is written: two blocks of one head stand under different `cfg`.
    pub(super) head: String,
    /// What `Self` is, with where that is written. None in a trait.
    pub(super) self_type: Option<(Type, ScopeId)>,
    /// The last name of the trait, and that with its arguments.
    pub(super) of_trait: Option<(String, String)>,
    pub(super) generics: BTreeSet<String>,
}

/// Whose functions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Seen(TypeId),
    /// Declared elsewhere, by its path.
    Outside(Vec<String>),
    /// A type parameter, a reference and the like: only the block itself is known.
    Block(OwnerId),
}

/// A type that is declared in the block.
pub(crate) struct Declared {
    pub(crate) name: String,
    pub(super) scope: ScopeId,
    pub(crate) kind: Kind,
    pub(super) generics: BTreeSet<String>,
}

#[allow(clippy::large_enum_variant, reason = "as many as a module has types")]
pub(crate) enum Kind {
    Struct(Fields),
    Enum(Vec<Fields>),
    Trait,
    Alias(Box<Type>),
    Other,
}

/// The block.
#[derive(Default)]
pub(crate) struct Seen {
    pub(super) scopes: Vec<Scope>,
    pub(crate) functions: Vec<Function>,
    pub(crate) types: Vec<Declared>,
    pub(super) owners: Vec<Owner>,
    pub(super) methods: BTreeMap<(Key, String), Vec<FunctionId>>,
    /// What constants and statics hold, with where it stands.
    pub(super) tables: Vec<(ScopeId, Rc<Expr>)>,
    /// The names of `macro_rules!` with their rules.
    pub(super) macros: BTreeMap<String, TokenStream>,
    /// The outermost module is that of a crate.
    pub(super) is_crate: bool,
    /// What `paths` has found so far.
    pub(super) glob_targets: RefCell<BTreeMap<ScopeId, Rc<[ScopeId]>>>,
}

/// What came with an item from outside.
#[derive(Clone, Default)]
struct Around {
    attrs: Vec<Rc<[Attribute]>>,
    is_nested: bool,
}

impl Around {
    fn within(&self, attrs: &[Attribute]) -> Self {
        let mut within = self.clone();
        within.attrs.insert(0, attrs.into());
        within
    }
}

impl Seen {
    /// Of a module, or an `impl` block. `is_crate`: the module holds all that a crate does.
    pub(crate) fn block(item: &Item, is_crate: bool) -> Self {
        let mut seen = Self { is_crate, ..Self::default() };
        match item {
            Item::Mod(module) => {
                let root = seen.add_scope(None, Some(&module.ident.unraw().to_string()), false);
                let items: Vec<&Item> = module.content.iter().flat_map(|(_, items)| items).collect();
                seen.collect(root, &items, &Around::default());
            }
            other => {
                let root = seen.add_scope(None, None, false);
                seen.collect(root, &[other], &Around::default());
            }
        }
        seen
    }

    /// The items of a block inside a function, in a scope of their own.
    pub(super) fn collect_block(&mut self, around: FunctionId, scope: ScopeId, block: &Block) -> Option<ScopeId> {
        let items = block.stmts.iter().filter_map(|stmt| match stmt {
            syn::Stmt::Item(item) => Some(item),
            _ => None,
        });
        let items: Vec<&Item> = items.collect();
        items.first()?;
        let name = self.functions.get(around)?.name.rsplit("::").next()?.to_owned();
        let inner = self.add_scope(Some(scope), Some(&name), true);
        self.collect(inner, &items, &Around { attrs: Vec::new(), is_nested: true });
        Some(inner)
    }

    /// `idle_pool -> settle -> idle_pool`.
    pub(crate) fn path_of(&self, cycle: &[FunctionId]) -> String {
        let functions = cycle.iter().chain(cycle.first()).filter_map(|id| self.functions.get(*id));
        functions.map(|function| function.name.as_str()).collect::<Vec<_>>().join(" -> ")
    }

    pub(crate) fn scope_path(&self, scope: ScopeId) -> &[String] {
        self.scopes.get(scope).map_or(&[], |scope| &scope.path)
    }

    fn add_scope(&mut self, parent: Option<ScopeId>, name: Option<&str>, is_block: bool) -> ScopeId {
        let mut path = parent.map(|parent| self.scope_path(parent).to_vec()).unwrap_or_default();
        path.extend(name.map(str::to_owned));
        self.scopes.push(Scope {
            parent,
            is_block,
            path,
            functions: BTreeMap::new(),
            types: BTreeMap::new(),
            modules: BTreeMap::new(),
            values: BTreeSet::new(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
        });
        self.scopes.len().saturating_sub(1)
    }

    fn collect(&mut self, scope: ScopeId, items: &[&Item], around: &Around) {
        let mut blocks = Vec::new();
        self.declare(scope, items.iter().copied(), around, &mut blocks);
        // When all types are known.
        let traits: Vec<(&ItemTrait, TypeId, ScopeId, Around)> = blocks
            .iter()
            .filter_map(|(item, scope, around)| match item {
                Item::Trait(of) => {
                    let id = *self.scopes.get(*scope)?.types.get(&of.ident.unraw().to_string())?;
                    Some((of, id, *scope, around.clone()))
                }
                _ => None,
            })
            .collect();
        for (of, id, scope, around) in &traits {
            let owner = self.add_owner(Owner {
                key: Key::Seen(*id),
                head: String::new(),
                self_type: None,
                of_trait: None,
                generics: names(&of.generics),
            });
            self.defaults(of, *id, owner, *scope, around, &[]);
        }
        for (item, scope, around) in &blocks {
            if let Item::Impl(of) = item {
                self.collect_impl(of, *scope, around, &traits);
            }
        }
    }

    /// Names, and the functions that belong to no type.
    fn declare<'a>(
        &mut self,
        scope: ScopeId,
        items: impl Iterator<Item = &'a Item>,
        around: &Around,
        blocks: &mut Vec<(&'a Item, ScopeId, Around)>,
    ) {
        for item in items {
            match item {
                Item::Fn(item) if !is_for_tests(&item.attrs) => {
                    let name = self.shown(scope, None, &item.sig.ident);
                    let id = self.add(Function {
                        written: self.functions.len(),
                        name,
                        attrs: item.attrs.clone(),
                        sig: item.sig.clone(),
                        body: Rc::new((*item.block).clone()),
                        scope,
                        owner: None,
                        around: around.attrs.clone(),
                        is_nested: around.is_nested,
                    });
                    self.named(scope, |scope| {
                        scope.functions.entry(item.sig.ident.unraw().to_string()).or_default().push(id);
                    });
                }
                Item::Mod(item) if !is_for_tests(&item.attrs) => {
                    let name = item.ident.unraw().to_string();
                    let known = self.scopes.get(scope).and_then(|scope| scope.modules.get(&name).copied());
                    let inner = known.unwrap_or_else(|| self.add_scope(Some(scope), Some(&name), false));
                    self.named(scope, |scope| {
                        scope.modules.insert(name, inner);
                    });
                    if let Some((_, items)) = &item.content {
                        self.declare(inner, items.iter(), &around.within(&item.attrs), blocks);
                    }
                }
                Item::Impl(of) if !is_for_tests(&of.attrs) => blocks.push((item, scope, around.within(&of.attrs))),
                Item::Trait(of) => {
                    self.declare_type(scope, &of.ident, &of.generics, Kind::Trait);
                    blocks.push((item, scope, around.within(&of.attrs)));
                }
                Item::Struct(item) => {
                    self.declare_type(scope, &item.ident, &item.generics, Kind::Struct(item.fields.clone()));
                }
                Item::Enum(item) => {
                    let variants = item.variants.iter().map(|variant| variant.fields.clone()).collect();
                    self.declare_type(scope, &item.ident, &item.generics, Kind::Enum(variants));
                }
                Item::Union(item) => self.declare_type(scope, &item.ident, &item.generics, Kind::Other),
                Item::Type(item) => {
                    self.declare_type(scope, &item.ident, &item.generics, Kind::Alias(item.ty.clone()));
                }
                Item::Const(item) => self.declare_value(scope, &item.ident, &item.expr),
                Item::Static(item) => self.declare_value(scope, &item.ident, &item.expr),
                Item::Use(item) => {
                    let start = if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
                    self.named(scope, |scope| import(scope, start, &item.tree));
                }
                Item::Macro(item) => {
                    if let Some(name) = &item.ident {
                        self.macros.insert(name.to_string(), item.mac.tokens.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn collect_impl(
        &mut self,
        of: &ItemImpl,
        scope: ScopeId,
        around: &Around,
        traits: &[(&ItemTrait, TypeId, ScopeId, Around)],
    ) {
        let generics = names(&of.generics);
        let key = self.key(&of.self_ty, scope, &generics).unwrap_or(Key::Block(self.owners.len()));
        let (implemented, self_type) = (of.trait_.as_ref().map(|(path, _)| path), &of.self_ty);
        let head = quote!(#implemented #self_type).to_string();
        let trait_path: Option<Vec<String>> = of.trait_.as_ref().map(|(path, _)| segments(path));
        let last = of.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        let of_trait = last.map(|last| (last.ident.to_string(), last.to_token_stream().to_string()));
        let own = Owner { key, head, self_type: Some(((*of.self_ty).clone(), scope)), of_trait, generics };
        let owner = self.add_owner(own);
        let mut written = Vec::new();
        for item in &of.items {
            if let ImplItem::Fn(item) = item {
                written.push(item.sig.ident.unraw().to_string());
                let name = self.shown(scope, Some(owner), &item.sig.ident);
                self.add(Function {
                    written: self.functions.len(),
                    name,
                    attrs: item.attrs.clone(),
                    sig: item.sig.clone(),
                    body: Rc::new(item.block.clone()),
                    scope,
                    owner: Some(owner),
                    around: around.attrs.clone(),
                    is_nested: around.is_nested,
                });
            }
        }
        // What the type gets from the trait calls the type's own: `X::step -> X::walk`, and not another type's `step`.
        let declared = trait_path.and_then(|path| self.type_of_path(scope, &path));
        if let Some((of, id, scope, around)) = declared.and_then(|id| traits.iter().find(|(_, known, ..)| *known == id))
        {
            self.defaults(of, *id, owner, *scope, around, &written);
        }
    }

    /// The functions that a trait has a body for, but those that are written anew.
    fn defaults(
        &mut self,
        of: &ItemTrait,
        id: TypeId,
        owner: OwnerId,
        scope: ScopeId,
        around: &Around,
        written: &[String],
    ) {
        for item in &of.items {
            if let TraitItem::Fn(item) = item
                && let Some(body) = &item.default
                && !written.contains(&item.sig.ident.unraw().to_string())
            {
                let name = self.shown(scope, Some(owner), &item.sig.ident);
                let first = self.methods.get(&(Key::Seen(id), item.sig.ident.unraw().to_string()));
                self.add(Function {
                    written: first.and_then(|ids| ids.first().copied()).unwrap_or(self.functions.len()),
                    name,
                    attrs: item.attrs.clone(),
                    sig: item.sig.clone(),
                    body: Rc::new(body.clone()),
                    scope,
                    owner: Some(owner),
                    around: around.attrs.clone(),
                    is_nested: around.is_nested,
                });
            }
        }
    }

    fn add(&mut self, function: Function) -> FunctionId {
        let id = self.functions.len();
        if let Some(key) = function.owner.and_then(|owner| self.owners.get(owner)).map(|owner| owner.key.clone()) {
            self.methods.entry((key, function.sig.ident.unraw().to_string())).or_default().push(id);
        }
        self.functions.push(function);
        id
    }

    fn add_owner(&mut self, owner: Owner) -> OwnerId {
        self.owners.push(owner);
        self.owners.len().saturating_sub(1)
    }

    fn declare_type(&mut self, scope: ScopeId, name: &Ident, generics: &Generics, kind: Kind) {
        let (name, id) = (name.unraw().to_string(), self.types.len());
        if self.scopes.get(scope).is_some_and(|scope| scope.types.contains_key(&name)) {
            return;
        }
        self.types.push(Declared { name: name.clone(), scope, kind, generics: names(generics) });
        self.named(scope, |scope| {
            scope.types.insert(name, id);
        });
    }

    fn declare_value(&mut self, scope: ScopeId, name: &Ident, value: &Expr) {
        self.tables.push((scope, Rc::new(value.clone())));
        self.named(scope, |scope| {
            scope.values.insert(name.unraw().to_string());
        });
    }

    fn named(&mut self, scope: ScopeId, declare: impl FnOnce(&mut Scope)) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            declare(scope);
        }
    }

    fn shown(&self, scope: ScopeId, owner: Option<OwnerId>, name: &Ident) -> String {
        // The outermost module is where the reader is.
        let outermost = usize::from(self.scope_path(0).len() == 1);
        let mut path = self.scope_path(scope).iter().skip(outermost).cloned().collect::<Vec<_>>();
        if let Some(owner) = owner.and_then(|owner| self.owners.get(owner)) {
            path.push(match (&owner.self_type, &owner.key) {
                (Some((Type::Path(of), _)), _) => {
                    of.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
                }
                (Some((other, _)), _) => format!("<{}>", other.to_token_stream()),
                (None, Key::Seen(id)) => self.types.get(*id).map(|of| of.name.clone()).unwrap_or_default(),
                (None, _) => String::new(),
            });
        }
        path.push(name.to_string());
        path.join("::")
    }
}

/// The names of type parameters.
pub(super) fn names(generics: &Generics) -> BTreeSet<String> {
    let types = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.to_string()),
        _ => None,
    });
    types.collect()
}

/// The names of a path. One that begins with `::` begins with no name.
pub(super) fn segments(path: &syn::Path) -> Vec<String> {
    let start = path.leading_colon.map(|_| String::new());
    start.into_iter().chain(path.segments.iter().map(|segment| segment.ident.unraw().to_string())).collect()
}

fn import(scope: &mut Scope, mut path: Vec<String>, tree: &UseTree) {
    let mut add = |name: &Ident, target: Vec<String>| {
        scope.imports.entry(name.unraw().to_string()).or_default().push(target);
    };
    match tree {
        UseTree::Path(of) => {
            path.push(of.ident.unraw().to_string());
            import(scope, path, &of.tree);
        }
        UseTree::Name(of) if of.ident == "self" => {
            if let Some(last) = path.last().cloned() {
                scope.imports.entry(last).or_default().push(path);
            }
        }
        UseTree::Name(of) => {
            path.push(of.ident.unraw().to_string());
            add(&of.ident, path);
        }
        UseTree::Rename(of) => {
            if of.ident != "self" {
                path.push(of.ident.unraw().to_string());
            }
            add(&of.rename, path);
        }
        UseTree::Glob(_) => scope.globs.push(path),
        UseTree::Group(of) => of.items.iter().for_each(|tree| import(scope, path.clone(), tree)),
    }
}

/// `#[test]`, whoever's, and `#[cfg(test)]`: no client calls it.
pub(crate) fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        meta => meta.path().segments.last().is_some_and(|last| last.ident == "test" || last.ident == "bench"),
    })
}
