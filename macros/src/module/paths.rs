//! What a path means in the block: by modules and imports, never by its last name alone.

use std::collections::BTreeSet;
use std::rc::Rc;

use syn::{GenericArgument, PathArguments, Type};

use super::seen::{FunctionId, Key, Kind, OwnerId, Scope, ScopeId, Seen, TypeId, segments};

/// Imports may go round in circles.
const FUEL: u8 = 12;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Values,
    Types,
}

#[derive(Clone)]
pub(super) enum Meaning {
    Functions(Vec<FunctionId>),
    Module(ScopeId),
    Type(TypeId),
    /// A constant or a static.
    Value,
    /// `Type::name`.
    Of(Key, String),
    /// Not in the block.
    Outside(Vec<String>),
}

impl Seen {
    /// What the path means where it stands.
    pub(super) fn meaning(&self, scope: ScopeId, path: &[String], space: Space) -> Meaning {
        self.resolve(scope, path, space, FUEL).unwrap_or_else(|| Meaning::Outside(path.to_vec()))
    }

    pub(super) fn type_of_path(&self, scope: ScopeId, path: &[String]) -> Option<TypeId> {
        match self.meaning(scope, path, Space::Types) {
            Meaning::Type(id) => Some(id),
            _ => None,
        }
    }

    /// Whose functions a type has. None where that is not to be known: a type parameter, a reference, `dyn`.
    pub(super) fn key(&self, ty: &Type, scope: ScopeId, generics: &BTreeSet<String>) -> Option<Key> {
        match ty {
            Type::Paren(inner) => self.key(&inner.elem, scope, generics),
            Type::Group(inner) => self.key(&inner.elem, scope, generics),
            Type::Path(of) if of.qself.is_none() => {
                let path = segments(&of.path);
                if path.first().is_some_and(|first| generics.contains(first)) {
                    return None;
                }
                match self.meaning(scope, &path, Space::Types) {
                    Meaning::Type(id) => match self.types.get(id).map(|of| (&of.kind, of.scope, &of.generics)) {
                        Some((Kind::Alias(target), scope, generics)) => self.key(target, scope, generics),
                        _ => Some(Key::Seen(id)),
                    },
                    Meaning::Outside(path) => Some(Key::Outside(path)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn resolve(&self, scope: ScopeId, path: &[String], space: Space, fuel: u8) -> Option<Meaning> {
        let fuel = fuel.checked_sub(1)?;
        let (first, mut rest) = path.split_first()?;
        let here = match first.as_str() {
            "self" => Meaning::Module(self.module(scope)),
            "super" => match self.scopes.get(self.module(scope))?.parent {
                Some(parent) => Meaning::Module(self.module(parent)),
                None => return Some(Meaning::Outside(path.to_vec())),
            },
            "crate" if self.is_crate => Meaning::Module(0),
            // A module at the top of its crate, as it is written most often. One further down is not recognised by its
            // name: there may be several of it.
            "crate" if self.scope_path(0).first().is_some_and(|name| rest.first() == Some(name)) => {
                rest = rest.get(1..)?;
                Meaning::Module(0)
            }
            "crate" | "" => return Some(Meaning::Outside(path.to_vec())),
            name => self.lexical(scope, name, if rest.is_empty() { space } else { Space::Types }, fuel)?,
        };
        self.follow(here, rest, space, fuel)
    }

    /// The rest of a path, from what its beginning means.
    fn follow(&self, here: Meaning, rest: &[String], space: Space, fuel: u8) -> Option<Meaning> {
        let Some((name, after)) = rest.split_first() else { return Some(here) };
        let fuel = fuel.checked_sub(1)?;
        let next = if after.is_empty() { space } else { Space::Types };
        let here = match here {
            Meaning::Module(module) if name == "super" => match self.scopes.get(module)?.parent {
                Some(parent) => Meaning::Module(self.module(parent)),
                None => return Some(Meaning::Outside(rest.to_vec())),
            },
            Meaning::Module(module) => self.member(module, name, next, fuel)?,
            Meaning::Type(id) => match self.types.get(id).map(|of| (&of.kind, of)) {
                Some((Kind::Alias(target), of)) => Meaning::Of(self.key(target, of.scope, &of.generics)?, name.clone()),
                _ => Meaning::Of(Key::Seen(id), name.clone()),
            },
            Meaning::Outside(mut path) => {
                let owner = path.clone();
                path.push(name.clone());
                let of = (Key::Outside(owner), name.clone());
                if next == Space::Values && self.methods.contains_key(&of) {
                    Meaning::Of(of.0, of.1)
                } else {
                    Meaning::Outside(path)
                }
            }
            Meaning::Functions(_) | Meaning::Value | Meaning::Of(..) => return None,
        };
        self.follow(here, after, space, fuel)
    }

    /// From the innermost block out to the module.
    fn lexical(&self, scope: ScopeId, name: &str, space: Space, fuel: u8) -> Option<Meaning> {
        let mut here = scope;
        loop {
            if let Some(found) = self.member(here, name, space, fuel) {
                return Some(found);
            }
            let scope = self.scopes.get(here)?;
            match scope.parent {
                Some(parent) if scope.is_block => here = parent,
                _ => return Some(Meaning::Outside(vec![name.to_owned()])),
            }
        }
    }

    fn member(&self, scope: ScopeId, name: &str, space: Space, fuel: u8) -> Option<Meaning> {
        let mut passed = BTreeSet::new();
        let mut open = vec![scope];
        while let Some(scope) = open.pop() {
            if let Some(found) = self.named_in(scope, name, space, fuel) {
                return Some(found);
            }
            // Globs lead to globs, and back: each module is asked once.
            open.extend(self.glob_targets(scope, fuel).iter().copied().filter(|target| passed.insert(*target)));
        }
        None
    }

    /// What has that name in a scope, but for globs.
    fn named_in(&self, scope: ScopeId, name: &str, space: Space, fuel: u8) -> Option<Meaning> {
        let of = self.scopes.get(scope)?;
        let own = match space {
            Space::Values => Self::value(of, name),
            Space::Types => of.modules.get(name).map(|id| Meaning::Module(*id)),
        };
        let own = own.or_else(|| of.types.get(name).map(|id| Meaning::Type(*id)));
        own.or_else(|| of.imports.get(name)?.iter().find_map(|target| self.resolve(scope, target, space, fuel)))
    }

    /// The modules of the block whose names a scope has by `use ..::*`.
    fn glob_targets(&self, scope: ScopeId, fuel: u8) -> Rc<[ScopeId]> {
        if let Some(known) = self.glob_targets.borrow().get(&scope) {
            return Rc::clone(known);
        }
        // While they are looked for, there are none.
        self.glob_targets.borrow_mut().insert(scope, Rc::new([]));
        let globs = self.scopes.get(scope).map_or(&[][..], |scope| &scope.globs);
        let targets = globs.iter().filter_map(|glob| match self.resolve(scope, glob, Space::Types, fuel) {
            Some(Meaning::Module(module)) => Some(module),
            _ => None,
        });
        let targets: Rc<[ScopeId]> = targets.collect();
        self.glob_targets.borrow_mut().insert(scope, Rc::clone(&targets));
        targets
    }

    fn value(scope: &Scope, name: &str) -> Option<Meaning> {
        let function = scope.functions.get(name).map(|ids| Meaning::Functions(ids.clone()));
        function.or_else(|| scope.values.contains(name).then_some(Meaning::Value))
    }

    fn module(&self, scope: ScopeId) -> ScopeId {
        let mut here = scope;
        while let Some(Scope { is_block: true, parent: Some(parent), .. }) = self.scopes.get(here) {
            here = *parent;
        }
        here
    }

    /// The functions of that name that a type has. Its own come before those of traits; whether it is known which of
    /// several is meant. `near`: of the block whose `Self` it is.
    pub(super) fn methods(&self, key: &Key, name: &str, near: Option<OwnerId>) -> (Vec<FunctionId>, bool) {
        let all = self.methods.get(&(key.clone(), name.to_owned())).cloned().unwrap_or_default();
        let owner = |id: &FunctionId| self.functions.get(*id).and_then(|function| function.owner);
        let is_inherent = |id: &FunctionId| {
            owner(id).and_then(|owner| self.owners.get(owner)).is_none_or(|owner| owner.of_trait.is_none())
        };
        let inherent: Vec<FunctionId> = all.iter().copied().filter(is_inherent).collect();
        // No other block for `Self` may have it.
        let own: Vec<FunctionId> = inherent.iter().copied().filter(|id| near.is_some() && owner(id) == near).collect();
        if !own.is_empty() {
            return (own, true);
        }
        let found = if inherent.is_empty() { all } else { inherent };
        let is_one = self.is_one(&found);
        (found, is_one)
    }

    /// Two blocks for the same type have a function of one name for different arguments, and those of one head under
    /// different `cfg`.
    pub(super) fn is_one(&self, found: &[FunctionId]) -> bool {
        let head = |id: &FunctionId| Some(&*self.owners.get(self.functions.get(*id)?.owner?)?.head);
        found.iter().map(head).collect::<BTreeSet<Option<&str>>>().len() <= 1
    }

    /// The functions of that name that a type has from a trait, by the trait's name, or that with its arguments.
    pub(super) fn of_trait(&self, key: &Key, of_trait: &str, name: &str) -> Vec<FunctionId> {
        let all = self.methods.get(&(key.clone(), name.to_owned())).cloned().unwrap_or_default();
        let is_of = |id: &FunctionId| {
            let owner = self.functions.get(*id).and_then(|function| function.owner);
            let own = owner.and_then(|owner| self.owners.get(owner)?.of_trait.as_ref());
            own.is_some_and(|(name, with_arguments)| name == of_trait || with_arguments == of_trait)
        };
        all.into_iter().filter(is_of).collect()
    }

    /// All methods of that name, of whatever type.
    pub(super) fn methods_by_name(&self, name: &str) -> Vec<FunctionId> {
        let of = self.methods.iter().filter(|((_, known), _)| known == name).flat_map(|(_, ids)| ids.iter().copied());
        of.filter(|id| self.functions.get(*id).is_some_and(|function| function.sig.receiver().is_some())).collect()
    }
}

/// The types in `<..>`.
pub(super) fn arguments(path: &syn::Path) -> Vec<Type> {
    let Some(PathArguments::AngleBracketed(of)) = path.segments.last().map(|last| &last.arguments) else {
        return Vec::new();
    };
    let types = of.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}
