//! A look at the whole function before it is followed: whether it can be, and which of its variables something else than a plain
//! assignment may change.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, Item, Macro, Pat, Signature};

use super::attribute::is_explain;
use super::interval::IntType;
use super::state::Name;

/// As deep as expressions are followed.
const DEEPEST: u32 = 100;

/// As many as are followed in one function.
const MOST: u32 = 3_000;

/// Macros of std, log and tracing that look at their arguments, and do nothing else with them.
pub(crate) const LOOKING: [&str; 21] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "log",
    "matches",
    "print",
    "println",
    "trace",
    "vec",
    "warn",
    "event",
];

/// Macros that never come back.
pub(crate) const LEAVING: [&str; 4] = ["panic", "todo", "unimplemented", "unreachable"];

/// Attributes that change nothing about what runs.
const INERT: [&str; 8] = ["allow", "deny", "doc", "expect", "forbid", "inline", "must_use", "warn"];

/// What the survey found of a function that can be followed.
#[derive(Default)]
pub(crate) struct Survey {
    names: RefCell<Names>,
    /// Variables that may change where no assignment to them is seen.
    unstable: HashSet<String>,
    mutable: HashSet<String>,
    /// In macros that are not understood.
    in_macros: HashSet<String>,
    /// Items of the function, and its parameters for types: their names mean nothing outside.
    inside: HashSet<String>,
    /// What is read of each variable's fields.
    members: HashMap<String, Vec<String>>,
    given_up: bool,
    /// A warning is off inside that a name may bring up, where it is named again.
    pub(super) is_hushed: bool,
    depth: u32,
    count: u32,
    /// Closures and async blocks around the visit.
    inner: u32,
    /// `#[portcullis::explain]` stands somewhere.
    pub(crate) explains: bool,
    /// Where each expression stands among the others.
    order: HashMap<usize, u32>,
    /// The comparisons that branches are taken by.
    pub(crate) conditions: HashSet<usize>,
}

/// Names by their text; by where they stand in the tree too, since a text costs a call into the compiler.
#[derive(Default)]
struct Names {
    by_place: HashMap<usize, Name>,
    by_text: HashMap<String, Name>,
}

impl Survey {
    /// `None` where something in it is not understood, and so nothing is.
    pub(crate) fn of(sig: &Signature, block: &Block) -> Option<Self> {
        let inside = sig.generics.params.iter().filter_map(|param| match param {
            syn::GenericParam::Type(param) => Some(param.ident.to_string()),
            syn::GenericParam::Const(param) => Some(param.ident.to_string()),
            syn::GenericParam::Lifetime(_) => None,
        });
        let mut survey = Self { inside: inside.collect(), ..Self::default() };
        let generic = sig.generics.type_params().any(|param| IntType::named(&param.ident.to_string()).is_some());
        if generic {
            return None;
        }
        for input in &sig.inputs {
            survey.visit_fn_arg(input);
        }
        survey.visit_block(block);
        (!survey.given_up && is_of_one_hand(sig, block)).then_some(survey)
    }

    /// A condition that is asked before the body.
    pub(crate) fn ask(&mut self, required: &Expr) -> Option<()> {
        self.visit_expr(required);
        self.decides(required);
        (!self.given_up).then_some(())
    }

    /// Keeps the comparisons of a condition.
    fn decides(&mut self, condition: &Expr) {
        match condition {
            Expr::Paren(inner) => self.decides(&inner.expr),
            Expr::Group(inner) => self.decides(&inner.expr),
            Expr::Unary(unary) => self.decides(&unary.expr),
            Expr::Binary(binary) => match binary.op {
                BinOp::And(_) | BinOp::Or(_) => {
                    self.decides(&binary.left);
                    self.decides(&binary.right);
                }
                _ => {
                    self.conditions.insert(super::walk::site(condition));
                }
            },
            _ => {}
        }
    }

    pub(crate) fn name(&self, ident: &Ident) -> Name {
        let place = std::ptr::from_ref(ident).addr();
        let mut names = self.names.borrow_mut();
        if let Some(known) = names.by_place.get(&place) {
            return *known;
        }
        let name = names.of_text(&ident.to_string());
        names.by_place.insert(place, name);
        name
    }

    /// Its place in the order of the source.
    pub(crate) fn order(&self, site: usize) -> u32 {
        self.order.get(&site).copied().unwrap_or(u32::MAX)
    }

    /// The name that a text is, when some identifier was it.
    pub(crate) fn known(&self, text: &str) -> Option<Name> {
        self.names.borrow().by_text.get(text).copied()
    }

    pub(crate) fn is_unstable(&self, ident: &Ident) -> bool {
        !self.unstable.is_empty() && self.unstable.contains(&ident.to_string())
    }

    pub(crate) fn is_mutable(&self, ident: &Ident) -> bool {
        !self.mutable.is_empty() && self.mutable.contains(&ident.to_string())
    }

    pub(super) fn is_in_macro(&self, ident: &Ident) -> bool {
        self.in_macros.contains(&ident.to_string())
    }

    pub(super) fn members_of(&self, ident: &Ident) -> Vec<String> {
        self.members.get(&ident.to_string()).cloned().unwrap_or_default()
    }

    /// Whether a path means the same before the first statement of the function.
    pub(super) fn is_outside(&self, path: &syn::Path) -> bool {
        path.segments.first().is_some_and(|first| !self.inside.contains(&first.ident.to_string()))
    }

    fn disturb(&mut self, place: &Expr) {
        if let Some(root) = root(place) {
            self.unstable.insert(root.to_string());
        }
    }

    fn visit_inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.inner = self.inner.saturating_add(1);
        visit(self);
        self.inner = self.inner.saturating_sub(1);
    }
}

impl Names {
    fn of_text(&mut self, text: &str) -> Name {
        let next = Name::try_from(self.by_text.len()).unwrap_or(Name::MAX);
        *self.by_text.entry(text.to_owned()).or_insert(next)
    }
}

impl<'a> Visit<'a> for Survey {
    fn visit_expr(&mut self, expr: &'a Expr) {
        self.depth = self.depth.saturating_add(1);
        self.count = self.count.saturating_add(1);
        self.order.insert(super::walk::site(expr), self.count);
        if self.depth > DEEPEST || self.count > MOST || self.given_up {
            self.given_up = true;
        } else {
            match expr {
                Expr::Unsafe(_) | Expr::Yield(_) | Expr::Verbatim(_) | Expr::TryBlock(_) => self.given_up = true,
                Expr::Reference(reference) if reference.mutability.is_some() => self.disturb(&reference.expr),
                Expr::RawAddr(raw) => self.disturb(&raw.expr),
                Expr::MethodCall(call) if !super::call::is_known(&call.method) => self.disturb(&call.receiver),
                Expr::Assign(assign) if self.inner > 0 => self.disturb(&assign.left),
                Expr::Binary(binary) if self.inner > 0 && super::operator::of_compound(&binary.op).is_some() => {
                    self.disturb(&binary.left);
                }
                _ => {}
            }
            if let Expr::Field(syn::ExprField { base, member: syn::Member::Named(member), .. }) = expr
                && let Expr::Path(path) = &**base
                && let Some(ident) = path.path.get_ident()
            {
                let members = self.members.entry(ident.to_string()).or_default();
                let member = member.to_string();
                if !members.contains(&member) {
                    members.push(member);
                }
            }
            if let Expr::If(branch) = expr {
                self.decides(&branch.cond);
            }
            match expr {
                Expr::Closure(_) | Expr::Async(_) => self.visit_inside(|this| visit::visit_expr(this, expr)),
                _ => visit::visit_expr(self, expr),
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn visit_pat_ident(&mut self, name: &'a syn::PatIdent) {
        if name.mutability.is_some() {
            self.mutable.insert(name.ident.to_string());
        }
        self.given_up |= name.by_ref.is_some() && name.mutability.is_some();
        visit::visit_pat_ident(self, name);
    }

    fn visit_pat(&mut self, pat: &'a Pat) {
        self.given_up |= matches!(pat, Pat::Macro(_) | Pat::Verbatim(_));
        visit::visit_pat(self, pat);
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        if let Pat::Guard(guarded) = &arm.pat {
            self.decides(&guarded.guard);
        }
        visit::visit_arm(self, arm);
    }

    fn visit_label(&mut self, _: &'a syn::Label) {
        self.given_up = true;
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        let known = call.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            LOOKING.contains(&&*name) || LEAVING.contains(&&*name)
        });
        if !known {
            let mut words = HashSet::new();
            words_of(call.tokens.clone(), &mut words);
            self.in_macros.extend(words.iter().cloned());
            self.unstable.extend(words);
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        let segments = &attribute.path().segments;
        let last = segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let ours = is_explain(attribute) || segments.len() > 1 && last == "allow";
        self.explains |= is_explain(attribute);
        if last == "allow" || last == "expect" {
            let mut words = HashSet::new();
            words_of(attribute.meta.to_token_stream(), &mut words);
            self.is_hushed |= words.contains("deprecated") || words.contains("warnings");
        }
        let checked = segments.len() == 1 && (last == "check" || last == "trusted");
        self.given_up |= !(ours || checked || segments.len() == 1 && INERT.contains(&&*last));
    }

    fn visit_item(&mut self, item: &'a Item) {
        words_of(item.to_token_stream(), &mut self.inside);
        let named = |ident: &Ident| IntType::named(&ident.to_string()).is_some() || ident == "bool";
        self.given_up |= match item {
            Item::Macro(_) | Item::Verbatim(_) => true,
            Item::Use(import) => hides(&import.tree),
            Item::Type(alias) => named(&alias.ident),
            Item::Struct(of) => named(&of.ident),
            Item::Enum(of) => named(&of.ident),
            Item::Union(of) => named(&of.ident),
            Item::Trait(of) => named(&of.ident),
            Item::Mod(of) => named(&of.ident),
            _ => false,
        };
    }

    fn visit_type(&mut self, _: &'a syn::Type) {}
}

/// Whether an import may put something else in the place of a primitive type.
fn hides(tree: &syn::UseTree) -> bool {
    let named = |ident: &Ident| IntType::named(&ident.to_string()).is_some() || ident == "bool";
    match tree {
        syn::UseTree::Path(path) => hides(&path.tree),
        syn::UseTree::Name(name) => named(&name.ident),
        syn::UseTree::Rename(rename) => named(&rename.rename),
        syn::UseTree::Group(group) => group.items.iter().any(hides),
        syn::UseTree::Glob(_) => true,
    }
}

/// The variable that a place is, or is a part of.
pub(crate) fn root(place: &Expr) -> Option<&Ident> {
    match place {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Group(inner) => root(&inner.expr),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::MethodCall(call) => root(&call.receiver),
        Expr::Reference(reference) => root(&reference.expr),
        Expr::Unary(unary) => root(&unary.expr),
        _ => None,
    }
}

/// Every word in some tokens, of texts too: a format string names variables.
pub(crate) fn words_of(tokens: TokenStream, words: &mut HashSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string());
            }
            TokenTree::Group(group) => words_of(group.stream(), words),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let split = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
                words.extend(split.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// Whether all names in it were written in one place. Names that a macro made and names that were handed to it may have one
/// text, and be two variables.
fn is_of_one_hand(sig: &Signature, block: &Block) -> bool {
    fn look(tokens: TokenStream, first: &mut Option<String>) -> bool {
        tokens.into_iter().all(|tree| match tree {
            TokenTree::Ident(ident) => {
                let hand = hand(&ident);
                *first.get_or_insert_with(|| hand.clone()) == hand
            }
            TokenTree::Group(group) => look(group.stream(), first),
            _ => true,
        })
    }
    let mut first = None;
    look(sig.inputs.to_token_stream(), &mut first) && look(block.to_token_stream(), &mut first)
}

/// The compiler shows a span as `#7 bytes(1..2)`, where the number is that of the macro call that made it. What is shown
/// otherwise tells nothing apart.
fn hand(ident: &Ident) -> String {
    let shown = format!("{:?}", ident.span());
    let number = shown.split(' ').next().filter(|first| first.starts_with('#'));
    number.unwrap_or_default().to_owned()
}
