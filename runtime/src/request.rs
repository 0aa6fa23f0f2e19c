//! The request that a thread works on: what the protected functions that it calls share.
//!
//! It begins with the first protected function that has a limit of a whole request (`shed_load`, `deadline`,
//! `bounded_concurrency`, `bounded_steps`, ..) and ends when that function is left. A future keeps the request's state and puts it in force for each
//! poll ([`in_request`]); [`carry`](crate::carry), [`carry_call`](crate::carry_call) and `spawn` take it along.

#[cfg(feature = "tokio")]
pub(crate) mod life;
pub(crate) mod ties;

use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::thread_local;

use pin_project_lite::pin_project;

use self::ties::Ties;
use crate::concurrency::Permits;

/// A protected function at which a request may begin. One static for each.
#[derive(Debug)]
pub struct Handler {
    name: &'static str,
    permits: Permits,
}

impl Handler {
    /// Of the function with this path.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, permits: Permits::new() }
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
}

/// What a thread knows of the request that it works on. Words that are copied, so that a switch from one request to another
/// allocates nothing and a `const` thread-local without a destructor can hold them.
#[derive(Clone, Copy, Default)]
pub(crate) struct State {
    /// The outermost protected function of the request. None: the thread works on no request.
    pub(crate) handler: Option<&'static Handler>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("handler", &self.handler.map(Handler::name)).finish_non_exhaustive()
    }
}

thread_local! {
    static CURRENT: Cell<State> = const { Cell::new(State { handler: None }) };
}

/// The state of the request that this thread works on.
#[inline]
pub(crate) fn current() -> State {
    CURRENT.get()
}

/// A protected function that runs on this thread. Where it began the request, the request ends with it.
#[derive(Debug)]
#[must_use]
pub struct Entered {
    begun: bool,
}

impl Entered {
    /// Joins the request that this thread works on, or begins one.
    #[inline]
    pub fn new(handler: &'static Handler) -> Self {
        let begun = CURRENT.get().handler.is_none();
        if begun {
            CURRENT.set(State { handler: Some(handler) });
        }
        Self { begun }
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        if self.begun {
            ties::end();
            CURRENT.set(State::default());
        }
    }
}

/// A request as a future keeps it between its polls, or a closure until it is called.
#[derive(Default)]
struct Kept {
    state: State,
    ties: Ties,
}

/// A request put in force on this thread; dropping it puts back what was there.
struct InForce<'a> {
    kept: &'a mut Kept,
    outer: State,
}

impl<'a> InForce<'a> {
    #[inline]
    fn new(kept: &'a mut Kept) -> Self {
        let outer = CURRENT.replace(kept.state);
        kept.ties.exchange();
        Self { kept, outer }
    }
}

impl Drop for InForce<'_> {
    #[inline]
    fn drop(&mut self) {
        self.kept.state = CURRENT.replace(self.outer);
        self.kept.ties.exchange();
    }
}

/// A request that is taken along to another thread or task.
pub(crate) struct Carried(Kept);

impl Carried {
    pub(crate) fn current() -> Self {
        Self(Kept { state: CURRENT.get(), ties: Ties::shared() })
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
        // The request ends with it.
        begun: bool,
        // None when it is done: what it gives back has to be given back to its own request.
        #[pin]
        body: Option<F>,
    }

    impl<F> PinnedDrop for InRequest<F> {
        fn drop(this: Pin<&mut Self>) {
            this.end();
        }
    }
}

/// Wraps the body of a protected `async fn`. It joins the request in which it is first polled, or begins one.
#[inline]
pub fn in_request<F: Future>(handler: &'static Handler, body: F) -> InRequest<F> {
    InRequest { handler, kept: Kept::default(), begun: false, body: Some(body) }
}

impl<F> InRequest<F> {
    /// Drops the body as a part of its request, and ends the request if it began here.
    #[inline]
    fn end(self: Pin<&mut Self>) {
        struct Begun(bool);
        impl Drop for Begun {
            fn drop(&mut self) {
                if self.0 {
                    ties::end();
                }
            }
        }
        let mut this = self.project();
        if this.body.is_some() {
            let _in_force = InForce::new(this.kept);
            // Also when the drop of the body panics.
            let _begun = Begun(*this.begun);
            this.body.set(None);
        }
    }
}

impl<F: Future> Future for InRequest<F> {
    type Output = F::Output;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.as_mut().project();
        if this.kept.state.handler.is_none() {
            *this.kept = Kept { state: CURRENT.get(), ties: Ties::shared() };
            *this.begun = this.kept.state.handler.is_none();
            this.kept.state.handler.get_or_insert(this.handler);
        }
        // As the compiler's own futures do.
        let body = this.body.as_pin_mut().expect("`async fn` resumed after completion");
        let in_force = InForce::new(this.kept);
        let polled = body.poll(context);
        drop(in_force);
        if polled.is_ready() {
            self.end();
        }
        polled
    }
}

impl<F> fmt::Debug for InRequest<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRequest").field("state", &self.kept.state).finish_non_exhaustive()
    }
}
