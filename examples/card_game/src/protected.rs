//! The game behind the gate.

/// The protections.
pub(crate) mod gate {
    use tokio::task::JoinHandle;

    pub(crate) use portcullis::{bounded_recursion, bounded_steps, checked_arithmetic, shed_load, spawn, zero_trust};

    /// On a thread that may wait, with the limits of the request.
    pub(crate) fn spawn_blocking<R: Send + 'static>(call: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
        tokio::task::spawn_blocking(portcullis::carry_call(call))
    }
}
#[path = "boxed.rs"]
pub(crate) mod boxed;
#[path = "growing.rs"]
pub(crate) mod growing;
#[path = "handlers.rs"]
pub(crate) mod handlers;
#[path = "offer.rs"]
pub(crate) mod offer;
