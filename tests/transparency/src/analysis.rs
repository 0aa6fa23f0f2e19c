//! The call graph of `zero_trust`, as it is in `portcullis-macros`: what exports macros can export nothing else.

#![allow(dead_code, reason = "shared with `portcullis-macros`, whose rules need more of it")]

#[path = "../../../macros/src/module/calls.rs"]
pub(crate) mod calls;
#[path = "../../../macros/src/module/graph.rs"]
pub(crate) mod graph;
#[path = "../../../macros/src/module/paths.rs"]
mod paths;
#[path = "../../../macros/src/module/seen.rs"]
pub(crate) mod seen;
#[path = "../../../macros/src/module/types.rs"]
mod types;

use seen::{Function, Key, Kind, Seen};

/// The trait of the block in which a function stands, by its last name with arguments.
pub(crate) fn trait_of(seen: &Seen, function: &Function) -> Option<String> {
    seen.owners.get(function.owner?)?.of_trait.as_ref().map(|(_, with_arguments)| with_arguments.clone())
}

/// A path that leads to a function from anywhere in its crate. None where only the types of a call would.
pub(crate) fn path_from_crate(seen: &Seen, function: &Function) -> Option<String> {
    let name = function.sig.ident.to_string();
    let (scope, of) = match function.owner {
        None => (function.scope, None),
        Some(owner) => match &seen.owners.get(owner)?.key {
            key @ Key::Seen(id) => {
                let of = seen.types.get(*id).filter(|of| !matches!(of.kind, Kind::Trait))?;
                let (found, is_one) = seen.methods(key, &name, None);
                let is_meant = is_one && found.contains(&function.written);
                (of.scope, Some(is_meant.then(|| of.name.clone())?))
            }
            _ => return None,
        },
    };
    let inside = seen.scope_path(scope).iter().skip(1).cloned();
    let path: Vec<String> = std::iter::once("crate".to_owned()).chain(inside).chain(of).chain([name]).collect();
    Some(path.join("::"))
}
