//! Operators of std that are no integer arithmetic: they stay.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::num::{NonZero, Saturating, Wrapping};
use std::time::{Duration, Instant, SystemTime};

use portcullis::checked_arithmetic;

use super::panic_of;

#[test]
fn string_plus_str() {
    twin! { fn plain, protected(a: String, b: &str) -> String { a + b + "!" } }
    assert_eq!(plain("a".into(), "b"), protected("a".into(), "b"));
}

#[test]
fn string_plus_reference_to_string() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: String, b: &String) -> String {
        a + b
    }
    assert_eq!(protected("a".into(), &"b".into()), "ab");
}

#[test]
fn string_plus_what_derefs_to_str() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: String, b: &Box<str>, c: &Cow<'_, str>, d: &std::rc::Rc<str>) -> String {
        a + b + c + d
    }
    assert_eq!(protected("a".into(), &"b".into(), &Cow::Borrowed("c"), &"d".into()), "abcd");
}

#[test]
fn string_plus_assign() {
    #[checked_arithmetic(or(panic))]
    fn protected(string: &String) -> String {
        let mut s = String::from("a");
        s += "b";
        s += string;
        s += &'d'.to_string();
        s += &format!("{}", 1 + string.len());
        s
    }
    assert_eq!(protected(&"c".into()), "abcd2");
}

#[test]
fn cow_plus_str() {
    #[checked_arithmetic(or(panic))]
    fn protected<'a>(mut a: Cow<'a, str>, b: &'a str) -> Cow<'a, str> {
        a += b;
        a + b
    }
    assert_eq!(protected(Cow::Borrowed("a"), "b"), "abb");
}

#[test]
fn durations() {
    twin! {
        fn plain, protected(a: Duration, b: Duration) -> [Duration; 6] {
            let mut c = a + b * 2;
            c -= b;
            c *= 3;
            c /= 2;
            [c, a - b, a / 2, 2 * a, b, a + a]
        }
    }
    let (a, b) = (Duration::from_secs(5), Duration::from_millis(1500));
    assert_eq!(plain(a, b), protected(a, b));
}

#[test]
fn a_duration_out_of_range_is_a_violation() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: Duration, b: Duration) -> Duration {
        a - b
    }
    let message = panic_of(|| protected(Duration::ZERO, Duration::MAX));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `-` of Duration in "), "{message}");
}

#[test]
fn instants() {
    twin! {
        fn plain, protected(mut a: Instant, b: Duration) -> (Instant, Duration, Instant) {
            let start = a;
            a += b;
            a -= b / 2;
            (a, a - start, a + b - b)
        }
    }
    let (a, b) = (Instant::now(), Duration::from_secs(4));
    assert_eq!(plain(a, b), protected(a, b));
}

#[test]
fn system_times() {
    twin! {
        fn plain, protected(mut a: SystemTime, b: Duration) -> (SystemTime, SystemTime) {
            a += b;
            a -= b + b;
            (a - b, a + b)
        }
    }
    let (a, b) = (SystemTime::UNIX_EPOCH + Duration::from_secs(100), Duration::from_secs(4));
    assert_eq!(plain(a, b), protected(a, b));
}

#[test]
fn hash_set_difference() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &HashSet<u8>, b: &HashSet<u8>) -> HashSet<u8> {
        a - b
    }
    assert_eq!(protected(&[1, 2].into(), &[2].into()), [1].into());
}

#[test]
fn b_tree_set_difference_and_union() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &BTreeSet<u8>, b: &BTreeSet<u8>) -> BTreeSet<u8> {
        &(a - b) | &(b - a)
    }
    assert_eq!(protected(&[1, 2].into(), &[2, 3].into()), [1, 3].into());
}

#[test]
fn wrapping_wraps() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: Wrapping<u8>, b: Wrapping<u8>) -> [Wrapping<u8>; 4] {
        a += b;
        a -= 1;
        [a, a * b, -a, a << 9]
    }
    assert_eq!(protected(Wrapping(250), Wrapping(10)), [3, 30, 253, 6].map(Wrapping));
}

#[test]
fn saturating_saturates() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: Saturating<i8>, b: Saturating<i8>) -> [Saturating<i8>; 3] {
        a += b;
        a *= 2;
        [a, -a - b, a + b]
    }
    assert_eq!(protected(Saturating(100), Saturating(100)), [127, -128, 127].map(Saturating));
}

#[test]
fn a_nonzero_divisor() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: u32, b: NonZero<u32>) -> [u32; 4] {
        let (first, second, third) = (a / b, a % b, 100 / b);
        a /= b;
        a %= b;
        [first, second, third, a]
    }
    assert_eq!(protected(17, NonZero::new(3).unwrap()), [5, 2, 33, 2]);
}

#[test]
fn a_negated_nonzero() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: NonZero<i8>) -> NonZero<i8> {
        -a
    }
    assert_eq!(protected(NonZero::new(3).unwrap()).get(), -3);
}

#[test]
fn floats_keep_every_special_value() {
    twin! {
        fn plain, protected(a: f64, b: f64) -> [f64; 8] {
            let mut c = a;
            c += b;
            c %= 3.0;
            [a + b, a - b, a * b, a / b, a % b, -a, -b, c]
        }
    }
    for a in [0.0, -0.0, 1.5, f64::INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE] {
        for b in [0.0, -0.0, 2.5, f64::NEG_INFINITY, f64::NAN, f64::MIN] {
            assert_eq!(plain(a, b).map(f64::to_bits), protected(a, b).map(f64::to_bits), "{a} {b}");
        }
    }
}

#[test]
fn boolean_and_bit_operators() {
    twin! {
        fn plain, protected(mut a: u8, b: u8, mut c: bool) -> (u8, u8, bool, bool) {
            a ^= b;
            a |= 1;
            c &= a > b;
            (a & b, !a, !c, c | (a == b) && a != 3 || b >= 2)
        }
    }
    for (a, b, c) in [(0, 0, true), (255, 3, true), (6, 9, false)] {
        assert_eq!(plain(a, b, c), protected(a, b, c));
    }
}
