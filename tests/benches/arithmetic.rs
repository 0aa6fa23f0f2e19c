//! `checked_arithmetic` against the same checks written by hand, and against the unchecked release build.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::hint::black_box;
use std::sync::LazyLock;

use harness::Comparison;
use portcullis::{Violation, checked_arithmetic};

const LENGTH: u32 = 4_096;

static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| (0..LENGTH).map(|n| (n.wrapping_mul(31) >> 2) as u8).collect());
static WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| (0..LENGTH).map(|n| n.wrapping_mul(2_654_435_761) >> 12).collect());
static INTS: LazyLock<Vec<i32>> = LazyLock::new(|| WORDS.iter().map(|&n| n as i32 - 500_000).collect());
static PRICES: LazyLock<Vec<(i64, i64)>> =
    LazyLock::new(|| WORDS.iter().map(|&n| (i64::from(n), i64::from(n % 97))).collect());

/// What hand-written code gives for an overflow.
#[derive(Debug)]
struct Overflow;

/// The same source three times: as it is, protected, and with the checks by hand.
macro_rules! kernel {
    ($module:ident, $data:expr, fn $kernel:ident($in:ident: $type:ty) $plain:block by_hand $by_hand:block) => {
        mod $module {
            use super::*;

            #[inline(never)]
            fn plain($in: $type) -> Result<u64, Overflow> $plain

            #[inline(never)]
            #[checked_arithmetic]
            fn protected($in: $type) -> Result<u64, Violation> $plain

            #[inline(never)]
            fn by_hand($in: $type) -> Result<u64, Overflow> $by_hand

            pub(super) const COMPARISON: Comparison = Comparison {
                name: stringify!($module),
                variants: &[
                    ("by_hand", || by_hand(black_box($data)).expect("fits")),
                    ("protected", || protected(black_box($data)).expect("fits")),
                    ("plain", || plain(black_box($data)).expect("fits")),
                ],
            };
        }
    };
}

kernel!(checksum, &BYTES, fn checksum(bytes: &[u8]) {
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    Ok(u64::from((b << 16) | a))
} by_hand {
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in bytes {
        a = a.checked_add(u32::from(byte)).ok_or(Overflow)? % 65_521;
        b = b.checked_add(a).ok_or(Overflow)? % 65_521;
    }
    Ok(u64::from(b.checked_shl(16).ok_or(Overflow)? | a))
});

kernel!(sum, &WORDS, fn sum(words: &[u32]) {
    let mut total = 0u32;
    for word in words {
        total += word;
    }
    Ok(u64::from(total))
} by_hand {
    let mut total = 0u32;
    for word in words {
        total = total.checked_add(*word).ok_or(Overflow)?;
    }
    Ok(u64::from(total))
});

kernel!(fixed_point_price, &PRICES, fn price(lines: &[(i64, i64)]) {
    let mut total = 0i64;
    for &(price, quantity) in lines {
        let net = price * quantity;
        total += net + (net * 19 + 50) / 100;
    }
    Ok(total as u64)
} by_hand {
    let mut total = 0i64;
    for &(price, quantity) in lines {
        let net = price.checked_mul(quantity).ok_or(Overflow)?;
        let tax = net.checked_mul(19).ok_or(Overflow)?.checked_add(50).ok_or(Overflow)?.checked_div(100).ok_or(Overflow)?;
        total = total.checked_add(net.checked_add(tax).ok_or(Overflow)?).ok_or(Overflow)?;
    }
    Ok(total as u64)
});

kernel!(prefix_sums, &WORDS, fn prefix_sums(words: &[u32]) {
    let mut sums = [0u32; LENGTH as usize];
    let mut before = 0;
    for (sum, word) in sums.iter_mut().zip(words) {
        before += word;
        *sum = before;
    }
    Ok(u64::from(sums[black_box(7)]))
} by_hand {
    let mut sums = [0u32; LENGTH as usize];
    let mut before = 0u32;
    for (sum, word) in sums.iter_mut().zip(words) {
        before = before.checked_add(*word).ok_or(Overflow)?;
        *sum = before;
    }
    Ok(u64::from(sums[black_box(7)]))
});

kernel!(dot_product, &INTS, fn dot(ints: &[i32]) {
    let mut total = 0i64;
    for (a, b) in ints.iter().zip(ints.iter().rev()) {
        total += i64::from(*a) * i64::from(*b);
    }
    Ok(total as u64)
} by_hand {
    let mut total = 0i64;
    for (a, b) in ints.iter().zip(ints.iter().rev()) {
        let product = i64::from(*a).checked_mul(i64::from(*b)).ok_or(Overflow)?;
        total = total.checked_add(product).ok_or(Overflow)?;
    }
    Ok(total as u64)
});

fn main() {
    harness::main(&[
        checksum::COMPARISON,
        sum::COMPARISON,
        fixed_point_price::COMPARISON,
        prefix_sums::COMPARISON,
        dot_product::COMPARISON,
    ]);
}
