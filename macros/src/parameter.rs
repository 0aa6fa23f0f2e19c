//! One parameter, and what stands before it: `#[check(..)]`, `#[trusted(..)]`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Attribute, FnArg, Ident, ItemFn, Pat, PatIdent, PatType, Path, Token, Type, TypePath};

use crate::names;

/// The helper attributes, which only our macros understand and remove.
const HELPERS: [&str; 2] = ["check", "trusted"];

pub(crate) struct Parameter<'a> {
    pub(crate) of: &'a PatType,
}

impl<'a> Parameter<'a> {
    pub(crate) fn new(of: &'a PatType) -> Self {
        Self { of }
    }

    pub(crate) fn helper(&self, name: &str) -> impl Iterator<Item = &'a Attribute> {
        self.of.attrs.iter().filter(move |attribute| attribute.path().is_ident(name))
    }

    /// The parameter's own name, when its pattern is nothing but that.
    pub(crate) fn name(&self) -> Option<&'a Ident> {
        match &*self.of.pat {
            Pat::Ident(PatIdent { ident, subpat: None, .. }) => Some(ident),
            _ => None,
        }
    }

    pub(crate) fn bindings(&self) -> Vec<&'a PatIdent> {
        bindings(&self.of.pat)
    }
}

/// The names that the pattern of a parameter binds, in order. The name of a unit struct looks like one, and does no harm as
/// one: it is its own value.
pub(crate) fn bindings(pat: &Pat) -> Vec<&PatIdent> {
    struct Names<'a>(Vec<&'a PatIdent>);
    impl<'a> Visit<'a> for Names<'a> {
        fn visit_pat_ident(&mut self, name: &'a PatIdent) {
            self.0.push(name);
            syn::visit::visit_pat_ident(self, name);
        }
        fn visit_expr(&mut self, _: &'a syn::Expr) {}
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}

/// Takes our attributes off the parameters: the compiler does not know them.
pub(crate) fn strip(item: &mut ItemFn) {
    for input in &mut item.sig.inputs {
        let attributes = match input {
            FnArg::Receiver(receiver) => &mut receiver.attrs,
            FnArg::Typed(parameter) => &mut parameter.attrs,
        };
        attributes.retain(|attribute| !HELPERS.iter().any(|helper| attribute.path().is_ident(helper)));
    }
}

/// One binding of a parameter, to be bound anew.
pub(crate) struct Binding {
    /// `#[cfg(..)]` of the parameter, and what it says to lints.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) mutability: Option<Token![mut]>,
    pub(crate) name: Ident,
}

/// Takes `mut` off the bindings of the parameters, and tells which had it.
pub(crate) fn take_mutability(item: &mut ItemFn) -> Vec<Binding> {
    struct Take(Vec<Binding>, Vec<Attribute>);
    impl VisitMut for Take {
        fn visit_pat_ident_mut(&mut self, name: &mut PatIdent) {
            let mutability = if name.by_ref.is_none() { name.mutability.take() } else { None };
            self.0.push(Binding { attributes: self.1.clone(), mutability, name: name.ident.clone() });
            syn::visit_mut::visit_pat_ident_mut(self, name);
        }
        fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    }
    let mut take = Take(Vec::new(), Vec::new());
    for input in &mut item.sig.inputs {
        if let FnArg::Typed(parameter) = input {
            take.1 = parameter.attrs.iter().filter(|attribute| is_carried(attribute)).cloned().collect();
            take.visit_pat_mut(&mut parameter.pat);
        }
    }
    take.0
}

/// Takes the parameters' patterns off the signature, and has the future that the function returns bind them when it is first
/// polled, as the language does it for an `async fn`: in their order, each whole, so that all drop as they would have.
pub(crate) fn capture(item: &mut ItemFn) -> TokenStream {
    let mut bound = TokenStream::new();
    for (at, input) in item.sig.inputs.iter_mut().enumerate() {
        let FnArg::Typed(parameter) = input else { continue };
        let attributes: Vec<Attribute> =
            parameter.attrs.iter().filter(|attribute| is_carried(attribute)).cloned().collect();
        match &mut *parameter.pat {
            Pat::Ident(PatIdent { by_ref: None, subpat: None, mutability, ident, .. }) => {
                let mutability = mutability.take();
                bound.extend(quote!(#(#attributes)* #[allow(clippy::pedantic)] let #mutability #ident = #ident;));
            }
            pattern => {
                let whole = names::local(&format!("parameter_{at}"));
                let pattern = std::mem::replace(pattern, Pat::Verbatim(whole.to_token_stream()));
                bound.extend(quote!(#(#attributes)* let #whole = #whole; #(#attributes)* let #pattern = #whole;));
            }
        }
    }
    bound
}

/// What the bindings of a parameter have from it: whether they are there, and what it says to lints.
fn is_carried(attribute: &Attribute) -> bool {
    ["cfg", "allow"].iter().any(|name| attribute.path().is_ident(name))
}

/// What the name of a type tells about it. An alias tells nothing, and is left to the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeKind {
    /// With its least and its largest value; `usize` counts as 64 bits wide.
    Integer(i128, u128),
    Float,
    Char,
    Bool,
    Unit,
    Text,
    /// Of elements in a row.
    List,
    /// Of keys and values.
    Map,
    Unknown,
}

impl TypeKind {
    pub(crate) fn of(ty: &Type) -> Self {
        match ty {
            Type::Reference(reference) => Self::of(&reference.elem),
            Type::Paren(inner) => Self::of(&inner.elem),
            Type::Group(inner) => Self::of(&inner.elem),
            Type::Slice(_) | Type::Array(_) => Self::List,
            Type::Tuple(tuple) if tuple.elems.is_empty() => Self::Unit,
            Type::Path(TypePath { qself: None, path, .. }) => path.segments.last().map_or(Self::Unknown, |last| {
                let name = last.ident.to_string();
                match (&*name, last.arguments.is_empty()) {
                    ("String" | "str", true) => Self::Text,
                    ("Vec" | "VecDeque" | "LinkedList" | "BinaryHeap" | "HashSet" | "BTreeSet", false) => Self::List,
                    ("HashMap" | "BTreeMap", false) => Self::Map,
                    (primitive, true) => Self::primitive(primitive, path),
                    _ => Self::Unknown,
                }
            }),
            _ => Self::Unknown,
        }
    }

    fn primitive(name: &str, path: &Path) -> Self {
        if path.segments.len() > 1 {
            return Self::Unknown;
        }
        match name {
            "u8" => Self::Integer(0, u8::MAX.into()),
            "u16" => Self::Integer(0, u16::MAX.into()),
            "u32" => Self::Integer(0, u32::MAX.into()),
            "u64" | "usize" => Self::Integer(0, u64::MAX.into()),
            "u128" => Self::Integer(0, u128::MAX),
            "i8" => Self::signed(i8::MIN, i8::MAX),
            "i16" => Self::signed(i16::MIN, i16::MAX),
            "i32" => Self::signed(i32::MIN, i32::MAX),
            "i64" | "isize" => Self::signed(i64::MIN, i64::MAX),
            "i128" => Self::signed(i128::MIN, i128::MAX),
            "f32" | "f64" => Self::Float,
            "char" => Self::Char,
            "bool" => Self::Bool,
            _ => Self::Unknown,
        }
    }

    fn signed(min: impl Into<i128>, max: impl Into<i128>) -> Self {
        Self::Integer(min.into(), max.into().unsigned_abs())
    }

    /// The rule to suggest.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Integer(..) => "range(min = 1, max = 100)",
            Self::Float => "range(min = 0.0, max = 1.0)",
            Self::Char => "range(min = 'a', max = 'z')",
            Self::Text | Self::List | Self::Map => "length(max = 64)",
            Self::Bool | Self::Unit | Self::Unknown => "custom = path::to::function",
        }
    }
}
