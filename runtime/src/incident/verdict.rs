//! What grew, in words: what has grown most since memory was last calm is what is to blame.

use core::fmt;

use serde::Serialize;

use super::smaps::Split;
use super::words::{Count, Moment, Size, TimeOfDay};

/// Less growth than this is none, and so is less than a part of all.
const LEAST: u64 = 8 << 20;
const PART: u64 = 20;
/// A stack with less in memory is no runaway's. A thread that waits has some 10 KiB.
const DEEP_STACK: u64 = 1 << 20;

/// What is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    /// The heap.
    Heap,
    /// Recursion whose frames are futures, which stand in the heap.
    Futures,
    /// Recursion on the stack of a thread.
    Stacks,
    /// Recursion that goes on in segments of a growing stack.
    Segments,
    /// Many threads, none of which is deep in its stack.
    Threads,
    /// Mapped files.
    Files,
    /// Nothing has grown by much.
    Nothing,
    /// It cannot be told.
    Unknown,
}

/// The split at a moment.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Mark {
    pub(super) at: Moment,
    pub(super) split: Split,
}

/// The function that has run deepest since.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deepest<'a> {
    pub(super) function: &'a str,
    pub(super) level: u32,
    pub(super) future: bool,
    pub(super) handler: Option<&'a str>,
    pub(super) key: &'a str,
}

/// The thread with the largest stack, if it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    pub(super) handler: Option<&'a str>,
}

/// What is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict<'a> {
    pub(super) before: Option<Mark>,
    pub(super) now: Option<Mark>,
    pub(super) deepest: Option<Deepest<'a>>,
    pub(super) owner: Option<Owner<'a>>,
}

struct Growth {
    heap: u64,
    stacks: u64,
    segments: u64,
    files: u64,
}

impl Growth {
    fn between(before: &Split, now: &Split) -> Self {
        Self {
            heap: now.heap.saturating_sub(before.heap),
            stacks: now.stacks.saturating_sub(before.stacks),
            segments: now.segments.saturating_sub(before.segments),
            files: now.files.saturating_sub(before.files),
        }
    }

    fn most(&self) -> u64 {
        self.heap.max(self.stacks).max(self.segments).max(self.files)
    }
}

/// Whether something has grown by so much that it can be blamed.
pub(super) fn has_grown(before: &Split, now: &Split) -> bool {
    Growth::between(before, now).most() >= LEAST.max(now.sum() / PART)
}

impl Verdict<'_> {
    pub(super) fn cause(&self) -> Cause {
        let (Some(before), Some(now)) = (self.before, self.now) else { return Cause::Unknown };
        if !has_grown(&before.split, &now.split) {
            return Cause::Nothing;
        }
        let growth = Growth::between(&before.split, &now.split);
        let most = growth.most();
        if growth.segments == most {
            Cause::Segments
        } else if growth.stacks == most {
            let deep = now.split.largest.is_some_and(|largest| largest.bytes >= DEEP_STACK);
            if deep { Cause::Stacks } else { Cause::Threads }
        } else if growth.files == most {
            Cause::Files
        } else if self.deepest.is_some_and(|deepest| deepest.future) {
            Cause::Futures
        } else {
            Cause::Heap
        }
    }
}

/// One line, without its end.
impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(before), Some(now)) = (self.before, self.now) else {
            f.write_str("what has grown cannot be told: there is no list of the mappings of this process")?;
            return self.deepest.map_or(Ok(()), |deepest| write!(f, "; {deepest}"));
        };
        let growth = Growth::between(&before.split, &now.split);
        let since = TimeOfDay(before.at);
        let [heap, stacks, segments, files] = [growth.heap, growth.stacks, growth.segments, growth.files].map(Size);
        match self.cause() {
            Cause::Stacks => {
                write!(f, "stacks grew {stacks} since {since}, heap {heap}: unbounded recursion")?;
                match (self.deepest.filter(|deepest| !deepest.future), self.owner) {
                    (Some(deepest), _) => write!(f, ", {deepest}"),
                    (None, Some(owner)) => write!(f, " {owner}, in a function whose depth nothing counts"),
                    (None, None) => f.write_str(" on a thread that no protected function has run on"),
                }
            }
            Cause::Segments => {
                let count = Count(now.split.segment_count.into());
                write!(
                    f,
                    "segments of growing stacks grew {segments} since {since}, heap {heap}: unbounded recursion through a \
                    growing stack of {count} segments"
                )?;
                match self.deepest.filter(|deepest| !deepest.future) {
                    Some(deepest) => write!(f, ", {deepest}"),
                    None => f.write_str(", in a function whose depth nothing counts"),
                }
            }
            Cause::Threads => {
                let more = now.split.stack_count.saturating_sub(before.split.stack_count);
                let (more, count) = (Count(more.into()), Count(now.split.stack_count.into()));
                write!(
                    f,
                    "stacks grew {stacks} since {since}, heap {heap}: {count} stacks, {more} more than before, none of which is \
                    deep: too many threads"
                )
            }
            Cause::Futures => {
                write!(f, "heap grew {heap} since {since}, stacks {stacks}: unbounded recursion of futures")?;
                self.deepest.map_or(Ok(()), |deepest| write!(f, ", {deepest}"))
            }
            Cause::Heap => {
                write!(
                    f,
                    "heap grew {heap} since {since}, stacks {stacks}: values that are kept, which a heap profile names"
                )?;
                self.deepest.map_or(Ok(()), |deepest| write!(f, "; {deepest}"))
            }
            Cause::Files => {
                write!(
                    f,
                    "mapped files grew {files} since {since}, heap {heap}: files that are mapped, or memory that is shared"
                )
            }
            Cause::Nothing | Cause::Unknown => {
                write!(
                    f,
                    "nothing has grown by much since {since}: heap {heap}, stacks {stacks}, segments of growing stacks \
                    {segments}, mapped files {files}"
                )?;
                self.deepest.map_or(Ok(()), |deepest| write!(f, "; {deepest}"))
            }
        }
    }
}

/// The last word of a path: the rest is in the report.
fn last(path: &str) -> &str {
    path.rsplit_once("::").map_or(path, |(_, last)| last)
}

impl fmt::Display for Deepest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deepest `{}` at {}", last(self.function), Count(self.level.into()))?;
        if let Some(handler) = self.handler {
            write!(f, " in handler `{}`", last(handler))?;
        }
        // It may be what a client sent: no raw control characters in a log line.
        if self.key.is_empty() { Ok(()) } else { write!(f, ", key {}", self.key.escape_debug()) }
    }
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            "" => f.write_str("on a thread without a name")?,
            name => write!(f, "on thread `{}`", name.escape_debug())?,
        }
        self.handler.map_or(Ok(()), |handler| write!(f, " in handler `{}`", last(handler)))
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
#[path = "verdict/tests.rs"]
mod tests;
