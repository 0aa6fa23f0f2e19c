//! What asks for memory against the same tests by hand.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::collections::HashMap;
use std::hint::black_box;
use std::io::Read;
use std::sync::LazyLock;

use harness::Comparison;
use portcullis::bounded_allocation;

const MAX: usize = 1 << 20;

static LINES: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..500_u64).map(|n| format!("player_{n}={}", n * 7_919 % 86_400)).collect());
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| (0..65_536_u32).map(|n| n as u8).collect());

/// The plain source, the source with tests by hand, and the plain source under the attribute.
macro_rules! twins {
    ($module:ident, $data:expr, |$in:ident: $type:ty| plain $plain:block by_hand $by_hand:block) => {
        mod $module {
            use super::*;

            #[inline(never)]
            fn plain($in: $type) -> u64 $plain

            #[inline(never)]
            fn by_hand($in: $type) -> u64 $by_hand

            #[inline(never)]
            #[bounded_allocation(max = "1MiB", or(return 0))]
            fn bounded($in: $type) -> u64 $plain

            pub(super) const COMPARISON: Comparison = Comparison {
                name: stringify!($module),
                variants: &[
                    ("by_hand", || by_hand(black_box($data))),
                    ("bounded_allocation", || bounded(black_box($data))),
                    ("plain", || plain(black_box($data))),
                ],
            };
        }
    };
}

// A buffer of a length that is read from somewhere.
twins!(
    buffers,
    1_000,
    |length: usize| plain {
        let mut sum = 0;
        for at in 0..50 {
            let mut buffer = vec![0_u8; length + at];
            buffer.reserve(at);
            sum += buffer.len() + Vec::<u64>::with_capacity(at).capacity();
        }
        sum as u64
    } by_hand {
        let mut sum = 0;
        for at in 0..50 {
            if length + at > MAX {
                return 0;
            }
            let mut buffer = vec![0_u8; length + at];
            if buffer.len() + at > MAX {
                return 0;
            }
            buffer.reserve(at);
            if at > MAX / 8 {
                return 0;
            }
            sum += buffer.len() + Vec::<u64>::with_capacity(at).capacity();
        }
        sum as u64
    }
);

// An iterator that says how many items it has.
twins!(
    collect_known,
    &LINES,
    |lines: &[String]| plain {
        let lengths: Vec<usize> = lines.iter().map(String::len).collect();
        lengths.len() as u64
    } by_hand {
        if lines.len() * size_of::<usize>() > MAX {
            return 0;
        }
        let lengths: Vec<usize> = lines.iter().map(String::len).collect();
        lengths.len() as u64
    }
);

// One that does not, into a map.
twins!(
    collect_unknown,
    &LINES,
    |lines: &[String]| plain {
        let pairs = lines.iter().flat_map(|line| line.split('\n').map_while(|part| part.split_once('=')));
        let entries: HashMap<&str, &str> = pairs.collect();
        entries.len() as u64
    } by_hand {
        let mut left = MAX;
        let mut entries = HashMap::new();
        for (key, value) in lines.iter().flat_map(|line| line.split('\n').map_while(|part| part.split_once('='))) {
            match left.checked_sub(size_of::<(&str, &str)>()) {
                Some(less) => left = less,
                None => return 0,
            }
            entries.insert(key, value);
        }
        entries.len() as u64
    }
);

// Pieces of a text, of any length.
twins!(
    collect_text,
    &LINES,
    |lines: &[String]| plain {
        let text: String = lines.iter().map(String::as_str).collect();
        text.len() as u64
    } by_hand {
        let mut text = String::new();
        for line in lines {
            if text.len() + line.len() > MAX {
                return 0;
            }
            text.push_str(line);
        }
        text.len() as u64
    }
);

twins!(
    extend,
    &BYTES,
    |bytes: &[u8]| plain {
        let mut all = Vec::new();
        for part in bytes.chunks(1_000) {
            all.extend(part);
            all.extend(part.iter().copied().filter(|byte| *byte > 200));
        }
        all.len() as u64
    } by_hand {
        let mut all = Vec::new();
        for part in bytes.chunks(1_000) {
            if all.len() + part.len() > MAX {
                return 0;
            }
            all.extend(part);
            for byte in part.iter().copied().filter(|byte| *byte > 200) {
                if all.len() >= MAX {
                    return 0;
                }
                all.push(byte);
            }
        }
        all.len() as u64
    }
);

twins!(
    read_to_end,
    &BYTES,
    |bytes: &[u8]| plain {
        let mut all = Vec::new();
        let mut reader = bytes.chain(bytes);
        let count = reader.read_to_end(&mut all).unwrap_or(0);
        count as u64
    } by_hand {
        let mut all = Vec::new();
        let mut reader = bytes.chain(bytes).take(MAX as u64 + 1);
        let count = reader.read_to_end(&mut all).unwrap_or(0);
        if count > MAX {
            return 0;
        }
        count as u64
    }
);

fn main() {
    harness::main(&[
        buffers::COMPARISON,
        collect_known::COMPARISON,
        collect_unknown::COMPARISON,
        collect_text::COMPARISON,
        extend::COMPARISON,
        read_to_end::COMPARISON,
    ]);
}
