//! One walk over the user's body for all that replaces parts of it: `checked_arithmetic`, `checked_indexing`, `bounded_allocation`,
//! and what has checkpoints.
//! Two walks would not do: what one has printed is closed to the other.

mod allocation;
mod cast;
mod checkpoint;
mod escape;
mod index;
pub(crate) mod method;
mod operator;
mod undecided;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Pat, Safety, Stmt, Type};

pub(crate) use self::allocation::Allocation;
use self::checkpoint::Checkpoints;
use self::undecided::Undecided;
pub(crate) use cast::may_lose;
pub(crate) use escape::{Strip, attributes, ensure_excuses, hoist_attributes, is_escape};

use crate::boundary;
use crate::known_macros;
use crate::names;
use crate::parameter::bindings;
use crate::refusal::{Exit, Or, Refused};
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::{Shape, Subject, async_tail};

/// What the protections ask for.
#[derive(Default)]
pub(crate) struct Rewrites {
    pub(crate) arithmetic: Option<Arithmetic>,
    pub(crate) indexing: Option<Or>,
    pub(crate) allocation: Option<Allocation>,
    checkpoints: Option<Checkpoints>,
}

pub(crate) struct Arithmetic {
    pub(crate) or: Or,
    pub(crate) casts: bool,
    pub(crate) methods: bool,
    /// A cast that cannot be checked is an error, and not passed over.
    pub(crate) every_cast: bool,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Rewritten {
    /// The body, where anything of it was replaced.
    pub(crate) body: Option<Block>,
    /// The kinds of violations that unwind to the function's boundary, with what becomes of them there.
    pub(crate) unwinds: Vec<(Broken, Or)>,
    /// The kinds that were not asked for: another attribute of the function may.
    pub(crate) others: Vec<Broken>,
    /// The checkpoint at the entry.
    pub(crate) checkpoint: Option<TokenStream>,
}

/// What a replaced expression breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Arithmetic,
    Indexing,
    Allocation,
    Steps,
    Deadline,
    Budget,
    /// Any limit that a checkpoint tests.
    Request,
}

impl Broken {
    fn protection(self) -> &'static str {
        match self {
            Self::Arithmetic => "checked_arithmetic",
            Self::Indexing => "checked_indexing",
            Self::Allocation => "bounded_allocation",
            Self::Steps | Self::Request => "bounded_steps",
            Self::Deadline => "deadline",
            Self::Budget => "allocation_budget",
        }
    }

    /// The function of the runtime that knows such a violation.
    pub(crate) fn asked(self) -> &'static str {
        match self {
            Self::Arithmetic => "is_arithmetic",
            Self::Indexing => "is_index",
            Self::Allocation => "is_allocation",
            Self::Steps => "is_steps",
            Self::Deadline => "is_deadline",
            Self::Budget => "is_budget",
            Self::Request => "is_checkpoint",
        }
    }
}

impl Rewrites {
    /// Asks for checkpoints, for one limit. `every_loop` has to have one.
    pub(crate) fn check(&mut self, broken: Broken, or: &Or, every_loop: bool) {
        match &mut self.checkpoints {
            Some(checkpoints) => checkpoints.add(broken, or),
            none => *none = Some(Checkpoints::new(broken, or, every_loop)),
        }
    }

    pub(crate) fn body(&mut self, subject: &Subject, report: &mut Report) -> Rewritten {
        self.checkpoints.take_if(|checkpoints| !checkpoints.observe() && checkpoint::are_in(&subject.item.block));
        let asked = [(Broken::Arithmetic, self.arithmetic.is_some()), (Broken::Indexing, self.indexing.is_some())];
        let mut others: Vec<_> = asked.into_iter().filter(|(_, asked)| !asked).map(|(kind, _)| kind).collect();
        // The boundary of the attribute that comes later and puts them in is outside.
        if self.allocation.is_none() && allocation::is_later(subject) {
            others.push(Broken::Allocation);
        }
        match &mut self.checkpoints {
            // What only observes has steps of its own.
            Some(checkpoints) if checkpoints.observe() => {}
            Some(checkpoints) => checkpoints.add_later(subject),
            None if !checkpoint::later(subject).is_empty() => others.push(Broken::Request),
            None => {}
        }
        let rewrites = self.arithmetic.is_some() || self.indexing.is_some() || self.allocation.is_some();
        if !rewrites && self.checkpoints.is_none() {
            return Rewritten { others, ..Rewritten::default() };
        }
        let entry = self
            .checkpoints
            .as_ref()
            .map(|checkpoints| checkpoints.statement(subject, Exit::Return, subject.item.sig.ident.span()));
        let mut block = subject.item.block.clone();
        let is_unsafe = matches!(subject.item.sig.safety, Safety::Unsafe(_));
        let mut walk = Walk {
            rewrites: self,
            subject,
            report,
            exit: Exit::Return,
            inner: Exit::Unwind,
            broken: Vec::new(),
            unwinds: Vec::new(),
            is_unsafe,
            holds_unsafe: is_unsafe || holds_unsafe(&block),
            bound: bound(subject),
            undecided: match self.arithmetic {
                Some(_) => Undecided::of(&subject.item.sig, &block),
                None => Undecided::default(),
            },
            slots: Vec::new(),
            slot_count: 0,
            checked: false,
            escapes: escape::Escapes::default(),
        };
        // One before the function covers all of it.
        let opened = self.arithmetic.is_some() && walk.escapes.open(&mut subject.item.attrs.clone(), true, walk.report);
        match async_tail(&mut block).filter(|_| subject.shape == Shape::AsyncTail) {
            // A `return` in the future is the protected function's; one before it would have to return a future.
            Some(future) => {
                let mut body = future.block.clone();
                walk.visit_body(&mut body);
                future.block.stmts.clear();
                walk.exit = Exit::Panic;
                walk.inner = Exit::Panic;
                walk.visit_body(&mut block);
                if let Some(future) = async_tail(&mut block) {
                    future.block = body;
                }
            }
            None => walk.visit_body(&mut block),
        }
        if opened {
            walk.escapes.close(walk.report);
        }
        let Walk { broken, unwinds, escapes, checked, .. } = walk;
        for kind in &broken {
            self.or(*kind).ensure(subject, report);
        }
        let unwinds: Vec<_> = unwinds.into_iter().map(|kind| (kind, self.or(kind).clone())).collect();
        for (kind, or) in &unwinds {
            boundary::ensure_possible(kind.protection(), "`or(panic)`", or, subject, report);
        }
        // An escape is taken off the body, whether or not anything else of it is replaced.
        let replaced = checked || !broken.is_empty() || escapes.taken();
        Rewritten { body: replaced.then_some(*block), unwinds, others, checkpoint: entry }
    }

    fn or(&self, broken: Broken) -> &Or {
        let checked = self.checkpoints.as_ref().and_then(|checkpoints| checkpoints.or(broken));
        match (broken, &self.arithmetic, &self.indexing, &self.allocation) {
            (Broken::Arithmetic, Some(arithmetic), ..) => &arithmetic.or,
            (Broken::Indexing, _, Some(or), _) => or,
            (Broken::Allocation, .., Some(allocation)) => &allocation.or,
            _ => checked.unwrap_or_else(|| unreachable!("only what is asked for is replaced")),
        }
    }
}

/// What the function itself binds: parameters, `let`, closures, constants of its generics.
fn bound(subject: &Subject) -> Vec<String> {
    struct Names(Vec<String>);
    impl Visit<'_> for Names {
        fn visit_local(&mut self, local: &syn::Local) {
            self.0.extend(bindings(&local.pat).iter().map(|name| name.ident.to_string()));
            syn::visit::visit_local(self, local);
        }
        fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
            self.0.extend(closure.inputs.iter().flat_map(bindings).map(|name| name.ident.to_string()));
            syn::visit::visit_expr_closure(self, closure);
        }
    }
    let mut names = Names(Vec::new());
    names.0.extend(subject.parameters().flat_map(|parameter| parameter.bindings()).map(|name| name.ident.to_string()));
    names.0.extend(subject.item.sig.generics.const_params().map(|constant| constant.ident.to_string()));
    names.visit_block(&subject.item.block);
    names.0
}

fn holds_unsafe(block: &Block) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_expr_unsafe(&mut self, _: &syn::ExprUnsafe) {
            self.0 = true;
        }
        fn visit_item(&mut self, _: &Item) {}
    }
    let mut search = Search(false);
    search.visit_block(block);
    search.0
}

/// Replaces expressions from the leaves up.
struct Walk<'a> {
    rewrites: &'a Rewrites,
    subject: &'a Subject,
    report: &'a mut Report,
    /// How a violation gets out from where the visit is now.
    exit: Exit,
    /// How it gets out of a closure or an async block.
    inner: Exit,
    /// The kinds of checks that were put in.
    broken: Vec<Broken>,
    /// Those among them that stand where a `return` would not do.
    unwinds: Vec<Broken>,
    /// Inside `unsafe`: a name in upper case may be that of a `static mut`, and a `*` that of a raw pointer.
    is_unsafe: bool,
    /// The function holds `unsafe` somewhere.
    holds_unsafe: bool,
    /// Names in upper case that are no constants.
    bound: Vec<String>,
    undecided: Undecided,
    /// Variables that the innermost body needs for indices.
    slots: Vec<Ident>,
    slot_count: usize,
    /// A loop has a checkpoint.
    checked: bool,
    escapes: escape::Escapes,
}

impl Walk<'_> {
    /// Gets `__portcullis_violation` out of the function.
    fn refuse(&mut self, broken: Broken) -> Refused {
        if !self.broken.contains(&broken) {
            self.broken.push(broken);
        }
        let or = self.rewrites.or(broken);
        if self.exit == Exit::Unwind && or.unwinds() && !self.unwinds.contains(&broken) {
            self.unwinds.push(broken);
        }
        or.refused(self.subject, self.exit, &names::local("violation").into_token_stream())
    }

    /// A variable of the innermost body.
    fn slot(&mut self) -> Ident {
        self.slot_count = self.slot_count.saturating_add(1);
        let slot = names::local(&format!("slot_{}", self.slot_count));
        self.slots.push(slot.clone());
        slot
    }

    /// Visits with slots of its own, and gives their declarations.
    fn own_slots(&mut self, visit: impl FnOnce(&mut Self)) -> TokenStream {
        let outer = std::mem::take(&mut self.slots);
        visit(self);
        let own = std::mem::replace(&mut self.slots, outer);
        quote!(#(#[allow(unused_mut)] let mut #own;)*)
    }

    /// Visits a block that runs as a whole.
    fn visit_body(&mut self, block: &mut Block) {
        let slots = self.own_slots(|this| this.visit_block_mut(block));
        if !slots.is_empty() {
            block.stmts.insert(0, Stmt::Expr(Expr::Verbatim(slots), None));
        }
    }

    /// Visits what a `return` would not lead out of.
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.exit, self.inner);
        visit(self);
        self.exit = outer;
    }

    fn visit_closure(&mut self, closure: &mut syn::ExprClosure) {
        let slots = self.own_slots(|this| this.visit_expr_mut(&mut closure.body));
        if !slots.is_empty() {
            let body = &closure.body;
            *closure.body = Expr::Verbatim(quote!({ #slots #body }));
        }
    }

    fn visit_bound(&mut self, local: &mut syn::Local) {
        if let Some(init) = &mut local.init {
            match &local.pat {
                Pat::Ident(name) if name.by_ref.is_none() => self.visit_value(&mut init.expr),
                pattern => self.visit_matched(&mut init.expr, index::borrows_mut(pattern)),
            }
            if let Some((_, otherwise)) = &mut init.diverge {
                self.visit_expr_mut(otherwise);
            }
        }
    }

    /// Whether what stands here may be evaluated at compile time, as the reference to a constant is.
    fn is_promoted(&self, expr: &Expr) -> bool {
        !self.is_unsafe && operator::is_constant(expr, &self.bound)
    }

    fn visit_kind(&mut self, expr: &mut Expr) {
        match expr {
            // A tree of literals stays: rustc's `arithmetic_overflow` lint sees more of it as it is.
            Expr::Binary(_) | Expr::Unary(_) if operator::is_literal(expr) => {}
            // `&(A + 1)` may be promoted to a static, which no call inside it survives.
            Expr::Reference(reference) if self.is_promoted(&reference.expr) => {}
            Expr::Reference(reference) if reference.mutability.is_some() => self.visit_place_mut(&mut reference.expr),
            Expr::Reference(_) => self.visit_reference(expr),
            Expr::MethodCall(call) if !self.is_unsafe && operator::is_constant_array(&call.receiver, &self.bound) => {
                if !self.visit_growing_method(expr) {
                    let Expr::MethodCall(call) = expr else { return };
                    call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
                }
            }
            Expr::MethodCall(_) => self.visit_method_call(expr),
            Expr::Closure(closure) => self.inside(|this| this.visit_closure(closure)),
            Expr::Async(block) => self.inside(|this| this.visit_body(&mut block.block)),
            // Compile time: nothing of ours can run there, and the compiler refuses overflow by itself.
            Expr::Const(_) => {}
            Expr::Call(call) if is_boundary(&call.func) => self.visit_boundary(call),
            Expr::Call(call) if is_judged(&call.func) => self.visit_judged(call),
            Expr::Call(_) => {
                if !self.visit_called(expr) {
                    self.visit_call(expr);
                }
            }
            Expr::Unsafe(block) => {
                let outer = std::mem::replace(&mut self.is_unsafe, true);
                self.visit_block_mut(&mut block.block);
                self.is_unsafe = outer;
            }
            Expr::Repeat(repeat) => self.visit_expr_mut(&mut repeat.expr),
            Expr::Index(_) => self.visit_index(expr),
            Expr::Assign(assign) => {
                self.visit_expr_mut(&mut assign.right);
                self.visit_assigned(&mut assign.left);
            }
            Expr::Match(of) => {
                self.visit_matched(&mut of.expr, of.arms.iter().any(|arm| index::borrows_mut(&arm.pat)));
                of.arms.iter_mut().for_each(|arm| self.visit_arm_mut(arm));
            }
            Expr::Let(of) => self.visit_matched(&mut of.expr, index::borrows_mut(&of.pat)),
            Expr::Binary(binary) => {
                let open = self.undecided.are_open(&[&binary.left, &binary.right]);
                if operator::is_compound(&binary.op) {
                    self.visit_value(&mut binary.right);
                    self.visit_place_mut(&mut binary.left);
                } else {
                    self.visit_value(&mut binary.left);
                    self.visit_value(&mut binary.right);
                }
                self.rewrite_operator(expr, open);
            }
            Expr::Unary(unary) => {
                self.visit_expr_mut(&mut unary.expr);
                // The language has no sign of an open type.
                self.rewrite_operator(expr, false);
            }
            Expr::Cast(_) => self.visit_cast(expr),
            Expr::Macro(call) => match self.shown(&call.mac) {
                Some(shown) => *expr = shown,
                None => self.visit_macro_mut(&mut call.mac),
            },
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => {
                visit_mut::visit_expr_mut(self, expr);
                self.check_loop(expr);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    /// What stands around the body is ours; a `return` inside is the function's.
    fn visit_boundary(&mut self, call: &mut syn::ExprCall) {
        for body in &mut call.args {
            match body {
                Expr::Closure(closure) => self.visit_closure(closure),
                Expr::Async(future) => self.visit_body(&mut future.block),
                Expr::Call(inner) if is_boundary(&inner.func) => self.visit_boundary(inner),
                _ => {}
            }
        }
    }

    /// The conditions of the attribute, where they only observe.
    fn visit_judged(&mut self, call: &mut syn::ExprCall) {
        let outer = std::mem::replace(&mut self.exit, Exit::Judged);
        if let Some(Expr::Closure(closure)) = call.args.first_mut() {
            self.visit_closure(closure);
        }
        self.exit = outer;
    }

    /// `open`: the type of its operands may not be known yet.
    fn rewrite_operator(&mut self, expr: &mut Expr, open: bool) {
        let Some(arithmetic) = &self.rewrites.arithmetic else { return };
        if let Some(rewritten) = operator::rewrite(expr, open, &arithmetic.or, || self.refuse(Broken::Arithmetic)) {
            *expr = rewritten;
        }
    }

    fn visit_cast(&mut self, expr: &mut Expr) {
        let Expr::Cast(cast) = &mut *expr else { return };
        // To a number nothing is reborrowed.
        if may_lose(cast) {
            self.visit_value(&mut cast.expr);
        } else {
            self.visit_expr_mut(&mut cast.expr);
        }
        let cast = &*cast;
        let Some(arithmetic) = self.rewrites.arithmetic.as_ref().filter(|arithmetic| arithmetic.casts) else { return };
        if !may_lose(cast) || matches!(arithmetic.or, Or::Wrap) || self.escapes.excuse_cast() {
            return;
        }
        if self.holds_unsafe && !arithmetic.or.observes() {
            if arithmetic.every_cast {
                let message = "this cast is not checked: the function holds `unsafe`, which may not bear an exit here\n\
                    help: move the `unsafe` into a function of its own\n\
                    help: or say that the cast is meant: `#[portcullis::allow(cast, reason = \"..\")]`";
                self.report.add(Rule::CastBesideUnsafe, cast, message);
            }
            return;
        }
        let refuse = self.refuse(Broken::Arithmetic);
        *expr = cast::rewrite(cast, &arithmetic.or, &refuse);
    }

    /// What stands in place of a `dbg!`.
    fn shown(&mut self, call: &Macro) -> Option<Expr> {
        known_macros::shown(call, |expr| self.visit_expr_mut(expr))
    }

    /// Visits under the escapes that stand before the expression.
    fn visit_excused(&mut self, attributes: &mut Vec<syn::Attribute>, whole: bool, visit: impl FnOnce(&mut Self)) {
        let opened = self.rewrites.arithmetic.is_some() && self.escapes.open(attributes, whole, self.report);
        visit(self);
        if opened {
            self.escapes.close(self.report);
        }
    }

    fn visit_with_attributes(&mut self, expr: &mut Expr, whole: bool) {
        let mut own = attributes(expr).map(std::mem::take).unwrap_or_default();
        if own.is_empty() {
            return self.visit_kind(expr);
        }
        escape::own_parentheses(expr, &own);
        self.visit_excused(&mut own, whole, |this| this.visit_kind(expr));
        match attributes(expr) {
            Some(back) => *back = own,
            None => *expr = operator::with_attributes(&own, &expr.to_token_stream()),
        }
    }
}

impl VisitMut for Walk<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let whole = matches!(expr, Expr::Paren(_) | Expr::Block(_) | Expr::Unsafe(_));
        self.visit_with_attributes(expr, whole);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Expr(expr, _) => {
                hoist_attributes(expr);
                self.visit_with_attributes(expr, true);
            }
            Stmt::Local(local) => {
                let mut attributes = std::mem::take(&mut local.attrs);
                self.visit_excused(&mut attributes, true, |this| this.visit_bound(local));
                local.attrs = attributes;
            }
            Stmt::Macro(call) => {
                let mut attributes = std::mem::take(&mut call.attrs);
                let mut shown = None;
                self.visit_excused(&mut attributes, true, |this| {
                    shown = this.shown(&call.mac);
                    if shown.is_none() {
                        this.visit_macro_mut(&mut call.mac);
                    }
                });
                match shown {
                    Some(expr) => {
                        *stmt = Stmt::Expr(
                            operator::with_attributes(&attributes, &expr.to_token_stream()),
                            call.semi_token,
                        );
                    }
                    None => call.attrs = attributes,
                }
            }
            Stmt::Item(_) => {}
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        if self.visit_list(call).is_some() {
            return;
        }
        let before = call.tokens.to_string();
        let mut written = known_macros::is_written_to(call);
        let rewritten = known_macros::rewrite(call, |expr| {
            if std::mem::take(&mut written) { self.visit_place_mut(expr) } else { self.visit_expr_mut(expr) }
        });
        if let Some(tokens) = rewritten {
            // Untouched arguments stay as the user's own tokens.
            if tokens.to_string() != before {
                call.tokens = tokens;
            }
        }
    }

    /// A pattern holds nothing that runs, but for the guard of an arm.
    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        if let Pat::Guard(guarded) = pattern {
            self.visit_expr_mut(&mut guarded.guard);
        }
    }

    // What does not run here, or is no expression.
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

/// The boundary of an attribute of ours that was expanded before: a `return` inside it is the function's.
fn is_boundary(function: &Expr) -> bool {
    called_of_ours(function).is_some_and(|name| {
        name.starts_with("catch") || ["in_request", "budgeted", "counted", "until"].contains(&&*name)
    })
}

fn is_judged(function: &Expr) -> bool {
    called_of_ours(function).is_some_and(|name| name == "judged")
}

/// The name of a function of the runtime.
fn called_of_ours(function: &Expr) -> Option<String> {
    let Expr::Path(path) = function else { return None };
    let mut segments = path.path.segments.iter();
    let (first, last) = (segments.next()?, segments.next()?);
    (first.ident == names::ALIAS).then(|| last.ident.to_string())
}
