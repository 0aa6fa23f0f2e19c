//! `checked_indexing` against plain indexing, whose own check of the bounds drops out behind ours.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "a benchmark"
)]

mod harness;
#[path = "indexing/kernels.rs"]
mod kernels;

use std::collections::{HashMap, VecDeque};
use std::hint::black_box;
use std::sync::LazyLock;

use harness::Comparison;
use kernels::{plain, protected};

const LENGTH: usize = 4_096;
const SIDE: usize = 32;

static WORDS: LazyLock<Vec<u32>> =
    LazyLock::new(|| (0..LENGTH).map(|n| (n.wrapping_mul(40_503) >> 4) as u32).collect());
static PLACES: LazyLock<Vec<u32>> = LazyLock::new(|| WORDS.iter().map(|&n| n % LENGTH as u32).collect());
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| WORDS.iter().map(|&n| n as u8).collect());
static DEQUE: LazyLock<VecDeque<u32>> = LazyLock::new(|| WORDS.iter().copied().collect());
static MATRIX: LazyLock<Vec<Vec<u32>>> = LazyLock::new(|| WORDS.chunks(SIDE).take(SIDE).map(<[u32]>::to_vec).collect());
static TEXT: LazyLock<String> = LazyLock::new(|| "näme=value; other = some\n".repeat(LENGTH / 25));
static ENDS: LazyLock<Vec<usize>> = LazyLock::new(|| TEXT.char_indices().map(|(at, _)| at).step_by(3).collect());

static MAP: LazyLock<HashMap<u32, u32>> = LazyLock::new(|| (0..1_024).map(|n| (n, n * 7)).collect());
static KEYS: LazyLock<Vec<u32>> = LazyLock::new(|| WORDS.iter().map(|n| n % 1_024).collect());

/// Both versions of a kernel, with the same arguments.
macro_rules! comparison {
    ($name:ident($($argument:expr),*)) => {
        Comparison {
            name: stringify!($name),
            variants: &[
                ("plain", || plain::$name($(black_box($argument)),*).map_or(0, u64::from)),
                ("protected", || protected::$name($(black_box($argument)),*).map_or(0, u64::from)),
            ],
        }
    };
}

fn main() {
    harness::main(&[
        comparison!(sum(&WORDS, LENGTH)),
        comparison!(gather(&WORDS, &PLACES)),
        comparison!(matrix(&MATRIX, &MATRIX, &mut MATRIX.clone(), SIDE)),
        comparison!(prefix(&mut WORDS.clone(), LENGTH)),
        comparison!(windows(&WORDS, LENGTH - 4)),
        comparison!(histogram(&BYTES, &mut [0; 256])),
        comparison!(deque(&DEQUE, LENGTH)),
        comparison!(scan(&TEXT, TEXT.len())),
        comparison!(words(&TEXT, &ENDS)),
        comparison!(lookups(&MAP, &KEYS)),
        comparison!(lookups_by_variable(&MAP, &KEYS)),
        comparison!(swaps(&mut WORDS.clone(), &PLACES)),
    ]);
}
