//! What a path means, as far as the imports that are seen tell: never by its last name where they tell more.

use syn::Path;

use super::scopes::Scopes;
use crate::names::words;

/// Imports may lead to imports, and round in circles.
const FUEL: u8 = 6;

/// What a path leads to.
pub(super) enum Meaning {
    /// What the function or its module declares.
    Own,
    /// A path from the root of a crate.
    Rooted(Vec<String>),
    /// The import that its first name comes from is not seen. With the modules whose names are all imported.
    Floating(Vec<String>, Vec<Vec<String>>),
}

impl Meaning {
    /// The entry of a table that it is. An entry is a path from a crate's root; of a path whose import is not seen as much has
    /// to be written as stands behind the `/`. The last name may be `*`.
    pub(super) fn among(&self, table: &[&'static str]) -> Option<&'static str> {
        table.iter().copied().find(|entry| self.is(entry))
    }

    pub(super) fn is(&self, entry: &str) -> bool {
        let (before, tail) = entry.split_once('/').unwrap_or(("", entry));
        let of =
            |part: &'_ str| part.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let (mut whole, tail) = (of(before), of(tail));
        whole.extend(tail.iter().cloned());
        match self {
            Self::Own => false,
            Self::Rooted(path) => same(path, &whole),
            Self::Floating(path, globs) => {
                let end = whole.len().checked_sub(path.len()).and_then(|start| whole.get(start..));
                path.len() >= tail.len() && end.is_some_and(|end| same(path, end))
                    || globs.iter().any(|glob| same(&[&glob[..], path].concat(), &whole))
            }
        }
    }

    /// Whether an import was followed to it, or none was needed.
    pub(super) fn is_certain(&self, entry: &str) -> bool {
        match self {
            Self::Own => false,
            Self::Rooted(_) => true,
            Self::Floating(path, _) => path.len() == entry.replace('/', "::").split("::").count(),
        }
    }

    pub(super) fn last(&self) -> Option<&str> {
        match self {
            Self::Own => None,
            Self::Rooted(path) | Self::Floating(path, _) => path.last().map(String::as_str),
        }
    }
}

fn same(path: &[String], entry: &[String]) -> bool {
    path.len() == entry.len() && path.iter().zip(entry).all(|(name, known)| known == "*" || name == known)
}

impl Scopes {
    pub(super) fn meaning(&self, path: &Path) -> Meaning {
        let names = words(path);
        if path.leading_colon.is_some() {
            return Meaning::Rooted(rooted(names));
        }
        match names.first().map(String::as_str) {
            Some("crate" | "self" | "super" | "Self") | None => Meaning::Own,
            Some(first) if names.len() == 1 && self.local(first).is_some() => Meaning::Own,
            Some(_) => self.follow(names, FUEL),
        }
    }

    /// Of what no variable can be.
    pub(super) fn meaning_of_item(&self, path: &Path) -> Meaning {
        let names = words(path);
        if path.leading_colon.is_some() { Meaning::Rooted(rooted(names)) } else { self.follow(names, FUEL) }
    }

    fn follow(&self, names: Vec<String>, fuel: u8) -> Meaning {
        let Some((first, rest)) = names.split_first() else { return Meaning::Own };
        let mut globs = Vec::new();
        for scope in self.innermost_first() {
            if let Some(target) = scope.imports.get(first) {
                let path = [&target[..], rest].concat();
                return match (path.first().map(String::as_str), fuel.checked_sub(1)) {
                    (Some("crate" | "self" | "super"), _) => Meaning::Own,
                    // `use tokio; use tokio::spawn;`: a name that means itself.
                    (Some(again), Some(fuel)) if again != first && self.is_named(again) => self.follow(path, fuel),
                    _ => Meaning::Rooted(rooted(path)),
                };
            }
            if scope.own.contains(first) {
                return Meaning::Own;
            }
            globs.extend(scope.globs.iter().map(|glob| rooted(glob.clone())));
        }
        Meaning::Floating(rooted(names), globs)
    }
}

/// `core` and `alloc` are parts of `std`.
fn rooted(mut path: Vec<String>) -> Vec<String> {
    if path.first().is_some_and(String::is_empty) {
        path.remove(0);
    }
    match path.first_mut() {
        Some(first) if first == "core" || first == "alloc" => "std".clone_into(first),
        _ => {}
    }
    path
}
