//! What a permit costs where nobody else is at it: the same function without and with `bounded_concurrency`.
//!
//! Times matter here more than instructions: the two atomic operations are most of it. A future that is in a
//! request by another limit is there to show what of its cost is the permit.

#![allow(missing_docs, clippy::unnecessary_wraps, clippy::unused_async, reason = "a benchmark")]

mod harness;

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use portcullis::{Bounded, Violation, bounded_concurrency, bounded_steps};

use harness::Comparison;

#[inline(never)]
fn plain(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

#[bounded_concurrency(max = 64)]
#[inline(never)]
fn permit(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

/// Enters itself once: the second entry takes no permit.
#[bounded_concurrency(max = 64)]
#[inline(never)]
fn nested(number: u64, left: bool) -> Result<u64, Violation> {
    if left { nested(number, false) } else { Ok(black_box(number)) }
}

#[inline(never)]
async fn plain_later(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

#[bounded_steps(max = 1_000)]
async fn steps_later(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

#[bounded_concurrency(max = 64)]
async fn permit_later(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

const NONE: u32 = 0;

#[bounded_concurrency(max = NONE)]
#[inline(never)]
fn refused(number: u64) -> Result<u64, Violation> {
    Ok(black_box(number))
}

fn polled(future: impl Future<Output = Result<u64, Violation>>) -> u64 {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value.unwrap_or(0),
        Poll::Pending => 0,
    }
}

const CALLS_OF_ONE: Comparison = Comparison {
    name: "call",
    variants: &[
        ("plain", || plain(black_box(7)).unwrap_or(0)),
        ("bounded_concurrency", || permit(black_box(7)).unwrap_or(0)),
        ("entered_twice", || nested(black_box(7), true).unwrap_or(0)),
        ("refused", || refused(black_box(7)).unwrap_or(0)),
    ],
};

const FUTURES: Comparison = Comparison {
    name: "future",
    variants: &[
        ("plain", || polled(plain_later(black_box(7)))),
        // In a request, with another limit.
        ("bounded_steps", || polled(steps_later(black_box(7)))),
        ("bounded_concurrency", || polled(permit_later(black_box(7)))),
    ],
};

const LISTS: Comparison = Comparison {
    name: "push_1000",
    variants: &[
        ("Vec", || {
            let mut list = Vec::new();
            for number in 0..black_box(1_000_u64) {
                list.push(number);
            }
            list.len() as u64
        }),
        ("Bounded", || {
            let mut list = Bounded::<Vec<u64>>::new(black_box(1_000_000));
            for number in 0..black_box(1_000_u64) {
                if list.push(number).is_err() {
                    return 0;
                }
            }
            list.len() as u64
        }),
    ],
};

/// The shortest of many rounds, in nanoseconds a call, less the same loop around nothing.
fn shortest(call: fn() -> u64) -> f64 {
    const CALLS: u32 = 10_000;
    let round = || {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(black_box(call)());
        }
        start.elapsed()
    };
    let least = (0..2_000).map(|_| round()).min().unwrap_or(Duration::MAX);
    least.as_secs_f64() * 1e9 / f64::from(CALLS)
}

fn main() {
    harness::main(&[CALLS_OF_ONE, FUTURES, LISTS]);
    if std::env::args().len() > 2 || std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let without = shortest(|| plain(black_box(7)).unwrap_or(0));
    let with = shortest(|| permit(black_box(7)).unwrap_or(0));
    println!("permit, uncontended, minimum of rounds: {:.1} ns ({with:.1} less {without:.1})", with - without);
    let without = shortest(|| polled(steps_later(black_box(7))));
    let with = shortest(|| polled(permit_later(black_box(7))));
    println!("permit of a future that is in a request anyway: {:.1} ns ({with:.1} less {without:.1})", with - without);
}
