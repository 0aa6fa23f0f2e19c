//! What stands where `std` would be needed, so that PC0013 is the only error. No program has it: each user of a name here
//! is printed beside that error. But for the boundary of violations alone: without `std` nothing unwinds to it, a violation
//! in a closure is a panic, and the body runs as it is.

use core::convert::Infallible;
use core::future::Future;

use crate::Violation;

/// For `boundary::catch`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn catch<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
    Ok(body())
}

/// For `boundary::catch_future`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub async fn catch_future<F: Future>(body: F) -> Result<F::Output, Violation> {
    Ok(body.await)
}

/// For `boundary::catch_violation`.
#[allow(clippy::missing_errors_doc, reason = "never fails")]
#[inline]
pub fn catch_violation<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
    Ok(body())
}

/// For `boundary::catch_violation_future`.
#[allow(clippy::missing_errors_doc, reason = "never fails")]
pub async fn catch_violation_future<F: Future>(body: F) -> Result<F::Output, Violation> {
    Ok(body.await)
}

/// For `depth::RecursionGroup`.
#[derive(Debug)]
pub struct RecursionGroup(());

impl RecursionGroup {
    /// Not entered.
    #[allow(clippy::new_without_default, reason = "as the original")]
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

/// For `depth::Depth`.
#[derive(Debug)]
#[must_use]
pub struct Depth(Infallible);

impl Depth {
    /// Whatever stands after `max =` is judged when `std` is there.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn admit<T>(_: &'static RecursionGroup, _: T, _: Option<&'static str>) -> Result<Self, Violation> {
        crate::refusal::never()
    }

    /// Of what is admitted.
    pub fn descend(self) -> Self {
        self
    }

    /// Never runs.
    #[must_use]
    pub fn deep(&self) -> Option<Infallible> {
        match self.0 {}
    }
}

/// For `depth::mark`.
pub fn mark(deep: Infallible, _: &'static str) {
    match deep {}
}

/// For `depth::mark_keyed`.
pub fn mark_keyed<K: ?Sized>(deep: Infallible, _: &'static str, _: &K) {
    match deep {}
}

/// For `depth::keyed`.
#[must_use]
pub fn keyed<K: ?Sized>(violation: Violation, _: &K) -> Violation {
    violation
}

/// For `stack::Stack`.
#[derive(Debug)]
pub struct Stack(());

impl Stack {
    /// Nowhere.
    #[allow(clippy::new_without_default, reason = "as the original")]
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }

    /// As `Depth::enter`.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn check(_: &'static Self) -> Result<(), Violation> {
        crate::refusal::never()
    }
}

/// For `request::Handler`.
#[derive(Debug)]
pub struct Handler(());

impl Handler {
    /// As the original.
    #[must_use]
    pub const fn new(_: &'static str) -> Self {
        Self(())
    }
}

/// For `request::Entered`.
#[derive(Debug)]
#[must_use]
pub struct Entered(Infallible);

impl Entered {
    /// Never runs.
    pub fn new(_: &'static Handler) -> Self {
        crate::refusal::never()
    }

    /// Never runs.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn through(_: &'static Handler, _: &'static Gate) -> Result<Self, Violation> {
        crate::refusal::never()
    }
}

/// For `concurrency::Permit`.
#[derive(Debug)]
#[must_use]
pub struct Permit(Infallible);

impl Permit {
    /// Whatever stands after `max =` is judged when `std` is there.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn take<T>(_: &'static Handler, _: T) -> Result<Self, Violation> {
        crate::refusal::never()
    }
}

/// For `request::in_request`.
pub async fn in_request<F: Future>(_: &'static Handler, body: F) -> F::Output {
    body.await
}

/// For `request::counted`.
pub async fn counted<T, F: Future>(_: T, request: F) -> F::Output {
    request.await
}

/// For `checkpoint::checkpoint`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn checkpoint() -> Result<(), Violation> {
    Ok(())
}

/// For `steps::Level`.
#[derive(Debug)]
#[must_use]
pub struct Steps(Infallible);

impl Steps {
    /// As `Depth::enter`.
    pub fn enter<T>(_: T) -> Self {
        crate::refusal::never()
    }
}

/// For `deadline::Deadline`.
#[derive(Debug)]
#[must_use]
pub struct Deadline(Infallible);

impl Deadline {
    /// As `Depth::enter`.
    pub fn enter<T>(_: T) -> Self {
        crate::refusal::never()
    }
}

/// For `counting::account::Budget`.
#[derive(Debug)]
#[must_use]
pub struct Budget(Infallible);

impl Budget {
    /// As `Depth::enter`.
    pub fn enter<T>(_: T) -> Self {
        crate::refusal::never()
    }
}

/// For `counting::account::budgeted`.
pub async fn budgeted<T, F: Future>(_: T, request: F) -> F::Output {
    request.await
}

/// For `deadline::Late`.
#[derive(Debug)]
pub struct Late(Infallible);

impl Late {
    /// Never runs.
    #[must_use]
    pub fn violation(self) -> Violation {
        match self.0 {}
    }
}

/// For `deadline::until`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub async fn until<T, F: Future>(_: T, request: F) -> Result<F::Output, Late> {
    Ok(request.await)
}
/// For `memory::Gate`.
#[derive(Debug)]
pub struct Gate(());

impl Gate {
    /// As the original.
    #[must_use]
    pub const fn percent(_: u8) -> Self {
        Self(())
    }

    /// As the original.
    #[must_use]
    pub const fn bytes(_: u64) -> Self {
        Self(())
    }

    /// Never runs.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn admit(&'static self) -> Result<(), Violation> {
        Ok(())
    }

    /// Never runs.
    #[allow(clippy::missing_errors_doc, reason = "never runs")]
    pub fn observe(&'static self) -> Result<(), Violation> {
        Ok(())
    }
}

/// For `memory::admit_probe`.
pub fn admit_probe(_: &'static str) {}

/// For `allocation::bytes`.
#[must_use]
pub fn bytes<T>(_: T) -> u64 {
    crate::refusal::never()
}

/// For `depth::future::scope`.
#[must_use]
pub fn scope<K: Copy>(_: K) -> (Infallible, K) {
    crate::refusal::never()
}

/// For `depth::future::admit`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn admit<K, T>(_: K, _: T, _: &'static str) -> Result<(), Violation> {
    Ok(())
}

/// For `depth::future::admit_keyed`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn admit_keyed<K, T>(_: K, _: T) -> Result<Option<Infallible>, Violation> {
    Ok(None)
}

/// For `depth::future::scoped`.
pub async fn scoped<F: Future>(_: Infallible, body: F) -> F::Output {
    body.await
}

/// For `observe::observed`.
pub fn observed(_: Violation, _: &'static str) {}

/// For `observe::Foreseen`.
#[derive(Debug)]
#[must_use]
pub struct Foreseen(());

impl Foreseen {
    /// As the original.
    #[allow(clippy::new_without_default, reason = "as the original")]
    pub const fn new() -> Self {
        Self(())
    }
}

/// For `observe::judged`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn judged(judge: impl FnOnce() -> Result<(), Violation>) -> Result<(), Violation> {
    judge()
}

/// For `observe::steps::step`.
#[allow(clippy::missing_errors_doc, reason = "never runs")]
pub fn step() -> Result<(), Violation> {
    Ok(())
}

/// For `observe::panics::Panics`.
#[derive(Debug)]
#[must_use]
pub struct Panics(Infallible);

impl Panics {
    /// Never runs.
    pub fn watch(_: &'static str) -> Self {
        crate::refusal::never()
    }
}

/// For `observe::panics::panics_told`.
pub async fn panics_told<F: Future>(_: &'static str, body: F) -> F::Output {
    body.await
}

/// For `observe::watch::Entries`.
#[derive(Debug)]
pub struct Entries(());

impl Entries {
    /// Not at all.
    #[allow(clippy::new_without_default, reason = "as the original")]
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

/// For `observe::watch::Watch`. Whatever stands in its limits is judged when `std` is there.
#[derive(Debug)]
#[must_use]
pub struct Watch(Infallible);

impl Watch {
    /// Never runs.
    pub fn new(_: &'static str) -> Self {
        crate::refusal::never()
    }

    /// Never runs.
    pub fn probe(self) -> Self {
        self
    }

    /// Never runs.
    pub fn steps<T>(self, _: T) -> Self {
        self
    }

    /// Never runs.
    pub fn deadline<T>(self, _: T) -> Self {
        self
    }

    /// Never runs.
    pub fn budget<T>(self, _: T) -> Self {
        self
    }

    /// Never runs.
    pub fn requests<T>(self, _: &'static Handler, _: &'static Entries, _: T) -> Self {
        self
    }

    /// Never runs.
    pub fn watch(self) -> Self {
        self
    }
}

/// For `observe::watch::watched`.
pub async fn watched<F: Future>(_: Watch, body: F) -> F::Output {
    body.await
}

/// For `depth::observed::Descent`.
#[derive(Debug)]
#[must_use]
pub struct Descent(Infallible);

impl Descent {
    /// As `Depth::enter`.
    pub fn enter<T>(_: &'static RecursionGroup, _: T) -> (Self, Option<Violation>) {
        crate::refusal::never()
    }

    /// Never runs.
    #[must_use]
    pub fn deep(&self) -> Option<Infallible> {
        match self.0 {}
    }
}

/// For `depth::observed::observed_scope`.
#[must_use]
pub fn observed_scope<K: Copy>(_: K) -> (Infallible, K) {
    crate::refusal::never()
}

/// For `depth::observed::observed_admit`.
#[must_use]
pub fn observed_admit<K, T>(_: K, _: T) -> (Option<Infallible>, Option<Violation>) {
    (None, None)
}

/// For `depth::observed::observed_scoped`.
pub async fn observed_scoped<F: Future>(_: Infallible, body: F) -> F::Output {
    body.await
}

/// For `stack::Reserve`.
#[derive(Debug)]
#[must_use]
pub struct Reserve(Infallible);

impl Reserve {
    /// As `Depth::enter`.
    pub fn enter(_: &'static Stack) -> (Self, Option<Violation>) {
        crate::refusal::never()
    }
}

/// For `std::thread_local`.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_thread_local {
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $group:ty = $new:expr;) => {
        $(#[$attribute])*
        $visibility static $name: $group = $new;
    };
}
pub use crate::__portcullis_thread_local as thread_local;
