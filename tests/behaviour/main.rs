//! Protected functions, run.

mod bounded_recursion;
mod catch_panic;
mod checked_arithmetic;
mod checked_indexing;
mod common;
mod early_return;
mod stacking;
mod validated_input;
mod violation;
mod zero_trust;
