//! The same game with the gate open.

/// The same names, and no protection.
pub(crate) mod gate {
    pub(crate) use card_game_ungated::{bounded_recursion, bounded_steps, checked_arithmetic, shed_load, zero_trust};
    pub(crate) use tokio::spawn;
    pub(crate) use tokio::task::spawn_blocking;
}
#[path = "boxed.rs"]
#[allow(clippy::duplicate_mod, reason = "the same source with and without protection is what the drill compares")]
#[allow(clippy::arithmetic_side_effects, reason = "as below")]
pub(crate) mod boxed;
#[path = "growing.rs"]
#[allow(clippy::duplicate_mod, reason = "as above")]
#[allow(clippy::arithmetic_side_effects, reason = "as below")]
pub(crate) mod growing;
#[path = "handlers.rs"]
#[allow(clippy::duplicate_mod, reason = "the same source with and without protection is what the drill compares")]
#[allow(
    clippy::arithmetic_side_effects,
    reason = "the incident's arithmetic; behind the gate the lint has no complaint"
)]
pub(crate) mod handlers;
#[path = "offer.rs"]
#[allow(clippy::duplicate_mod, reason = "as above")]
#[allow(dead_code, reason = "what only an attribute's `or(..)` names has no caller here")]
pub(crate) mod offer;
