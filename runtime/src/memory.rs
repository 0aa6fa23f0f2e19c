//! How it stands with the memory of the process: what [`shed_load`](crate::shed_load) refuses by.
//!
//! Needs the feature `std`.

mod announce;
mod cgroup;
pub(crate) mod gate;
mod limits;
mod run;
mod sampler;
mod source;
mod state;
mod status;
#[cfg(test)]
mod tests;
mod tree;
mod trend;

pub use self::announce::set_purge;
#[allow(unused_imports, reason = "asked by the checkpoint of a request's budget")]
pub(crate) use self::run::in_flight_must_stop;
pub use self::run::sample_inline;
pub(crate) use self::sampler::Change;
pub use self::source::Source;
pub use self::state::State;
pub use self::status::{Status, status};
