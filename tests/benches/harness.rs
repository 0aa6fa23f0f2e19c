//! Compares variants of one piece of work in one run: instructions, counted by callgrind where valgrind is installed, and
//! times beside them.
//!
//! Instructions are the figure to judge by: they do not depend on what else the machine does. A variant's count is the
//! slope between two runs of different length, so that the start of the process drops out.

use std::env;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

/// A version of some work, by name.
pub(crate) type Variant = (&'static str, fn() -> u64);

/// One piece of work in several versions, the first of which the others are compared with.
pub(crate) struct Comparison {
    pub(crate) name: &'static str,
    pub(crate) variants: &'static [Variant],
}

/// Rounds of a counted run; the slope is between this many and twice as many.
const ROUNDS: u32 = 20;

/// Runs as a benchmark, or, when called by itself under valgrind, as one variant.
pub(crate) fn main(comparisons: &[Comparison]) {
    let args: Vec<String> = env::args().collect();
    if let [_, flag, comparison, variant, rounds] = &*args
        && flag == "--one"
    {
        return one(comparisons, comparison, variant, rounds.parse().expect("a number of rounds"));
    }
    // `cargo test` builds benchmarks and runs them with this: the work is checked, nothing is measured.
    if args.iter().any(|arg| arg == "--test") {
        return;
    }
    let counts = Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
    if !counts {
        println!("valgrind is not installed: the ratios below are of times, which a busy machine blurs");
    }
    let mut ratios = Vec::new();
    for comparison in comparisons {
        println!("\n{:<28}{:>14}{:>14}{:>9}", comparison.name, "instructions", "ns", "of time");
        let (mut base, mut shortest) = (None, None);
        for ((variant, _), time) in comparison.variants.iter().zip(times(comparison.variants)) {
            let count = counts.then(|| instructions(comparison.name, variant));
            let shown = count.map_or_else(|| "-".to_owned(), |count| format!("{count:.0}"));
            let of_time = time.as_secs_f64() / shortest.get_or_insert(time).as_secs_f64();
            println!("  {variant:<26}{shown:>14}{:>14}{of_time:>9.2}", time.as_nanos());
            let figure = count.unwrap_or(time.as_secs_f64());
            match base {
                None => base = Some(figure),
                Some(base) => ratios.push(format!("ratio: {}/{variant} {:.3}", comparison.name, figure / base)),
            }
        }
    }
    println!();
    for ratio in ratios {
        println!("{ratio}");
    }
}

fn one(comparisons: &[Comparison], comparison: &str, variant: &str, rounds: u32) {
    let comparison = comparisons.iter().find(|known| known.name == comparison).expect("a known comparison");
    let (_, work) = comparison.variants.iter().find(|(known, _)| *known == variant).expect("a known variant");
    for _ in 0..rounds {
        black_box(work());
    }
}

/// A sample of a time is at least so long: the clock of some machines ticks in tens of nanoseconds.
const SAMPLE: Duration = Duration::from_micros(100);

/// The shortest of many interleaved samples of each, for one run.
fn times(variants: &[Variant]) -> Vec<Duration> {
    let runs = |work: fn() -> u64, runs: u32| {
        let start = Instant::now();
        for _ in 0..runs {
            black_box(black_box(work)());
        }
        start.elapsed()
    };
    let enough = |runs_of: u32| variants.iter().all(|(_, work)| runs(*work, runs_of) >= SAMPLE);
    let mut doubled = std::iter::successors(Some(1_u32), |count| count.checked_mul(2));
    let count = doubled.find(|count| enough(*count)).unwrap_or(1);
    let mut shortest = vec![Duration::MAX; variants.len()];
    for _ in 0..200 {
        for ((_, work), shortest) in variants.iter().zip(&mut shortest) {
            *shortest = runs(*work, count).min(*shortest);
        }
    }
    shortest.into_iter().map(|sample| sample.div_f64(count.into())).collect()
}

fn instructions(comparison: &str, variant: &str) -> f64 {
    // A file of its own, and never /dev/null: callgrind replaces the file that it is given.
    let profile = env::temp_dir().join(format!("portcullis-callgrind-{}", std::process::id()));
    let collected = |rounds: u32| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--dump-instr=no"])
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .arg(env::current_exe().expect("this program has a path"))
            .args(["--one", comparison, variant, &rounds.to_string()])
            .output()
            .expect("valgrind starts");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = text.lines().find(|line| line.contains("Collected :")).unwrap_or_else(|| panic!("{text}"));
        line.rsplit(' ').next().and_then(|count| count.parse::<f64>().ok()).expect("callgrind counts instructions")
    };
    let per_round = (collected(2 * ROUNDS) - collected(ROUNDS)) / f64::from(ROUNDS);
    // Nothing but a left-over if it fails.
    let _ = std::fs::remove_file(profile);
    per_round
}
