//! A load test: the handler of `examples/axum_api` that waits, with as many requests at once as it admits, and with twice as many.
//! `tests/load/run` runs it, and says what it needs.
//!
//! Arguments: the load generator (`oha`), and how many seconds each half takes.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test")]

mod figures;

use std::alloc::System;
use std::env;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use cap::Cap;
use portcullis::incident::prometheus;
use portcullis::{live_messages, live_tasks, live_timers};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::runtime::Runtime;

use self::figures::{Figures, Summary};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// Requests in the handler at once.
const LIMIT: u32 = axum_api::api::ASKING;
/// So that what is allocated once is.
const WARM_UP: u64 = 5;
/// What a list may grow by that comes to its longest after the warm-up. 552 bytes were seen, in one run of three; one byte of each request would
/// be a thousand times as much.
const ONCE: usize = 4 << 10;
/// How long what is left may take to come to its end.
const PATIENCE: Duration = Duration::from_secs(5);

static FIGURES: Figures = Figures::new();

/// From the request, as axum has read it, to the answer, as axum will write it.
async fn measured(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let response = next.run(request).await;
    FIGURES.note(response.status(), begun.elapsed());
    response
}

/// Everything that is to be gone when the requests are.
#[derive(Debug)]
struct Left {
    tasks: usize,
    timers: usize,
    messages: usize,
    /// Each has a permit.
    in_flight: u32,
}

impl Left {
    fn now() -> Self {
        let text = prometheus();
        let in_flight = text.lines().filter(|line| line.starts_with("portcullis_in_flight{"));
        let in_flight = in_flight.filter_map(|line| line.rsplit_once(' ')?.1.parse::<u32>().ok()).sum();
        Self { tasks: live_tasks(), timers: live_timers(), messages: live_messages(), in_flight }
    }

    fn is_nothing(&self) -> bool {
        let Self { tasks, timers, messages, in_flight } = *self;
        tasks + timers + messages == 0 && in_flight == 0
    }
}

/// Clients of the load generator, each with one request at a time, which comes again at once whatever the answer is.
async fn attack(generator: &str, address: &str, clients: u32, seconds: u64) -> anyhow::Result<Summary> {
    FIGURES.clear();
    let ended = Command::new(generator)
        .args(["--no-tui", "-z", &format!("{seconds}s"), "-c", &clients.to_string()])
        .arg(format!("http://{address}/rooms/3/elsewhere"))
        .stdout(Stdio::null())
        .status()
        .await
        .with_context(|| format!("cannot run {generator}"))?;
    ensure!(ended.success(), "{generator}: {ended}");
    // The generator leaves what is under way.
    let since = Instant::now();
    while !Left::now().is_nothing() {
        ensure!(since.elapsed() < PATIENCE, "left: {:?}", Left::now());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let summary = FIGURES.summary();
    println!("{clients} clients, {seconds} s: {summary}");
    Ok(summary)
}

/// The bytes of the heap, when connections are closed too. It may take some time until there are no more than so many.
async fn heap(at_most: usize) -> usize {
    let since = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let bytes = ALLOCATOR.allocated();
        if bytes <= at_most || since.elapsed() > PATIENCE {
            return bytes;
        }
    }
}

async fn run(generator: &str, seconds: u64) -> anyhow::Result<bool> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let router = axum_api::api::router().layer(from_fn(measured));
    tokio::spawn(async { axum::serve(listener, router).await });

    attack(generator, &address, 2 * LIMIT, WARM_UP).await?;
    let before = heap(usize::MAX).await;
    let full = attack(generator, &address, LIMIT, seconds).await?;
    let twice = attack(generator, &address, 2 * LIMIT, seconds).await?;
    let again = attack(generator, &address, LIMIT, WARM_UP).await?;
    let after = heap(before).await;

    println!("left: {:?}, heap {before} bytes before and {after} after", Left::now());
    let laws = [
        ("at the limit nobody is refused", full.refused.count == 0 && full.accepted.count > 0),
        ("above it some are, and the others served", twice.refused.count > 0 && twice.accepted.count > 0),
        ("nothing else is answered", full.others + twice.others == 0),
        ("p99 of the accepted, twice that at the limit at the most", twice.accepted.p99 <= 2 * full.accepted.p99),
        ("p50 of the refused, 1 ms at the most", twice.refused.p50 <= Duration::from_millis(1)),
        ("p99 of the refused, 5 ms at the most", twice.refused.p99 <= Duration::from_millis(5)),
        ("every permit is back: at the limit nobody is refused again", again.refused.count == 0),
        ("no task, timer, message or request left", Left::now().is_nothing()),
        ("no byte left", after <= before + ONCE),
    ];
    for (law, holds) in laws {
        println!("{} {law}", if holds { "holds: " } else { "BROKEN:" });
    }
    Ok(laws.iter().all(|(_, holds)| *holds))
}

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let generator = arguments.next().context("usage: load GENERATOR [SECONDS]")?;
    let seconds = arguments.next().map_or(Ok(60), |seconds| seconds.parse())?;
    let holds = Runtime::new()?.block_on(run(&generator, seconds))?;
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
