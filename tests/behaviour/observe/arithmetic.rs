//! Operators, casts and methods: what the profile makes of them, told.

use std::time::Duration;

use super::{codes, compare, outcome, twins};

twins! {
    []
    fn operators(#[trusted(reason = "any will do")] a: i32, #[trusted(reason = "any will do")] b: i32) -> [i32; 6] {
        let mut sum = a;
        sum += b;
        let shifted = 1_i32 << (b & 31);
        let quotient = if b == 0 { 0 } else { a / b };
        [sum, a - b, a * 3, -b, shifted, quotient % 7]
    }

    []
    fn divided(#[trusted(reason = "any will do")] a: u8, #[trusted(reason = "any will do")] b: u8) -> u8 {
        a / b + a % b
    }

    []
    fn shifted(#[trusted(reason = "any will do")] a: u8, #[trusted(reason = "any will do")] b: u8) -> u8 {
        let mut a = a;
        a <<= b;
        a | (a >> b)
    }

    []
    fn casts(#[trusted(reason = "any will do")] a: i64, #[trusted(reason = "any will do")] b: f64) -> (u8, i32, u64, f32) {
        (a as u8, a as i32, b as u64, a as f32)
    }

    []
    fn methods(#[trusted(reason = "any will do")] a: i16, #[trusted(reason = "any will do")] b: u32) -> (i16, i16, u32) {
        (a.abs(), a.pow(b & 3), u32::pow(b, 2))
    }

    []
    fn no_value(#[trusted(reason = "any will do")] a: u32, #[trusted(reason = "any will do")] b: u32) -> (u32, u32) {
        (a.ilog2(), a.div_ceil(b))
    }

    []
    fn totals(#[trusted(reason = "any will do")] numbers: Vec<u8>) -> (u8, u32) {
        let wide: u32 = numbers.iter().map(|number| u32::from(*number)).sum();
        (numbers.iter().fold(0, |sum, number| sum ^ number), wide)
    }

    []
    fn sums(#[trusted(reason = "any will do")] numbers: Vec<i8>) -> (i8, i8, i64, u8) {
        let sum: i8 = numbers.iter().sum();
        let product = numbers.iter().copied().filter(|number| *number != 0).product::<i8>();
        let wide = numbers.iter().map(|number| i64::from(*number)).sum::<i64>();
        (sum, product, wide, numbers.iter().map(|number| number.unsigned_abs()).sum())
    }

    []
    fn durations(#[trusted(reason = "any will do")] secs: Vec<u64>) -> Duration {
        secs.into_iter().map(Duration::from_secs).sum()
    }

    []
    fn in_closures(#[trusted(reason = "any will do")] numbers: Vec<u8>) -> Vec<u8> {
        let twice = |number: &u8| number * 2;
        let mut all: Vec<u8> = numbers.iter().map(twice).collect();
        all.iter_mut().for_each(|number| *number -= 1);
        all
    }

    []
    fn texts(#[trusted(reason = "any will do")] a: String, #[trusted(reason = "any will do")] b: String) -> String {
        let mut both = a + &b;
        both += "!";
        both
    }

    [, checked_arithmetic(casts = off)]
    fn uncast(#[trusted(reason = "any will do")] a: u32) -> u8 {
        (a + 1) as u8
    }
}

const ENDS: [i32; 11] = [0, 1, -1, 2, 7, 100, -100, i32::MAX, i32::MIN, i32::MAX - 1, i32::MIN + 1];

#[test]
fn integers_of_32_bits() {
    for a in ENDS {
        for b in ENDS {
            compare(&(a, b), || operators::plain(a, b), || operators::observed(a, b), || operators::refusing(a, b));
        }
    }
}

#[test]
fn every_pair_of_eight_bits() {
    for a in 0..=u8::MAX {
        for b in 0..=u8::MAX {
            compare(&(a, b), || shifted::plain(a, b), || shifted::observed(a, b), || shifted::refusing(a, b));
            // Each panic prints a line.
            if b != 0 || a % 64 == 0 {
                compare(&(a, b), || divided::plain(a, b), || divided::observed(a, b), || divided::refusing(a, b));
            }
        }
    }
}

#[test]
fn casts_and_methods() {
    let floats = [0.0, -1.0, 0.5, 1e30, -1e30, f64::NAN, f64::INFINITY, 255.9];
    for a in ENDS.map(i64::from).into_iter().chain([i64::MAX, i64::MIN, 1 << 40]) {
        for b in floats {
            compare(&(a, b), || casts::plain(a, b), || casts::observed(a, b), || casts::refusing(a, b));
        }
    }
    for a in [0, 1, -1, i16::MAX, i16::MIN, 300] {
        for b in [0, 1, 2, 3, 70_000, u32::MAX] {
            compare(&(a, b), || methods::plain(a, b), || methods::observed(a, b), || methods::refusing(a, b));
        }
    }
    for (a, b) in [(0, 1), (1, 0), (0, 0), (9, 2)] {
        compare(&(a, b), || no_value::plain(a, b), || no_value::observed(a, b), || no_value::refusing(a, b));
    }
}

#[test]
fn lists_texts_and_closures() {
    for numbers in [vec![], vec![1, 2], vec![200, 100], vec![255; 9], vec![0], vec![128, 1]] {
        compare(
            &numbers,
            || totals::plain(numbers.clone()),
            || totals::observed(numbers.clone()),
            || totals::refusing(numbers.clone()),
        );
        let told = compare(
            &numbers,
            || in_closures::plain(numbers.clone()),
            || in_closures::observed(numbers.clone()),
            || in_closures::refusing(numbers.clone()),
        );
        let times = |number: &u8| usize::from(*number >= 128) + usize::from(number.wrapping_mul(2) == 0);
        let times: usize = numbers.iter().map(times).sum();
        assert_eq!(told, vec!["arithmetic.overflow"; times], "{numbers:?}");
    }
    for numbers in [
        vec![],
        vec![1, 2, 3],
        vec![100, 100, -100],
        vec![127, 1],
        vec![-128, -1],
        vec![-128, 0, 100],
        vec![-1, -128],
        vec![64, 2, -1],
    ] {
        let list = || numbers.clone();
        compare(&numbers, || sums::plain(list()), || sums::observed(list()), || sums::refusing(list()));
    }
    for secs in [vec![], vec![1, 2], vec![u64::MAX - 1, 1]] {
        let list = || secs.clone();
        compare(&secs, || durations::plain(list()), || durations::observed(list()), || durations::refusing(list()));
    }
    // It panics on the way, before anybody knows that the total does not fit.
    let (ended, told) = codes(|| outcome(|| durations::observed(vec![u64::MAX, 1])));
    assert_eq!((ended, told), (outcome(|| durations::plain(vec![u64::MAX, 1])), vec!["panic"]));
    let (a, b) = ("a".to_owned(), "b".to_owned());
    compare(
        &(&a, &b),
        || texts::plain(a.clone(), b.clone()),
        || texts::observed(a.clone(), b.clone()),
        || texts::refusing(a.clone(), b.clone()),
    );
}

#[test]
fn what_is_not_checked_is_not_told() {
    #[portcullis::zero_trust(observe)]
    fn excused(a: u32) -> u8 {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        let low = a as u8;
        low
    }
    for a in [0, 1, 255, 256, u32::MAX] {
        assert_eq!(codes(|| excused(a)), (a.to_le_bytes()[0], vec![]));
        compare(&a, || uncast::plain(a), || uncast::observed(a), || uncast::refusing(a));
    }
}
