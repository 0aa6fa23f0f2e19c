//! The attributes one by one on one function: each order behaves as each attribute alone.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::struct_excessive_bools,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

use portcullis::{Violation, bounded_recursion, catch_panic, checked_arithmetic, checked_indexing, validated_input};

use crate::common::{Later, code, panic_of, run};

/// Which protections stand on the function.
#[derive(Clone, Copy)]
struct On {
    recursion: bool,
    arithmetic: bool,
    validation: bool,
    boundary: bool,
}

const NONE: On = On { recursion: false, arithmetic: false, validation: false, boundary: false };
const ALL: On = On { recursion: true, arithmetic: true, validation: true, boundary: true };

type Function = fn(u8, u8, &str) -> Result<u8, Violation>;

/// What each protection has to do, wherever it stands, and what the function does where it does not.
#[track_caller]
fn ensure(function: Function, on: On) {
    let served = || assert_eq!(function(2, 2, "ab").unwrap(), 104);
    for _ in 0..2 {
        served();
        if on.recursion {
            assert_eq!(code(function(3, 2, "ab")), "recursion.depth");
        } else {
            assert_eq!(function(9, 2, "ab").unwrap(), 111);
        }
        served();
        if on.arithmetic {
            assert_eq!(code(function(0, 200, "ab")), "arithmetic.overflow");
            assert_eq!(code(function(2, 200, "ab")), "arithmetic.overflow");
        } else {
            assert_eq!(function(0, 200, "ab").unwrap(), 44);
        }
        served();
        if on.validation {
            let refused = function(2, 2, "abcd").unwrap_err();
            assert_eq!(refused.code(), "input.length");
            assert_eq!(refused.fields().len(), 1);
        } else {
            assert_eq!(function(2, 2, "abcd").unwrap(), 104);
        }
        served();
        if on.boundary {
            assert_eq!(code(function(0, 0, "ab")), "panic");
            assert_eq!(code(function(2, 0, "ab")), "panic");
        } else {
            assert_eq!(panic_of(|| function(2, 0, "ab")), "nothing");
        }
        served();
    }
}

/// `name: attributes, outermost first; what they protect`. The rules stand there for the orders with validation in them.
macro_rules! orders {
    (with ($deeper:meta) ($number:meta) ($text:meta): $($name:ident: $($attribute:ident $(($($key:tt)*))?)*; $on:expr)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute $(($($key)*))?])*
            fn function(
                #[$deeper] deeper: u8,
                #[$number] mut number: u8,
                #[$text] name: &str,
            ) -> Result<u8, Violation> {
                if deeper > 0 {
                    return Ok(function(deeper - 1, number, name)? + 1);
                }
                assert!(number > 0, "nothing");
                number += 100;
                Ok(number)
            }
            ensure(function, $on);
        }
    )*};
}

// Not a rule, and always true: the place where the other orders have one.
orders! { with (cfg(all())) (cfg(all())) (cfg(all())):
    recursion: bounded_recursion(max = 3); On { recursion: true, ..NONE }
    arithmetic: checked_arithmetic; On { arithmetic: true, ..NONE }
    boundary: catch_panic; On { boundary: true, ..NONE }
    recursion_arithmetic: bounded_recursion(max = 3) checked_arithmetic; On { recursion: true, arithmetic: true, ..NONE }
    recursion_boundary: bounded_recursion(max = 3) catch_panic; On { recursion: true, boundary: true, ..NONE }
    arithmetic_recursion: checked_arithmetic bounded_recursion(max = 3); On { arithmetic: true, recursion: true, ..NONE }
    arithmetic_boundary: checked_arithmetic catch_panic; On { arithmetic: true, boundary: true, ..NONE }
    boundary_recursion: catch_panic bounded_recursion(max = 3); On { boundary: true, recursion: true, ..NONE }
    boundary_arithmetic: catch_panic checked_arithmetic; On { boundary: true, arithmetic: true, ..NONE }
}

orders! { with (check(range(max = 100))) (trusted(reason = "the test's own")) (check(length(max = 3))):
    validation: validated_input; On { validation: true, ..NONE }
    recursion_validation: bounded_recursion(max = 3) validated_input; On { recursion: true, validation: true, ..NONE }
    arithmetic_validation: checked_arithmetic validated_input; On { arithmetic: true, validation: true, ..NONE }
    validation_recursion: validated_input bounded_recursion(max = 3); On { validation: true, recursion: true, ..NONE }
    validation_arithmetic: validated_input checked_arithmetic; On { validation: true, arithmetic: true, ..NONE }
    validation_boundary: validated_input catch_panic; On { validation: true, boundary: true, ..NONE }
    boundary_validation: catch_panic validated_input; On { boundary: true, validation: true, ..NONE }
}

orders! { with (check(range(max = 100))) (trusted(reason = "the test's own")) (check(length(max = 3))):
    recursion_arithmetic_validation_boundary: bounded_recursion(max = 3) checked_arithmetic validated_input catch_panic; ALL
    recursion_arithmetic_boundary_validation: bounded_recursion(max = 3) checked_arithmetic catch_panic validated_input; ALL
    recursion_validation_arithmetic_boundary: bounded_recursion(max = 3) validated_input checked_arithmetic catch_panic; ALL
    recursion_validation_boundary_arithmetic: bounded_recursion(max = 3) validated_input catch_panic checked_arithmetic; ALL
    recursion_boundary_arithmetic_validation: bounded_recursion(max = 3) catch_panic checked_arithmetic validated_input; ALL
    recursion_boundary_validation_arithmetic: bounded_recursion(max = 3) catch_panic validated_input checked_arithmetic; ALL
    arithmetic_recursion_validation_boundary: checked_arithmetic bounded_recursion(max = 3) validated_input catch_panic; ALL
    arithmetic_recursion_boundary_validation: checked_arithmetic bounded_recursion(max = 3) catch_panic validated_input; ALL
    arithmetic_validation_recursion_boundary: checked_arithmetic validated_input bounded_recursion(max = 3) catch_panic; ALL
    arithmetic_validation_boundary_recursion: checked_arithmetic validated_input catch_panic bounded_recursion(max = 3); ALL
    arithmetic_boundary_recursion_validation: checked_arithmetic catch_panic bounded_recursion(max = 3) validated_input; ALL
    arithmetic_boundary_validation_recursion: checked_arithmetic catch_panic validated_input bounded_recursion(max = 3); ALL
    validation_recursion_arithmetic_boundary: validated_input bounded_recursion(max = 3) checked_arithmetic catch_panic; ALL
    validation_recursion_boundary_arithmetic: validated_input bounded_recursion(max = 3) catch_panic checked_arithmetic; ALL
    validation_arithmetic_recursion_boundary: validated_input checked_arithmetic bounded_recursion(max = 3) catch_panic; ALL
    validation_arithmetic_boundary_recursion: validated_input checked_arithmetic catch_panic bounded_recursion(max = 3); ALL
    validation_boundary_recursion_arithmetic: validated_input catch_panic bounded_recursion(max = 3) checked_arithmetic; ALL
    validation_boundary_arithmetic_recursion: validated_input catch_panic checked_arithmetic bounded_recursion(max = 3); ALL
    boundary_recursion_arithmetic_validation: catch_panic bounded_recursion(max = 3) checked_arithmetic validated_input; ALL
    boundary_recursion_validation_arithmetic: catch_panic bounded_recursion(max = 3) validated_input checked_arithmetic; ALL
    boundary_arithmetic_recursion_validation: catch_panic checked_arithmetic bounded_recursion(max = 3) validated_input; ALL
    boundary_arithmetic_validation_recursion: catch_panic checked_arithmetic validated_input bounded_recursion(max = 3); ALL
    boundary_validation_recursion_arithmetic: catch_panic validated_input bounded_recursion(max = 3) checked_arithmetic; ALL
    boundary_validation_arithmetic_recursion: catch_panic validated_input checked_arithmetic bounded_recursion(max = 3); ALL
}

/// A future has no recursion bound.
macro_rules! later {
    ($($name:ident: $($attribute:ident)*;)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute])*
            async fn function(#[check(range(max = 200))] mut number: u8) -> Result<u8, Violation> {
                Later::default().await;
                assert!(number > 0, "nothing");
                number += 100;
                Ok(number)
            }
            for _ in 0..2 {
                assert_eq!(run(function(155)).unwrap(), 255);
                assert_eq!(code(run(function(201))), "input.range");
                assert_eq!(code(run(function(156))), "arithmetic.overflow");
                assert_eq!(code(run(function(0))), "panic");
            }
        }
    )*};
}
later! {
    later_arithmetic_validation_boundary: checked_arithmetic validated_input catch_panic;
    later_arithmetic_boundary_validation: checked_arithmetic catch_panic validated_input;
    later_validation_arithmetic_boundary: validated_input checked_arithmetic catch_panic;
    later_validation_boundary_arithmetic: validated_input catch_panic checked_arithmetic;
    later_boundary_arithmetic_validation: catch_panic checked_arithmetic validated_input;
    later_boundary_validation_arithmetic: catch_panic validated_input checked_arithmetic;
}

/// The attribute that is written last is expanded last, so what it adds stands outside.
#[test]
fn the_last_attribute_is_the_outermost_code() {
    #[checked_arithmetic(or(return Ok(0)))]
    #[catch_panic]
    #[validated_input(or(panic))]
    fn outside(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
    #[validated_input(or(panic))]
    #[catch_panic]
    fn inside(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
    assert!(panic_of(|| outside(201)).starts_with("portcullis: input.range"));
    assert_eq!(code(outside(0)), "panic");
    assert_eq!([outside(200).unwrap(), outside(1).unwrap()], [0, 101]);
    assert_eq!(code(inside(201)), "panic");
    assert_eq!(inside(200).unwrap(), 200);
}

/// Whichever of the two boundaries is the inner one.
#[test]
fn a_closure_under_single_attributes_keeps_its_violation() {
    #[catch_panic]
    #[checked_arithmetic]
    fn outside(number: u8) -> Result<u8, Violation> {
        Ok([number].iter().map(|number| number + 100).sum())
    }
    #[checked_arithmetic]
    #[catch_panic]
    fn inside(number: u8) -> Result<u8, Violation> {
        Ok([number].iter().map(|number| number + 100).sum())
    }
    for function in [outside, inside] {
        assert_eq!(function(200).unwrap_err().code(), "arithmetic.overflow");
        assert_eq!(function(155).unwrap(), 255);
    }
}

/// What one of the two declares at the top of the body must not hide from the other that the first has been there.
#[test]
fn arithmetic_and_indices_in_both_orders() {
    #[checked_arithmetic]
    #[checked_indexing]
    fn arithmetic_first(rows: &[[u8; 2]], i: usize, j: usize) -> Result<u8, Violation> {
        Ok(rows[i + 1][j * 2] + rows[i][j])
    }
    #[checked_indexing]
    #[checked_arithmetic]
    fn indices_first(rows: &[[u8; 2]], i: usize, j: usize) -> Result<u8, Violation> {
        Ok(rows[i + 1][j * 2] + rows[i][j])
    }
    let rows = [[1, 2], [3, 255]];
    for protected in [arithmetic_first, indices_first] {
        assert_eq!(protected(&rows, 0, 0).unwrap(), 4);
        for (i, j, code) in [
            (1, 0, "index.bounds"),
            (0, 1, "index.bounds"),
            (usize::MAX, 0, "arithmetic.overflow"),
            (0, usize::MAX, "arithmetic.overflow"),
        ] {
            assert_eq!(protected(&rows, i, j).unwrap_err().code(), code);
        }
    }
}
