//! What type an expression has, as far as it is written: in the signature, a `let`, a constructor, a declaration of the module.
//! Nothing is inferred.

use syn::{Expr, ExprCall, ExprCast, ExprMethodCall, GenericArgument, Lit, Member, PathArguments, ReceiverKind, Type};

use super::scopes::Scopes;
use crate::names::words;
use crate::text;

/// A type by its path, seen through references and pointers.
#[derive(Clone)]
pub(super) struct Ty {
    pub(super) path: Vec<String>,
    pub(super) arguments: Vec<Type>,
    /// Written, and not only the type of the constructor's path: `Regex::new(..)` is no `Regex`.
    pub(super) is_certain: bool,
    /// A reference to it, which may be taken for one to what it holds.
    pub(super) is_lent: bool,
}

/// Lead to the methods of what they hold.
const POINTERS: [&str; 5] = ["Box", "Rc", "Arc", "Pin", "Cow"];

/// Their constructors cannot fail.
const INFALLIBLE: [&str; 19] = [
    "Vec",
    "VecDeque",
    "String",
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Mutex",
    "RwLock",
    "RefCell",
    "Cell",
    "OnceCell",
    "OnceLock",
    "PathBuf",
    "BytesMut",
    "JoinSet",
    "Notify",
    "Semaphore",
];

impl Ty {
    pub(super) fn named(name: &str) -> Self {
        Self { path: vec![name.to_owned()], arguments: Vec::new(), is_certain: true, is_lent: false }
    }

    fn lent(self) -> Self {
        Self { is_lent: true, ..self }
    }

    pub(super) fn last(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// What no check of arithmetic stops at.
    pub(super) fn is_no_integer(&self) -> bool {
        self.is_certain
            && matches!(self.last(), "f32" | "f64" | "String" | "str" | "bool" | "char" | "PathBuf" | "Path")
    }
}

/// Bits, and whether there is a sign. A `usize` may be 32 bits wide or 64.
fn width(name: &str) -> Option<(u32, u32, bool)> {
    let signed = name.starts_with('i');
    if name == "usize" || name == "isize" {
        return Some((32, 64, signed));
    }
    let bits: u32 = name.strip_prefix(['i', 'u'])?.parse().ok().filter(|bits| [8, 16, 32, 64, 128].contains(bits))?;
    Some((bits, bits, signed))
}

/// Whether a cast keeps every value.
fn is_widening(from: &str, to: &str) -> bool {
    if from == "bool" || from == "char" && to == "u32" || from == "char" && to == "u64" {
        return true;
    }
    if from == "f32" && to == "f64" || from == to {
        return true;
    }
    if let (Some((_, most, _)), Some(exact)) = (
        width(from),
        match to {
            "f64" => Some(53),
            "f32" => Some(24),
            _ => None,
        },
    ) {
        return most <= exact;
    }
    match (width(from), width(to)) {
        (Some((_, most, false)), Some((least, _, to_signed))) => {
            if to_signed {
                most < least
            } else {
                most <= least
            }
        }
        (Some((_, most, true)), Some((least, _, true))) => most <= least,
        _ => false,
    }
}

impl Scopes {
    pub(super) fn written(&self, ty: &Type) -> Option<Ty> {
        self.written_within(ty, 8)
    }

    fn written_within(&self, ty: &Type, fuel: u8) -> Option<Ty> {
        let fuel = fuel.checked_sub(1)?;
        match ty {
            Type::Paren(inner) => self.written_within(&inner.elem, fuel),
            Type::Group(inner) => self.written_within(&inner.elem, fuel),
            Type::Reference(inner) => self.written_within(&inner.elem, fuel).map(Ty::lent),
            Type::Array(_) => Some(Ty::named("[]")),
            Type::Slice(_) => Some(Ty::named("slice")),
            Type::Tuple(_) => Some(Ty::named("()")),
            // The methods of a trait: those of `Option` are none.
            Type::ImplTrait(_) | Type::TraitObject(_) => Some(Ty::named("dyn")),
            Type::Path(of) if of.qself.is_none() => {
                let last = of.path.segments.last()?;
                let arguments = arguments(&last.arguments);
                let name = last.ident.to_string();
                if of.path.is_ident("Self") {
                    return match &self.declared.own_type {
                        Some(own) => self.written_within(own, fuel),
                        None => Some(Ty::named("Self")),
                    };
                }
                if POINTERS.contains(&&*name) {
                    return self.written_within(arguments.first()?, fuel);
                }
                if let (true, Some(alias)) = (of.path.segments.len() == 1, self.declared.aliases.get(&name)) {
                    return self.written_within(alias, fuel);
                }
                let path = match self.meaning(&of.path) {
                    super::paths::Meaning::Rooted(path) => path,
                    _ => words(&of.path),
                };
                Some(Ty { path, arguments, is_certain: true, is_lent: false })
            }
            _ => None,
        }
    }

    /// Whether the cast keeps every value, by the type that is written of what it casts.
    pub(super) fn is_widening(&self, cast: &ExprCast) -> bool {
        let from = self.ty(&cast.expr);
        from.is_some_and(|from| from.is_certain && is_widening(from.last(), &text::of_type(&cast.ty)))
    }

    /// The receiver of the function.
    pub(super) fn receiver(&self, kind: &ReceiverKind) -> Option<Ty> {
        match (kind, &self.declared.own_type) {
            (ReceiverKind::Typed(_, ty), _) => self.written(ty),
            (_, Some(own)) => self.written(own),
            _ => Some(Ty::named("Self")),
        }
        .map(Ty::lent)
    }

    pub(super) fn ty(&self, expr: &Expr) -> Option<Ty> {
        match expr {
            Expr::Paren(inner) => self.ty(&inner.expr),
            Expr::Group(inner) => self.ty(&inner.expr),
            Expr::Reference(inner) => self.ty(&inner.expr).map(Ty::lent),
            Expr::Unary(inner) => self.ty(&inner.expr),
            Expr::Cast(cast) => self.written(&cast.ty),
            Expr::Lit(literal) => Some(Ty::named(match &literal.lit {
                Lit::Str(_) => "str",
                Lit::Int(number) if number.suffix().is_empty() => return None,
                Lit::Int(number) => return Some(Ty::named(number.suffix())),
                Lit::Float(_) => "f64",
                Lit::Bool(_) => "bool",
                Lit::Char(_) => "char",
                _ => return None,
            })),
            Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                match self.local(&name) {
                    Some(local) => local.ty.clone(),
                    None => self.written(self.declared.statics.get(&name)?),
                }
            }
            Expr::Struct(of) => {
                let last = of.path.segments.last()?;
                self.written(&Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path: of.path.clone() }))
                    .filter(|_| !last.ident.to_string().is_empty())
            }
            Expr::Tuple(_) => Some(Ty::named("()")),
            Expr::Array(_) | Expr::Repeat(_) => Some(Ty::named("[]")),
            Expr::Field(field) => {
                let owner = self.ty(&field.base)?;
                let fields = self.declared.fields.get(owner.last())?;
                let found = match &field.member {
                    Member::Named(name) => fields.iter().find(|field| field.ident.as_ref() == Some(name)),
                    Member::Unnamed(index) => fields.iter().nth(usize::try_from(index.index).ok()?),
                };
                self.written(&found?.ty)
            }
            Expr::Call(call) => self.called(call, false),
            Expr::MethodCall(call) => self.method(call, false),
            Expr::Await(of) => match &*of.base {
                Expr::Call(call) => self.called(call, true),
                Expr::MethodCall(call) => self.method(call, true),
                _ => None,
            },
            Expr::Try(of) => {
                let inner = self.ty(&of.expr)?;
                let is_known = inner.last() == "Option" || inner.last().ends_with("Result");
                self.written(inner.arguments.first().filter(|_| is_known)?)
            }
            Expr::Macro(call) => match call.mac.path.segments.last()?.ident.to_string().as_str() {
                "vec" => Some(Ty::named("Vec")),
                "format" => Some(Ty::named("String")),
                _ => None,
            },
            Expr::Block(block) => match block.block.stmts.last()? {
                // Its variables are gone.
                syn::Stmt::Expr(tail @ (Expr::Lit(_) | Expr::Struct(_) | Expr::Macro(_)), None) => self.ty(tail),
                _ => None,
            },
            _ => None,
        }
    }

    fn output(&self, name: &str, is_awaited: bool) -> Option<Ty> {
        let output = self.declared.outputs.get(name).filter(|output| output.is_async == is_awaited)?;
        output.ty.as_ref().map_or_else(|| Some(Ty::named("()")), |ty| self.written(ty))
    }

    fn called(&self, call: &ExprCall, is_awaited: bool) -> Option<Ty> {
        let Expr::Path(path) = &*call.func else { return None };
        let names = words(&path.path);
        let (name, before) = names.split_last()?;
        let Some(owner) = before.last() else {
            return match name.as_str() {
                "Some" => Some(Ty::named("Option")),
                "Ok" | "Err" => Some(Ty::named("Result")),
                _ if self.local(name).is_some() => None,
                _ if self.declared.fields.contains_key(name) => Some(Ty::named(name)),
                _ => self.output(name, is_awaited),
            };
        };
        if is_awaited || !owner.starts_with(char::is_uppercase) {
            return self.output(name, is_awaited);
        }
        if POINTERS.contains(&&**owner) && matches!(name.as_str(), "new" | "pin" | "from") {
            return self.ty(call.args.first()?);
        }
        let of = if owner == "Self" {
            self.written(&syn::parse_quote!(Self)).unwrap_or_else(|| Ty::named("Self"))
        } else {
            let mut path = path.path.clone();
            path.segments.pop();
            path.segments.pop_punct();
            self.written(&Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path }))?
        };
        let known = self.output(&format!("{}::{name}", of.last()), false);
        let is_certain = matches!(name.as_str(), "default" | "from") || INFALLIBLE.contains(&of.last());
        known.map(|known| if known.last() == "Self" { of.clone() } else { known }).or(Some(Ty { is_certain, ..of }))
    }

    fn method(&self, call: &ExprMethodCall, is_awaited: bool) -> Option<Ty> {
        let name = call.method.to_string();
        let text = || Some(Ty::named("String"));
        match name.as_str() {
            "to_string" | "to_lowercase" | "to_uppercase" if call.args.is_empty() => text(),
            "len" | "count" | "capacity" if call.args.is_empty() => Some(Ty::named("usize")),
            "clone" | "to_owned" if call.args.is_empty() => self.ty(&call.receiver),
            _ => {
                let owner = self.ty(&call.receiver)?;
                self.output(&format!("{}::{name}", owner.last()), is_awaited)
            }
        }
    }
}

pub(super) fn arguments(of: &PathArguments) -> Vec<Type> {
    let PathArguments::AngleBracketed(of) = of else { return Vec::new() };
    let types = of.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}
