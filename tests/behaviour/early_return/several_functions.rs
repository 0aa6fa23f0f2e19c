//! Several protected functions, one inside another: whose boundary answers.

use portcullis::{Violation, checked_arithmetic, zero_trust};

use crate::common::code;

#[test]
fn the_inner_function_answers_its_own_closure_and_the_outer_goes_on() {
    #[checked_arithmetic]
    fn inner(v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    #[checked_arithmetic]
    fn outer(rows: &[&[u8]]) -> Result<u8, Violation> {
        Ok(rows.iter().map(|row| inner(row).unwrap_or(100)).fold(0, |sum, x| sum + x))
    }
    assert_eq!(outer(&[&[1], &[2]]).unwrap(), 3);
    assert_eq!(outer(&[&[255, 1], &[2]]).unwrap(), 102);
    let refused = outer(&[&[255, 1], &[200]]).unwrap_err();
    assert_eq!(refused.code(), "arithmetic.overflow");
    assert!(refused.internal().function().ends_with("::outer"));
}

#[test]
fn each_level_of_a_recursion_answers_for_itself() {
    #[checked_arithmetic]
    fn depth(levels: &[u8], refused: &mut Vec<usize>) -> Result<u8, Violation> {
        let Some((first, rest)) = levels.split_first() else { return Ok(0) };
        let below = depth(rest, refused).unwrap_or_else(|_| {
            refused.push(rest.len());
            0
        });
        Ok([below].iter().map(|below| below + first).sum())
    }
    let mut refused = Vec::new();
    assert_eq!(depth(&[1, 2, 3], &mut refused).unwrap(), 6);
    assert_eq!(depth(&[1, 200, 100], &mut refused).unwrap(), 1);
    assert_eq!(refused, [2], "the second of three, and no other");
    assert_eq!(code(depth(&[200, 100], &mut refused)), "arithmetic.overflow");
}

/// The boundary of the callee is the innermost one around the call.
#[test]
fn a_closure_handed_to_a_protected_function_is_answered_by_that_one() {
    #[checked_arithmetic]
    fn apply(f: &dyn Fn(u8) -> u8, v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().map(|x| f(*x) * 2).sum())
    }
    #[checked_arithmetic(or(return 77))]
    fn outer(v: &[u8]) -> u8 {
        match apply(&|x| x + 100, v) {
            Ok(sum) => sum,
            Err(violation) => {
                assert!(violation.internal().function().ends_with("::outer"), "it names whose closure it is");
                1
            }
        }
    }
    assert_eq!(outer(&[0]), 200);
    assert_eq!(outer(&[156]), 1);
}

/// A function with no closure of its own has no boundary, so the closure's own function answers.
#[test]
fn a_closure_handed_to_a_protected_function_without_a_boundary_is_answered_by_its_own() {
    #[checked_arithmetic]
    fn apply(f: &dyn Fn(u8) -> u8, x: u8) -> Result<u8, Violation> {
        Ok(f(x) * 2)
    }
    #[checked_arithmetic(or(return 77))]
    fn outer(x: u8) -> u8 {
        apply(&|x| x + 100, x).unwrap_or(1)
    }
    assert_eq!(outer(0), 200);
    assert_eq!(outer(100), 1, "of `apply` itself");
    assert_eq!(outer(156), 77);
}

#[test]
fn through_functions_that_are_not_protected() {
    fn plain(f: impl Fn(u8) -> u8, x: u8) -> u8 {
        let once = || f(x);
        once().wrapping_add(1)
    }
    #[checked_arithmetic]
    fn outer(x: u8) -> Result<u8, Violation> {
        Ok(plain(|x| plain(|x| x + 1, x), x))
    }
    assert_eq!(outer(1).unwrap(), 4);
    assert_eq!(code(outer(255)), "arithmetic.overflow");
}

#[test]
fn two_functions_that_call_each_other() {
    #[checked_arithmetic]
    fn even(n: u8, sum: u8) -> Result<u8, Violation> {
        let next = |n: u8| n - 1;
        if n == 0 { Ok(sum) } else { odd(next(n), sum).or_else(|_| Ok(sum)) }
    }
    #[zero_trust]
    fn odd(#[check(range(max = 9))] n: u8, #[check(range(max = 254))] sum: u8) -> Result<u8, Violation> {
        let next = |sum: u8| sum + 100;
        even(n - std::hint::black_box(1_u8), next(sum))
    }
    assert_eq!(even(2, 1).unwrap(), 101);
    assert_eq!(even(6, 1).unwrap(), 201, "the innermost refusal is answered where it is answered");
    assert_eq!(code(odd(1, 200)), "arithmetic.overflow");
}

#[test]
fn a_nested_fn_is_another_function_with_its_own_attribute_or_none() {
    #[checked_arithmetic]
    fn outer(x: u8) -> Result<u8, Violation> {
        fn plain(x: u8) -> u8 {
            x.wrapping_add(1)
        }
        #[checked_arithmetic(or(return 9))]
        fn protected(x: u8) -> u8 {
            [x].map(|x| x + 1)[0]
        }
        Ok([x].map(|x| plain(x) + protected(x))[0])
    }
    assert_eq!(outer(1).unwrap(), 4);
    assert_eq!(outer(255).unwrap(), 9);
    assert_eq!(code(outer(127)), "arithmetic.overflow");
}
