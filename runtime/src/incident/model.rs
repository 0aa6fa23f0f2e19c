//! All that is known at a moment, as JSON: what a report holds and what the status page shows. Written out of the tables as they
//! stand, so that next to nothing is allocated for it.

use core::fmt::Display;

use serde::{Serialize, Serializer};

use super::history::{FUNCTIONS, History};
use super::last_run::LastRun;
use super::verdict::{Cause, Mark};
use super::words::Moment;
use crate::evidence::table::{self, Row};
use crate::evidence::{self, threads};
use crate::memory::{State, Status};

#[derive(Serialize)]
pub(super) struct Model<'a> {
    /// Of this format.
    pub(super) version: u32,
    pub(super) why: &'static str,
    pub(super) at: Moment,
    pub(super) pid: u32,
    pub(super) cause: Option<Cause>,
    #[serde(serialize_with = "shown")]
    pub(super) verdict: &'a dyn Display,
    #[serde(serialize_with = "status")]
    pub(super) memory: Option<Status>,
    pub(super) resident: Option<u64>,
    pub(super) before: Option<Mark>,
    pub(super) now: Option<Mark>,
    pub(super) tasks: Option<u64>,
    pub(super) functions: Functions,
    pub(super) threads: Threads,
    pub(super) history: Past<'a>,
    pub(super) last_run: Option<&'a LastRun>,
    pub(super) last_run_said: Option<Shown<'a>>,
}

fn shown<S: Serializer>(what: &dyn Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(what)
}

/// What is printed.
pub(super) struct Shown<'a>(pub(super) &'a dyn Display);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// `normal`, `elevated`, `critical`.
pub(super) const fn name(state: State) -> &'static str {
    match state {
        State::Normal => "normal",
        State::Elevated => "elevated",
        State::Critical => "critical",
    }
}

#[derive(Serialize)]
struct Memory<'a> {
    state: &'static str,
    used: u64,
    limit: u64,
    source: Shown<'a>,
    growth: f64,
    admitted: u8,
    stale: bool,
}

#[allow(clippy::ref_option, reason = "the signature is serde's")]
fn status<S: Serializer>(status: &Option<Status>, serializer: S) -> Result<S::Ok, S::Error> {
    let memory = status.as_ref().map(|status| Memory {
        state: name(status.state),
        used: status.used,
        limit: status.limit,
        source: Shown(&status.source),
        growth: status.growth,
        admitted: status.admitted,
        stale: status.stale,
    });
    memory.serialize(serializer)
}

/// The table.
pub(super) struct Functions;

impl Serialize for Functions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "alloc-count")]
        let asked = crate::counting::handlers();
        #[cfg(not(feature = "alloc-count"))]
        let asked: [(&str, u64); 0] = [];
        serializer.collect_seq(table::rows().map(|row| Function {
            asked: asked.iter().find(|(name, _)| *name == row.name()).map(|(_, bytes)| *bytes),
            ..Function::of(row)
        }))
    }
}

#[derive(Serialize)]
struct Function<'a> {
    name: &'a str,
    in_flight: u32,
    /// The deepest ever.
    depth: u32,
    deepest: Option<Deepest>,
    /// Bytes that its requests have asked the allocator for since the process began. None where nothing counts them.
    asked: Option<u64>,
    refusals: Refusals<'a>,
    observed: Observed<'a>,
}

impl<'a> Function<'a> {
    fn of(row: &'a Row) -> Self {
        let deepest = row.deepest.get().map(|deepest| Deepest {
            level: deepest.level,
            future: deepest.future,
            handler: table::numbered(deepest.handler).map(Row::name),
            key: Short(deepest.key),
        });
        Self {
            name: row.name(),
            in_flight: row.in_flight(),
            depth: row.deepest.high(),
            deepest,
            asked: None,
            refusals: Refusals(row),
            observed: Observed(row),
        }
    }
}

/// Since the list that a report compares with.
#[derive(Serialize)]
struct Deepest {
    level: u32,
    future: bool,
    handler: Option<&'static str>,
    key: Short<{ evidence::KEY }>,
}

struct Short<const N: usize>(evidence::Short<N>);

impl<const N: usize> Serialize for Short<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

struct Refusals<'a>(&'a Row);

impl Serialize for Refusals<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.refusals())
    }
}

struct Observed<'a>(&'a Row);

impl Serialize for Observed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.observed())
    }
}

/// The threads that are known, without addresses: who reads a report need not learn where the stacks are.
pub(super) struct Threads;

impl Serialize for Threads {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(threads::all().map(|thread| Thread {
            name: Short(thread.name),
            stack: thread.high.saturating_sub(thread.low),
            handler: table::numbered(thread.handler).map(Row::name),
            deep: table::numbered(thread.deep).map(Row::name),
            level: thread.level,
        }))
    }
}

#[derive(Serialize)]
struct Thread {
    name: Short<{ threads::NAME }>,
    stack: usize,
    handler: Option<&'static str>,
    /// The function that has run deep on it, and how deep.
    deep: Option<&'static str>,
    level: u32,
}

/// The last minutes, and which functions the numbers in them are of.
#[derive(Serialize)]
pub(super) struct Past<'a> {
    functions: Names,
    points: &'a History,
}

impl<'a> Past<'a> {
    pub(super) fn of(points: &'a History) -> Self {
        Self { functions: Names, points }
    }
}

struct Names;

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(table::rows().take(FUNCTIONS).map(Row::name))
    }
}
