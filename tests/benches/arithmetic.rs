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
    ($module:ident, $data:expr, $(casts = $casts:ident,)? fn $kernel:ident($in:ident: $type:ty) $plain:block by_hand $by_hand:block) => {
        mod $module {
            use super::*;

            #[inline(never)]
            fn plain($in: $type) -> Result<u64, Overflow> $plain

            #[inline(never)]
            #[checked_arithmetic$((casts = $casts))?]
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

kernel!(running_mean, &INTS, fn mean(ints: &[i32]) {
    let mut mean = 0i64;
    let mut count = 0i64;
    for int in ints {
        count += 1;
        mean += (i64::from(*int) - mean) / count;
    }
    Ok(mean as u64)
} by_hand {
    let mut mean = 0i64;
    let mut count = 0i64;
    for int in ints {
        count = count.checked_add(1).ok_or(Overflow)?;
        let step = i64::from(*int).checked_sub(mean).ok_or(Overflow)?.checked_div(count).ok_or(Overflow)?;
        mean = mean.checked_add(step).ok_or(Overflow)?;
    }
    Ok(mean as u64)
});

kernel!(shifted_products, &WORDS, fn shifted(words: &[u32]) {
    let mut hash = 0u64;
    for word in words {
        hash ^= (u64::from(*word) * 31) << (word % 8);
    }
    Ok(hash)
} by_hand {
    let mut hash = 0u64;
    for word in words {
        let product = u64::from(*word).checked_mul(31).ok_or(Overflow)?;
        hash ^= product.checked_shl(word.checked_rem(8).ok_or(Overflow)?).ok_or(Overflow)?;
    }
    Ok(hash)
});

kernel!(narrowed, &WORDS, casts = on, fn narrowed(words: &[u32]) {
    let mut total = 0u64;
    for word in words {
        let low = (word >> 17) as u16;
        total += u64::from(low.pow(1)) + (*word as i64 - 1).rem_euclid(97) as u64;
    }
    Ok(total)
} by_hand {
    let mut total = 0u64;
    for word in words {
        let low = u16::try_from(word.checked_shr(17).ok_or(Overflow)?).map_err(|_| Overflow)?;
        let rest = i64::from(*word).checked_sub(1).ok_or(Overflow)?.checked_rem_euclid(97).ok_or(Overflow)?;
        let rest = u64::try_from(rest).map_err(|_| Overflow)?;
        let part = u64::from(low.checked_pow(1).ok_or(Overflow)?).checked_add(rest).ok_or(Overflow)?;
        total = total.checked_add(part).ok_or(Overflow)?;
    }
    Ok(total)
});

/// A generic function as what it is compiled for: an integer, which is checked, and a type with operators of its own.
mod type_parameter {
    use std::ops::{Add, Mul};

    use super::*;

    #[derive(Clone, Copy)]
    pub(super) struct Modular(u64);

    impl Add for Modular {
        type Output = Self;
        fn add(self, other: Self) -> Self {
            Self(self.0.wrapping_add(other.0))
        }
    }

    impl Mul for Modular {
        type Output = Self;
        fn mul(self, other: Self) -> Self {
            Self(self.0.wrapping_mul(other.0))
        }
    }

    /// The same source twice.
    macro_rules! twice {
        (fn $plain:ident, $protected:ident($($parameters:tt)*) $body:block) => {
            fn $plain<T: Add<Output = T> + Mul<Output = T> + Copy>($($parameters)*) -> Result<T, Overflow> $body
            #[checked_arithmetic]
            fn $protected<T: Add<Output = T> + Mul<Output = T> + Copy>($($parameters)*) -> Result<T, Violation> $body
        };
    }

    twice! {
        fn plain, protected(words: &[u32], zero: T, of: fn(u32) -> T) {
            let mut total = zero;
            for &word in words {
                total = total + of(word) * of(word % 97);
            }
            Ok(total)
        }
    }

    fn by_hand(words: &[u32]) -> Result<u64, Overflow> {
        let mut total = 0_u64;
        for &word in words {
            let product = u64::from(word).checked_mul(u64::from(word % 97)).ok_or(Overflow)?;
            total = total.checked_add(product).ok_or(Overflow)?;
        }
        Ok(total)
    }

    #[inline(never)]
    fn plain_integers(words: &[u32]) -> Result<u64, Overflow> {
        plain(words, 0, u64::from)
    }
    #[inline(never)]
    fn protected_integers(words: &[u32]) -> Result<u64, Violation> {
        protected(words, 0, u64::from)
    }
    #[inline(never)]
    fn integers_by_hand(words: &[u32]) -> Result<u64, Overflow> {
        by_hand(words)
    }
    #[inline(never)]
    fn plain_own(words: &[u32]) -> u64 {
        plain(words, Modular(0), |word| Modular(word.into())).map_or(0, |total| total.0)
    }
    #[inline(never)]
    fn protected_own(words: &[u32]) -> u64 {
        protected(words, Modular(0), |word| Modular(word.into())).map_or(0, |total| total.0)
    }

    pub(super) const INTEGERS: Comparison = Comparison {
        name: "type_parameter_integer",
        variants: &[
            ("by_hand", || integers_by_hand(black_box(&WORDS)).expect("fits")),
            ("protected", || protected_integers(black_box(&WORDS)).expect("fits")),
            ("plain", || plain_integers(black_box(&WORDS)).expect("fits")),
        ],
    };

    pub(super) const OWN: Comparison = Comparison {
        name: "type_parameter_own",
        variants: &[("plain", || plain_own(black_box(&WORDS))), ("protected", || protected_own(black_box(&WORDS)))],
    };
}

fn main() {
    harness::main(&[
        checksum::COMPARISON,
        sum::COMPARISON,
        fixed_point_price::COMPARISON,
        prefix_sums::COMPARISON,
        dot_product::COMPARISON,
        running_mean::COMPARISON,
        shifted_products::COMPARISON,
        narrowed::COMPARISON,
        type_parameter::INTEGERS,
        type_parameter::OWN,
    ]);
}
