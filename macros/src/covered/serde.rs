//! The names that the client knows, after `#[serde(..)]`. What is not understood here is left to serde, which complains itself.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::args::{self, Arg, Value};

/// What one item, variant or field says to serde.
#[derive(Default)]
pub(super) struct Serde(Vec<Arg>);

impl Serde {
    pub(super) fn read(attributes: &[Attribute]) -> Self {
        let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("serde") => Some(list.tokens.clone()),
            _ => None,
        });
        Self(lists.flat_map(|tokens| args::list(tokens).unwrap_or_default()).collect())
    }

    fn flag(&self, name: &str) -> bool {
        self.0.iter().any(|arg| arg.name == name && matches!(arg.value, Value::Flag))
    }

    /// `name = ".."`, or `name(deserialize = "..")`: a client is deserialised.
    fn text(&self, name: &str) -> Option<String> {
        self.0.iter().filter(|arg| arg.name == name).find_map(|arg| match &arg.value {
            Value::Assigned(value) => literal(value),
            Value::List(tokens) => Self(args::list(tokens.clone()).unwrap_or_default()).text("deserialize"),
            Value::Flag | Value::Alone(_) => None,
        })
    }

    /// No client can say a value for it.
    pub(super) fn is_skipped(&self) -> bool {
        self.flag("skip") || self.flag("skip_deserializing")
    }

    pub(super) fn says(&self, name: &str) -> bool {
        self.0.iter().any(|arg| arg.name == name)
    }

    /// Its fields stand among those of what holds it.
    pub(super) fn is_flat(&self) -> bool {
        self.flag("flatten")
    }

    /// It is its one field.
    pub(super) fn is_transparent(&self) -> bool {
        self.flag("transparent")
    }

    fn is_untagged(&self) -> bool {
        self.flag("untagged")
    }

    /// The name of a field in an item, or in a variant, which says `outer`.
    pub(super) fn field(&self, name: &Ident, outer: &Case) -> String {
        self.text("rename").unwrap_or_else(|| outer.field(&name.unraw().to_string()))
    }

    /// What stands before the fields of a variant in a path, in the enum that says `outer`: nothing when they stand beside
    /// its tag, or without one.
    pub(super) fn variant(&self, name: &Ident, outer: &Self) -> Option<String> {
        if self.is_untagged() || outer.is_untagged() {
            return None;
        }
        if outer.text("tag").is_some() {
            return outer.text("content");
        }
        Some(self.text("rename").unwrap_or_else(|| outer.case("rename_all").variant(&name.unraw().to_string())))
    }

    pub(super) fn case(&self, key: &str) -> Case {
        Case(self.text(key))
    }
}

/// A text, also one that a macro of the user's passes on.
fn literal(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(inner) => literal(&inner.expr),
        _ => None,
    }
}

/// `rename_all`, by serde's own rules: a field counts as `snake_case`, a variant as `PascalCase`.
pub(super) struct Case(Option<String>);

impl Case {
    /// This one, or else another.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    fn field(&self, name: &str) -> String {
        match self.0.as_deref() {
            Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_ascii_uppercase(),
            Some("PascalCase") => pascal(name),
            Some("camelCase") => lower_first(&pascal(name)),
            Some("kebab-case") => name.replace('_', "-"),
            Some("SCREAMING-KEBAB-CASE") => name.to_ascii_uppercase().replace('_', "-"),
            _ => name.to_owned(),
        }
    }

    fn variant(&self, name: &str) -> String {
        match self.0.as_deref() {
            Some("lowercase") => name.to_ascii_lowercase(),
            Some("UPPERCASE") => name.to_ascii_uppercase(),
            Some("camelCase") => lower_first(name),
            Some("snake_case") => snake(name),
            Some("SCREAMING_SNAKE_CASE") => snake(name).to_ascii_uppercase(),
            Some("kebab-case") => snake(name).replace('_', "-"),
            Some("SCREAMING-KEBAB-CASE") => snake(name).to_ascii_uppercase().replace('_', "-"),
            _ => name.to_owned(),
        }
    }
}

fn pascal(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
