//! One way to use up memory, in a process of its own: `incidents FOLDER KIND NUMBERS..`. It writes a report at the height of it and prints
//! where that is; `tests/incident/` compares the verdict with what was done here.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    reason = "a test"
)]

use std::env;
use std::fs;
use std::future::Future;
use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Barrier};
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use portcullis::incident::{Reports, Running};
use portcullis::{Violation, bounded_recursion, shed_load};
use rustix::process::{Resource, Rlimit, setrlimit};

/// More than any of them takes, and less than the machine has.
const MEMORY: u64 = 6 << 30;
const MIB: usize = 1 << 20;

type Answer = Result<PathBuf, Violation>;

/// What a level keeps on the stack, or of the heap.
const FRAME: usize = 2048;

#[bounded_recursion(max = 100_000_000, key = format_args!("player {player}"))]
fn idle_pool(levels: u64, player: u64, running: &Running) -> Answer {
    let frame = black_box([levels.to_le_bytes()[0]; FRAME]);
    let answer = if levels == 0 { Ok(running.report().unwrap()) } else { idle_pool(levels - 1, player, running) };
    black_box(&frame);
    answer
}

/// A health probe by its priority: memory is not what this is about.
#[shed_load(memory = "85%", priority = probe)]
fn collect_idle(levels: u64, player: u64, running: &Running) -> Answer {
    idle_pool(levels, player, running)
}

fn unprotected(levels: u64, running: &Running) -> PathBuf {
    let frame = black_box([levels.to_le_bytes()[0]; FRAME]);
    let answer = if levels == 0 { running.report().unwrap() } else { unprotected(levels - 1, running) };
    black_box(&frame);
    answer
}

#[bounded_recursion(max = 100_000_000, key = player)]
fn growing(levels: u64, player: u64, segment: usize, running: &Running) -> Answer {
    stacker::maybe_grow(32 << 10, segment, || {
        let frame = black_box([levels.to_le_bytes()[0]; FRAME]);
        let answer = if levels == 0 {
            Ok(stacker::maybe_grow(256 << 10, MIB, || running.report().unwrap()))
        } else {
            growing(levels - 1, player, segment, running)
        };
        black_box(&frame);
        answer
    })
}

/// One level at a time, since a poll that goes down all of them would need the stack.
#[bounded_recursion(max = 100_000_000, key = player, or(return 0))]
fn nested(levels: u64, player: u64) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        let kept = black_box(vec![1_u8; 4 * FRAME]);
        match levels {
            0 => std::future::pending().await,
            _ => Box::pin(async move { nested(levels - 1, player).await }).await + u64::from(kept[0]),
        }
    })
}

/// As `nested`, until it is refused; what is above that waits.
#[bounded_recursion(max = 1_500, key = player, or(return 0))]
fn refused(player: u64) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        let kept = black_box(vec![1_u8; 4 * FRAME]);
        match Box::pin(async move { refused(player).await }).await {
            0 => std::future::pending().await,
            below => below + u64::from(kept[0]),
        }
    })
}

/// Polls the future once, on a stack with room for so many levels of it, and goes on while it waits.
fn waiting<R: Send>(
    levels: u64,
    future: impl FnOnce() -> Pin<Box<dyn Future<Output = u64>>> + Send,
    then: impl FnOnce() -> R + Send,
) -> R {
    on_large_stack("polls", levels, || {
        let mut future = future();
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        then()
    })
}

/// On a stack with room for so many levels of everything here.
fn on_large_stack<R: Send>(name: &str, levels: u64, body: impl FnOnce() -> R + Send) -> R {
    let size = usize::try_from(levels).unwrap() * (FRAME + 4096) + if levels == 0 { MIB } else { 8 * MIB };
    thread::scope(|scope| {
        thread::Builder::new().name(name.into()).stack_size(size).spawn_scoped(scope, body).unwrap().join().unwrap()
    })
}

fn idle(threads: u64, running: &Running) -> PathBuf {
    let all = Arc::new(Barrier::new(usize::try_from(threads).unwrap() + 1));
    for _ in 0..threads {
        let all = all.clone();
        thread::spawn(move || {
            all.wait();
            loop {
                thread::park();
            }
        });
    }
    all.wait();
    running.report().unwrap()
}

fn mapped(mib: u64, folder: &Path, running: &Running) -> PathBuf {
    let path = folder.join("mapped");
    let mut file = fs::File::create(&path).unwrap();
    for _ in 0..mib {
        file.write_all(&vec![7; MIB]).unwrap();
    }
    let (map, _) = vmap::Map::with_options().open(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let sum: u64 = map.iter().step_by(4096).map(|byte| u64::from(*byte)).sum();
    assert_eq!(sum, mib * 256 * 7);
    running.report().unwrap()
}

#[shed_load(memory = "60%")]
fn honest() -> Result<(), Violation> {
    Ok(())
}

/// Fills the heap until the gate shuts, and waits for the report that nobody asked for.
fn critical(mib: usize, folder: &Path) -> PathBuf {
    let mut kept = Vec::new();
    while honest().is_ok() {
        assert!(kept.len() < mib, "no gate shut");
        kept.push(black_box(vec![1_u8; MIB]));
        // As fast as a sampler can see.
        thread::sleep(Duration::from_millis(2));
    }
    let whole = |path: &PathBuf| path.join("report.html").exists() && path.join("report.json").exists();
    for _ in 0..3_000 {
        let found = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(whole);
        if let Some(report) = found {
            return report;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("no report");
}

fn main() {
    setrlimit(Resource::As, Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) }).unwrap();
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap());
    let kind = arguments.next().unwrap();
    let numbers: Vec<u64> = arguments.map(|number| number.parse().unwrap()).collect();
    let log = env::var("KERNEL_LOG").unwrap_or_default();
    let running = Reports::into(&folder).kernel_log(log).start().unwrap();
    let running = &running;
    if let Some(last) = running.last_run() {
        println!("{last}");
    }
    running.baseline().unwrap();
    let report = match (&*kind, &*numbers) {
        ("heap", [mib]) => {
            let kept = black_box(vec![1_u8; usize::try_from(*mib).unwrap() * MIB]);
            let report = running.report().unwrap();
            drop(kept);
            report
        }
        ("registered", [levels, player]) => {
            on_large_stack("worker", *levels, || collect_idle(*levels, *player, running)).unwrap()
        }
        ("unregistered", [levels]) => on_large_stack("plain", *levels, || unprotected(*levels, running)),
        ("segments", [levels, player, kib]) => {
            let segment = usize::try_from(*kib).unwrap() << 10;
            on_large_stack("small", 0, || growing(*levels, *player, segment, running)).unwrap()
        }
        ("futures", [levels, player]) => waiting(*levels, || nested(*levels, *player), || running.report().unwrap()),
        ("refused", [player]) => waiting(2_000, || refused(*player), || running.report().unwrap()),
        ("sudden", [levels, player, mib]) => {
            let limit = Some(mib << 20);
            setrlimit(Resource::As, Rlimit { current: limit, maximum: limit }).unwrap();
            let mib = usize::try_from(*mib).unwrap();
            waiting(*levels, || nested(*levels, *player), || critical(mib, &folder))
        }
        ("idle", [threads]) => idle(*threads, running),
        ("files", [mib]) => mapped(*mib, &folder, running),
        ("critical", [mib]) => {
            // What the gate compares with is the limit on addresses, of which it is told here.
            let limit = Some(mib << 20);
            setrlimit(Resource::As, Rlimit { current: limit, maximum: limit }).unwrap();
            critical(usize::try_from(*mib).unwrap(), &folder)
        }
        ("nothing", []) => running.report().unwrap(),
        // Until it is killed, after it has said that it is there.
        ("waits", [mib]) => {
            let kept = black_box(vec![1_u8; usize::try_from(*mib).unwrap() * MIB]);
            println!("{}", running.report().unwrap().display());
            let _ = std::io::stdin().read(&mut [0]);
            drop(kept);
            thread::sleep(Duration::from_mins(10));
            return;
        }
        _ => panic!("no such way"),
    };
    println!("{}", report.display());
}
