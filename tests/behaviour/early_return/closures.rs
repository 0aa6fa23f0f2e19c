//! A closure of the function, wherever it stands and whoever calls it.

use std::collections::BTreeMap;

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::code;

#[test]
fn closures_inside_closures() {
    #[checked_arithmetic]
    fn protected(rows: &[&[u8]]) -> Result<u8, Violation> {
        let total = rows.iter().map(|row| {
            let add = |sum: u8, x: &u8| {
                let one = || sum + x;
                one()
            };
            row.iter().fold(0, add)
        });
        Ok(total.max().unwrap_or(0))
    }
    assert_eq!(protected(&[&[1, 2], &[4]]).unwrap(), 4);
    assert_eq!(code(protected(&[&[1, 2], &[255, 1]])), "arithmetic.overflow");
    assert_eq!(protected(&[]).unwrap(), 0);
}

macro_rules! adaptors {
    ($($name:ident: $good:expr, $bad:expr => |$v:ident| $body:expr;)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            #[checked_indexing]
            fn protected($v: &[u8]) -> Result<usize, Violation> {
                Ok($body)
            }
            for _ in 0..2 {
                assert!(protected(&$good).is_ok());
                let refused = protected(&$bad).unwrap_err();
                assert!(["arithmetic.overflow", "index.bounds"].contains(&refused.code()), "{}", refused.code());
                assert!(refused.internal().function().ends_with("::protected"));
            }
        }
    )*};
}

// The last element is the one that cannot be added to, or leads out of the list.
adaptors! {
    in_filter: [1, 2], [1, 255] => |v| v.iter().filter(|x| **x + 1 > 2).count();
    in_find_and_position: [1, 2], [1, 255] => |v| v.iter().position(|x| x + 1 == 9).unwrap_or(0) + v.iter().find(|x| **x > 9).map_or(0, |_| 1);
    in_flat_map: [1, 2], [1, 255] => |v| v.iter().flat_map(|x| [*x, x + 1]).count();
    in_take_while_and_skip_while: [1, 2], [1, 255] => |v| v.iter().skip_while(|x| **x < 2).take_while(|x| **x + 1 > 0).count();
    in_map_while_and_scan: [1, 2], [1, 255] => |v| v.iter().map_while(|x| Some(x + 1)).scan(0_usize, |n, _| { *n += 1; Some(*n) }).sum();
    in_any_and_all: [1, 2], [1, 255] => |v| usize::from(v.iter().any(|x| x + 1 == 0) || v.iter().all(|x| *x > 1));
    in_sort_by: [1, 2], [1, 255] => |v| { let mut v = v.to_vec(); v.sort_by(|a, b| (a + 1).cmp(&(b + 1))); v.len() };
    in_retain: [1, 2], [1, 255] => |v| { let mut v = v.to_vec(); v.retain(|x| x + 1 > 2); v.len() };
    in_binary_search_by: [1, 2], [255, 255] => |v| v.binary_search_by(|x| (x + 1).cmp(&3)).unwrap_or(0);
    in_an_entry: [1, 2], [1, 255] => |v| { let mut seen = BTreeMap::new(); for x in v { seen.entry(x / 2).and_modify(|n| *n += x).or_insert_with(|| x + 1); } seen.len() };
    in_the_adaptors_of_option_and_result: [1, 2], [1, 255] => |v| v.last().copied().map(|x| x + 1).ok_or(()).and_then(|x| Ok::<_, ()>(usize::from(x))).unwrap_or(0);
    in_from_fn_and_successors: [1, 2], [1, 255] => |v| std::iter::successors(v.last().copied(), |x| if *x == 9 { None } else { Some(x + 1) }).count();
    in_a_lookup_inside_an_adaptor: [1, 0], [1, 2] => |v| v.iter().map(|at| usize::from(v[usize::from(*at)])).sum();
    in_a_function_of_std_that_calls_once: [1, 2], [1, 255] => |v| usize::from(std::array::from_fn::<u8, 2, _>(|n| v[n] + 1)[1]);
}

#[test]
fn a_closure_through_dyn_fn_mut_a_pointer_and_a_generic_parameter() {
    fn by_dyn(each: &mut dyn FnMut(u8), v: &[u8]) {
        v.iter().for_each(|x| each(*x));
    }
    fn by_generic<F: FnOnce(u8) -> u8>(each: F, x: u8) -> u8 {
        each(x)
    }
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<u8, Violation> {
        let mut sum = 0;
        by_dyn(&mut |x| sum += x, v);
        let next: fn(u8) -> u8 = |x| x + 1;
        Ok(by_generic(|x| next(x) * 2, sum))
    }
    assert_eq!(protected(&[1, 2]).unwrap(), 8);
    for v in [&[255, 1][..], &[255], &[127]] {
        assert_eq!(code(protected(v)), "arithmetic.overflow");
    }
}

#[test]
fn the_functions_own_dyn_fn_mut_parameter_may_hold_a_checked_closure_too() {
    #[checked_arithmetic]
    fn protected(each: &mut dyn FnMut(u8) -> u8, v: &[u8]) -> Result<Vec<u8>, Violation> {
        Ok(v.iter().map(|x| each(*x) + 1).collect())
    }
    let mut calls = 0;
    let mut each = |x: u8| {
        calls += 1;
        x
    };
    assert_eq!(protected(&mut each, &[1, 2]).unwrap(), [2, 3]);
    assert_eq!(code(protected(&mut each, &[255, 2])), "arithmetic.overflow");
    assert_eq!(calls, 3, "nothing after the refusal ran");
}

#[derive(Debug, PartialEq)]
struct NotANumber;

#[test]
fn a_closure_with_a_written_result_keeps_its_type_and_its_violation_is_the_functions() {
    #[checked_arithmetic]
    fn protected(v: &[Option<u8>]) -> Result<Result<u8, NotANumber>, Violation> {
        let next = |x: &Option<u8>| -> Result<u8, NotANumber> { Ok(x.ok_or(NotANumber)? + 1) };
        let all: Result<Vec<u8>, NotANumber> = v.iter().map(next).collect();
        Ok(all.map(|v| v.len() as u8))
    }
    assert_eq!(protected(&[Some(1), Some(2)]).unwrap(), Ok(2));
    assert_eq!(protected(&[Some(1), None]).unwrap(), Err(NotANumber));
    assert_eq!(code(protected(&[Some(255), None])), "arithmetic.overflow");
}

/// Also where its error could hold one: that a closure swallows errors is no reason for the violation to be among them.
#[test]
fn a_closure_that_could_carry_the_violation_itself_does_not_swallow_it() {
    #[checked_arithmetic]
    fn protected(x: u8) -> Result<u8, Violation> {
        let next = |x: u8| -> Result<u8, Violation> {
            if x == 7 { Err(Violation::field("x", "seven", "is 7")) } else { Ok(x + 1) }
        };
        Ok(next(x).unwrap_or(0))
    }
    assert_eq!([1, 7].map(|x| protected(x).unwrap()), [2, 0]);
    assert_eq!(code(protected(255)), "arithmetic.overflow");
}

#[test]
fn or_return_is_the_functions_and_sees_the_parameters_and_the_violation() {
    #[checked_arithmetic(or(return (id, violation.code())))]
    fn protected(id: u32, v: &[u8]) -> (u32, &'static str) {
        v.iter().fold(0, |sum, x| sum + x);
        (id, "fine")
    }
    assert_eq!(protected(7, &[1]), (7, "fine"));
    assert_eq!(protected(8, &[255, 1]), (8, "arithmetic.overflow"));
}

#[test]
fn or_panic_saturate_and_wrap_stay_inside_the_closure() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(v: &[u8]) -> Vec<u8> {
        v.iter().map(|x| x + 1).collect()
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(v: &[u8]) -> Vec<u8> {
        v.iter().map(|x| x + 1).collect()
    }
    #[checked_arithmetic(or(panic))]
    fn panicking(v: &[u8]) -> Vec<u8> {
        v.iter().map(|x| x + 1).collect()
    }
    assert_eq!(saturating(&[1, 255]), [2, 255]);
    assert_eq!(wrapping(&[1, 255]), [2, 0]);
    let message = crate::common::panic_of(|| panicking(&[1, 255]));
    assert!(message.starts_with("portcullis: arithmetic.overflow: "), "{message}");
}
