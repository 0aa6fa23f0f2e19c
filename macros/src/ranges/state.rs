//! What is known at one point of a function.

use super::value::{Deps, Value};

/// A name, by the place where the survey keeps it.
pub(crate) type Name = u32;

#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The innermost last.
    variables: Vec<(Name, Value)>,
    /// The inputs that code which is not seen may know by now.
    pub(crate) leaked: Deps,
    /// The inputs that may have decided whether this point is reached, in a way that is not followed.
    pub(crate) path: Deps,
    /// How many ways out lie behind.
    exits: u32,
}

impl State {
    /// Something may have left the function here, as `deps` decide.
    pub(crate) fn exit(&mut self, deps: Deps) {
        self.path |= deps.inputs();
        self.exits = self.exits.saturating_add(1);
    }

    pub(crate) fn len(&self) -> usize {
        self.variables.len()
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.variables.truncate(len);
    }

    pub(crate) fn bind(&mut self, name: Name, value: Value) {
        self.variables.push((name, value));
    }

    pub(crate) fn get(&self, name: Name) -> Option<Value> {
        self.variables.iter().rev().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    pub(crate) fn get_mut(&mut self, name: Name) -> Option<&mut Value> {
        self.variables.iter_mut().rev().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The names that were bound after there were so many.
    pub(crate) fn since(&self, len: usize) -> Vec<Name> {
        self.variables.iter().skip(len).map(|(name, _)| *name).collect()
    }

    /// Of each of these names, nothing but the type is known from here on.
    pub(crate) fn forget(&mut self, names: &[Name]) {
        for (name, value) in &mut self.variables {
            if names.contains(name) {
                *value = value.forgotten();
            }
        }
    }

    /// Has behind it what another state has.
    pub(crate) fn follow(&mut self, other: &Self) {
        self.leaked |= other.leaked;
        self.path |= other.path;
        self.exits = self.exits.max(other.exits);
    }

    pub(crate) fn adds_nothing_to(&self, other: &Self) -> bool {
        self.leaked | other.leaked == other.leaked && self.path | other.path == other.path
    }

    /// The values of these names tell something of `deps` from here on.
    pub(crate) fn taint(&mut self, names: &[Name], deps: Deps) {
        for (name, value) in &mut self.variables {
            if names.contains(name) {
                value.deps |= deps;
            }
        }
    }

    /// Where two ways meet, of which `deps` decide. Names that only one of them knows are gone.
    pub(crate) fn join(mut self, other: Self, deps: Deps) -> Self {
        let len = self.len().min(other.len());
        self.truncate(len);
        for ((_, own), (_, other)) in self.variables.iter_mut().zip(other.variables) {
            if *own != other {
                *own = own.join(other, deps);
            }
        }
        self.leaked |= other.leaked;
        self.path |= other.path;
        self.exits = self.exits.max(other.exits);
        self
    }
}

/// Where two ways meet, either of which may not come here.
pub(crate) fn join(one: Option<State>, other: Option<State>, deps: Deps) -> Option<State> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.join(other, deps)),
        (one, other) => one.or(other),
    }
}

/// Where the ways of a decision meet, which parted at `before`, as `deps` decided. When none of them has a way out, all come here,
/// and the decision does not count any more.
pub(crate) fn meet(before: &State, one: Option<State>, other: Option<State>, deps: Deps) -> Option<State> {
    let stays = |state: &Option<State>| state.as_ref().is_some_and(|state| state.exits == before.exits);
    let whole = stays(&one) && stays(&other);
    let mut met = join(one, other, deps)?;
    if whole {
        met.path = before.path;
    } else {
        met.exit(deps);
    }
    Some(met)
}
