//! A program over jemalloc that keeps some memory and writes a report: `portcullis-profiled FOLDER MIB`. Prints where the report is;
//! `tests/profile.rs` reads the profile in it.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test")]

use std::hint::black_box;
use std::path::PathBuf;

use portcullis::incident::Reports;
use rustix::process::{Resource, Rlimit, setrlimit};
use tikv_jemallocator::Jemalloc;

#[global_allocator]
static JEMALLOC: Jemalloc = Jemalloc;

#[inline(never)]
fn keep(mib: usize) -> Vec<Vec<u8>> {
    (0..mib * 16).map(|_| vec![1; 64 << 10]).collect()
}

fn main() {
    let limit = Some(4 << 30);
    setrlimit(Resource::As, Rlimit { current: limit, maximum: limit }).unwrap();
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap());
    let running = Reports::into(folder).start().unwrap();
    let kept = black_box(keep(arguments.next().unwrap().parse().unwrap()));
    println!("{}", running.report().unwrap().display());
    drop(kept);
}
