//! The game behind the gate.

/// The protections.
pub(crate) mod gate {
    pub(crate) use portcullis::{bounded_recursion, checked_arithmetic, zero_trust};
}
#[path = "handlers.rs"]
pub(crate) mod handlers;
#[path = "offer.rs"]
pub(crate) mod offer;
