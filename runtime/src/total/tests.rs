#![allow(clippy::arithmetic_side_effects, clippy::cast_lossless, reason = "a test")]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "a test")]

extern crate std;

use super::{BLOCK, LONG, MOST, Total};
use core::iter;
use std::prelude::rust_2024::*;

/// Spread over all bits.
fn mixed(n: usize) -> u128 {
    let mut bits = (n as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    bits ^= bits >> 59;
    bits = bits.wrapping_mul(0xBF58_476D_1CE4_E5B9_94D0_49BB_1331_11EB);
    bits ^ (bits >> 61)
}

fn lengths() -> impl Iterator<Item = usize> {
    let edges = [256, 2 * 256, BLOCK, LONG, LONG + BLOCK, 1 << 16].into_iter().flat_map(|edge| edge - 1..=edge + 1);
    (0..200).chain(edges)
}

macro_rules! of_each_type {
    ($($int:ident)*) => {$(mod $int {
        use super::*;

        const HALF: u32 = <$int>::BITS / 2;
        const LOWER: $int = !(!0 << HALF);

        /// The sum by halves, in 128 bits, which no test's list leaves.
        fn exact(numbers: &[$int]) -> Option<$int> {
            let mut upper: i128 = numbers.iter().map(|&number| (number >> HALF) as i128).sum();
            let lower: i128 = numbers.iter().map(|&number| (number & LOWER) as i128).sum();
            upper += lower >> HALF;
            let fits = (<$int>::MIN >> HALF) as i128 <= upper && upper <= (<$int>::MAX >> HALF) as i128;
            fits.then(|| ((upper as $int) << HALF) | (lower as $int & LOWER))
        }

        #[track_caller]
        fn check(numbers: &[$int]) {
            let expected = exact(numbers);
            let what = (stringify!($int), numbers.len(), numbers.first());
            assert_eq!(Total::sum_slice(numbers), expected, "slice, {what:?}");
            assert_eq!(Total::sum_iter(numbers.iter().copied()), expected, "iterator, {what:?}");
            let mut left = numbers.iter();
            let of_unknown_length = iter::from_fn(|| left.next().copied());
            assert_eq!(Total::sum_iter(of_unknown_length), expected, "of unknown length, {what:?}");
        }

        /// A list with this sum, of numbers that differ.
        fn spread(sum: $int, length: usize) -> Vec<$int> {
            let share = sum.checked_div(length as $int).filter(|_| <$int>::try_from(length).is_ok()).unwrap_or(0);
            let apart = share / 2;
            let mut numbers = vec![share; length];
            for pair in numbers.chunks_exact_mut(2) {
                if let [low, high] = pair {
                    *low -= apart;
                    *high += apart;
                }
            }
            let rest = sum - share * if share == 0 { 0 } else { length as $int };
            if let Some(last) = numbers.last_mut() {
                *last += rest;
            }
            numbers
        }

        #[test]
        fn the_sum_is_exact_at_every_length() {
            for length in lengths() {
                for shift in [0, 1, HALF, <$int>::BITS - 1] {
                    check(&(0..length).map(|n| mixed(n) as $int >> shift).collect::<Vec<_>>());
                }
                for number in [<$int>::MIN, <$int>::MAX, <$int>::MAX / 2, 1, !0] {
                    check(&vec![number; length]);
                }
            }
        }

        #[test]
        fn the_limits_fit_and_one_beyond_does_not() {
            for length in lengths().filter(|&length| length > 0) {
                for limit in [<$int>::MIN, <$int>::MAX] {
                    let mut numbers = spread(limit, length);
                    assert_eq!(exact(&numbers), Some(limit));
                    check(&numbers);
                    // In front, behind, and on the other side of zero.
                    numbers.insert(0, 1);
                    check(&numbers);
                    numbers.push((0 as $int).wrapping_sub(1));
                    check(&numbers);
                    numbers.remove(0);
                    check(&numbers);
                }
            }
        }

        #[test]
        fn a_sum_that_leaves_the_range_may_come_back() {
            for length in 0..200 {
                // `n + !n + 1` is zero where there is a sign.
                let numbers: Vec<$int> =
                    (0..length).flat_map(|n| [mixed(n) as $int, !(mixed(n) as $int), 1]).collect();
                check(&numbers);
                let mut sorted = numbers.clone();
                sorted.sort_unstable();
                check(&sorted);
                sorted.reverse();
                check(&sorted);
            }
            assert_eq!(<$int>::sum_slice(&[<$int>::MAX, 1, <$int>::MIN]), <$int>::MAX.checked_add(<$int>::MIN + 1));
        }

        #[test]
        fn a_block_is_small_only_if_it_cannot_wrap() {
            for bits in (10..=14).chain([0]).filter(|&bits| bits < <$int>::BITS) {
                for at in [0, 1, BLOCK] {
                    let number = <$int>::MAX >> bits;
                    for number in [number, number.wrapping_add(1), (0 as $int).wrapping_sub(number)] {
                        // One block of it, and one that takes it back where there is a sign.
                        let mut numbers = vec![0; LONG + 1];
                        numbers.iter_mut().skip(at).take(BLOCK).for_each(|zero| *zero = number);
                        check(&numbers);
                        let back = (0 as $int).wrapping_sub(number);
                        numbers.iter_mut().skip(at + BLOCK).take(BLOCK).for_each(|zero| *zero = back);
                        check(&numbers);
                    }
                }
            }
        }

        #[test]
        fn a_long_iterator_is_exact_and_one_that_lies_about_its_length_is_refused() {
            let most = usize::try_from(MOST).expect("a length");
            let sum = |count| Total::sum_iter(iter::repeat_n(0 as $int, count).chain([1, 2]));
            assert_eq!((sum(most - 2), sum(most - 1), sum(most)), (Some(3), Some(3), Some(3)));

            let sum = |count| Total::sum_iter(Short(iter::repeat_n(0 as $int, count)));
            assert_eq!(sum(most), Some(0));
            let counts_instead = <$int>::BITS > 32;
            assert_eq!(sum(most + 1), counts_instead.then_some(0));
        }

        #[test]
        fn a_sum_runs_its_iterator_to_the_end() {
            let mut seen = 0;
            let numbers = [<$int>::MAX, 1, 1, <$int>::MAX];
            assert_eq!(Total::sum_iter(numbers.iter().inspect(|_| seen += 1).copied()), None);
            assert_eq!(seen, 4);
        }

        #[test]
        fn a_product_is_refused_at_its_first_overflow() {
            let product = |numbers: &[$int]| <$int>::product_iter(numbers.iter().copied());
            assert_eq!(product(&[]), Some(1));
            assert_eq!(product(&[2, 3, 7]), Some(42));
            assert_eq!(product(&[<$int>::MAX, 1, 0, <$int>::MAX, 2]), Some(0));
            assert_eq!(product(&[<$int>::MAX, 2, 0]), None);
            assert_eq!(product(&[<$int>::MIN, 1]), Some(<$int>::MIN));
            // There is no positive counterpart of the smallest number, and there is one of zero.
            assert_eq!(product(&[<$int>::MIN, !0]), (<$int>::MIN == 0).then_some(0));

            let mut left = [<$int>::MAX, 3, 5, 7].into_iter();
            assert_eq!(Total::product_iter(left.by_ref()), None::<$int>);
            assert_eq!(left.as_slice(), [5, 7]);
        }
    })*};
}

of_each_type! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

/// Says that it is empty.
struct Short<I>(I);

impl<I: Iterator> Iterator for Short<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(0))
    }
}
