//! Loops from which a `return` does not lead out of the function.

use std::sync::Mutex;

use portcullis::{Violation, bounded_steps, zero_trust};

use super::Count;
use crate::common::{code, panic_of, run};

#[test]
fn a_loop_in_a_closure() {
    #[bounded_steps(max = 10)]
    fn total(rows: &[u32], count: &Count) -> Result<u32, Violation> {
        Ok(rows
            .iter()
            .map(|row| {
                let mut total = 0;
                for number in 0..*row {
                    count.one();
                    total += number;
                }
                total
            })
            .sum())
    }
    let count = Count::default();
    assert_eq!(total(&[4, 4, 2], &count).unwrap(), 13);
    assert_eq!(count.taken(), 10);
    let refused = total(&[4, 4, 3], &count).unwrap_err();
    assert_eq!(refused.code(), "steps");
    assert!(refused.internal().function().ends_with("::total"));
    assert_eq!(count.taken(), 10);
    total(&[4, 4, 2], &count).unwrap();
}

#[test]
fn a_closure_that_returns_a_result_of_its_own() {
    #[bounded_steps(max = 5, or(return Err("steps")))]
    fn parse(texts: &[&str]) -> Result<u32, &'static str> {
        let digits = |text: &str| -> Result<u32, std::num::ParseIntError> {
            let mut sum = 0;
            for letter in text.chars() {
                sum += letter.to_string().parse::<u32>()?;
            }
            Ok(sum)
        };
        texts.iter().map(|text| digits(text).map_err(|_| "digits")).sum()
    }
    assert_eq!(parse(&["12", "345"]), Ok(15));
    assert_eq!(parse(&["12", "3456"]), Err("steps"));
    assert_eq!(parse(&["1x"]), Err("digits"));
}

#[test]
fn an_async_block() {
    #[bounded_steps(max = 5)]
    async fn blocks(n: u32) -> Result<u32, Violation> {
        let each = async {
            let mut sum = 0;
            for number in 0..n {
                sum += number;
            }
            sum
        };
        Ok(each.await)
    }
    assert_eq!(run(blocks(5)).unwrap(), 10);
    assert_eq!(code(run(blocks(6))), "steps");
}

#[test]
fn of_a_limit_that_stands_elsewhere() {
    #[bounded_steps(max = 1_000)]
    fn inside(n: u32) -> Result<u32, Violation> {
        let all = || {
            let mut sum = 0;
            for number in 0..n {
                sum += number;
            }
            sum
        };
        Ok(all())
    }
    #[bounded_steps(max = 5)]
    fn around(n: u32) -> Result<u32, Violation> {
        inside(n)
    }
    assert_eq!(around(4).unwrap(), 6);
    assert_eq!(code(around(5)), "steps");
}

#[test]
fn a_closure_that_outlives_the_function_has_nobody_to_tell() {
    #[bounded_steps(max = 5)]
    fn make(n: u32) -> Result<impl Fn() -> u32, Violation> {
        Ok(move || {
            let mut sum = 0;
            for number in 0..n {
                sum += number;
            }
            sum
        })
    }
    // Outside of every request there is no limit.
    assert_eq!(make(100).unwrap()(), 4_950);
    #[bounded_steps(max = 50)]
    fn uses(n: u32) -> Result<u32, Violation> {
        let made = make(n)?;
        Ok(made())
    }
    assert_eq!(uses(49).unwrap(), 1_176);
    // It is a closure of `make`, in the request of `uses`, which has no boundary: as documented.
    assert!(panic_of(|| uses(50)).starts_with("portcullis: steps"));
}

#[test]
fn a_lock_on_the_way_is_poisoned() {
    #[bounded_steps(max = 5)]
    fn locked(pool: &Mutex<u32>, n: u32) -> Result<(), Violation> {
        let each = |()| {
            let mut pool = pool.lock().unwrap();
            for _ in 0..n {
                *pool += 1;
            }
        };
        each(());
        Ok(())
    }
    let pool = Mutex::new(0);
    locked(&pool, 5).unwrap();
    assert_eq!(code(locked(&pool, 6)), "steps");
    assert!(pool.is_poisoned());
}

#[test]
fn under_all_protections() {
    #[zero_trust(bounded_steps(max = 5, or(return Ok(0))))]
    fn sum(#[check(length(max = 9), each(range(max = 200)))] rows: &[u8]) -> Result<u8, Violation> {
        Ok(rows
            .iter()
            .map(|row| {
                let mut n = 0;
                while n < *row {
                    n += 1;
                }
                n + 100
            })
            .sum())
    }
    assert_eq!(sum(&[2]).unwrap(), 102);
    assert_eq!(sum(&[6]).unwrap(), 0);
    assert_eq!(code(sum(&[1, 1, 1])), "arithmetic.overflow");
}
