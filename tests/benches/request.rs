//! The limits of a whole request against the plain twin: what a checkpoint costs in loops with work of several sizes, and a call.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use harness::Comparison;
use portcullis::{bounded_steps, deadline};

/// Lines as a client may send them: a name, a few numbers.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    (0..500_u64).map(|n| format!("player_{n};{};{};{}", n * 37 % 1_000, n * 7_919 % 86_400, n * n % 97)).collect()
});
static NUMBERS: LazyLock<Vec<u32>> = LazyLock::new(|| (0..4_096).collect());

/// The same source three times.
macro_rules! twins {
    ($module:ident, $data:expr, fn $name:ident($in:ident: $type:ty) $body:block) => {
        mod $module {
            use super::*;

            #[inline(never)]
            fn plain($in: $type) -> u64 $body

            #[inline(never)]
            #[bounded_steps(max = 1_000_000, or(return 0))]
            fn steps($in: $type) -> u64 $body

            #[inline(never)]
            #[deadline("1h", or(return 0))]
            fn due($in: $type) -> u64 $body

            pub(super) const COMPARISON: Comparison = Comparison {
                name: stringify!($module),
                variants: &[
                    ("plain", || plain(black_box($data))),
                    ("bounded_steps", || steps(black_box($data))),
                    ("deadline", || due(black_box($data))),
                ],
            };
        }
    };
}

// A split, three numbers read and one entry looked up for each iteration.
twins!(
    parse_lines,
    &LINES,
    fn parse(lines: &[String]) {
        let mut best: HashMap<&str, u64> = HashMap::new();
        for line in lines {
            let mut parts = line.split(';');
            let name = parts.next().unwrap_or_default();
            let score = parts.filter_map(|part| part.parse::<u64>().ok()).fold(0, |sum, part| sum * 31 + part);
            let entry = best.entry(name).or_default();
            *entry = (*entry).max(score);
        }
        best.values().fold(0, |sum, score| sum ^ score)
    }
);

// Text made of numbers.
twins!(
    format_rows,
    &NUMBERS,
    fn format(numbers: &[u32]) {
        let mut text = String::new();
        for row in numbers.chunks(8) {
            let _ = write!(text, "{{\"from\":{},\"to\":{},\"sum\":{}}}", row[0], row[7], row.iter().sum::<u32>());
        }
        text.len() as u64
    }
);

// A hash of 27 bytes: the iteration is about 100 instructions.
twins!(
    hash_lines,
    &LINES,
    fn hash(lines: &[String]) {
        let mut total = 0;
        for line in lines {
            total ^= line
                .bytes()
                .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
        }
        total
    }
);

// Next to nothing.
twins!(
    sum_in_a_loop,
    &NUMBERS,
    fn sum(numbers: &[u32]) {
        let mut total = 0_u64;
        for number in numbers {
            total = total.wrapping_mul(31) ^ u64::from(*number);
        }
        total
    }
);

/// A call with nothing in it.
mod call {
    use super::*;

    #[inline(never)]
    fn plain(n: u64) -> u64 {
        n + 1
    }
    #[inline(never)]
    #[bounded_steps(max = 1_000_000, or(return 0))]
    fn steps(n: u64) -> u64 {
        n + 1
    }
    #[inline(never)]
    #[deadline("1h", or(return 0))]
    fn due(n: u64) -> u64 {
        n + 1
    }
    /// With an alarm.
    #[inline(never)]
    #[deadline("1h", or(return 0))]
    fn due_loop(n: u64) -> u64 {
        let mut n = n;
        for _ in 0..2 {
            n += 1;
        }
        n
    }
    #[inline(never)]
    #[bounded_steps(max = 1_000_000, or(return 0))]
    fn around(of: fn(u64) -> u64) -> u64 {
        let mut n = 0;
        for _ in 0..100 {
            n = of(black_box(n));
        }
        n
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "a_hundred_calls",
        variants: &[
            ("plain", || around(plain)),
            ("bounded_steps", || around(steps)),
            ("deadline", || around(due)),
            ("deadline_with_a_loop", || around(due_loop)),
        ],
    };
}

/// A future that is polled twice.
mod future {
    use super::*;

    async fn turn() {
        let mut waits = true;
        std::future::poll_fn(|_| if std::mem::take(&mut waits) { Poll::Pending } else { Poll::Ready(()) }).await;
    }
    #[inline(never)]
    async fn plain(n: u64) -> u64 {
        turn().await;
        n + 1
    }
    #[inline(never)]
    #[bounded_steps(max = 1_000_000, or(return 0))]
    async fn steps(n: u64) -> u64 {
        turn().await;
        n + 1
    }
    #[inline(never)]
    #[deadline("1h", or(return 0))]
    async fn due(n: u64) -> u64 {
        turn().await;
        n + 1
    }
    fn drive<F: Future<Output = u64>>(of: fn(u64) -> F) -> u64 {
        let mut n = 0;
        for _ in 0..100 {
            let mut future = pin!(of(black_box(n)));
            let mut context = Context::from_waker(Waker::noop());
            n = loop {
                if let Poll::Ready(n) = future.as_mut().poll(&mut context) {
                    break n;
                }
            };
        }
        n
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "a_hundred_futures",
        variants: &[("plain", || drive(plain)), ("bounded_steps", || drive(steps)), ("deadline", || drive(due))],
    };
}

fn main() {
    harness::main(&[
        parse_lines::COMPARISON,
        format_rows::COMPARISON,
        hash_lines::COMPARISON,
        sum_in_a_loop::COMPARISON,
        call::COMPARISON,
        future::COMPARISON,
    ]);
}
