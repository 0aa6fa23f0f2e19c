//! `validated_input`: the values of a request against their rules, before the body runs.

#[cfg(feature = "validator")]
pub(crate) mod covered;
#[cfg(not(feature = "alloc"))]
mod first;
#[cfg(feature = "validator")]
mod level;
#[cfg(feature = "alloc")]
mod list;
pub(crate) mod probe;
pub mod rules;

#[cfg(feature = "validator")]
pub use covered::Covered;
#[cfg(not(feature = "alloc"))]
pub use first::Input;
#[cfg(feature = "validator")]
pub use level::Level;
#[cfg(feature = "alloc")]
pub use list::Input;
#[cfg(feature = "validator")]
use list::detail;
