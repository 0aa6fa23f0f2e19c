//! A process that grows as fast as the machine lets it, under a limit that it would die of: `memory HOW LIMIT`. Prints what came of
//! it; `behaviour/shed_load/children.rs` looks at that, and at how the process ended.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::unwrap_used,
    reason = "a test"
)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use portcullis::memory::{self, State};
use portcullis::{Violation, bounded_steps, shed_load};
use rustix::process::{Resource, Rlimit, setrlimit};

/// Of the address space: all of it in pages that are touched.
const ADDRESSES: u64 = 2 << 30;

/// What a request keeps.
const REQUEST: usize = 1 << 20;

type Kept = Vec<Vec<u8>>;

fn grow(kept: &mut Kept) {
    kept.push(black_box(vec![1; REQUEST]));
}

fn plain(kept: &mut Kept) -> Result<(), Violation> {
    grow(kept);
    Ok(())
}

#[shed_load(memory = "85%")]
fn of_the_limit(kept: &mut Kept) -> Result<(), Violation> {
    grow(kept);
    Ok(())
}

#[shed_load(memory = "256MiB")]
fn of_the_process(kept: &mut Kept) -> Result<(), Violation> {
    grow(kept);
    Ok(())
}

/// One request that never ends: the gate sees it once.
#[shed_load(memory = "85%")]
#[bounded_steps(max = 1_000_000_000)]
fn unending(kept: &mut Kept) -> Result<(), Violation> {
    loop {
        grow(kept);
    }
}

#[shed_load(priority = probe)]
#[bounded_steps(max = 1_000)]
fn health() -> Result<(), Violation> {
    for _ in 0..100 {
        of_the_limit(&mut Vec::new())?;
    }
    Ok(())
}

const STOPPED: &str = "the hook's own";

static PURGED: AtomicU32 = AtomicU32::new(0);

fn purge() {
    PURGED.fetch_add(1, Ordering::Relaxed);
    panic!("{STOPPED}");
}

/// Pages of `/proc/self/statm`: all that is taken, and what is in memory.
fn pages() -> [u64; 2] {
    let text = fs::read_to_string("/proc/self/statm").unwrap();
    let mut numbers = text.split(' ').map(|number| number.parse().unwrap());
    [(); 2].map(|()| numbers.next().unwrap())
}

/// How many threads of ours there are. The system keeps 15 letters of a name.
fn samplers() -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("comm")).unwrap_or_default());
    names.filter(|name| name.trim() == "portcullis-memo").count()
}

/// Until something is so, which has to be within some seconds.
fn within(seconds: u64, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(seconds), "not within {seconds} s: {:?}", memory::status());
        thread::yield_now();
    }
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let [how, limit] = [&*args[1], &*args[2]];
    std::panic::set_hook(Box::new(|panic| {
        if panic.payload_as_str() != Some(STOPPED) {
            eprintln!("{panic}");
        }
    }));
    let at_most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    setrlimit(Resource::Core, at_most(0)).unwrap();
    if limit == "addresses" {
        setrlimit(Resource::As, at_most(ADDRESSES)).unwrap();
    }
    if how == "inline" {
        memory::sample_inline();
    }
    memory::set_purge(purge);
    let serve = match (how, limit) {
        ("plain", _) => plain,
        (_, "process") => of_the_process,
        // `outside`: whoever started it has set a limit.
        (_, "addresses" | "outside") => of_the_limit,
        _ => panic!("no such limit"),
    };

    let first = if how == "flight" { unending } else { serve };

    let mut kept = Kept::new();
    let start = Instant::now();
    let refused = loop {
        if let Err(violation) = first(&mut kept) {
            break violation;
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    let [taken, resident] = pages();
    let admitted = kept.len();
    println!("refused {} after {admitted} in {seconds:.2} s: {}", refused.code(), refused.internal());
    println!("taken {taken} touched {resident}");
    assert_eq!(memory::status().unwrap().state, State::Critical);
    println!("samplers {}", samplers());
    health().unwrap();

    // While nothing is freed nobody gets in, and the probe does.
    let until = Instant::now() + Duration::from_millis(500);
    while Instant::now() < until {
        assert_eq!(serve(&mut kept).unwrap_err().code(), "memory");
        health().unwrap();
    }
    assert_eq!(kept.len(), admitted);
    within(5, || {
        // Where there is no thread it is a call that samples.
        serve(&mut kept).unwrap_err();
        PURGED.load(Ordering::Relaxed) > 0
    });

    let freed = Instant::now();
    drop(kept);
    let mut kept = Kept::new();
    within(5, || serve(&mut kept).is_ok());
    let first = freed.elapsed();
    // All of them, when the ramp is over.
    within(5, || {
        let all = (0..256).all(|_| {
            kept.clear();
            serve(&mut kept).is_ok()
        });
        all && memory::status().unwrap().admitted == 100
    });
    println!("open again after {} ms, for all after {} ms", first.as_millis(), freed.elapsed().as_millis());
}
