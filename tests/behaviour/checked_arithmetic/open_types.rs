//! Numbers with operators of their own for several types of integers: which one a literal is, and so what type comes out, is decided
//! last.

use std::ops::{Add, AddAssign, Div, Mul, Shl, Sub};
use std::time::{Duration, Instant};

use portcullis::{Violation, checked_arithmetic};

use super::oracle::{DIVISION, OVERFLOW, answer};

/// As large as it gets.
#[derive(Clone, Debug, PartialEq)]
struct Big(i128);

macro_rules! operators {
    ($($trait:ident $method:ident $operator:tt: $($right:ty)*;)*) => {$($(
        impl $trait<$right> for Big {
            type Output = Big;
            fn $method(self, right: $right) -> Big {
                Big(self.0 $operator i128::from(right))
            }
        }
        impl $trait<$right> for &Big {
            type Output = Big;
            fn $method(self, right: $right) -> Big {
                Big(self.0 $operator i128::from(right))
            }
        }
    )*)*};
}

impl From<Big> for i128 {
    fn from(big: Big) -> i128 {
        big.0
    }
}

impl From<&Big> for i128 {
    fn from(big: &Big) -> i128 {
        big.0
    }
}

operators! {
    Add add +: Big &Big u32 i32 u64 i64;
    Sub sub -: Big &Big u32 i32 u64 i64;
    Mul mul *: Big &Big u32 i32 u64 i64;
    Div div /: Big &Big u32 i32 u64 i64;
    Shl shl <<: u32 i32 u64 i64;
}

impl AddAssign for Big {
    fn add_assign(&mut self, right: Big) {
        self.0 += right.0;
    }
}

impl Big {
    fn root(&self) -> Big {
        twice(Big(9), move |s| {
            let q = self / (s * s);
            let t = (s << 1) + q;
            t / 3u32
        })
    }
    #[checked_arithmetic(or(panic))]
    fn protected_root(&self) -> Big {
        twice(Big(9), move |s| {
            let q = self / (s * s);
            let t = (s << 1) + q;
            t / 3u32
        })
    }
}
/// Calls it again with what it gave.
fn twice(start: Big, step: impl Fn(&Big) -> Big) -> Big {
    step(&step(&start))
}

#[test]
fn what_comes_of_a_literal_is_an_operand() {
    twin! {
        fn plain, protected(p: Big, q: Big, x: &Big) -> Big {
            let r = ((p.clone() + x) * 2 - x) * ((q + x) * 2 - x);
            let open = (x - &p) * 3;
            let mut sum = ((p << 2) - 1) + open;
            sum += (x * 2) / 1u32;
            let last;
            last = if sum == r { x * 5 } else { x * 7 };
            (last - x) * sum
        }
    }
    let (p, q, x) = (Big(5), Big(7), Big(11));
    assert_eq!(plain(p.clone(), q.clone(), &x), protected(p, q, &x));
}

#[test]
fn in_a_closure_and_by_self() {
    assert_eq!(Big(1_000).root(), Big(1_000).protected_root());
}

#[test]
fn integers_beside_them_are_checked() {
    #[checked_arithmetic]
    fn protected(big: &Big, n: u8) -> Result<(Big, u8, u8), Violation> {
        let halved = (n - 1) / 2;
        let shifted = (n * 2) << 1;
        let mut total = n + 1;
        total += n * 2;
        Ok((big * 2 - big, halved + shifted, total / (n - 1)))
    }
    let big = Big(3);
    assert_eq!(protected(&big, 3).unwrap(), (Big(3), 13, 5));
    assert_eq!(answer(protected(&big, 0)).map(|_| ()), Err(OVERFLOW));
    assert_eq!(answer(protected(&big, 1)).map(|_| ()), Err(DIVISION));
    assert_eq!(answer(protected(&big, 128)).map(|_| ()), Err(OVERFLOW));
    assert_eq!(answer(protected(&big, 85)).map(|_| ()), Err(OVERFLOW));
}

#[test]
fn the_types_of_time_are_none_of_them() {
    #[checked_arithmetic]
    fn backoff(now: Instant, base: Duration) -> Result<Instant, Violation> {
        Ok(now + base * 2)
    }
    #[checked_arithmetic]
    fn total(base: Duration, k: u32) -> Result<Duration, Violation> {
        let (e, twice) = (k * 1, base * 2);
        let mut total = base * e;
        total += twice;
        Ok(total)
    }
    #[checked_arithmetic(or(saturate))]
    fn saturating(base: Duration) -> Duration {
        base * 2 + base
    }
    assert_eq!(answer(backoff(Instant::now(), Duration::MAX)).map(|_| ()), Err(OVERFLOW));
    assert_eq!(answer(backoff(Instant::now(), Duration::MAX / 3)).map(|_| ()), Err(OVERFLOW));
    assert_eq!(answer(total(Duration::MAX / 3, 2)), Err(OVERFLOW));
    assert_eq!(answer(total(Duration::from_secs(1), 2)), Ok(Duration::from_secs(4)));
    assert_eq!(saturating(Duration::MAX), Duration::MAX);
}
