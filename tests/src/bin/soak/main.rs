//! A soak: `soak REQUESTS [SEED]`. Requests at random through one handler behind all protections (`handlers.rs`), with violations, panics, tasks, timers,
//! channels and nested calls, many of them dropped at a poll at random. At the end every gauge is at zero, every permit can be taken
//! again, no thread is left deep, and memory is what it was after the first tenth. Prints what came of them.
//!
//! ```text
//! cargo run -p portcullis-tests --bin soak 1000000
//! ```

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    reason = "a test"
)]

mod dice;
mod handlers;

use std::alloc::System;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::future::{Future, poll_fn};
use std::hint::black_box;
use std::panic::PanicHookInfo;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::task::Poll;
use std::time::{Duration, Instant};

use portcullis::counting::Counting;
use portcullis::incident::prometheus;
use portcullis::{RecursionGroup, live_messages, live_tasks, live_timers};
use tokio::runtime::Builder;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use self::dice::Dice;
use self::handlers::{DEEP, KINDS, PERMITS, TASKS, handle};

#[global_allocator]
static ALLOCATOR: Counting<System> = Counting::new(System);

/// The message of a panic that is meant.
const DICE: &str = "dice";

/// More than there are permits.
const CLIENTS: u64 = 32;
const PAUSE: Duration = Duration::from_millis(2);
const ROUNDS: u64 = 10;
/// For what is left to come to its end.
const PATIENCE: Duration = Duration::from_secs(30);

/// What memory may differ by between two rounds: the allocator's own.
const NOISE: u64 = 4 << 20;

/// What each run has to come to, as well as to answers.
const CODES: [&str; 13] = [
    "allocation",
    "arithmetic.division",
    "arithmetic.overflow",
    "busy",
    "cast.lossy",
    "channel.closed",
    "deadline",
    "index.bounds",
    "input.range",
    "memory",
    "panic",
    "recursion.depth",
    "steps",
];

/// How the requests ended.
type Ends = BTreeMap<&'static str, u64>;

/// The future's, unless it is dropped before its poll of this number.
async fn cancelled_at<F: Future>(poll: u64, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = poll;
    poll_fn(|context| {
        let Some(next) = left.checked_sub(1) else { return Poll::Ready(None) };
        left = next;
        match future.as_mut().poll(context) {
            Poll::Pending if left == 0 => Poll::Ready(None),
            polled => polled.map(Some),
        }
    })
    .await
}

async fn request(number: u64, seed: u64) -> &'static str {
    let mut dice = Dice::of(seed ^ number << 20);
    if dice.roll(40) == 0 {
        return handlers::full().map_or_else(|violation| violation.code(), |()| "answered");
    }
    let kind = dice.roll(KINDS + 1);
    let future = handle(kind, dice.split(), None);
    // One of three. Some before the first poll; most have fewer than four.
    let polls = if dice.roll(3) == 0 { dice.roll(4) } else { u64::MAX };
    match cancelled_at(polls, future).await {
        Some(Ok(_)) => "answered",
        Some(Err(violation)) => violation.code(),
        None => "cancelled",
    }
}

/// Requests one after the other, of those that are left.
async fn client(next: Arc<AtomicU64>, until: u64, seed: u64) -> Ends {
    let mut ends = Ends::new();
    loop {
        let number = next.fetch_add(1, Relaxed);
        if number >= until {
            return ends;
        }
        let end = request(number, seed).await;
        *ends.entry(end).or_default() += 1;
        if end == "busy" {
            // As a client does; else most requests would be refused ones.
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// All requests of a round, and what they have left behind them.
async fn round(from: u64, until: u64, seed: u64, ends: &mut Ends) {
    let next = Arc::new(AtomicU64::new(from));
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(client(Arc::clone(&next), until, seed));
    }
    for more in clients.join_all().await {
        for (end, count) in more {
            *ends.entry(end).or_default() += count;
        }
    }
    // What outlives its request comes to its end.
    let since = Instant::now();
    while gauges().iter().any(|(_, count)| *count > 0) {
        assert!(since.elapsed() < PATIENCE, "left: {:?}", gauges());
        tokio::task::yield_now().await;
    }
    tokio::time::timeout(PATIENCE, permits()).await.expect("a permit is lost");
}

/// Everything that is counted and should be zero, by its name.
fn gauges() -> Vec<(String, usize)> {
    let mut gauges = vec![
        ("tasks".to_owned(), live_tasks()),
        ("tasks of the handler".to_owned(), TASKS.live()),
        ("messages".to_owned(), live_messages()),
        ("timers".to_owned(), live_timers()),
    ];
    let text = prometheus();
    let in_flight = text.lines().filter_map(|line| line.strip_prefix("portcullis_in_flight")?.split_once(' '));
    gauges.extend(in_flight.map(|(handler, count)| (format!("in flight{handler}"), count.parse().unwrap())));
    gauges
}

/// All of them can be taken at once, and not one more: none is lost, and none was given back twice.
async fn permits() {
    let all = Arc::new(Barrier::new(PERMITS as usize + 1));
    let mut inside = JoinSet::new();
    for _ in 0..PERMITS {
        let all = Arc::clone(&all);
        inside.spawn(handlers::hold(async move {
            all.wait().await;
            all.wait().await;
        }));
    }
    all.wait().await;
    let refused = handlers::hold(async {}).await;
    all.wait().await;
    for held in inside.join_all().await {
        held.unwrap();
    }
    assert_eq!(refused.unwrap_err().code(), "busy");
}

fn resident() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4_096
}

/// Those panics are many, and say nothing.
fn be_quiet() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        if panic.payload_as_str() != Some(DICE) {
            before(panic);
        }
    }));
}

/// What threads have of the group's depth when they end.
static LEFT_DEEP: AtomicU32 = AtomicU32::new(0);
static THREADS: AtomicU32 = AtomicU32::new(0);

fn main() {
    let arguments: Vec<u64> = env::args().skip(1).map(|argument| argument.parse().unwrap()).collect();
    let (requests, seed) = (arguments[0], arguments.get(1).copied().unwrap_or(0));
    be_quiet();
    // More than the smaller gate lets a process have.
    let ballast = black_box(vec![1_u8; 4 << 20]);
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(4).max_blocking_threads(16).enable_all().on_thread_stop(|| {
        LEFT_DEEP.fetch_add(DEEP.with(RecursionGroup::depth), Relaxed);
        THREADS.fetch_add(1, Relaxed);
    });
    let runtime = builder.build().unwrap();
    println!("{requests} requests, seed {seed}");
    let started = Instant::now();
    let mut ends = Ends::new();
    let mut sizes = Vec::new();
    for tenth in 0..ROUNDS {
        let [from, until] = [tenth, tenth + 1].map(|tenth| requests * tenth / ROUNDS);
        // Of a worker, as every other request.
        runtime.block_on(round(from, until, seed, &mut ends));
        sizes.push(resident());
    }
    let took = started.elapsed();
    drop(runtime);
    drop(ballast);
    assert!(THREADS.load(Relaxed) >= 4, "the workers have ended");
    assert_eq!(LEFT_DEEP.load(Relaxed), 0, "a thread is left deep in a recursion");

    for (end, count) in &ends {
        println!("{end:<22} {count:>9}");
    }
    assert_eq!(ends.values().sum::<u64>(), requests);
    for code in CODES.into_iter().chain(["answered", "cancelled"]) {
        assert!(ends.contains_key(code), "no request ended by `{code}`");
    }
    let kibibytes = sizes.iter().map(|size| (size >> 10).to_string());
    println!("resident after each tenth, in KiB: {}", kibibytes.collect::<Vec<_>>().join(" "));
    println!("every gauge at zero after each tenth; {:.1} s", took.as_secs_f64());
    let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
    assert!(last < first + NOISE, "memory has grown from {first} to {last}");
}
