//! Protected functions that call each other: each takes from its own limit, and from all around it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Violation, bounded_steps, zero_trust};

use super::Count;
use crate::common::{code, panic_of};

#[bounded_steps(max = 10)]
fn inner(n: u32, count: &Count) -> Result<(), Violation> {
    for _ in 0..n {
        count.one();
    }
    Ok(())
}

#[bounded_steps(max = 30)]
fn outer(calls: &[u32], count: &Count) -> Result<(), Violation> {
    for n in calls {
        inner(*n, count)?;
    }
    Ok(())
}

#[test]
fn a_call_is_a_step_of_what_is_around() {
    let count = Count::default();
    // An iteration, a call and its iterations each.
    outer(&[8, 8, 8], &count).unwrap();
    assert_eq!(count.taken(), 24);
    assert_eq!(code(outer(&[8, 8, 9], &count)), "steps");
    assert_eq!(count.taken(), 24);
    outer(&[0; 15], &count).unwrap();
    assert_eq!(code(outer(&[0; 16], &count)), "steps");
}

#[test]
fn the_smaller_limit_is_its_own() {
    let count = Count::default();
    outer(&[10, 10], &count).unwrap();
    assert_eq!(count.taken(), 20);
    assert_eq!(code(outer(&[0, 11], &count)), "steps");
    assert_eq!(count.taken(), 10);
}

#[test]
fn a_refusal_of_the_inner_one_leaves_the_outer_one_its_own() {
    #[bounded_steps(max = 30)]
    fn tolerant(calls: &[u32], count: &Count) -> Result<u32, Violation> {
        let mut refused = 0;
        for n in calls {
            refused += u32::from(inner(*n, count).is_err());
        }
        Ok(refused)
    }
    let count = Count::default();
    // 1 + 1 + 10 steps for a refused call: the one that is refused counts in neither.
    assert_eq!(tolerant(&[99, 99], &count).unwrap(), 2);
    assert_eq!(count.taken(), 20);
    // 24 are taken; then 1 + 1 + 4, and the limit that refuses is the outer one's, for both.
    assert_eq!(code(tolerant(&[99, 99, 99, 0], &count)), "steps");
    assert_eq!(count.taken(), 24);
}

#[test]
fn who_is_to_blame_is_in_the_log() {
    let count = Count::default();
    let inner = outer(&[11], &count).unwrap_err();
    assert!(inner.internal().to_string().starts_with("steps: more than 10 steps in "), "{}", inner.internal());
    let outer = outer(&[9, 9, 9], &count).unwrap_err();
    assert!(outer.internal().to_string().starts_with("steps: more than 30 steps in "), "{}", outer.internal());
    assert!(outer.internal().function().ends_with("::inner"));
}

#[test]
fn a_larger_limit_inside_gives_nothing() {
    #[bounded_steps(max = 5)]
    fn small(n: u32, count: &Count) -> Result<(), Violation> {
        inner(n, count)
    }
    let count = Count::default();
    small(4, &count).unwrap();
    assert_eq!(code(small(5, &count)), "steps");
}

#[test]
fn recursion() {
    #[bounded_steps(max = 100)]
    fn tree(depth: u32, count: &Count) -> Result<(), Violation> {
        count.one();
        if depth > 0 {
            for _ in 0..2 {
                tree(depth - 1, count)?;
            }
        }
        Ok(())
    }
    let count = Count::default();
    // 2 calls and 2 iterations for each node that is no leaf: 4 * (2^d - 1).
    tree(4, &count).unwrap();
    assert_eq!(count.taken(), 31);
    assert_eq!(code(tree(5, &count)), "steps");
    tree(4, &count).unwrap();
}

#[test]
fn a_panic_puts_back_what_was_in_force() {
    #[bounded_steps(max = 10, or(panic))]
    fn falls(n: u32) {
        for at in 0..n {
            assert!(at < 5, "fell");
        }
    }
    #[bounded_steps(max = 30)]
    fn catches(rest: u32, count: &Count) -> Result<(), Violation> {
        assert_eq!(panic_of(|| falls(9)), "fell");
        for _ in 0..rest {
            count.one();
        }
        Ok(())
    }
    let count = Count::default();
    // 1 + 6 are taken by the one that fell.
    catches(23, &count).unwrap();
    assert_eq!(code(catches(24, &count)), "steps");
    // Outside of all there is no limit.
    assert!(catch_unwind(AssertUnwindSafe(|| falls(9))).is_err());
    outer(&[8, 8, 8], &count).unwrap();
}

#[test]
fn a_function_between_that_has_another_limit() {
    #[portcullis::deadline("1h")]
    fn between(n: u32, count: &Count) -> Result<(), Violation> {
        for _ in 0..n {
            count.one();
        }
        Ok(())
    }
    #[bounded_steps(max = 10)]
    fn around(n: u32, count: &Count) -> Result<(), Violation> {
        between(n, count)
    }
    let count = Count::default();
    around(9, &count).unwrap();
    assert_eq!(code(around(10, &count)), "steps");
    assert_eq!(count.taken(), 18);
    between(1_000, &count).unwrap();
}

#[test]
fn all_protections_together() {
    #[zero_trust(bounded_steps(max = 10), bounded_recursion(max = 4))]
    fn sum(#[check(length(max = 64), each(range(max = 99)))] numbers: &[u8]) -> Result<u8, Violation> {
        let mut sum = 0;
        for number in numbers {
            sum += number;
        }
        Ok(sum)
    }
    assert_eq!(sum(&[1; 10]).unwrap(), 10);
    assert_eq!(code(sum(&[1; 11])), "steps");
    assert_eq!(code(sum(&[99, 99, 99])), "arithmetic.overflow");
    assert_eq!(code(sum(&[100])), "input.range");
}
