//! What type an expression has, as far as declarations in the block tell. Nothing is inferred: what no declaration tells is
//! not known.

use std::collections::BTreeSet;
use std::rc::Rc;

use quote::ToTokens as _;
use syn::{Fields, FnArg, Pat, ReceiverKind, ReturnType, Type, TypeParamBound};

use super::paths::{Meaning, Space, arguments};
use super::seen::{Function, FunctionId, Key, Kind, OwnerId, ScopeId, Seen, TypeId, segments};
use crate::text;

/// A type.
#[derive(Clone)]
pub(super) enum Ty {
    /// As written somewhere.
    Written(Rc<Type>, Place),
    Seen(TypeId),
    Reference(Box<Self>),
    /// A number, a text: nothing of the block's.
    Plain,
}

/// Where a type is written: what its names mean.
#[derive(Clone)]
pub(super) struct Place {
    scope: ScopeId,
    owner: Option<OwnerId>,
    generics: Rc<BTreeSet<String>>,
}

impl Place {
    /// In an inner block.
    pub(super) fn inside(self, scope: ScopeId) -> Self {
        Self { scope, ..self }
    }
}

/// What a type is at first sight.
pub(super) enum Head {
    Seen(TypeId),
    Outside(Vec<String>, Vec<Ty>),
    Reference(Ty),
    Tuple(Vec<Ty>),
    List(Ty),
    Plain,
    /// A type parameter, `dyn`, `impl`.
    Open,
}

/// Lead to the methods of what they hold.
const POINTERS: [&str; 9] =
    ["Box", "Rc", "Arc", "Pin", "MutexGuard", "RwLockReadGuard", "RwLockWriteGuard", "Ref", "RefMut"];

/// Methods that pointers have themselves.
const OF_POINTERS: [&str; 22] = [
    "clone",
    "as_ref",
    "as_mut",
    "borrow",
    "borrow_mut",
    "to_owned",
    "to_string",
    "into",
    "try_into",
    "fmt",
    "eq",
    "ne",
    "cmp",
    "partial_cmp",
    "hash",
    "type_id",
    "into_iter",
    "next",
    "poll",
    "as_ptr",
    "default",
    "from",
];

/// Lists, by whose elements a loop goes.
const LISTS: [&str; 9] =
    ["Vec", "VecDeque", "HashSet", "BTreeSet", "BinaryHeap", "LinkedList", "Option", "Box", "IndexSet"];

impl Ty {
    pub(super) fn written(ty: &Type, place: &Place) -> Self {
        Self::Written(Rc::new(ty.clone()), place.clone())
    }

    /// `Self`, as it is written.
    pub(super) fn is_self(&self) -> bool {
        matches!(self, Self::Written(ty, _) if matches!(&**ty, Type::Path(of) if of.path.is_ident("Self")))
    }

    pub(super) fn referenced(self) -> Self {
        Self::Reference(Box::new(self))
    }
}

impl Seen {
    /// Where the signature of a function is written.
    pub(super) fn place(&self, function: &Function) -> Place {
        let mut generics = super::seen::names(&function.sig.generics);
        if let Some(owner) = function.owner.and_then(|owner| self.owners.get(owner)) {
            generics.extend(owner.generics.iter().cloned());
        }
        Place { scope: function.scope, owner: function.owner, generics: Rc::new(generics) }
    }

    /// What `Self` is.
    pub(super) fn own_type(&self, owner: OwnerId) -> Option<Ty> {
        let of = self.owners.get(owner)?;
        match (&of.self_type, &of.key) {
            (Some((ty, scope)), _) => {
                let place = Place { scope: *scope, owner: None, generics: Rc::new(of.generics.clone()) };
                Some(Ty::written(ty, &place))
            }
            (None, Key::Seen(id)) => Some(Ty::Seen(*id)),
            _ => None,
        }
    }

    pub(super) fn receiver_type(&self, function: &Function) -> Option<Ty> {
        let receiver = function.sig.receiver()?;
        match &receiver.kind {
            ReceiverKind::Value => self.own_type(function.owner?),
            ReceiverKind::Reference(..) => self.own_type(function.owner?).map(Ty::referenced),
            ReceiverKind::Typed(_, ty) => Some(Ty::written(ty, &self.place(function))),
            _ => None,
        }
    }

    /// What a call gives. Of an `async fn`: what is awaited.
    pub(super) fn output(&self, function: FunctionId) -> Option<Ty> {
        let function = self.functions.get(function)?;
        match &function.sig.output {
            ReturnType::Type(_, ty) => Some(Ty::written(ty, &self.place(function))),
            ReturnType::Default => Some(Ty::Plain),
        }
    }

    pub(super) fn parameters(&self, function: &Function) -> Vec<(Pat, Ty)> {
        let place = self.place(function);
        let typed = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(parameter) => Some(((*parameter.pat).clone(), Ty::written(&parameter.ty, &place))),
            FnArg::Receiver(_) => None,
        });
        typed.collect()
    }

    pub(super) fn head(&self, ty: &Ty) -> Head {
        // An alias may be an alias of itself, until the compiler says so.
        self.head_of(ty, 16)
    }

    fn head_of(&self, ty: &Ty, fuel: u8) -> Head {
        let Some(fuel) = fuel.checked_sub(1) else { return Head::Open };
        let (written, place) = match ty {
            Ty::Seen(id) => return Head::Seen(*id),
            Ty::Reference(inner) => return Head::Reference((**inner).clone()),
            Ty::Plain => return Head::Plain,
            Ty::Written(written, place) => (&**written, place),
        };
        let part = |ty: &Type| Ty::written(ty, place);
        match written {
            Type::Paren(inner) => self.head_of(&part(&inner.elem), fuel),
            Type::Group(inner) => self.head_of(&part(&inner.elem), fuel),
            Type::Reference(inner) => Head::Reference(part(&inner.elem)),
            Type::Tuple(tuple) => Head::Tuple(tuple.elems.iter().map(part).collect()),
            Type::Array(list) => Head::List(part(&list.elem)),
            Type::Slice(list) => Head::List(part(&list.elem)),
            Type::Never(_) => Head::Plain,
            Type::Path(of) if of.qself.is_none() => {
                let path = segments(&of.path);
                if path.first().is_some_and(|first| first == "Self") {
                    let own = place.owner.filter(|_| path.len() == 1).and_then(|owner| self.own_type(owner));
                    return own.map_or(Head::Open, |own| self.head_of(&own, fuel));
                }
                if path.first().is_some_and(|first| place.generics.contains(first)) {
                    return Head::Open;
                }
                match self.meaning(place.scope, &path, Space::Types) {
                    Meaning::Type(id) => match self.types.get(id).map(|of| (&of.kind, of)) {
                        Some((Kind::Alias(target), of)) => {
                            let place = Place { scope: of.scope, owner: None, generics: Rc::new(of.generics.clone()) };
                            self.head_of(&Ty::written(target, &place), fuel)
                        }
                        _ => Head::Seen(id),
                    },
                    Meaning::Outside(path) => Head::Outside(path, arguments(&of.path).iter().map(part).collect()),
                    _ => Head::Open,
                }
            }
            _ => Head::Open,
        }
    }

    /// The traits of a `dyn`, behind references, pointers and aliases, as they are written.
    pub(super) fn object(&self, ty: &Ty) -> Option<String> {
        match self.bare(ty, 16)? {
            Type::TraitObject(of) => Some(text::of_code(of.bounds.to_token_stream())),
            _ => None,
        }
    }

    /// A pointer to a function, or a closure behind one.
    pub(super) fn is_function(&self, ty: &Ty) -> bool {
        match self.bare(ty, 16) {
            Some(Type::FnPtr(_)) => true,
            Some(Type::TraitObject(of)) => of.bounds.iter().any(|bound| match bound {
                TypeParamBound::Trait(of) => {
                    of.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with("Fn"))
                }
                _ => false,
            }),
            _ => false,
        }
    }

    /// The type that is written behind references, pointers and aliases.
    fn bare(&self, ty: &Ty, fuel: u8) -> Option<Type> {
        let fuel = fuel.checked_sub(1)?;
        let (written, place) = match ty {
            Ty::Reference(inner) => return self.bare(inner, fuel),
            Ty::Seen(_) | Ty::Plain => return None,
            Ty::Written(written, place) => (&**written, place),
        };
        let part = |ty: &Type| self.bare(&Ty::written(ty, place), fuel);
        match written {
            Type::Paren(inner) => part(&inner.elem),
            Type::Group(inner) => part(&inner.elem),
            Type::Reference(inner) => part(&inner.elem),
            Type::Path(of) if of.qself.is_none() => {
                match self.meaning(place.scope, &segments(&of.path), Space::Types) {
                    Meaning::Type(id) => match self.types.get(id).map(|of| (&of.kind, of)) {
                        Some((Kind::Alias(target), of)) => {
                            let place = Place { scope: of.scope, owner: None, generics: Rc::new(of.generics.clone()) };
                            self.bare(&Ty::written(target, &place), fuel)
                        }
                        _ => None,
                    },
                    _ => self.bare(&self.pointee(ty, None)?, fuel),
                }
            }
            other => Some(other.clone()),
        }
    }

    /// Behind all references.
    pub(super) fn behind(&self, ty: &Ty) -> Ty {
        let mut ty = ty.clone();
        while let Head::Reference(inner) = self.head(&ty) {
            ty = inner;
        }
        ty
    }

    /// What a pointer leads to, where the method is not the pointer's own.
    pub(super) fn pointee(&self, ty: &Ty, method: Option<&str>) -> Option<Ty> {
        match self.head(ty) {
            Head::Outside(path, arguments)
                if path.last().is_some_and(|last| POINTERS.contains(&&**last))
                    && method.is_none_or(|method| !OF_POINTERS.contains(&method)) =>
            {
                arguments.into_iter().next()
            }
            _ => None,
        }
    }

    pub(super) fn is_method_of_pointer(&self, ty: &Ty, method: &str) -> bool {
        self.pointee(ty, None).is_some() && OF_POINTERS.contains(&method)
    }

    /// `*value`.
    pub(super) fn dereferenced(&self, ty: &Ty) -> Option<Ty> {
        match self.head(ty) {
            Head::Reference(inner) => Some(inner),
            _ => self.pointee(ty, None),
        }
    }

    pub(super) fn key_of(&self, ty: &Ty) -> Option<Key> {
        match self.head(ty) {
            Head::Seen(id) => Some(Key::Seen(id)),
            Head::Outside(path, _) => Some(Key::Outside(path)),
            _ => None,
        }
    }

    /// A field, through references and pointers.
    pub(super) fn field(&self, ty: &Ty, member: &syn::Member) -> Option<Ty> {
        let ty = self.behind(ty);
        match self.head(&ty) {
            Head::Seen(id) => match &self.types.get(id)?.kind {
                Kind::Struct(fields) => self.field_of(id, fields, member),
                _ => None,
            },
            Head::Tuple(parts) => match member {
                syn::Member::Unnamed(index) => parts.get(usize::try_from(index.index).ok()?).cloned(),
                syn::Member::Named(_) => None,
            },
            _ => self.field(&self.pointee(&ty, None)?, member),
        }
    }

    fn field_of(&self, id: TypeId, fields: &Fields, member: &syn::Member) -> Option<Ty> {
        let of = self.types.get(id)?;
        let field = match member {
            syn::Member::Named(name) => fields.iter().find(|field| field.ident.as_ref() == Some(name))?,
            syn::Member::Unnamed(index) => fields.iter().nth(usize::try_from(index.index).ok()?)?,
        };
        let place = Place { scope: of.scope, owner: None, generics: Rc::new(of.generics.clone()) };
        Some(Ty::written(&field.ty, &place))
    }

    /// What a `for` takes from it.
    pub(super) fn element(&self, ty: &Ty) -> Option<Ty> {
        let ty = self.behind(ty);
        match self.head(&ty) {
            Head::List(element) => Some(element),
            Head::Outside(path, arguments) if path.last().is_some_and(|last| LISTS.contains(&&**last)) => {
                arguments.into_iter().next()
            }
            _ => None,
        }
    }

    /// What `Some(..)`, `Ok(..)`, `State(..)` hold.
    pub(super) fn held(&self, ty: &Ty, by: &str) -> Option<Ty> {
        match self.head(&self.behind(ty)) {
            Head::Outside(path, arguments) => {
                let (of, nth) = (path.last()?, usize::from(by == "Err"));
                let fits = match of.as_str() {
                    "Option" => by == "Some",
                    "Result" => by == "Ok" || by == "Err",
                    other => other == by && arguments.len() == 1,
                };
                arguments.into_iter().nth(nth).filter(|_| fits)
            }
            Head::Seen(id) => match &self.types.get(id)?.kind {
                Kind::Struct(fields @ Fields::Unnamed(_)) if fields.len() == 1 => {
                    self.field_of(id, fields, &syn::Member::from(0))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
