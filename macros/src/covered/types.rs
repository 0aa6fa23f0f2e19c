//! What the name of a field's type tells, beyond `TypeKind`. An alias tells nothing.

use quote::ToTokens as _;
use syn::visit::Visit;
use syn::{GenericArgument, Generics, PathArguments, Type, TypePath};

use crate::parameter::TypeKind;

/// The collections that a client can make of any length.
const LISTS: [&str; 8] = ["Vec", "VecDeque", "LinkedList", "BinaryHeap", "HashSet", "BTreeSet", "HashMap", "BTreeMap"];

/// What lends the one value that it holds.
const HOLDERS: [&str; 5] = ["Option", "Box", "Rc", "Arc", "Cow"];

/// The type in an `Option`, and in how many of them. As `validator` has it, rules are for the value, if there is one.
pub(super) fn optional(ty: &Type) -> (&Type, usize) {
    match named(ty) {
        Some((name, Some(inner))) if name == "Option" => {
            let (inner, options) = optional(inner);
            (inner, options.saturating_add(1))
        }
        _ => (ty, 0),
    }
}

/// Whether every value is as good as any other. Of bytes each is, and an array has its length.
pub(super) fn is_harmless(ty: &Type) -> bool {
    let ty = optional(ty).0;
    let is_bytes = matches!(ty, Type::Array(array) if named(&array.elem).is_some_and(|(name, _)| name == "u8"));
    is_bytes
        || matches!(TypeKind::of(ty), TypeKind::Bool | TypeKind::Unit)
        || named(ty).is_some_and(|(name, _)| name == "PhantomData")
}

/// Of a type that its name does not tell, behind what holds it.
pub(super) fn is_unknown(ty: &Type) -> bool {
    match named(ty) {
        Some((name, Some(inner))) if HOLDERS.contains(&&*name) => is_unknown(inner),
        _ => TypeKind::of(ty) == TypeKind::Unknown && !is_harmless(ty),
    }
}

pub(super) fn is_map(ty: &Type) -> bool {
    named(optional(ty).0).is_some_and(|(name, _)| name.ends_with("Map"))
}

/// The elements of a list or an array.
pub(super) fn held(ty: &Type) -> Option<&Type> {
    match optional(ty).0 {
        Type::Array(array) => Some(&array.elem),
        ty => elements(ty),
    }
}

/// The elements of a list without a length, wherever it stands in the type.
pub(super) fn elements(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Reference(reference) => elements(&reference.elem),
        Type::Paren(inner) => elements(&inner.elem),
        Type::Group(inner) => elements(&inner.elem),
        _ => match named(ty)? {
            (name, inner) if LISTS.contains(&&*name) => inner,
            (name, Some(inner)) if HOLDERS.contains(&&*name) => elements(inner),
            _ => None,
        },
    }
}

/// The rule for a type whose name tells nothing, or only that it is a list of such.
pub(super) fn suggestion(ty: &Type) -> &'static str {
    if elements(ty).is_some() { "length(max = 64), nested" } else { "nested" }
}

/// The same rule to validator, where it has one. Its own `length` wants elements that it can serialise: it keeps the list that it
/// rejects.
pub(super) fn for_validator(rule: &str) -> String {
    match rule {
        "length(max = 64), nested" => "#[check(length(max = 64))] #[validate(nested)]".to_owned(),
        "nested" | "length(max = 64)" => format!("#[validate({rule})]"),
        number if number.starts_with("range") && !number.contains('\'') => format!("#[validate({rule})]"),
        _ => format!("#[check({rule})]"),
    }
}

/// The last name of a path, and the type that ends its arguments: the value of a map.
fn named(ty: &Type) -> Option<(String, Option<&Type>)> {
    match ty {
        Type::Paren(inner) => named(&inner.elem),
        Type::Group(inner) => named(&inner.elem),
        Type::Path(TypePath { qself: None, path, .. }) => {
            let last = path.segments.last()?;
            let name = last.ident.to_string();
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Some((name, None)) };
            let mut types = arguments.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            // A third one is a hasher; so is the second of a set.
            let first = types.next();
            let inner = if name.ends_with("Map") { types.next() } else { first };
            Some((name, inner))
        }
        _ => None,
    }
}

/// What of the type parameters stands in a type: themselves, and types that lead from them. Each has to be covered.
pub(super) fn parameters_in(ty: &Type, generics: &Generics, found: &mut Vec<Type>) {
    struct Look<'a>(Vec<String>, &'a mut Vec<Type>);
    impl<'ast> Visit<'ast> for Look<'_> {
        fn visit_type_path(&mut self, path: &'ast TypePath) {
            let first = path.path.segments.first().map(|first| first.ident.to_string());
            let is_one = path.qself.is_none() && first.is_some_and(|first| self.0.contains(&first));
            let text = path.to_token_stream().to_string();
            if is_one && !self.1.iter().any(|known| known.to_token_stream().to_string() == text) {
                self.1.push(Type::Path(path.clone()));
            }
            syn::visit::visit_type_path(self, path);
        }
    }
    let parameters = generics.type_params().map(|parameter| parameter.ident.to_string()).collect();
    Look(parameters, found).visit_type(ty);
}
