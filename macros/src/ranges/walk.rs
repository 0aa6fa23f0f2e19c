//! Follows a function from its first statement, with what is known of its inputs: all that the rules admit, or one value of
//! each. What it knows of a value always holds for it; where it knows nothing, it says so.

use std::collections::{HashMap, HashSet};

use syn::{BinOp, Block, Expr, Pat, Stmt, UnOp};

use super::attribute::{attributes, is_escape, is_explain, leftmost_is_excused};
use super::constant::{
    constant, constant_whole, is_list, is_literal, length_of, length_of_constant, of_literal, type_of,
};
use super::hidden::{Asked, Doing, Step};
use super::interval::{IntType, Interval, USIZE};
use super::operator::{self, Fails, Fault, Op, Outcome};
use super::refine::decide;
use super::state::{self, Name, State};
use super::value::{Deps, Kind, Value, Whole};
use super::ways::Ways;
use super::{Arithmetic, Function, Given};

/// As many turns of a loop as are followed one by one.
pub(super) const MOST_TURNS: u32 = 300;

/// A place in the source, by where its expression is in the tree.
pub(crate) type Site = usize;

pub(crate) fn site(expr: &Expr) -> Site {
    std::ptr::from_ref(expr).addr()
}

/// A place that fails for every value that this run knows of.
#[derive(Clone, Copy)]
pub(crate) struct Failure<'f> {
    pub(crate) expr: &'f Expr,
    pub(crate) fault: Fault,
    /// What the operands depend on.
    pub(crate) deps: Deps,
    /// What may have decided that the place is reached.
    pub(crate) path: Deps,
}

/// A comparison, each time that it was met.
#[derive(Clone, Copy)]
pub(crate) struct Compared<'f> {
    pub(crate) expr: &'f Expr,
    /// `None` where not every time gave the same.
    pub(crate) decided: Option<bool>,
    pub(crate) deps: Deps,
}

/// What one run has seen.
#[derive(Default)]
pub(crate) struct Seen<'f> {
    pub(crate) sure: HashMap<Site, Failure<'f>>,
    pub(crate) perhaps: HashSet<Site>,
    pub(crate) compared: HashMap<Site, Compared<'f>>,
    pub(crate) explained: HashMap<Site, (&'f Expr, Value)>,
    /// What only the compiler can judge, and the steps that lead there.
    pub(crate) asked: Vec<Asked<'f>>,
    pub(crate) steps: Vec<Step>,
    pub(crate) steps_deps: Deps,
    /// The fuel was gone before the end.
    pub(crate) is_short: bool,
}

pub(super) struct Frame {
    pub(super) breaks: Option<State>,
    pub(super) continues: Option<State>,
    pub(super) len: usize,
}

/// What a run makes of conditions and names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    Plain,
    /// A branch is followed with what its condition says of the variables.
    Refined,
    /// The same, with numbers that only the compiler knows, by their names.
    ByName,
}

pub(crate) struct Run<'f> {
    pub(super) function: &'f Function<'f>,
    /// `None` where nothing gets to.
    pub(super) state: Option<State>,
    pub(super) loops: Vec<Frame>,
    pub(super) follows: Follows,
    /// Casts may lose here: an escape says so.
    excused: bool,
    /// What the decisions around this place depend on, those that are followed too.
    control: Deps,
    /// What ways that ended depend on.
    pub(super) ended: Deps,
    /// A turn of a loop is looked at for what it leads to: nothing is told of it.
    pub(super) on_trial: bool,
    pub(super) seen: Seen<'f>,
}

impl<'f> Run<'f> {
    /// With these ranges of the inputs.
    pub(crate) fn new(function: &'f Function<'f>, ranges: &[Interval], refines: bool) -> Self {
        let mut state = State::default();
        for (ident, given) in &function.parameters {
            let value = match given {
                Given::Value(value) => *value,
                Given::Input(at) => match (function.inputs.get(*at), ranges.get(*at)) {
                    (Some(input), Some(range)) => input.value(*range, Deps::input(*at)),
                    _ => Value::unknown(Deps::WORLD),
                },
            };
            state.bind(function.survey.name(ident), function.bound(ident, value));
        }
        Self {
            function,
            state: Some(state),
            loops: Vec::new(),
            follows: if refines { Follows::Refined } else { Follows::Plain },
            excused: false,
            control: Deps::NONE,
            ended: Deps::NONE,
            on_trial: false,
            seen: Seen::default(),
        }
    }

    pub(crate) fn follow(mut self) -> Seen<'f> {
        for required in &self.function.required {
            let asked = self.eval(required);
            match asked.decided() {
                Some(true) => {}
                Some(false) => {
                    self.end(asked.deps);
                }
                None => self.exit(asked.deps),
            }
            self.refine(required, true);
        }
        self.block(self.function.block);
        self.seen
    }

    /// Something may leave the function here. That it does so here depends on the decisions around it too.
    pub(super) fn exit(&mut self, deps: Deps) {
        if let Some(state) = &mut self.state {
            state.exit(deps | self.control);
        }
    }

    /// This way ends here.
    pub(super) fn end(&mut self, deps: Deps) -> Option<State> {
        self.ended |= deps | self.control;
        self.state.take()
    }

    /// Where the ways of a decision meet.
    pub(super) fn meet(&mut self, before: &State, one: Option<State>, other: Option<State>, decision: Deps) {
        let ended = if one.is_none() || other.is_none() { self.ended } else { Deps::NONE };
        self.state = state::meet(before, one, other, decision | ended);
    }

    pub(super) fn leak(&mut self, deps: Deps) {
        if let Some(state) = &mut self.state {
            state.leaked |= deps.inputs();
        }
    }

    pub(super) fn leaked(&self) -> Deps {
        self.state.as_ref().map_or(Deps::NONE, |state| state.leaked)
    }

    pub(super) fn len(&self) -> usize {
        self.state.as_ref().map_or(0, State::len)
    }

    pub(super) fn truncate(&mut self, len: usize) {
        if let Some(state) = &mut self.state {
            state.truncate(len);
        }
    }

    /// Code that is not seen runs with these values: it may know them from then on, and may not come back.
    pub(super) fn unseen(&mut self, deps: Deps) -> Value {
        let deps = deps | self.leaked() | self.control;
        self.exit(deps);
        self.leak(deps);
        Value::unknown(deps)
    }

    /// Follows something that `deps` have decided on, and may have assigned these variables: with that they tell of `deps`.
    pub(super) fn decided_by<T>(&mut self, deps: Deps, names: &[Name], follow: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.control;
        // Each way has a state of its own.
        self.function.burn(self.len() / 8);
        self.control |= deps;
        let found = follow(self);
        self.control = outer;
        if let Some(state) = &mut self.state {
            state.taint(names, deps);
        }
        found
    }

    /// What a place gives, of which `outcome` tells.
    pub(super) fn settle(&mut self, expr: &'f Expr, outcome: Option<Outcome>, deps: Deps) -> Value {
        let Some(outcome) = outcome else {
            self.seen.perhaps.insert(site(expr));
            self.exit(deps);
            return Value::unknown(deps | self.leaked());
        };
        match outcome.fails {
            Fails::Never => {}
            Fails::Perhaps => {
                self.seen.perhaps.insert(site(expr));
                self.exit(deps);
            }
            Fails::Surely(fault) => {
                if let Some(state) = self.end(deps).filter(|_| !self.on_trial) {
                    self.seen.sure.entry(site(expr)).or_insert(Failure { expr, fault, deps, path: state.path });
                }
                return Value::unknown(deps);
            }
        }
        Value::whole(outcome.result, deps)
    }

    /// The same of an operator that the function has wrap, if that is what is asked of it.
    pub(super) fn arithmetic(
        &mut self,
        expr: &'f Expr,
        outcome: Option<Outcome>,
        ty: Option<IntType>,
        deps: Deps,
    ) -> Value {
        if let (Arithmetic::Wraps, Some(found)) = (self.function.settings.arithmetic, outcome) {
            let wraps = !matches!(found.fails, Fails::Never | Fails::Surely(Fault::Zero));
            if wraps {
                self.exit(deps);
                return Value::whole(ty.and_then(Whole::any), deps);
            }
        }
        self.settle(expr, outcome, deps)
    }

    pub(super) fn eval(&mut self, expr: &'f Expr) -> Value {
        if self.state.is_none() || !self.function.burn(1) {
            self.seen.is_short |= self.state.take().is_some();
            return Value::unknown(Deps::NONE);
        }
        let attributes = attributes(expr);
        let outer = self.excused;
        self.excused |= attributes.iter().any(is_escape);
        let value = self.eval_kind(expr);
        self.excused = outer;
        if attributes.iter().any(is_explain) {
            self.explain(expr, value);
        }
        value
    }

    fn explain(&mut self, expr: &'f Expr, value: Value) {
        if self.state.is_some() && !self.on_trial {
            let all = self.seen.explained.entry(site(expr)).or_insert((expr, value));
            all.1 = all.1.join(value, Deps::NONE);
        }
    }

    fn eval_kind(&mut self, expr: &'f Expr) -> Value {
        match expr {
            Expr::Lit(literal) => of_literal(&literal.lit, false),
            Expr::Paren(inner) => self.eval(&inner.expr),
            Expr::Group(inner) => self.eval(&inner.expr),
            Expr::Path(path) => self.path(path),
            Expr::Unary(unary) => self.unary(expr, unary),
            Expr::Binary(binary) => self.binary(expr, binary),
            Expr::Cast(cast) => self.cast(expr, cast),
            Expr::Index(index) => {
                let (of, at) = (self.eval(&index.expr), self.eval(&index.index));
                self.index(expr, of, at)
            }
            Expr::Assign(assign) => self.assign(assign),
            Expr::Block(block) => self.block(&block.block),
            Expr::If(branch) => self.branch(expr, branch),
            Expr::Match(of) => self.choose(expr, of),
            Expr::Let(of) => {
                let value = self.eval(&of.expr);
                self.bind_unknown(&of.pat, value.deps | self.leaked());
                Value::unknown(value.deps | self.leaked())
            }
            Expr::ForLoop(of) => self.for_loop(expr, of),
            Expr::While(of) => self.while_loop(expr, Some(&of.cond), &of.body),
            Expr::Loop(of) => self.while_loop(expr, None, &of.body),
            Expr::Return(back) => {
                back.expr.iter().for_each(|value| {
                    self.eval(value);
                });
                self.end(Deps::NONE);
                Value::unknown(Deps::NONE)
            }
            Expr::Break(out) => {
                out.expr.iter().for_each(|value| {
                    self.eval(value);
                });
                self.jump(|frame| &mut frame.breaks)
            }
            Expr::Continue(_) => self.jump(|frame| &mut frame.continues),
            Expr::Try(of) => {
                let value = self.eval(&of.expr);
                self.exit(value.deps | self.leaked());
                Value::unknown(value.deps | self.leaked())
            }
            Expr::Await(of) => {
                let value = self.eval(&of.base);
                let found = self.unseen(value.deps);
                Value::unknown(found.deps | Deps::WORLD)
            }
            Expr::Closure(_) | Expr::Async(_) => Value::unknown(self.mentioned(expr) | self.leaked()),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(expr, call),
            Expr::Macro(call) => self.macro_call(&call.mac),
            Expr::Field(field) => {
                let of = self.eval(&field.base);
                match (of.kind, &field.member) {
                    (Kind::Fields(nth), syn::Member::Named(member)) => self.function.field(nth, member, of.deps),
                    _ => Value::unknown(of.deps | self.leaked()),
                }
            }
            Expr::Reference(reference) => {
                let of = self.eval(&reference.expr);
                match of.kind {
                    Kind::List { .. } if reference.mutability.is_none() => of,
                    _ => Value::unknown(of.deps | self.leaked()),
                }
            }
            Expr::Array(array) => {
                let deps = self.eval_all(array.elems.iter());
                let length = i128::try_from(array.elems.len()).unwrap_or(0);
                Value { kind: Kind::List { length: Interval::point(length), element: None }, deps }
            }
            Expr::Repeat(repeat) => {
                let of = self.eval(&repeat.expr);
                let length = length_of(&repeat.len);
                let kind = length.map_or(Kind::Unknown, |length| Kind::List { length, element: None });
                Value { kind, deps: of.deps }
            }
            Expr::Tuple(tuple) => Value::unknown(self.eval_all(tuple.elems.iter())),
            Expr::Struct(of) => {
                let deps = self.eval_all(of.fields.iter().map(|field| &field.expr));
                let rest = of.rest.as_deref().map_or(Deps::NONE, |rest| self.eval(rest).deps);
                Value::unknown(deps | rest)
            }
            Expr::Range(range) => {
                let ends = [range.start.as_deref(), range.end.as_deref()];
                Value::unknown(self.eval_all(ends.into_iter().flatten()))
            }
            Expr::Const(_) | Expr::Infer(_) => Value::unknown(Deps::NONE),
            // Nothing that is known here.
            _ => self.unseen(Deps::INPUTS),
        }
    }

    pub(super) fn eval_all(&mut self, all: impl Iterator<Item = &'f Expr>) -> Deps {
        let mut deps = Deps::NONE;
        for expr in all {
            deps |= self.eval(expr).deps;
        }
        deps
    }

    fn jump(&mut self, to: impl Fn(&mut Frame) -> &mut Option<State>) -> Value {
        if let (Some(mut state), Some(frame)) = (self.end(Deps::NONE), self.loops.last_mut()) {
            state.truncate(frame.len);
            let there = to(frame);
            *there = state::join(there.take(), Some(state), Deps::INPUTS | Deps::WORLD);
        }
        Value::unknown(Deps::NONE)
    }

    /// What any of the variables that stand in it depends on.
    pub(super) fn mentioned(&self, expr: &'f Expr) -> Deps {
        let words = self.function.words(expr);
        self.deps_of_words(&words)
    }

    pub(super) fn deps_of_words(&self, words: &HashSet<String>) -> Deps {
        let Some(state) = &self.state else { return Deps::NONE };
        let mut deps = if words.contains("self") { Deps::WORLD } else { Deps::NONE };
        for word in words {
            if let Some(value) = self.function.survey.known(word).and_then(|name| state.get(name)) {
                deps |= value.deps;
            }
        }
        deps
    }

    pub(super) fn path(&mut self, path: &'f syn::ExprPath) -> Value {
        let unknown = Value::unknown(self.leaked());
        if path.qself.is_some() {
            return unknown;
        }
        if let (Some(ident), Some(state)) = (path.path.get_ident(), &self.state) {
            if ident == "self" {
                return Value::unknown(Deps::WORLD | state.leaked);
            }
            return match state.get(self.function.survey.name(ident)) {
                Some(value) if value.kind == Kind::Unknown => Value::unknown(value.deps | state.leaked),
                Some(value) => value,
                None => self.named(path).unwrap_or(unknown),
            };
        }
        constant(&path.path).or_else(|| self.named(path)).unwrap_or(unknown)
    }

    fn unary(&mut self, expr: &'f Expr, unary: &'f syn::ExprUnary) -> Value {
        if let (UnOp::Neg(_), Expr::Lit(literal)) = (&unary.op, &*unary.expr) {
            return of_literal(&literal.lit, true);
        }
        let of = self.eval(&unary.expr);
        match (unary.op, of.kind) {
            (UnOp::Not(_), Kind::Bool { can_hold, can_fail }) => {
                Value { kind: Kind::Bool { can_hold: can_fail, can_fail: can_hold }, deps: of.deps }
            }
            (UnOp::Not(_), Kind::Int(Whole { ty: Some(ty), range, .. })) => {
                let least = Interval::point(-1);
                let flipped = match ty.possibly() {
                    _ if ty.is_signed() => Some(least.sub(range)),
                    Some(all) if ty.is_fixed() => Some(Interval::point(all.high).sub(range)),
                    _ => None,
                };
                let whole = flipped.map(|range| Whole::typed(ty, range)).or_else(|| Whole::any(ty));
                Value::whole(whole, of.deps)
            }
            (UnOp::Neg(_), Kind::Int(whole)) => {
                self.arithmetic(expr, operator::apply_one(Op::Neg, whole), whole.ty, of.deps)
            }
            (UnOp::Neg(_), _) => self.settle(expr, None, of.deps),
            // Of a type of the user's it is code that is not seen.
            (UnOp::Not(_) | UnOp::Deref(_), _) => Value::unknown(of.deps | self.leaked()),
            _ => self.unseen(of.deps),
        }
    }

    fn binary(&mut self, expr: &'f Expr, binary: &'f syn::ExprBinary) -> Value {
        match binary.op {
            BinOp::And(_) | BinOp::Or(_) => {
                let names = self.function.assigned_in(&binary.right);
                return self.short_circuit(binary, &names);
            }
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                let (left, right) = (self.eval(&binary.left), self.eval(&binary.right));
                return self.compare(expr, &binary.op, left, right);
            }
            _ => {}
        }
        if let Some(op) = operator::of_compound(&binary.op) {
            let right = self.eval(&binary.right);
            let left = self.eval(&binary.left);
            let value = self.operate(expr, op, left, right);
            self.store(&binary.left, value);
            return Value::unknown(Deps::NONE);
        }
        let (left, right) = (self.eval(&binary.left), self.eval(&binary.right));
        match operator::of_binary(&binary.op) {
            Some(op) => self.operate(expr, op, left, right),
            None => self.unseen(left.deps | right.deps),
        }
    }

    fn operate(&mut self, expr: &'f Expr, op: Op, left: Value, right: Value) -> Value {
        let deps = left.deps | right.deps;
        match (left.kind, right.kind) {
            (Kind::Int(a), Kind::Int(b)) => {
                let ty = if matches!(op, Op::Shl | Op::Shr) { a.ty } else { a.ty.or(b.ty) };
                self.arithmetic(expr, operator::apply(op, a, b), ty, deps)
            }
            (Kind::Bool { .. }, Kind::Bool { .. }) => Value::truth(None, deps),
            _ => match self.apply_hidden(expr, Doing::Binary(op), left, right) {
                Some(value) => value,
                None => self.settle(expr, None, deps),
            },
        }
    }

    fn compare(&mut self, expr: &'f Expr, op: &BinOp, left: Value, right: Value) -> Value {
        let deps = left.deps | right.deps;
        let (Kind::Int(a), Kind::Int(b)) = (left.kind, right.kind) else {
            return Value { kind: Kind::Bool { can_hold: true, can_fail: true }, deps: deps | self.leaked() };
        };
        let decided = a.unified(b).and_then(|(a, b)| decide(op, a.range, b.range));
        if self.state.is_some() && !self.on_trial && self.function.survey.conditions.contains(&site(expr)) {
            let met = self.seen.compared.entry(site(expr)).or_insert(Compared { expr, decided, deps });
            met.decided = met.decided.filter(|before| Some(*before) == decided);
            met.deps |= deps;
        }
        Value::truth(decided, deps)
    }

    fn short_circuit(&mut self, binary: &'f syn::ExprBinary, names: &[Name]) -> Value {
        let left = self.eval(&binary.left);
        // What the left side has to be for the right side to be asked.
        let asks = matches!(binary.op, BinOp::And(_));
        self.leak_by(left.deps, self.function.ways(&binary.right), Ways::default());
        match left.decided() {
            Some(decided) if decided != asks => self.decided_by(left.deps, names, |_| left),
            Some(_) => {
                let right = self.decided_by(left.deps, names, |run| run.eval(&binary.right));
                Value { deps: left.deps | right.deps, ..right }
            }
            None => {
                let Some(before) = self.state.clone() else { return left };
                let decision = left.deps.of_decision();
                self.refine(&binary.left, asks);
                self.enter(decision);
                let right = self.decided_by(left.deps, names, |run| run.eval(&binary.right));
                let asked = self.state.take();
                let left_only = asked.is_none();
                let mut not_asked = before.clone();
                // The names of a `let` on the right side stay in scope, where it held.
                let more = asked.as_ref().map(|asked| asked.since(before.len())).unwrap_or_default();
                for name in more {
                    not_asked.bind(name, Value::unknown(left.deps | right.deps));
                }
                self.meet(&before, asked, Some(not_asked), decision);
                let can = match (right.decided(), asks) {
                    // What is asked does not come back.
                    _ if left_only => Some(!asks),
                    (Some(false), true) => Some(false),
                    (Some(true), false) => Some(true),
                    _ => None,
                };
                Value::truth(can, left.deps | right.deps)
            }
        }
    }

    /// Into a branch that is taken as a decision falls.
    pub(super) fn enter(&mut self, decision: Deps) {
        if let Some(state) = &mut self.state {
            state.path |= decision;
        }
    }

    /// A decision over these values lets code run, or not, that is not seen: by that it may know them. A way that leaves the function
    /// tells those that stay nothing.
    pub(super) fn leak_by(&mut self, deps: Deps, one: Ways, other: Ways) {
        if !one.leaves && !other.leaves && (one.acts || other.acts) {
            self.leak(deps);
        }
    }

    fn cast(&mut self, expr: &'f Expr, cast: &'f syn::ExprCast) -> Value {
        let of = self.eval(&cast.expr);
        let Some(ty) = type_of(&cast.ty) else {
            self.exit(of.deps);
            return Value::unknown(of.deps);
        };
        let checked = self.function.settings.casts && !self.excused;
        let doing = if checked { Doing::Cast(ty) } else { Doing::Wrap(ty) };
        if let Some(value) = self.apply_hidden(expr, doing, of, of) {
            return value;
        }
        let whole = match of.kind {
            Kind::Bool { can_hold, can_fail } => {
                let range = Interval { low: i128::from(!can_fail), high: i128::from(can_hold) };
                return Value::whole(Some(Whole::typed(ty, range)), of.deps);
            }
            Kind::Int(whole) => whole,
            Kind::List { .. } | Kind::Hidden(_) | Kind::Fields(_) | Kind::Unknown => {
                if checked {
                    self.exit(of.deps);
                }
                return Value::whole(Whole::any(ty), of.deps);
            }
        };
        if ty.holds(whole.range) {
            return Value::whole(Some(Whole::typed(ty, whole.range)), of.deps);
        }
        if !checked || whole.ty.is_none() || is_literal(&cast.expr) {
            return Value::whole(Whole::any(ty), of.deps);
        }
        let fails = if ty.lacks(whole.range) { Fails::Surely(Fault::Cast(ty, whole.range)) } else { Fails::Perhaps };
        let held = ty.possibly().and_then(|held| held.meet(whole.range));
        let outcome = Outcome { fails, result: held.map(|range| Whole::typed(ty, range)) };
        self.settle(expr, Some(outcome), of.deps)
    }

    pub(super) fn index(&mut self, expr: &'f Expr, of: Value, at: Value) -> Value {
        let deps = of.deps | at.deps;
        let index = at.as_whole().and_then(|whole| whole.of(USIZE));
        if let Kind::List { length, element } = of.kind {
            let length = Value::whole(Some(Whole::typed(USIZE, length)), of.deps);
            if self.apply_hidden(expr, Doing::Index, length, at).is_some() {
                return Value::whole(element, deps);
            }
        }
        let (Kind::List { length, element }, Some(index)) = (of.kind, index) else {
            return self.settle(expr, None, deps | self.leaked());
        };
        let fails = if index.range.high < length.low {
            Fails::Never
        } else if index.range.low >= length.high {
            Fails::Surely(Fault::Index(index.range, length))
        } else {
            Fails::Perhaps
        };
        self.settle(expr, Some(Outcome { fails, result: element }), deps)
    }

    fn assign(&mut self, assign: &'f syn::ExprAssign) -> Value {
        let right = self.eval(&assign.right);
        match &*assign.left {
            Expr::Infer(_) => {}
            left => self.store(left, right),
        }
        Value::unknown(Deps::NONE)
    }

    /// Puts a value into a place.
    fn store(&mut self, place: &'f Expr, value: Value) {
        let value = Value { deps: value.deps | self.control, ..value };
        let ident = if let Expr::Path(path) = place { path.path.get_ident() } else { None };
        let function = self.function;
        if let (Some(ident), Some(state)) = (ident, &mut self.state)
            && let Some(variable) = state.get_mut(function.survey.name(ident))
        {
            let stable = !function.survey.is_unstable(ident);
            // Of a variable whose type is known an assignment keeps it.
            *variable = match (variable.kind, value.kind) {
                (Kind::Int(Whole { ty: Some(ty), .. }), Kind::Int(whole)) if stable => {
                    Value::whole(whole.of(ty).or_else(|| Whole::any(ty)), value.deps)
                }
                (Kind::Int(_), Kind::Hidden(_)) if stable => value,
                (Kind::Int(Whole { ty: Some(ty), .. }), _) if stable => Value::whole(Whole::any(ty), value.deps),
                _ if stable => function.bound(ident, value),
                _ => Value::unknown(value.deps),
            };
            if !stable {
                state.leaked |= value.deps.inputs();
            }
            return;
        }
        if !matches!(place, Expr::Path(_)) {
            match place {
                Expr::Tuple(_) | Expr::Array(_) | Expr::Struct(_) | Expr::Call(_) | Expr::Paren(_) => {
                    let names = function.names_in(place);
                    if let Some(state) = &mut self.state {
                        state.forget(&names);
                    }
                }
                _ => {
                    self.eval(place);
                }
            }
        }
        self.leak(value.deps);
    }

    pub(super) fn block(&mut self, block: &'f Block) -> Value {
        let len = self.len();
        // Items are in scope in the whole block.
        for stmt in &block.stmts {
            if let Stmt::Item(item) = stmt {
                self.item(item);
            }
        }
        let mut last = Value::unknown(Deps::NONE);
        for stmt in &block.stmts {
            last = self.statement(stmt);
        }
        self.truncate(len);
        last
    }

    fn item(&mut self, item: &'f syn::Item) {
        let (ident, value) = match item {
            syn::Item::Const(constant) => {
                let ty = type_of(&constant.ty);
                let whole = ty.and_then(|ty| constant_whole(&constant.expr)?.of(ty));
                let list = length_of_constant(&constant.ty, &constant.expr)
                    .map(|length| Value { kind: Kind::List { length, element: None }, deps: Deps::NONE });
                (&constant.ident, list.unwrap_or_else(|| Value::whole(whole, Deps::NONE)))
            }
            syn::Item::Static(of) => (&of.ident, Value::unknown(Deps::WORLD)),
            syn::Item::Fn(of) => (&of.sig.ident, Value::unknown(Deps::NONE)),
            syn::Item::Struct(of) => (&of.ident, Value::unknown(Deps::NONE)),
            _ => return,
        };
        let name = self.function.survey.name(ident);
        if let Some(state) = &mut self.state {
            state.bind(name, value);
        }
    }

    fn statement(&mut self, stmt: &'f Stmt) -> Value {
        let nothing = Value::unknown(Deps::NONE);
        match stmt {
            Stmt::Local(local) => {
                let outer = self.excused;
                self.excused |= local.attrs.iter().any(is_escape);
                self.local(local);
                self.excused = outer;
                nothing
            }
            Stmt::Item(_) => nothing,
            Stmt::Expr(expr, semi) => {
                let outer = self.excused;
                self.excused |= leftmost_is_excused(expr);
                let value = self.eval(expr);
                self.excused = outer;
                if semi.is_some() { nothing } else { value }
            }
            Stmt::Macro(call) => self.macro_call(&call.mac),
        }
    }

    fn local(&mut self, local: &'f syn::Local) {
        let value = local.init.as_ref().map(|init| self.eval(&init.expr));
        if let (Some(init), Some(value)) = (&local.init, value)
            && local.attrs.iter().any(is_explain)
        {
            self.explain(&init.expr, value);
        }
        if let Some((_, otherwise)) = local.init.as_ref().and_then(|init| init.diverge.as_ref()) {
            let value = value.unwrap_or(Value::unknown(Deps::NONE));
            self.bind_unknown(&local.pat, value.deps | self.leaked());
            let before = self.state.clone();
            self.enter(value.deps.of_decision());
            self.eval(otherwise);
            self.state = before;
            // The other way leaves.
            self.exit(value.deps.of_decision());
            return;
        }
        match &local.pat {
            Pat::Type(typed) => self.bind(&typed.pat, self.coerced(&typed.ty, value)),
            pat => self.bind(pat, value.unwrap_or(Value::unknown(Deps::WORLD))),
        }
    }

    /// A value where a type is written for it.
    fn coerced(&self, ty: &syn::Type, value: Option<Value>) -> Value {
        let deps = value.map_or(Deps::WORLD, |value| value.deps);
        if self.function.names_bool(ty) {
            return match value {
                Some(value) if matches!(value.kind, Kind::Bool { .. }) => value,
                _ => Value::truth(None, deps),
            };
        }
        match (type_of(ty), value) {
            // Declared, and assigned later.
            (_, None) => Value::unknown(Deps::WORLD),
            (Some(_), Some(value)) if matches!(value.kind, Kind::Hidden(_)) => value,
            (Some(ty), Some(value)) => {
                let whole = value.as_whole().and_then(|whole| whole.of(ty));
                Value::whole(whole.or_else(|| Whole::any(ty)), deps)
            }
            (None, Some(value)) if matches!(value.kind, Kind::List { .. }) && !is_list(ty) => Value::unknown(deps),
            (None, Some(value)) => value,
        }
    }

    pub(super) fn bind(&mut self, pat: &'f Pat, value: Value) {
        match pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                let bound = self.function.bound(&name.ident, value);
                let name = self.function.survey.name(&name.ident);
                if let Some(state) = &mut self.state {
                    state.bind(name, bound);
                }
            }
            Pat::Paren(inner) => self.bind(&inner.pat, value),
            Pat::Wild(_) => {}
            pat => self.bind_unknown(pat, value.deps),
        }
    }

    pub(super) fn bind_unknown(&mut self, pat: &'f Pat, deps: Deps) {
        for ident in names_of(pat) {
            let name = self.function.survey.name(ident);
            if let Some(state) = &mut self.state {
                state.bind(name, Value::unknown(deps));
            }
        }
    }
}

pub(crate) fn names_of(pat: &Pat) -> Vec<&syn::Ident> {
    struct Names<'a>(Vec<&'a syn::Ident>);
    impl<'a> syn::visit::Visit<'a> for Names<'a> {
        fn visit_pat_ident(&mut self, name: &'a syn::PatIdent) {
            self.0.push(&name.ident);
            syn::visit::visit_pat_ident(self, name);
        }
        fn visit_expr(&mut self, _: &'a Expr) {}
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_pat(&mut names, pat);
    names.0
}
