//! Checked `Iterator::sum` and `Iterator::product`.
//!
//! A total is refused when it does not fit, and only then: the sums on the way to it may leave the range and come back.

#![allow(clippy::cast_lossless, reason = "there is no `From` between usize and the wide types")]
#![allow(clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "bits are bits: what wraps is accounted for")]

use core::hint::{black_box, cold_path};

/// A slice below this length is summed number by number.
const SHORT: usize = 32;

/// Numbers whose halves can be summed in their own type, and small numbers as they are.
const BLOCK: usize = 1 << BLOCK_BITS;
const BLOCK_BITS: u32 = 12;

/// From this length on, it is worth a block to find out whether the numbers are small.
const LONG: usize = 4 * BLOCK;

/// What is added side by side: four registers of SSE2 for the sums, and four for what is kept beside them.
const LANES_BYTES: usize = 64;

/// What an iterator may say that it has at most, for a sum of up to 32 bits to be taken in 64. The tests go beyond it.
const MOST: u64 = if cfg!(test) { 1 << 16 } else { 1 << 32 };

/// An integer with checked totals.
pub trait Total: Sized + Copy {
    /// The exact sum, if it fits.
    fn sum_slice(numbers: &[Self]) -> Option<Self>;

    /// The exact sum, if it fits. The iterator is run to its end.
    fn sum_iter<I: Iterator<Item = Self>>(numbers: I) -> Option<Self>;

    /// The product, unless a multiplication on the way to it overflows. The iterator is left there.
    fn product_iter<I: Iterator<Item = Self>>(numbers: I) -> Option<Self>;
}

/// Counts how often the sum wraps: up less down.
macro_rules! by_carries {
    ($int:ident, $numbers:expr) => {{
        let (sum, carries) =
            $numbers.fold((0, 0i64), |(sum, carries): ($int, i64), number| match sum.overflowing_add(number) {
                (sum, false) => (sum, carries),
                (sum, true) => {
                    // Without this the count is updated at every number.
                    cold_path();
                    let up = <$int>::MIN == 0 || sum.leading_zeros() == 0;
                    (sum, carries.wrapping_add(if up { 1 } else { -1 }))
                }
            });
        (carries == 0).then_some(sum)
    }};
}

macro_rules! iterators {
    ($int:ident) => {
        #[inline]
        fn sum_iter<I: Iterator<Item = Self>>(numbers: I) -> Option<Self> {
            by_carries!($int, numbers)
        }

        iterators!(@ product $int);
    };
    // The optimiser can add several at a time.
    ($int:ident in $wide:ident) => {
        #[inline]
        fn sum_iter<I: Iterator<Item = Self>>(numbers: I) -> Option<Self> {
            const {
                assert!(<$int>::MAX as i128 * MOST as i128 <= <$wide>::MAX as i128);
                assert!(<$int>::MIN as i128 * MOST as i128 >= <$wide>::MIN as i128);
            };
            if numbers.size_hint().1.is_none_or(|most| most as u64 > MOST) {
                return by_carries!($int, numbers);
            }
            let (sum, count) = numbers.fold((0, 0u64), |(sum, count): ($wide, u64), number| {
                (sum.wrapping_add(number as $wide), count.wrapping_add(1))
            });
            // An iterator that has more than it said is refused: its sum may have wrapped.
            if count > MOST { None } else { sum.try_into().ok() }
        }

        iterators!(@ product $int);
    };
    (@ product $int:ident) => {
        #[inline]
        fn product_iter<I: Iterator<Item = Self>>(mut numbers: I) -> Option<Self> {
            numbers.try_fold(1, |product: $int, number| product.checked_mul(number))
        }
    };
}

/// 8 and 16 bits: as many numbers at a time as cannot leave a type of twice the width.
macro_rules! narrow {
    ($($int:ident in $wide:ident: $double:ident;)*) => {$(impl Total for $int {
        fn sum_slice(numbers: &[Self]) -> Option<Self> {
            let sum = |numbers: &[$int]| {
                numbers.iter().fold(0, |sum: $double, &number| sum.wrapping_add(number as $double)) as i128
            };
            let (blocks, rest) = numbers.as_chunks::<{ 1 << <$int>::BITS }>();
            let total = blocks.iter().fold(sum(rest), |total, block| total.wrapping_add(sum(block)));
            total.try_into().ok()
        }

        iterators!($int in $wide);
    })*};
}

/// 32 and 64 bits.
///
/// `exact` keeps two sums of the type's own width: one of the numbers, which wraps, and one of their upper halves, which
/// cannot. The first less the second is the sum of the lower halves, which cannot wrap either. `$flip` is for a target that
/// has no arithmetic shift of such lanes: added to a signed number, it makes it an unsigned one.
macro_rules! halves {
    ($($int:ident $(in $wide:ident)?: $bits:ident, $upper:ident, $flip:expr;)*) => {$(const _: () = {
        const HALF: u32 = <$int>::BITS / 2;
        const FLIP: $bits = $flip;
        const LANES: usize = LANES_BYTES / size_of::<$int>();
        const STEP: usize = 2 * LANES;
        const _: () = assert!(BLOCK_BITS < HALF);

        #[inline]
        fn add(numbers: &[$int; LANES], sums: &mut [$bits; LANES], uppers: &mut [$upper; LANES]) {
            for ((&number, sum), upper) in numbers.iter().zip(sums).zip(uppers) {
                let number = number as $bits ^ FLIP;
                *sum = sum.wrapping_add(number);
                *upper = upper.wrapping_add(number as $upper >> HALF);
            }
        }

        /// The sum of at most a block.
        #[inline]
        fn exact(numbers: &[$int]) -> i128 {
            let (mut sums, mut uppers) = ([0; LANES], [0; LANES]);
            let (steps, rest) = numbers.as_chunks::<STEP>();
            for numbers in steps {
                // Otherwise the loop is vectorised across the steps, and each lane gathered number by number.
                black_box(());
                for numbers in numbers.as_chunks().0 {
                    add(numbers, &mut sums, &mut uppers);
                }
            }
            let mut last = rest;
            if let Some((numbers, after)) = rest.split_first_chunk() {
                add(numbers, &mut sums, &mut uppers);
                last = after;
            }
            let sum = sums.iter().fold(0, |sum: $bits, &lane| sum.wrapping_add(lane));
            let upper = uppers.iter().fold(0, |upper: $upper, &lane| upper.wrapping_add(lane));
            let lower = sum.wrapping_sub((upper as $bits) << HALF);
            let flipped = (numbers.len().wrapping_sub(last.len()) as i128).wrapping_mul(FLIP as i128);
            let sum = ((upper as i128) << HALF).wrapping_add(lower as i128).wrapping_sub(flipped);
            last.iter().fold(sum, |sum, &number| sum.wrapping_add(number as i128))
        }

        /// The sum of a block whose numbers are small and not negative, so that it cannot wrap.
        #[inline]
        fn of_small(block: &[$int; BLOCK]) -> Option<i128> {
            let (sum, bits) = block.iter().fold((0, 0), |(sum, bits): ($int, $int), &number| {
                (number.wrapping_add(sum), bits | number)
            });
            (0..=<$int>::MAX >> BLOCK_BITS).contains(&bits).then_some(sum as i128)
        }

        #[inline(never)]
        fn sum(numbers: &[$int]) -> Option<$int> {
            let (mut total, mut left) = (0i128, numbers);
            if numbers.len() >= LONG {
                while let Some((block, after)) = left.split_first_chunk()
                    && let Some(sum) = of_small(block)
                {
                    total = total.wrapping_add(sum);
                    left = after;
                }
            }
            // After one block of others the question is not asked again: it costs more than half of the answer.
            for block in left.chunks(BLOCK) {
                total = total.wrapping_add(exact(block));
            }
            total.try_into().ok()
        }

        impl Total for $int {
            #[inline]
            fn sum_slice(numbers: &[Self]) -> Option<Self> {
                if numbers.len() < SHORT { Self::sum_iter(numbers.iter().copied()) } else { sum(numbers) }
            }

            iterators!($int $(in $wide)?);
        }
    };)*};
}

macro_rules! widest {
    ($($int:ident)*) => {$(impl Total for $int {
        #[inline]
        fn sum_slice(numbers: &[Self]) -> Option<Self> {
            Self::sum_iter(numbers.iter().copied())
        }

        iterators!($int);
    })*};
}

narrow! { u8 in u64: u16; u16 in u64: u32; i8 in i64: i16; i16 in i64: i32; }
halves! {
    u32 in u64: u32, u32, 0;
    i32 in i64: u32, i32, 0;
    u64: u64, u64, 0;
    i64: u64, u64, 1 << 63;
    usize: usize, usize, 0;
    isize: usize, usize, 1 << (usize::BITS - 1);
}
widest! { u128 i128 }

#[cfg(test)]
mod tests;
