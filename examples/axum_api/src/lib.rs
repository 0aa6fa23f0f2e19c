//! A small booking API on axum: what a user of portcullis writes. `main.rs` runs it, and `tests/load` asks it for more than it admits.

pub mod api;
mod problem;
