//! `deadline`, run.
