//! The request that a thread works on: what the protected functions that it calls share.
//!
//! It begins with the first protected function that has a limit of a whole request (`shed_load`, `deadline`,
//! `bounded_concurrency`, `bounded_steps`, ..) and ends when that function is left. A future keeps the request's state and puts it in force for each
//! poll ([`in_request`]); [`carry`](crate::carry), [`carry_call`](crate::carry_call) and `spawn` take it along.

#[cfg(feature = "tokio")]
pub(crate) mod life;
pub(crate) mod ties;

use alloc::sync::Arc;
use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::thread_local;

use pin_project_lite::pin_project;

use self::ties::Ties;
use crate::Violation;
use crate::checkpoint::{know, known, left, look_again, news};
use crate::concurrency::Permits;
use crate::counting::account::{Bytes, Outer};
use crate::counting::{Gross, settle};
use crate::deadline::{self, Due};
use crate::depth::limit::Limit;
use crate::evidence::table::Place;
use crate::evidence::threads::{InFlight, Working};
use crate::memory::gate::Gate;
use crate::steps::{self, Counted, Level, Pool};
use crate::testing::Clock;

/// A protected function at which a request may begin. One static for each.
#[derive(Debug)]
pub struct Handler {
    name: &'static str,
    /// Of the table that `evidence` keeps.
    pub(crate) row: Place,
    permits: Permits,
    #[cfg_attr(not(feature = "alloc-count"), expect(dead_code, reason = "nothing is counted"))]
    gross: Gross,
}

impl Handler {
    /// Of the function with this path.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, row: Place::new(), permits: Permits::new(), gross: Gross::new() }
    }

    /// The function's path.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How many requests are in the function, where `bounded_concurrency` counts them.
    #[must_use]
    pub fn in_flight(&self) -> u32 {
        self.permits.taken()
    }

    #[inline]
    pub(crate) fn permits(&self) -> &Permits {
        &self.permits
    }

    /// What its requests have asked the allocator for.
    #[cfg(feature = "alloc-count")]
    pub(crate) fn gross(&self) -> &Gross {
        &self.gross
    }
}

/// What a thread knows of the request that it works on. Words that are copied, so that a switch from one request to another
/// allocates nothing and a `const` thread-local without a destructor can hold them.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The outermost protected function of the request. None: the thread works on no request.
    pub(crate) handler: Option<&'static Handler>,
    /// The limits on its steps.
    pub(crate) steps: Counted,
    /// When it has to be over.
    pub(crate) due: Due,
    /// What the gates have said to it.
    pub(crate) admission: Admission,
    /// What a test has it read instead of the real time; also where there is no request.
    pub(crate) clock: Option<&'static Clock>,
}

impl State {
    /// Of no request.
    const NONE: Self =
        Self { handler: None, steps: Counted::NONE, due: Due::NONE, admission: Admission::None, clock: None };
}

/// What a gate (`memory/gate.rs`) has said to a request. None but the first is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It came to none.
    None,
    /// It is let in, for as long as memory lasts.
    Given,
    /// It is let in whatever the memory.
    Probe,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("handler", &self.handler.map(Handler::name)).finish_non_exhaustive()
    }
}

/// The state of the request that a thread works on, each part by itself: a gate, which is at every call, asks for two of them.
struct Current {
    handler: Cell<Option<&'static Handler>>,
    steps: Cell<Counted>,
    due: Cell<Due>,
    /// Of the last request, where there is none.
    admission: Cell<Admission>,
    clock: Cell<Option<&'static Clock>>,
}

impl Current {
    #[inline]
    fn get(&self) -> State {
        let Self { handler, steps, due, admission: _, clock } = self;
        State {
            handler: handler.get(),
            steps: steps.get(),
            due: due.get(),
            admission: self.admission(),
            clock: clock.get(),
        }
    }

    #[inline]
    fn admission(&self) -> Admission {
        if self.handler.get().is_some() { self.admission.get() } else { Admission::None }
    }

    #[inline]
    fn set(&self, state: State) {
        let State { handler, steps, due, admission, clock } = state;
        self.handler.set(handler);
        self.steps.set(steps);
        self.due.set(due);
        self.admission.set(admission);
        self.clock.set(clock);
    }
}

thread_local! {
    static CURRENT: Current = const {
        let State { handler, steps, due, admission, clock } = State::NONE;
        Current {
            handler: Cell::new(handler),
            steps: Cell::new(steps),
            due: Cell::new(due),
            admission: Cell::new(admission),
            clock: Cell::new(clock),
        }
    };
}

/// The state of the request that this thread works on.
#[inline]
pub(crate) fn current() -> State {
    CURRENT.with(Current::get)
}

#[inline]
pub(crate) fn set_current(state: State) {
    CURRENT.with(|current| current.set(state));
}

/// Where the request that this thread works on began.
#[inline]
pub(crate) fn handler() -> Option<&'static Handler> {
    CURRENT.with(|current| current.handler.get())
}

/// What a gate has said to it.
#[inline]
pub(crate) fn admission() -> Admission {
    CURRENT.with(Current::admission)
}

/// The limits on its steps.
#[inline]
pub(crate) fn steps() -> Counted {
    CURRENT.with(|current| current.steps.get())
}

#[inline]
pub(crate) fn set_steps(steps: Counted) {
    CURRENT.with(|current| current.steps.set(steps));
}

/// Lets the request in.
#[inline]
pub(crate) fn admit(admission: Admission) {
    CURRENT.with(|current| current.admission.set(admission));
}

/// Whether the request began with the function of this path.
#[inline]
pub(crate) fn is_begun_by(function: &str) -> bool {
    handler().is_some_and(|handler| handler.name == function)
}

/// A protected function that runs on this thread. Where it began the request, the request ends with it.
#[derive(Debug)]
#[must_use]
pub struct Entered {
    /// Where it began the request.
    begun: Option<Working>,
}

impl Entered {
    /// Joins the request that this thread works on, or begins one.
    #[inline]
    pub fn new(handler: &'static Handler) -> Self {
        if self::handler().is_some() { Self { begun: None } } else { Self::begin(handler, Admission::None) }
    }

    /// The same through a gate, which is asked before anything of a request begins.
    ///
    /// # Errors
    /// `memory` while memory is critical.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "within a request it is two loads; what begins one may be a call")]
    #[track_caller]
    pub fn through(handler: &'static Handler, gate: &'static Gate) -> Result<Self, Violation> {
        if self::handler().is_some() {
            gate.admit()?;
            return Ok(Self { begun: None });
        }
        gate.ask()?;
        Ok(Self::begin(handler, Admission::Given))
    }

    #[inline]
    fn begin(handler: &'static Handler, admission: Admission) -> Self {
        settle(Some(handler));
        let begun = Some(Working::begin(handler));
        CURRENT.with(|current| {
            current.handler.set(Some(handler));
            current.admission.set(admission);
        });
        Self { begun }
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        if let Some(working) = self.begun {
            working.end();
            ties::end();
            settle(None);
            // Its limits have ended before it: each is a guard inside. To put back what was there, without asking whether it began here,
            // would have each call wait for the one before it.
            CURRENT.with(|current| current.handler.set(None));
        }
    }
}

/// A request as a future keeps it between its polls, or a closure until it is called.
struct Kept {
    /// But for the steps, which are those of whoever polls.
    state: State,
    /// The news that it knows.
    known: u32,
    /// What is left of its own limit on steps.
    left: u64,
    /// That limit.
    max: u64,
    /// Where its steps are shared with tasks that it has spawned, or with the function that has carried it.
    pool: Option<Arc<Pool>>,
    /// It has been carried: its steps are taken from its pool, and not from what it is polled in.
    carried: bool,
    /// The request ends with it.
    begun: bool,
    ties: Ties,
    /// What it may ask the allocator for.
    bytes: Bytes,
}

impl Kept {
    const fn new() -> Self {
        Self {
            state: State::NONE,
            known: 0,
            left: u64::MAX,
            max: 0,
            pool: None,
            carried: false,
            begun: false,
            ties: Ties::NONE,
            bytes: Bytes::new(),
        }
    }

    /// Joins the request that this thread works on, or begins one, and tells whether it did.
    #[inline]
    fn join(&mut self, handler: &'static Handler) -> bool {
        if self.state.handler.is_some() {
            return false;
        }
        let state = current();
        let begins = state.handler.is_none();
        self.known = if begins { news() } else { known() };
        self.begun = begins;
        self.ties = Ties::shared();
        self.bytes.join();
        self.state = State { due: state.due.copied(), handler: state.handler.or(Some(handler)), ..state };
        begins
    }
}

impl Drop for Kept {
    #[inline]
    fn drop(&mut self) {
        self.state.due.forget(&self.state);
    }
}

/// A request put in force on this thread; dropping it puts back what was there.
struct InForce<'a> {
    kept: &'a mut Kept,
    outer: State,
    outer_known: u32,
    level: Level,
    /// What is left of the request's own limit beyond what is left on this thread.
    beyond: u64,
    /// The body is done, and so is the request if it began here.
    done: bool,
    bytes: Outer,
}

impl<'a> InForce<'a> {
    #[inline]
    fn new(kept: &'a mut Kept) -> Self {
        let (outer, outer_known) = (current(), known());
        let level = if kept.carried { Level::apart(kept.max) } else { Level::new(kept.left, kept.max) };
        if let Some(pool) = &kept.pool {
            steps::adopt(Arc::clone(pool));
        }
        let beyond = kept.left.wrapping_sub(left());
        let bytes = kept.bytes.enter(kept.state.handler);
        set_current(State { steps: steps(), ..kept.state });
        know(kept.known);
        if steps::are_shared() || deadline::is_unwatched() {
            look_again();
        }
        kept.ties.exchange();
        Self { kept, outer, outer_known, level, beyond, bytes, done: false }
    }
}

impl Drop for InForce<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.done && self.kept.begun {
            ties::end();
        }
        self.kept.ties.exchange();
        self.kept.known = known();
        self.kept.bytes.leave(&mut self.bytes, self.outer.handler);
        if self.kept.left != u64::MAX {
            self.kept.left = self.beyond.wrapping_add(left());
        }
        let inner = current();
        self.kept.state = inner;
        know(self.outer_known);
        if let Some(pool) = self.level.leave(self.kept.pool.as_ref()) {
            self.kept.pool = Some(pool);
        }
        // A gate within a future of the request has let in all of it, once.
        let is_same =
            matches!((inner.handler, self.outer.handler), (Some(inner), Some(outer)) if core::ptr::eq(inner, outer));
        let is_news = is_same && self.outer.admission == Admission::None;
        let admission = if is_news { inner.admission } else { self.outer.admission };
        set_current(State { steps: steps(), admission, ..self.outer });
    }
}

/// A body that is dropped before it is done: in the places that it has taken, and else in what is in force, since what cleans up is not to be
/// refused for a limit that was passed.
struct Ending<'a>(&'a mut Kept);

impl<'a> Ending<'a> {
    #[inline]
    fn new(kept: &'a mut Kept) -> Self {
        kept.ties.exchange_permits();
        Self(kept)
    }
}

impl Drop for Ending<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.ties.exchange_permits();
        if self.0.begun {
            self.0.ties.end();
        }
    }
}

/// A request that is taken along to another thread or task.
pub(crate) struct Carried(Kept);

impl Carried {
    pub(crate) fn current() -> Self {
        let pool = steps::share();
        let state = current();
        let state = State { due: state.due.copied(), ..state };
        Self(Kept {
            state,
            known: known(),
            left: u64::MAX,
            max: state.steps.max(),
            pool,
            carried: true,
            begun: false,
            ties: Ties::shared(),
            bytes: Bytes::carried(),
        })
    }

    /// Runs `body` as a part of the request.
    #[inline]
    pub(crate) fn hold<R>(&mut self, body: impl FnOnce() -> R) -> R {
        let _in_force = InForce::new(&mut self.0);
        body()
    }
}

impl fmt::Debug for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Carried").field(&self.0.state).finish()
    }
}

pin_project! {
    /// The body of a protected `async fn`, as a part of its request.
    #[must_use = "futures do nothing unless polled"]
    pub struct InRequest<F> {
        handler: &'static Handler,
        kept: Kept,
        // None where the request began elsewhere.
        in_flight: Option<InFlight>,
        // None when it is done: what it gives back has to be given back to its own request.
        #[pin]
        body: Option<F>,
    }

    impl<F> PinnedDrop for InRequest<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.body.is_some() {
                let _ending = Ending::new(this.kept);
                this.body.set(None);
            }
        }
    }
}

/// Wraps the body of a protected `async fn`. It joins the request in which it is first polled, or begins one.
#[inline]
pub fn in_request<F: Future>(handler: &'static Handler, body: F) -> InRequest<F> {
    InRequest { handler, kept: Kept::new(), in_flight: None, body: Some(body) }
}

/// `bounded_steps` of an `async fn`.
#[inline]
pub fn counted<F: Future>(max: impl Limit, mut request: InRequest<F>) -> InRequest<F> {
    request.kept.max = max.count();
    request.kept.left = steps::steps_of(request.kept.max);
    request
}

impl<F> InRequest<F> {
    #[cfg(feature = "alloc-count")]
    pub(crate) fn with_bytes(mut self, bytes: Bytes) -> Self {
        self.kept.bytes = bytes;
        self
    }

    /// The state that its first poll will have.
    pub(crate) fn join(self: Pin<&mut Self>) -> &mut State {
        let this = self.project();
        if this.kept.join(this.handler) {
            *this.in_flight = Some(InFlight::begin(this.handler));
        }
        &mut this.kept.state
    }
}

impl<F: Future> Future for InRequest<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        if this.kept.join(this.handler) {
            *this.in_flight = Some(InFlight::begin(this.handler));
        }
        let mut in_force = InForce::new(this.kept);
        // As the compiler's own futures do.
        let polled = this.body.as_mut().as_pin_mut().expect("`async fn` resumed after completion").poll(context);
        if polled.is_ready() {
            in_force.done = true;
            this.body.set(None);
        }
        polled
    }
}

impl<F> fmt::Debug for InRequest<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRequest").field("state", &self.kept.state).finish_non_exhaustive()
    }
}

/// Runs `body` with a clock of the test's own.
pub(crate) fn with_clock<R>(clock: &'static Clock, body: impl FnOnce() -> R) -> R {
    struct Back(Option<&'static Clock>);
    impl Drop for Back {
        fn drop(&mut self) {
            set_current(State { clock: self.0, ..current() });
        }
    }
    let outer = current();
    set_current(State { clock: Some(clock), ..outer });
    let _back = Back(outer.clock);
    body()
}
