//! The checked sum against the plain one, and against `checked_add` by hand.

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

/// Spread over all bits.
fn mixed(n: usize) -> u64 {
    let n = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (n ^ (n >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// The plain sum, the checked one, and the checks by hand, which are left at the first overflow.
macro_rules! sum {
    ($name:ident: $int:ident, $length:literal, $number:expr) => {
        mod $name {
            use super::*;

            static NUMBERS: LazyLock<Vec<$int>> = LazyLock::new(|| {
                let number: fn(usize) -> $int = $number;
                (0..$length).map(number).collect()
            });

            #[inline(never)]
            fn plain(numbers: &[$int]) -> $int {
                numbers.iter().sum()
            }

            #[inline(never)]
            #[checked_arithmetic]
            fn protected(numbers: &[$int]) -> Result<$int, Violation> {
                Ok(numbers.iter().sum())
            }

            #[inline(never)]
            #[checked_arithmetic]
            fn protected_iter(numbers: &[$int]) -> Result<$int, Violation> {
                Ok(numbers.iter().copied().sum())
            }

            #[inline(never)]
            fn by_hand(numbers: &[$int]) -> Option<$int> {
                let mut total: $int = 0;
                for &number in numbers {
                    total = total.checked_add(number)?;
                }
                Some(total)
            }

            /// Times are of many calls, so that a short one is not lost in the clock's steps.
            fn many<T>(sum: impl Fn(&[$int]) -> T) -> u64 {
                for _ in 0..65_536 / $length {
                    black_box(sum(black_box(&NUMBERS)));
                }
                0
            }

            pub(super) const COMPARISON: Comparison = Comparison {
                name: concat!("sum_", stringify!($name)),
                variants: &[
                    ("plain", || many(plain)),
                    ("protected", || many(protected)),
                    ("protected_iter", || many(protected_iter)),
                    ("by_hand", || many(by_hand)),
                ],
            };
        }
    };
}

macro_rules! sums {
    ($($name:ident: $int:ident, $length:literal, $number:expr;)*) => {
        $(sum!($name: $int, $length, $number);)*

        const COMPARISONS: &[Comparison] = &[$($name::COMPARISON),*];
    };
}

// What is summed by hand is `any` only as far as no sum on the way overflows: the checks would be left there.
sums! {
    u32_65536_small: u32, 65_536, |n| mixed(n) as u32 >> 17;
    u32_65536_any: u32, 65_536, |n| if n % 4_096 == 17 { 1 << 27 } else { mixed(n) as u32 >> 17 };
    u32_65536_refused: u32, 65_536, |n| mixed(n) as u32;
    u32_1024_small: u32, 1_024, |n| mixed(n) as u32 >> 17;
    u32_1024_any: u32, 1_024, |n| mixed(n) as u32 >> 10;
    u32_16_small: u32, 16, |n| mixed(n) as u32 >> 17;
    i32_65536_small: i32, 65_536, |n| (mixed(n) as u32 >> 17) as i32;
    i32_65536_small_signed: i32, 65_536, |n| mixed(n) as i32 >> 17;
    i32_65536_any: i32, 65_536, |n| (mixed(n / 2) as i32) ^ -(n as i32 % 2);
    i32_1024_small: i32, 1_024, |n| mixed(n) as i32 >> 17;
    i32_1024_any: i32, 1_024, |n| (mixed(n / 2) as i32) ^ -(n as i32 % 2);
    i32_16_small: i32, 16, |n| mixed(n) as i32 >> 17;
    u64_65536_small: u64, 65_536, |n| mixed(n) >> 32;
    u64_65536_any: u64, 65_536, |n| mixed(n) >> 16;
    u64_65536_near_the_limit: u64, 65_536, |n| if n == 7 { u64::MAX - (1 << 50) } else { mixed(n) >> 32 };
    u64_1024_small: u64, 1_024, |n| mixed(n) >> 32;
    u64_1024_any: u64, 1_024, |n| mixed(n) >> 11;
    u64_16_small: u64, 16, |n| mixed(n) >> 32;
    i64_65536_small: i64, 65_536, |n| mixed(n) as i64 >> 32;
    i64_1024_any: i64, 1_024, |n| mixed(n) as i64 >> 11;
    u16_65536_small: u16, 65_536, |n| u16::from(n % 2 == 0);
    u8_65536_small: u8, 65_536, |n| u8::from(n % 999 == 0);
    i8_65536_small: i8, 65_536, |n| i8::from(n % 999 == 0);
}

fn main() {
    harness::main(COMPARISONS);
}
