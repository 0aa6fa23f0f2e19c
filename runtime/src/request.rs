//! The request that a thread works on: what the protected functions that it calls share.
//!
//! It begins with the first protected function that has a limit of a whole request (`shed_load`, `deadline`,
//! `bounded_concurrency`, `bounded_steps`, ..) and ends when that function is left. A future keeps the request's state and puts it in force for each
//! poll ([`in_request`]); [`carry`](crate::carry), [`carry_call`](crate::carry_call) and `spawn` take it along.

use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::thread_local;

use pin_project_lite::pin_project;

use crate::evidence::table::Place;
use crate::evidence::threads::{InFlight, Working};

/// A protected function at which a request may begin. One static for each.
#[derive(Debug)]
pub struct Handler {
    name: &'static str,
    /// Of the table that `evidence` keeps.
    pub(crate) row: Place,
}

impl Handler {
    /// Of the function with this path.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, row: Place::new() }
    }

    /// The function's path.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// What a thread knows of the request that it works on. Words that are copied, so that a switch from one request to another
/// allocates nothing and a `const` thread-local without a destructor can hold them.
#[derive(Clone, Copy, Default)]
pub(crate) struct State {
    /// The outermost protected function of the request. None: the thread works on no request.
    pub(crate) handler: Option<&'static Handler>,
    /// A gate has let the request in (`memory/gate.rs`), and no other is asked.
    pub(crate) admitted: bool,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("handler", &self.handler.map(Handler::name)).finish_non_exhaustive()
    }
}

thread_local! {
    static CURRENT: Cell<State> = const { Cell::new(State { handler: None, admitted: false }) };
}

/// The state of the request that this thread works on.
#[inline]
pub(crate) fn current() -> State {
    CURRENT.get()
}

/// Whether the request is let in.
#[inline]
pub(crate) fn is_admitted() -> bool {
    current().admitted
}

/// Lets the request in.
#[inline]
pub(crate) fn admit() {
    CURRENT.set(State { admitted: true, ..current() });
}

/// Whether the request began with the function of this path.
#[inline]
pub(crate) fn is_begun_by(function: &str) -> bool {
    current().handler.is_some_and(|handler| handler.name == function)
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
        let begun = CURRENT.get().handler.is_none().then(|| {
            CURRENT.set(State { handler: Some(handler), admitted: false });
            Working::begin(handler)
        });
        Self { begun }
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        if let Some(working) = self.begun {
            working.end();
            CURRENT.set(State::default());
        }
    }
}

/// A request put in force on this thread; dropping it puts back what was there.
struct InForce<'a> {
    state: &'a mut State,
    outer: State,
}

impl<'a> InForce<'a> {
    #[inline]
    fn new(state: &'a mut State) -> Self {
        let outer = CURRENT.replace(*state);
        Self { state, outer }
    }
}

impl Drop for InForce<'_> {
    #[inline]
    fn drop(&mut self) {
        let inner = CURRENT.replace(self.outer);
        *self.state = inner;
        // A gate within a future of the request has let in all of it, once.
        if let (Some(inner), Some(outer)) = (inner.handler, self.outer.handler)
            && core::ptr::eq(inner, outer)
            && self.state.admitted
        {
            admit();
        }
    }
}

/// A request that is taken along to another thread or task.
#[derive(Debug)]
pub(crate) struct Carried(State);

impl Carried {
    pub(crate) fn current() -> Self {
        Self(CURRENT.get())
    }

    /// Runs `body` as a part of the request.
    #[inline]
    pub(crate) fn hold<R>(&mut self, body: impl FnOnce() -> R) -> R {
        let _in_force = InForce::new(&mut self.0);
        body()
    }
}

pin_project! {
    /// The body of a protected `async fn`, as a part of its request.
    #[must_use = "futures do nothing unless polled"]
    pub struct InRequest<F> {
        handler: &'static Handler,
        // None where the request began elsewhere.
        in_flight: Option<InFlight>,
        state: State,
        #[pin]
        body: F,
    }
}

/// Wraps the body of a protected `async fn`. It joins the request in which it is first polled, or begins one.
#[inline]
pub fn in_request<F: Future>(handler: &'static Handler, body: F) -> InRequest<F> {
    InRequest { handler, in_flight: None, state: State::default(), body }
}

impl<F: Future> Future for InRequest<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if this.state.handler.is_none() {
            *this.state = CURRENT.get();
            if this.state.handler.is_none() {
                this.state.handler = Some(this.handler);
                *this.in_flight = Some(InFlight::begin(this.handler));
            }
        }
        let _in_force = InForce::new(this.state);
        this.body.poll(context)
    }
}

impl<F> fmt::Debug for InRequest<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRequest").field("state", &self.state).finish_non_exhaustive()
    }
}
