//! What is found out about a call as a whole: that it took too long, too many steps or too much memory, or was one too many at
//! once.
//!
//! One [`Watch`] stands around the body. A function that runs when it is called holds it as a guard, a future keeps it between its
//! polls.

use core::cell::Cell;
use core::future::Future;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::thread::LocalKey;
use std::thread_local;
use std::time::Instant;

use pin_project_lite::pin_project;

use super::observed;
use super::steps::{Left, Level};
use crate::Violation;
use crate::concurrency::busy;
use crate::counting::account::{Bytes, Outer as OuterBytes};
use crate::deadline::Timeout;
use crate::deadline::alarm;
use crate::depth::limit::Limit;
use crate::request::{Handler, current};
use crate::violation::Cause;

thread_local! {
    /// Whether a gate was asked for the observed request that this thread works on. None where there is no such request.
    static ASKED: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether a gate has still to be asked, which it is from now on.
pub(crate) fn is_to_be_asked() -> bool {
    ASKED.replace(Some(true)) != Some(true)
}

/// What is watched of one call.
#[derive(Debug)]
#[must_use]
pub struct Watch {
    function: &'static str,
    place: &'static Location<'static>,
    begun: bool,
    asked: bool,
    steps: Option<Left>,
    timeout: Option<Duration>,
    due: Option<Instant>,
    requests: Option<Requests>,
    bytes: Bytes,
}

/// How many requests are in a function.
#[derive(Debug)]
struct Requests {
    handler: &'static Handler,
    max: u32,
    entries: &'static LocalKey<Entries>,
    counted: bool,
}

/// How often the request that a thread works on has entered one function.
#[derive(Debug)]
pub struct Entries(Cell<u32>);

impl Entries {
    /// Not at all.
    #[allow(
        clippy::new_without_default,
        reason = "a `const` thread-local needs a const function, which no trait gives"
    )]
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(0))
    }
}

/// What was in force around it.
#[derive(Debug)]
struct Outer {
    asked: Option<bool>,
    level: Option<Level>,
    entries: u32,
    bytes: OuterBytes,
}

impl Watch {
    /// Of a call of this function.
    #[inline]
    #[track_caller]
    pub fn new(function: &'static str) -> Self {
        Self {
            function,
            place: Location::caller(),
            begun: false,
            asked: false,
            steps: None,
            timeout: None,
            due: None,
            requests: None,
            bytes: Bytes::new(),
        }
    }

    /// `shed_load(priority = probe)`: none is asked, unless it is a part of a request.
    #[inline]
    pub fn probe(self) -> Self {
        Self { asked: ASKED.get().is_none(), ..self }
    }

    /// `bounded_steps`.
    #[inline]
    pub fn steps(self, max: impl Limit) -> Self {
        Self { steps: Some(Left::all(max.count())), ..self }
    }

    /// `deadline`.
    #[inline]
    pub fn deadline(self, timeout: impl Timeout) -> Self {
        Self { timeout: Some(timeout.timeout()), ..self }
    }

    /// `allocation_budget`.
    #[inline]
    pub fn budget(self, max: impl Limit) -> Self {
        Self { bytes: Bytes::observed(max.count()), ..self }
    }

    /// `bounded_concurrency`.
    #[inline]
    pub fn requests(self, handler: &'static Handler, entries: &'static LocalKey<Entries>, max: impl Limit) -> Self {
        Self { requests: Some(Requests { handler, max: max.limit(), entries, counted: false }), ..self }
    }

    /// Of a function that runs on this thread.
    #[inline]
    pub fn watch(mut self) -> Watching {
        let outer = self.enter();
        Watching { watch: self, outer }
    }

    fn enter(&mut self) -> Outer {
        if !self.begun {
            self.begun = true;
            // Further than time goes is no deadline.
            self.due = self.timeout.and_then(|timeout| alarm::now(current().clock).checked_add(timeout));
            self.bytes.join();
        }
        let asked = ASKED.get();
        ASKED.set(Some(self.asked || asked == Some(true)));
        let level = self.steps.map(Level::enter);
        let entries = self.requests.as_mut().map_or(0, |requests| requests.enter(self.place, self.function));
        let bytes = self.bytes.enter(current().handler);
        Outer { asked, level, entries, bytes }
    }

    fn leave(&mut self, outer: &mut Outer) {
        self.bytes.leave(&mut outer.bytes, current().handler);
        if let Some(requests) = &self.requests {
            // While the thread ends there is nobody to be within.
            let _ = requests.entries.try_with(|entries| entries.0.set(outer.entries));
        }
        if let (Some(level), Some(left)) = (&outer.level, &mut self.steps) {
            level.leave(left);
        }
        self.asked = ASKED.get() == Some(true);
        ASKED.set(outer.asked.map(|asked| asked || self.asked));
    }

    /// The call is over.
    fn end(&mut self) {
        if let Some(requests) = &mut self.requests {
            requests.end();
        }
        let late = self.due.take().and_then(|due| alarm::now(current().clock).checked_duration_since(due));
        if let Some(late) = late {
            self.tell(Violation::without_place("deadline", Cause::Deadline { late }));
        }
        if let Some(broken) = self.bytes.overspent() {
            self.tell(broken);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell(&self, violation: Violation) {
        observed(violation.at(self.place), self.function);
    }
}

impl Requests {
    /// One more, unless it is a part of one that is in the function.
    fn enter(&mut self, place: &'static Location<'static>, function: &'static str) -> u32 {
        let outer = self.entries.with(|entries| entries.0.replace(entries.0.get().saturating_add(1)));
        if outer == 0 && !self.counted {
            self.counted = true;
            if self.handler.permits().count() > self.max {
                observed(busy(self.max).at(place), function);
            }
        }
        outer
    }

    fn end(&mut self) {
        if core::mem::take(&mut self.counted) {
            self.handler.permits().give_back();
        }
    }
}

/// A call that is watched.
#[derive(Debug)]
#[must_use]
pub struct Watching {
    watch: Watch,
    outer: Outer,
}

impl Drop for Watching {
    #[inline]
    fn drop(&mut self) {
        self.watch.leave(&mut self.outer);
        self.watch.end();
    }
}

pin_project! {
    /// The body of an observed `async fn`.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Watched<F> {
        watch: Watch,
        // None when it is done.
        #[pin]
        body: Option<F>,
    }

    impl<F> PinnedDrop for Watched<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.body.is_some() {
                this.body.set(None);
                this.watch.end();
            }
        }
    }
}

/// Wraps the body of an observed `async fn`.
#[inline]
pub fn watched<F: Future>(watch: Watch, body: F) -> Watched<F> {
    Watched { watch, body: Some(body) }
}

/// One poll of it.
struct InForce<'a> {
    watch: &'a mut Watch,
    outer: Outer,
    done: bool,
}

impl Drop for InForce<'_> {
    #[inline]
    fn drop(&mut self) {
        self.watch.leave(&mut self.outer);
        if self.done {
            self.watch.end();
        }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let outer = this.watch.enter();
        let mut in_force = InForce { watch: this.watch, outer, done: false };
        // As the compiler's own futures do.
        let polled = this.body.as_mut().as_pin_mut().expect("`async fn` resumed after completion").poll(context);
        if polled.is_ready() {
            in_force.done = true;
            this.body.set(None);
        }
        polled
    }
}
