//! What is known of one value.

use std::ops::{BitOr, BitOrAssign};

use super::hidden::Term;
use super::interval::{IntType, Interval};

/// What a value, or the way to a place, may depend on: inputs, each by its place among them, and what the function gets from
/// elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deps(u64);

impl Deps {
    pub(crate) const NONE: Self = Self(0);
    /// Something that only run time knows: a parameter without rules, `self`.
    pub(crate) const WORLD: Self = Self(1 << 63);
    pub(crate) const INPUTS: Self = Self(!(1 << 63));
    /// As many inputs as are told apart.
    pub(crate) const MOST: usize = 60;

    pub(crate) fn input(at: usize) -> Self {
        u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at)).map_or(Self::INPUTS, Self)
    }

    pub(crate) fn inputs(self) -> Self {
        Self(self.0 & Self::INPUTS.0)
    }

    /// Its inputs, as the compiler is told of them.
    pub(crate) fn bits(self) -> u64 {
        self.inputs().0
    }

    pub(crate) fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What a decision over a value that is not known may depend on. One that nothing of run time goes into is made when the
    /// function is compiled, and then one of its ways is dead: nothing is claimed there.
    pub(crate) fn of_decision(self) -> Self {
        if self.is_none() { Self::INPUTS } else { self.inputs() }
    }
}

impl BitOr for Deps {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Deps {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int(Whole),
    /// A condition: whether it can be true, and whether it can be false.
    Bool {
        can_hold: bool,
        can_fail: bool,
    },
    /// `Vec`, array or slice, whose length stays: how many elements, and what each is.
    List {
        length: Interval,
        element: Option<Whole>,
    },
    /// A number that only the compiler knows, if it is one.
    Hidden(Term),
    /// A value with fields, by its place among the sources.
    Fields(usize),
    Unknown,
}

/// A whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    /// `None` of literals, as long as nothing shows what they are.
    pub(crate) ty: Option<IntType>,
    pub(crate) range: Interval,
    /// All that the number was on the way while its type was not known: the type has to hold that.
    pub(crate) passed: Interval,
}

impl Whole {
    pub(crate) fn typed(ty: IntType, range: Interval) -> Self {
        Self { ty: Some(ty), range, passed: range }
    }

    pub(crate) fn literal(value: i128) -> Self {
        Self { ty: None, range: Interval::point(value), passed: Interval::point(value) }
    }

    /// Any value of a type.
    pub(crate) fn any(ty: IntType) -> Option<Self> {
        Some(Self::typed(ty, ty.possibly()?))
    }

    /// As a value of the type, when it can be one.
    pub(crate) fn of(self, ty: IntType) -> Option<Self> {
        match self.ty {
            Some(own) => (own == ty).then_some(self),
            None => ty.holds(self.passed).then_some(Self::typed(ty, self.range)),
        }
    }

    /// Two numbers that have one type.
    pub(crate) fn unified(self, other: Self) -> Option<(Self, Self)> {
        match (self.ty, other.ty) {
            (Some(ty), _) => Some((self, other.of(ty)?)),
            (None, Some(ty)) => Some((self.of(ty)?, other)),
            (None, None) => Some((self, other)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(crate) deps: Deps,
}

impl Value {
    pub(crate) fn unknown(deps: Deps) -> Self {
        Self { kind: Kind::Unknown, deps }
    }

    pub(crate) fn whole(whole: Option<Whole>, deps: Deps) -> Self {
        Self { kind: whole.map_or(Kind::Unknown, Kind::Int), deps }
    }

    pub(crate) fn truth(decided: Option<bool>, deps: Deps) -> Self {
        let kind = Kind::Bool { can_hold: decided != Some(false), can_fail: decided != Some(true) };
        Self { kind, deps }
    }

    pub(crate) fn as_whole(self) -> Option<Whole> {
        if let Kind::Int(whole) = self.kind { Some(whole) } else { None }
    }

    /// What it decides, as a condition.
    pub(crate) fn decided(self) -> Option<bool> {
        match self.kind {
            Kind::Bool { can_hold: true, can_fail: false } => Some(true),
            Kind::Bool { can_hold: false, can_fail: true } => Some(false),
            _ => None,
        }
    }

    /// One or the other, as `deps` decide.
    pub(crate) fn join(self, other: Self, deps: Deps) -> Self {
        let both = self.deps | other.deps;
        if self.kind == other.kind && self.kind != Kind::Unknown {
            return Self { kind: self.kind, deps: both };
        }
        let kind = match (self.kind, other.kind) {
            (Kind::Int(one), Kind::Int(other)) => one.unified(other).map_or(Kind::Unknown, |(one, other)| {
                let (range, passed) = (one.range.join(other.range), one.passed.join(other.passed));
                Kind::Int(Whole { ty: one.ty, range, passed })
            }),
            (Kind::Bool { .. }, Kind::Bool { .. }) => Kind::Bool { can_hold: true, can_fail: true },
            (Kind::List { length: one, element }, Kind::List { length: other, element: same }) if element == same => {
                Kind::List { length: one.join(other), element }
            }
            _ => Kind::Unknown,
        };
        Self { kind, deps: both | deps }
    }

    /// After a loop that assigns it: any value of its type, as anything decides.
    pub(crate) fn forgotten(self) -> Self {
        let kind = match self.kind {
            Kind::Int(Whole { ty: Some(ty), .. }) => Whole::any(ty).map_or(Kind::Unknown, Kind::Int),
            Kind::Bool { .. } => Kind::Bool { can_hold: true, can_fail: true },
            Kind::Int(_) | Kind::List { .. } | Kind::Hidden(_) | Kind::Fields(_) | Kind::Unknown => Kind::Unknown,
        };
        Self { kind, deps: Deps::INPUTS | Deps::WORLD }
    }
}
