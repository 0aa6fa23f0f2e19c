//! A function that needs no boundary has none. `#[track_caller]` compiles, which it does not with one (PC0010), and a closure
//! of another function finds none around.

use std::panic::Location;

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::panic_of;

#[checked_arithmetic]
fn adder() -> Result<impl Fn(u8) -> u8, Violation> {
    Ok(|x| x + 1)
}

/// `name: attributes; body of a function of `f`, a closure that refuses, and `v`.
macro_rules! without {
    ($($name:ident: $(#[$attribute:meta])*; |$f:ident, $v:ident| $body:expr;)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute])*
            #[track_caller]
            fn protected($f: &dyn Fn(u8) -> u8, $v: &[u8]) -> Result<((&'static str, u32), u8), Violation> {
                let value = $body;
                let caller = Location::caller();
                Ok(((caller.file(), caller.line()), value))
            }
            let add = adder().unwrap();
            assert_eq!(protected(&add, &[1, 2]).unwrap(), ((file!(), line!()), 2));
            let message = panic_of(|| protected(&add, &[255, 2]));
            assert!(message.starts_with("portcullis: arithmetic.overflow: "), "{message}");
        }
    )*};
}

without! {
    operators_and_indices_in_straight_code: #[checked_arithmetic] #[checked_indexing]; |f, v| f(v[0]) * 1;
    a_nested_block_a_loop_and_a_match: #[checked_arithmetic]; |f, v| {
        let mut last = 0;
        'all: for x in v {
            match x { x if *x > 1 => { last = f(*x) - 1; break 'all } x => last = f(*x) + 0 }
            if last == 2 { break }
        }
        last
    };
    closures_without_a_check_in_them: #[checked_arithmetic] #[checked_indexing]; |f, v| v.iter().map(|x| f(*x)).next().unwrap_or(0) + 0;
    closures_whose_checks_panic: #[checked_arithmetic(or(panic))]; |f, v| v.iter().map(|x| f(*x) + 0).next().unwrap_or(0);
    closures_whose_values_are_made_to_fit: #[checked_arithmetic(or(wrap))]; |f, v| v.iter().map(|x| f(*x) + 0).next().unwrap_or(0);
    closures_of_a_nested_fn: #[checked_arithmetic]; |f, v| {
        fn first(v: &[u8]) -> u8 { v.iter().map(|x| x.wrapping_add(0)).next().unwrap_or(0) }
        f(first(v)) + 0
    };
    an_operator_of_literals_in_a_closure: #[checked_arithmetic]; |f, v| v.iter().take(1).map(|x| { let _ = 1 + 1; f(*x) }).max().unwrap_or(0);
    indices_in_closures_under_arithmetic_alone: #[checked_arithmetic]; |f, v| [0_usize].map(|at| f(v[at]))[0] + 0;
    operators_in_closures_under_indexing_alone: #[checked_indexing]; |f, v| { let first = v[0]; [0_u8].map(|n| f(first + n))[0] };
}

#[test]
fn one_with_a_boundary_answers_that_closure() {
    #[checked_arithmetic]
    fn protected(f: &dyn Fn(u8) -> u8, v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().map(|x| f(*x) + 0).next().unwrap_or(0))
    }
    let add = adder().unwrap();
    assert_eq!(protected(&add, &[255]).unwrap_err().code(), "arithmetic.overflow");
}
