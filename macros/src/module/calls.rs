//! What each function of a block calls: a walk over its body.
//!
//! A call is **certain** where names and declared types say which function it is: by path, by `Self::`, by a receiver of a
//! type of the block, by the function's name as a value. It is **possible** where only the name of a method says it, and
//! **indirect** where a `dyn` or a pointer to a function does. What may run code that the block does not show is **opaque**.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprPath, Local, Macro, Pat, Stmt, Token, Type, UnOp};

use super::graph::Graph;
use super::paths::{Meaning, Space};
use super::seen::{FunctionId, Key, ScopeId, Seen, segments};
use super::types::{Head, Ty};
use crate::known_macros;

/// Who calls whom.
#[derive(Default)]
pub(crate) struct Calls {
    pub(crate) certain: Graph,
    /// The certain ones are among them.
    pub(crate) possible: Graph,
    /// Where a function calls another for certain, the first time.
    pub(crate) places: BTreeMap<(FunctionId, FunctionId), Span>,
    /// Through a `dyn`, to what implements a trait; through a pointer, to what is named as a value and takes as much. Where, the first
    /// time, and how.
    pub(crate) indirect: BTreeMap<(FunctionId, FunctionId), (Span, String)>,
    /// Named, and not called there.
    taken: BTreeSet<FunctionId>,
    /// Calls of what a variable or a field holds, by how much they give.
    pointed: Vec<(FunctionId, usize, Span)>,
    /// What runs code that is not to be seen.
    pub(crate) opaque: BTreeMap<FunctionId, Vec<Span>>,
}

pub(crate) fn calls(seen: &mut Seen) -> Calls {
    let mut calls = Calls::default();
    let mut next = 0;
    // The walk finds functions inside functions.
    while let Some(function) = seen.functions.get(next) {
        let (scope, body) = (function.scope, Rc::clone(&function.body));
        let mut bound: Vec<(String, Option<Ty>)> = Vec::new();
        if function.sig.receiver().is_some() {
            bound.push(("self".to_owned(), seen.receiver_type(function)));
        }
        let parameters = seen.parameters(function);
        let mut walk = Walk { seen, calls: &mut calls, function: next, scope, frames: vec![bound] };
        for (pattern, ty) in parameters {
            walk.bind(&pattern, Some(ty));
        }
        walk.visit_block(&body);
        next = next.saturating_add(1);
    }
    for (scope, value) in &seen.tables {
        calls.taken.extend(named_in(seen, *scope, value));
    }
    for (from, count, at) in std::mem::take(&mut calls.pointed) {
        let fits = |id: &&FunctionId| seen.functions.get(**id).is_some_and(|of| of.sig.inputs.len() == count);
        for to in calls.taken.iter().filter(fits) {
            calls.indirect.entry((from, *to)).or_insert_with(|| (at, "a pointer to a function".to_owned()));
        }
    }
    calls
}

/// The functions that the value of a constant names.
fn named_in(seen: &Seen, scope: ScopeId, value: &Expr) -> BTreeSet<FunctionId> {
    struct Search<'a>(&'a Seen, ScopeId, BTreeSet<FunctionId>);
    impl Visit<'_> for Search<'_> {
        fn visit_expr_path(&mut self, path: &ExprPath) {
            match self.0.meaning(self.1, &segments(&path.path), Space::Values) {
                Meaning::Functions(ids) => self.2.extend(ids),
                Meaning::Of(key, name) => self.2.extend(self.0.methods(&key, &name, None).0),
                _ => {}
            }
        }
    }
    let mut search = Search(seen, scope, BTreeSet::new());
    search.visit_expr(value);
    search.2
}

/// What a method call leads to.
enum Found {
    Certain(Vec<FunctionId>),
    Possible(Vec<FunctionId>),
    /// A type of another crate.
    Foreign,
}

struct Walk<'a> {
    seen: &'a mut Seen,
    calls: &'a mut Calls,
    function: FunctionId,
    scope: ScopeId,
    /// What is bound, the innermost last.
    frames: Vec<Vec<(String, Option<Ty>)>>,
}

impl Walk<'_> {
    fn certain(&mut self, to: &[FunctionId], at: Span) {
        for to in to {
            self.calls.certain.add(self.function, *to);
            self.calls.places.entry((self.function, *to)).or_insert(at);
        }
        self.possible(to);
    }

    fn possible(&mut self, to: &[FunctionId]) {
        for to in to {
            self.calls.possible.add(self.function, *to);
        }
    }

    fn take(&mut self, named: &[FunctionId], is_call: bool) {
        if !is_call {
            self.calls.taken.extend(named);
        }
    }

    /// A call of what a variable, a field or an element holds, when that may be a pointer.
    fn pointed(&mut self, ty: Option<&Ty>, count: usize, at: Span) {
        if ty.is_none_or(|ty| self.seen.is_function(ty)) {
            self.calls.pointed.push((self.function, count, at));
        }
    }

    fn opaque(&mut self, at: Span) {
        self.calls.opaque.entry(self.function).or_default().push(at);
    }

    fn local(&self, name: &str) -> Option<&Option<Ty>> {
        self.frames.iter().rev().flat_map(|frame| frame.iter().rev()).find(|(bound, _)| bound == name).map(|(_, ty)| ty)
    }

    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.frames.push(Vec::new());
        visit(self);
        self.frames.pop();
    }

    fn bind(&mut self, pattern: &Pat, ty: Option<Ty>) {
        match (pattern, ty) {
            (Pat::Ident(name), ty) => {
                if let Some((_, inner)) = &name.subpat {
                    self.bind(inner, ty.clone());
                }
                if let Some(frame) = self.frames.last_mut() {
                    frame.push((name.ident.to_string(), ty));
                }
            }
            (Pat::Type(of), _) => {
                let ty = self.written(&of.ty);
                self.bind(&of.pat, Some(ty));
            }
            (Pat::Paren(of), ty) => self.bind(&of.pat, ty),
            (Pat::Guard(of), ty) => self.bind(&of.pat, ty),
            (Pat::Or(of), ty) => of.cases.iter().for_each(|case| self.bind(case, ty.clone())),
            (Pat::Reference(of), ty) => {
                let inner = ty.map(|ty| self.seen.behind(&ty));
                self.bind(&of.pat, inner);
            }
            (Pat::Tuple(of), ty) => {
                let parts = match ty.map(|ty| self.seen.head(&self.seen.behind(&ty))) {
                    Some(Head::Tuple(parts)) if parts.len() == of.elems.len() => parts,
                    _ => Vec::new(),
                };
                let mut parts = parts.into_iter();
                of.elems.iter().for_each(|part| self.bind(part, parts.next()));
            }
            (Pat::TupleStruct(of), ty) => {
                let name = of.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                let held = ty.filter(|_| of.elems.len() == 1).and_then(|ty| self.seen.held(&ty, &name));
                of.elems.iter().for_each(|part| self.bind(part, held.clone()));
            }
            (Pat::Struct(of), ty) => {
                for field in &of.fields {
                    let ty = ty.as_ref().and_then(|ty| self.seen.field(ty, &field.member));
                    self.bind(&field.pat, ty);
                }
            }
            (Pat::Slice(of), ty) => {
                let element = ty.and_then(|ty| self.seen.element(&ty));
                of.elems.iter().for_each(|part| self.bind(part, element.clone()));
            }
            _ => {}
        }
    }

    /// A type that is written in the body.
    fn written(&self, ty: &Type) -> Ty {
        match self.seen.functions.get(self.function) {
            Some(function) => Ty::written(ty, &self.seen.place(function).inside(self.scope)),
            None => Ty::Plain,
        }
    }

    fn type_of(&self, expr: &Expr) -> Option<Ty> {
        match expr {
            Expr::Path(of) if of.qself.is_none() => match of.path.get_ident() {
                Some(name) => match self.local(&name.to_string()) {
                    Some(ty) => ty.clone(),
                    None => self.constructed(&of.path),
                },
                None => None,
            },
            // Its body is looked at where it stands.
            Expr::Lit(_) | Expr::Closure(_) => Some(Ty::Plain),
            Expr::Paren(of) => self.type_of(&of.expr),
            Expr::Group(of) => self.type_of(&of.expr),
            Expr::Await(of) => self.type_of(&of.base),
            Expr::Reference(of) => self.type_of(&of.expr).map(Ty::referenced),
            Expr::Unary(of) if matches!(of.op, UnOp::Deref(_)) => self.seen.dereferenced(&self.type_of(&of.expr)?),
            Expr::Cast(of) => Some(self.written(&of.ty)),
            Expr::Field(of) => self.seen.field(&self.type_of(&of.base)?, &of.member),
            Expr::Index(of) if matches!(*of.index, Expr::Range(_)) => self.type_of(&of.expr),
            Expr::Index(of) => self.seen.element(&self.type_of(&of.expr)?),
            Expr::Struct(of) if of.qself.is_none() => {
                Some(self.written(&Type::Path(syn::TypePath { qself: None, path: of.path.clone(), attrs: Vec::new() })))
            }
            Expr::Try(of) => {
                let ty = self.type_of(&of.expr)?;
                self.seen.held(&ty, "Ok").or_else(|| self.seen.held(&ty, "Some"))
            }
            Expr::Call(of) => match &*of.func {
                Expr::Path(path) => self.called_type(path),
                _ => None,
            },
            Expr::MethodCall(of) => self.method_type(of),
            Expr::Macro(of) if of.mac.path.is_ident("format") => Some(Ty::Plain),
            _ => None,
        }
    }

    fn constructed(&self, path: &syn::Path) -> Option<Ty> {
        let path = segments(path);
        if path.len() == 1 && path.first().is_some_and(|first| first == "Self") {
            return self.seen.own_type(self.seen.functions.get(self.function)?.owner?);
        }
        match self.seen.meaning(self.scope, &path, Space::Values) {
            Meaning::Type(id) => Some(Ty::Seen(id)),
            _ => None,
        }
    }

    fn called_type(&self, path: &ExprPath) -> Option<Ty> {
        match self.path_meaning(path)? {
            Meaning::Functions(ids) => self.seen.output(*ids.first()?),
            Meaning::Type(id) => Some(Ty::Seen(id)),
            Meaning::Of(key, name) => match self.seen.methods(&key, &name, self.near(path)) {
                (ids, true) if !ids.is_empty() => self.seen.output(*ids.first()?),
                _ => None,
            },
            _ => self.constructed(&path.path),
        }
    }

    fn method_type(&self, call: &syn::ExprMethodCall) -> Option<Ty> {
        let name = call.method.to_string();
        let receiver = self.type_of(&call.receiver)?;
        if let Found::Certain(ids) = self.found(Some(&receiver), &name, false) {
            return self.seen.output(*ids.first()?);
        }
        match name.as_str() {
            "clone" | "to_owned" | "iter" | "iter_mut" | "into_iter" | "as_ref" | "as_mut" | "as_deref" => {
                Some(receiver)
            }
            "unwrap" | "expect" | "unwrap_or_default" => {
                self.seen.held(&receiver, "Ok").or_else(|| self.seen.held(&receiver, "Some")).or(Some(receiver))
            }
            "lock" | "read" | "write" | "borrow" | "borrow_mut" => match self.seen.head(&self.seen.behind(&receiver)) {
                Head::Outside(path, arguments)
                    if path.last().is_some_and(|last| ["Mutex", "RwLock", "RefCell"].contains(&&**last)) =>
                {
                    arguments.into_iter().next()
                }
                Head::Outside(..) => {
                    let inner = self.seen.pointee(&self.seen.behind(&receiver), None)?;
                    match self.seen.head(&inner) {
                        Head::Outside(path, arguments)
                            if path.last().is_some_and(|last| ["Mutex", "RwLock", "RefCell"].contains(&&**last)) =>
                        {
                            arguments.into_iter().next()
                        }
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a method of that name is, of a value of that type.
    fn found(&self, receiver: Option<&Ty>, name: &str, is_self: bool) -> Found {
        let Some(receiver) = receiver else { return Found::Possible(self.seen.methods_by_name(name)) };
        let ty = self.seen.behind(receiver);
        let near = self.owner(self.function).filter(|_| is_self);
        let own = near.and_then(|owner| self.seen.owners.get(owner)).map(|owner| owner.key.clone());
        let key = match (own, self.seen.head(&ty)) {
            // Through whatever pointer `self` is, unless the pointer has such a method itself.
            (Some(own), _) if !self.seen.is_method_of_pointer(&ty, name) => own,
            (_, Head::Seen(id)) => Key::Seen(id),
            (_, Head::Outside(path, _)) => Key::Outside(path),
            (_, Head::Plain | Head::Tuple(_) | Head::List(_)) => return Found::Foreign,
            (_, Head::Open | Head::Reference(_)) => return Found::Possible(self.seen.methods_by_name(name)),
        };
        let (found, is_one) = self.seen.methods(&key, name, near);
        match (&key, found.is_empty()) {
            (Key::Seen(_), false) if is_one => Found::Certain(found),
            // Its own functions may stand elsewhere: one of a trait is certain only from a neighbour, and not from itself.
            (Key::Outside(_) | Key::Block(_), false) if is_one => {
                let is_inherent = !found.iter().any(|id| self.is_of_trait(*id));
                let is_neighbour = is_self && found.iter().any(|id| self.owner(*id) == self.owner(self.function));
                let is_itself = found.contains(&self.function);
                if is_inherent || is_neighbour && !is_itself { Found::Certain(found) } else { Found::Possible(found) }
            }
            (_, false) => Found::Possible(found),
            (Key::Seen(_) | Key::Block(_), true) => Found::Possible(self.seen.methods_by_name(name)),
            (Key::Outside(_), true) => match self.seen.pointee(&ty, Some(name)) {
                Some(inner) => self.found(Some(&inner), name, is_self),
                None => Found::Foreign,
            },
        }
    }

    /// Whose functions a value of the type has. `Self` is the block's, whatever it is.
    fn key_of(&self, ty: &Ty) -> Option<Key> {
        let own = self.owner(self.function).and_then(|owner| self.seen.owners.get(owner));
        if let Some(own) = own.filter(|_| ty.is_self()) {
            return Some(own.key.clone());
        }
        self.seen.key_of(&self.seen.behind(ty))
    }

    /// The block whose `Self` a path begins with.
    fn near(&self, path: &ExprPath) -> Option<usize> {
        let begins = path.path.segments.first().is_some_and(|first| first.ident == "Self");
        self.owner(self.function).filter(|_| begins && path.qself.is_none())
    }

    fn owner(&self, id: FunctionId) -> Option<usize> {
        self.seen.functions.get(id).and_then(|function| function.owner)
    }

    fn is_of_trait(&self, id: FunctionId) -> bool {
        self.owner(id).and_then(|owner| self.seen.owners.get(owner)).is_some_and(|owner| owner.of_trait.is_some())
    }

    fn call_method(&mut self, receiver: Option<&Ty>, name: &str, is_self: bool, at: Span) {
        match self.found(receiver, name, is_self) {
            Found::Certain(found) => self.certain(&found, at),
            Found::Possible(found) => {
                if let Some(of) = receiver.and_then(|ty| self.seen.object(ty)) {
                    let of_traits: Vec<FunctionId> = found.iter().copied().filter(|id| self.is_of_trait(*id)).collect();
                    for to in of_traits {
                        let how = || (at, format!("`dyn {of}`"));
                        self.calls.indirect.entry((self.function, to)).or_insert_with(how);
                    }
                }
                self.possible(&found);
                self.opaque(at);
            }
            Found::Foreign => {
                let std = receiver.is_some_and(|ty| match self.seen.head(&self.seen.behind(ty)) {
                    Head::Outside(path, _) => is_std(&path),
                    _ => true,
                });
                if !std {
                    self.opaque(at);
                }
            }
        }
    }

    fn path_meaning(&self, path: &ExprPath) -> Option<Meaning> {
        let mut names = segments(&path.path);
        if let Some(qself) = &path.qself {
            let key = self.key_of(&self.written(&qself.ty))?;
            return Some(Meaning::Of(key, names.pop()?));
        }
        if names.first().is_some_and(|first| first == "Self") {
            let owner = self.seen.functions.get(self.function)?.owner?;
            let key = self.seen.owners.get(owner)?.key.clone();
            return (names.len() == 2).then(|| names.pop()).flatten().map(|name| Meaning::Of(key, name));
        }
        if names.len() == 1 && names.first().is_some_and(|name| self.local(name).is_some()) {
            return None;
        }
        Some(self.seen.meaning(self.scope, &names, Space::Values))
    }

    /// A path in the place of a value: a function's name is as good as a call of it.
    fn visit_path_value(&mut self, path: &ExprPath, arguments: Option<&Punctuated<Expr, Token![,]>>) {
        let at = path.span();
        let names = segments(&path.path);
        let is_call = arguments.is_some();
        // `Trait::name(value)` and `<Type as Trait>::name(value)`.
        let first = arguments.and_then(|arguments| arguments.first());
        let of_trait = names.len().checked_sub(2).and_then(|at| path.path.segments.iter().nth(at));
        // With its arguments: `<T as From<A>>::from` is not `<T as From<B>>::from`.
        let of_trait = of_trait.map(|of| match (&path.qself, of.arguments.is_empty()) {
            (Some(_), false) => of.to_token_stream().to_string(),
            _ => of.ident.to_string(),
        });
        let subject = match &path.qself {
            Some(qself) if path.path.segments.len() > 1 => Some(self.written(&qself.ty)),
            Some(_) => None,
            None => first.and_then(|first| self.type_of(first)),
        };
        if let (Some(of_trait), Some(name), Some(subject)) = (of_trait, names.last(), subject)
            && let Some(key) = self.key_of(&subject)
        {
            let mut found = self.seen.of_trait(&key, &of_trait, name);
            // Of several blocks for one type with other arguments, `Self` is of this one.
            let own = self.owner(self.function).filter(|_| subject.is_self());
            if found.len() > 1 && found.iter().any(|id| own.is_some() && self.owner(*id) == own) {
                found.retain(|id| self.owner(*id) == own);
            }
            match (found.is_empty(), self.seen.is_one(&found)) {
                (true, _) => {}
                (false, true) => return self.certain(&found, at),
                (false, false) => return self.possible(&found),
            }
        }
        match self.path_meaning(path) {
            Some(Meaning::Functions(ids)) => {
                self.take(&ids, is_call);
                self.certain(&ids, at);
            }
            Some(Meaning::Of(key, name)) => {
                let (found, is_one) = self.seen.methods(&key, &name, self.near(path));
                self.take(&found, is_call);
                if found.is_empty() {
                    if is_call && !is_constructor(&name) {
                        self.opaque(at);
                    }
                } else if is_one && !self.is_open_trait(&key) && !self.is_itself_by_trait(&key, &found) {
                    self.certain(&found, at);
                } else {
                    self.possible(&found);
                    self.opaque(at);
                }
            }
            Some(Meaning::Outside(full)) => {
                if is_call && !is_std(&full) && !full.last().is_some_and(|last| is_constructor(last)) {
                    self.opaque(at);
                }
            }
            Some(Meaning::Type(_) | Meaning::Module(_)) => {}
            Some(Meaning::Value) | None => {
                let is_self_constructor = names.first().is_some_and(|first| first == "Self");
                if let (Some(arguments), false) = (arguments, is_self_constructor) {
                    self.opaque(at);
                    let ty = names.first().and_then(|name| self.local(name)).cloned().flatten();
                    self.pointed(ty.as_ref(), arguments.len(), at);
                }
            }
        }
    }

    /// `Trait::name` from outside the trait: whose, only the types tell.
    fn is_open_trait(&self, key: &Key) -> bool {
        let of_own = self.owner(self.function).and_then(|owner| self.seen.owners.get(owner)).map(|owner| &owner.key);
        matches!(key, Key::Seen(id) if self.seen.types.get(*id).is_some_and(|of| matches!(of.kind, super::seen::Kind::Trait)))
            && of_own != Some(key)
    }

    /// `Self::name` in the `name` of a trait, for a type that may have its own elsewhere.
    fn is_itself_by_trait(&self, key: &Key, found: &[FunctionId]) -> bool {
        !matches!(key, Key::Seen(_)) && found.contains(&self.function) && self.is_of_trait(self.function)
    }

    /// What a closure or a block in a macro's tokens may call.
    fn visit_tokens(&mut self, tokens: TokenStream, scope_is_certain: bool) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let punct = |at: Option<usize>, wanted: char| matches!(at.and_then(|at| trees.get(at)), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
        let mut at = 0_usize;
        while let Some(tree) = trees.get(at) {
            match tree {
                TokenTree::Group(group) => self.visit_tokens(group.stream(), scope_is_certain),
                TokenTree::Ident(first) => {
                    let start = at;
                    let mut path = vec![first.to_string()];
                    while punct(at.checked_add(1), ':')
                        && punct(at.checked_add(2), ':')
                        && let Some(TokenTree::Ident(next)) = trees.get(at.saturating_add(3))
                    {
                        path.push(next.to_string());
                        at = at.saturating_add(3);
                    }
                    let before = start.checked_sub(1);
                    let after = at.checked_add(1);
                    let is_called = matches!(after.and_then(|after| trees.get(after)), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                    let is_key = punct(after, ':') && !punct(at.checked_add(2), ':')
                        || punct(after, '=') && !punct(at.checked_add(2), '=')
                        || punct(after, '!');
                    let is_named = matches!(before.and_then(|before| trees.get(before)), Some(TokenTree::Ident(word)) if ["fn", "let", "mod", "struct", "enum", "use"].iter().any(|name| word == name));
                    let span = first.span();
                    if punct(before, '.') && !punct(start.checked_sub(2), '.') {
                        let of_self = matches!(start.checked_sub(2).and_then(|at| trees.get(at)), Some(TokenTree::Ident(word)) if word == "self");
                        if is_called && let Some(name) = path.first() {
                            let receiver = if of_self { self.local("self").cloned().flatten() } else { None };
                            self.call_method(receiver.as_ref(), name, of_self, span);
                        }
                    } else if !is_key && !is_named && !punct(before, '$') && !punct(before, '\'') {
                        self.visit_mention(&path, span, scope_is_certain);
                    }
                }
                // `<Type as Trait>::name`.
                TokenTree::Punct(punct) if punct.as_char() == '<' => {
                    let rest: TokenStream = trees.iter().skip(at).cloned().collect();
                    let path = |input: syn::parse::ParseStream<'_>| {
                        let path: ExprPath = input.parse()?;
                        input.parse::<TokenStream>()?;
                        Ok(path)
                    };
                    if let Ok(path @ ExprPath { qself: Some(_), .. }) = path.parse2(rest) {
                        self.visit_path_value(&path, None);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            at = at.saturating_add(1);
        }
    }

    fn visit_mention(&mut self, path: &[String], at: Span, is_certain: bool) {
        let parts = path.iter().map(|name| syn::parse_str::<syn::PathSegment>(name));
        let Ok(segments) = parts.collect::<syn::Result<Punctuated<_, Token![::]>>>() else { return };
        let path = ExprPath { attrs: Vec::new(), qself: None, path: syn::Path { leading_colon: None, segments } };
        let found = match self.path_meaning(&path) {
            Some(Meaning::Functions(ids)) => ids,
            Some(Meaning::Of(key, name)) => match self.seen.methods(&key, &name, self.near(&path)) {
                (ids, true) => ids,
                (ids, false) => return self.possible(&ids),
            },
            _ => return,
        };
        if is_certain { self.certain(&found, at) } else { self.possible(&found) }
    }

    /// What the method hands to its closure: each element of a list, or what an `Option` holds.
    fn handed(&self, call: &syn::ExprMethodCall, receiver: Option<&Ty>) -> Option<Ty> {
        const HAND_ON: [&str; 14] = [
            "map",
            "for_each",
            "try_for_each",
            "filter",
            "filter_map",
            "flat_map",
            "find",
            "find_map",
            "any",
            "all",
            "inspect",
            "and_then",
            "is_some_and",
            "position",
        ];
        const LIST: [&str; 6] = ["iter", "iter_mut", "into_iter", "as_ref", "as_mut", "as_deref"];
        let receiver = receiver.filter(|_| HAND_ON.iter().any(|name| call.method == name))?;
        let is_of_list = match &*call.receiver {
            Expr::MethodCall(inner) => LIST.iter().any(|name| inner.method == name),
            _ => {
                matches!(self.seen.head(receiver), Head::Outside(path, _) if path.last().is_some_and(|last| last == "Option"))
            }
        };
        self.seen.element(receiver).filter(|_| is_of_list)
    }

    fn closure(&mut self, closure: &syn::ExprClosure, handed: Option<&Ty>) {
        self.opaque(closure.span());
        let handed = handed.filter(|_| closure.inputs.len() == 1);
        self.within(|this| {
            closure.inputs.iter().for_each(|input| this.bind(input, handed.cloned()));
            this.visit_expr(&closure.body);
        });
    }

    fn visit_condition(&mut self, cond: &Expr, then: impl FnOnce(&mut Self)) {
        // `let` in a condition binds for what follows.
        self.within(|this| {
            this.visit_expr(cond);
            then(this);
        });
    }
}

impl Visit<'_> for Walk<'_> {
    fn visit_block(&mut self, block: &Block) {
        let outer = self.scope;
        if let Some(inner) = self.seen.collect_block(self.function, outer, block) {
            self.scope = inner;
        }
        self.within(|this| block.stmts.iter().for_each(|stmt| this.visit_stmt(stmt)));
        self.scope = outer;
    }

    fn visit_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Item(_) => {}
            other => visit::visit_stmt(self, other),
        }
    }

    fn visit_local(&mut self, local: &Local) {
        let mut ty = None;
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            ty = self.type_of(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind(&local.pat, ty);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(path) => self.visit_path_value(path, None),
            Expr::Call(call) => {
                match &*call.func {
                    Expr::Path(path) => self.visit_path_value(path, Some(&call.args)),
                    other => {
                        self.opaque(other.span());
                        let ty = self.type_of(other);
                        self.pointed(ty.as_ref(), call.args.len(), other.span());
                        self.visit_expr(other);
                    }
                }
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            Expr::MethodCall(call) => {
                self.visit_expr(&call.receiver);
                let receiver = self.type_of(&call.receiver);
                let is_self = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("self"));
                self.call_method(receiver.as_ref(), &call.method.to_string(), is_self, call.method.span());
                let element = self.handed(call, receiver.as_ref());
                for argument in &call.args {
                    match argument {
                        Expr::Closure(closure) => self.closure(closure, element.as_ref()),
                        other => self.visit_expr(other),
                    }
                }
            }
            Expr::Closure(closure) => self.closure(closure, None),
            Expr::Let(of) => {
                self.visit_expr(&of.expr);
                let ty = self.type_of(&of.expr);
                self.bind(&of.pat, ty);
            }
            Expr::If(of) => {
                self.visit_condition(&of.cond, |this| this.visit_block(&of.then_branch));
                if let Some((_, otherwise)) = &of.else_branch {
                    self.visit_expr(otherwise);
                }
            }
            Expr::While(of) => self.visit_condition(&of.cond, |this| this.visit_block(&of.body)),
            Expr::ForLoop(of) => {
                self.visit_expr(&of.expr);
                let element = self.type_of(&of.expr).and_then(|ty| self.seen.element(&ty));
                self.within(|this| {
                    this.bind(&of.pat, element);
                    this.visit_block(&of.body);
                });
            }
            Expr::Match(of) => {
                self.visit_expr(&of.expr);
                let ty = self.type_of(&of.expr);
                for arm in &of.arms {
                    self.within(|this| {
                        this.bind(&arm.pat, ty.clone());
                        if let Pat::Guard(guarded) = &arm.pat {
                            this.visit_expr(&guarded.guard);
                        }
                        this.visit_expr(&arm.body);
                    });
                }
            }
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, call: &Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let is_seen = call.path.segments.len() == 1 && self.seen.macros.contains_key(&name);
        let visit = |this: &mut Self, expr: &mut Expr| this.visit_expr(expr);
        if !is_seen && known_macros::rewrite(call, |expr| visit(self, expr)).is_some() {
            // The others print, and run `Display` and `Debug` for it.
            if !["vec", "matches", "join", "try_join", "select", "assert", "debug_assert"].contains(&&*name) {
                self.opaque(call.span());
            }
            return;
        }
        self.opaque(call.span());
        if known_macros::shown(call, |expr| visit(self, expr)).is_some() || name == "dbg" {
            return;
        }
        // What it makes of them is not to be seen; that it names a function is.
        if let Ok(arguments) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.tokens.clone()) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        } else if let Ok(stmts) = Block::parse_within.parse2(call.tokens.clone()) {
            self.visit_block(&Block { brace_token: syn::token::Brace::default(), stmts });
        } else {
            self.visit_tokens(call.tokens.clone(), true);
        }
        if is_seen && let Some(rules) = self.seen.macros.get(&name).cloned() {
            // Of several rules, which one is taken is not known.
            let arrows = rules.to_string().matches("=>").count();
            self.visit_tokens(rules, arrows == 1);
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
    fn visit_type(&mut self, _: &Type) {}
    fn visit_pat(&mut self, _: &Pat) {}
    fn visit_attribute(&mut self, _: &syn::Attribute) {}
}

/// A variant or a tuple struct, by the way that names are written.
fn is_constructor(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Of `std`, by path or by the name of the prelude.
fn is_std(path: &[String]) -> bool {
    const PRELUDE: [&str; 34] = [
        "Box", "Rc", "Arc", "Vec", "VecDeque", "String", "str", "Option", "Result", "HashMap", "HashSet", "BTreeMap",
        "BTreeSet", "Duration", "Instant", "drop", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
        "i64", "i128", "isize", "f32", "f64", "bool", "char", "Mutex", "RwLock",
    ];
    let first = path.iter().find(|name| !name.is_empty()).map_or("", String::as_str);
    matches!(first, "std" | "core" | "alloc") || PRELUDE.contains(&first)
}
