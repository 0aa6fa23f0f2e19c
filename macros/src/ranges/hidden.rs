//! Numbers that only the compiler knows: named constants, fields of covered types, parameters between constants.
//!
//! A second kind of run follows them by name. Where such a number meets an operator that may fail, the run goes on as if it had not, and
//! keeps the step: the compiler takes all steps in their order, and one that may fail ends what is said of those after it.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::{Expr, ExprPath};

use super::operator::Op;
use super::value::{Deps, Kind, Value, Whole};
use super::walk::{Follows, Run, Site, site};
use super::{Function, IntType, open};

/// As many steps as the runtime takes (`judged`).
const MOST_STEPS: usize = 24;

/// As many ranges as it tries together.
const MOST_RANGES: usize = 3;

/// What a parameter's variable is to such a run.
pub(crate) enum Source {
    /// A number between these bounds.
    Range(TokenStream),
    /// A value with fields: what finds its type.
    Fields(TokenStream),
}

/// What finds a number.
pub(crate) enum Found {
    Constant(TokenStream),
    Range(TokenStream),
    /// A field of a source.
    Field(usize, String),
}

/// A number by its name.
pub(crate) struct Leaf {
    pub(crate) name: String,
    pub(crate) found: Found,
}

impl Leaf {
    /// One of a range, and not a constant.
    fn is_range(&self) -> bool {
        !matches!(self.found, Found::Constant(_))
    }
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    Leaf(usize),
    Step(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Binary(Op),
    Cast(IntType),
    /// A cast that may lose.
    Wrap(IntType),
    From(IntType),
    Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Known(Whole),
    Leaf(usize),
    /// Of two steps, with what they depend on.
    Apply(Doing, usize, usize, Deps),
}

/// A place that only the compiler can judge.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'f> {
    pub(crate) expr: &'f Expr,
    pub(crate) site: Site,
    /// Its step.
    pub(crate) at: usize,
    pub(crate) deps: Deps,
    /// What all steps up to it depend on: those before it are taken not to fail.
    pub(crate) before: Deps,
    pub(crate) path: Deps,
}

impl Function<'_> {
    /// Adds what is known of parameters by name. Each is for the variable with its place among them.
    pub(crate) fn with_sources(mut self, sources: Vec<(usize, Source)>) -> Self {
        let mut next = self.inputs.len();
        for (parameter, source) in sources {
            let Some((ident, _)) = self.parameters.get(parameter) else { continue };
            let members = match source {
                Source::Range(_) => Vec::new(),
                Source::Fields(_) => self.survey.members_of(ident),
            };
            let end = next.saturating_add(members.len()).saturating_add(1);
            if end <= Deps::MOST {
                self.sources.push(Sourced { parameter, source, members, first: next });
                next = end;
            }
        }
        self
    }

    fn leaf(&self, name: String, found: impl FnOnce() -> Found) -> Kind {
        let mut leaves = self.leaves.borrow_mut();
        let at = leaves.iter().position(|leaf| leaf.name == name).unwrap_or_else(|| {
            leaves.push(Leaf { name, found: found() });
            leaves.len().saturating_sub(1)
        });
        Kind::Hidden(Term::Leaf(at))
    }

    /// What the variable of a parameter is at the start.
    fn hidden(&self, nth: usize, sourced: &Sourced) -> Option<(&proc_macro2::Ident, Value)> {
        let (ident, _) = self.parameters.get(sourced.parameter)?;
        let all = sourced.first..=sourced.first.saturating_add(sourced.members.len());
        let deps = all.map(Deps::input).fold(Deps::NONE, |deps, one| deps | one);
        let kind = match &sourced.source {
            Source::Range(bounds) => self.leaf(ident.to_string(), || Found::Range(bounds.clone())),
            Source::Fields(_) => Kind::Fields(nth),
        };
        Some((ident, Value { kind, deps }))
    }

    /// A field, which may be no number at all.
    pub(super) fn field(&self, nth: usize, member: &proc_macro2::Ident, of: Deps) -> Value {
        let unknown = Value::unknown(of);
        let Some(sourced) = self.sources.get(nth) else { return unknown };
        let Some((ident, _)) = self.parameters.get(sourced.parameter) else { return unknown };
        let Some(at) = sourced.members.iter().position(|known| member == known) else { return unknown };
        let kind = self.leaf(format!("{ident}.{member}"), || Found::Field(nth, member.unraw().to_string()));
        Value { kind, deps: Deps::input(sourced.first.saturating_add(at)) }
    }
}

/// A source, and what a value of it depends on: its fields, each by a number of its own, and the rest of it.
pub(crate) struct Sourced {
    parameter: usize,
    pub(crate) source: Source,
    members: Vec<String>,
    first: usize,
}

impl<'f> Run<'f> {
    /// One that follows numbers by name too.
    pub(crate) fn by_name(mut self) -> Self {
        self.follows = Follows::ByName;
        let function = self.function;
        for (nth, sourced) in function.sources.iter().enumerate() {
            if let (Some((ident, value)), Some(state)) = (function.hidden(nth, sourced), &mut self.state)
                && let Some(variable) = state.get_mut(function.survey.name(ident))
            {
                *variable = function.bound(ident, value);
            }
        }
        self
    }

    /// A constant by its name, if it may be one.
    pub(super) fn named(&self, path: &'f ExprPath) -> Option<Value> {
        if self.follows != Follows::ByName
            || self.function.survey.is_hushed
            || !open::is_constant(path)
            || !self.function.survey.is_outside(&path.path)
        {
            return None;
        }
        let kind = self.function.leaf(open::text(path), || Found::Constant(open::constant(path)));
        Some(Value { kind, deps: Deps::NONE })
    }

    /// An operation on numbers of which one is known by name. `None` where it is not followed.
    pub(super) fn apply_hidden(&mut self, expr: &'f Expr, doing: Doing, left: Value, right: Value) -> Option<Value> {
        let is_hidden = |value: Value| matches!(value.kind, Kind::Hidden(_));
        // What may be any value of its type never surely fails.
        let is_any = |value: Value| {
            value.as_whole().is_some_and(|whole| whole.ty.is_some_and(|ty| ty.possibly() == Some(whole.range)))
        };
        if matches!(doing, Doing::Binary(Op::Add | Op::Sub | Op::Mul)) && (is_any(left) || is_any(right)) {
            return None;
        }
        let path = self.state.as_ref()?.path;
        if self.on_trial
            || !(is_hidden(left) || is_hidden(right))
            || self.seen.steps.len().saturating_add(3) > MOST_STEPS
        {
            return None;
        }
        let deps = left.deps | right.deps;
        self.seen.steps_deps |= deps;
        let before = self.seen.steps_deps;
        let left = self.step_of(left)?;
        let right = self.step_of(right)?;
        self.seen.steps.push(Step::Apply(doing, left, right, deps.inputs()));
        let at = self.seen.steps.len().saturating_sub(1);
        if !matches!(doing, Doing::Wrap(_) | Doing::From(_)) {
            self.seen.asked.push(Asked { expr, site: site(expr), at, deps, before, path });
        }
        Some(Value { kind: Kind::Hidden(Term::Step(at)), deps })
    }

    fn step_of(&mut self, value: Value) -> Option<usize> {
        let step = match value.kind {
            Kind::Int(whole) => Step::Known(whole),
            Kind::Hidden(Term::Step(at)) => return Some(at),
            Kind::Hidden(Term::Leaf(leaf)) => Step::Leaf(leaf),
            _ => return None,
        };
        if let Some(at) = self.seen.steps.iter().position(|known| *known == step) {
            return Some(at);
        }
        let leaves = self.function.leaves.borrow();
        let is_range = |step: &Step| matches!(step, Step::Leaf(leaf) if leaves.get(*leaf).is_some_and(Leaf::is_range));
        let ranges = self.seen.steps.iter().filter(|known| is_range(known)).count();
        if is_range(&step) && ranges >= MOST_RANGES {
            return None;
        }
        self.seen.steps.push(step);
        Some(self.seen.steps.len().saturating_sub(1))
    }
}
