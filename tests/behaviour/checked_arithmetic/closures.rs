//! Closures, whose parameter types often become known late.

use std::rc::Rc;

use portcullis::{Violation, checked_arithmetic};

use super::panic_of;

#[test]
fn map_and_sum() {
    twin! { fn plain, protected(v: &[u32]) -> u32 { v.iter().map(|x| x * 2 + 1).sum() } }
    assert_eq!(plain(&[1, 2]), protected(&[1, 2]));
}

#[test]
fn fold_from_a_literal() {
    twin! { fn plain, protected(v: &[u64]) -> u64 { v.iter().fold(0, |sum, x| sum * 31 + x) } }
    assert_eq!(plain(&[1, 2, 3]), protected(&[1, 2, 3]));
}

#[test]
fn reduce() {
    twin! { fn plain, protected(v: &[i16]) -> Option<i16> { v.iter().copied().reduce(|a, b| a - b) } }
    assert_eq!(plain(&[9, 2, 3]), protected(&[9, 2, 3]));
}

#[test]
fn sort_by_key() {
    twin! {
        fn plain, protected(v: &mut [(i32, i32)]) {
            v.sort_by_key(|pair| -pair.0);
            v.sort_by(|a, b| (a.1 - b.1).cmp(&0));
        }
    }
    let (mut v, mut w) = ([(1, 5), (3, 2), (2, 2)], [(1, 5), (3, 2), (2, 2)]);
    plain(&mut v);
    protected(&mut w);
    assert_eq!(v, w);
}

#[test]
fn for_each_into_a_captured_variable() {
    twin! {
        fn plain, protected(v: &[u8]) -> u8 {
            let mut t = 0;
            v.iter().for_each(|x| t += x);
            v.iter().for_each(|&x| t -= x / 2);
            t
        }
    }
    assert_eq!(plain(&[1, 2, 3]), protected(&[1, 2, 3]));
}

#[test]
fn scan_try_fold_windows_and_zip() {
    twin! {
        fn plain, protected(v: &[i32]) -> (Vec<i32>, Option<i32>, i32, i32) {
            let running = v.iter().scan(0, |sum, x| {
                *sum += x;
                Some(*sum)
            });
            let total = v.iter().try_fold(1_i32, |product, x| Some(product * x));
            let steps = v.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
            (running.collect(), total, steps, v.iter().zip(v).map(|(a, b)| a * b).sum())
        }
    }
    assert_eq!(plain(&[1, 5, 2]), protected(&[1, 5, 2]));
}

#[test]
fn an_untyped_closure_used_with_integers() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> u16 {
        let g = |a, b| a + b;
        let shift = |a, by| a << by;
        let [negative] = [3_i16].map(|a| -a);
        g(shift(1_u16, 4_u8), 2) + negative.unsigned_abs()
    }
    assert_eq!(protected(), 21);
}

#[test]
fn an_untyped_closure_used_with_references() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8, y: u8) -> u8 {
        let g = |a, b| a * b;
        g(&x, &y)
    }
    assert_eq!(protected(3, 4), 12);
}

#[test]
fn an_untyped_closure_used_with_floats() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: f32) -> f32 {
        let g = |a, b| a * b - a;
        -g(x, 2.5)
    }
    assert_eq!(protected(2.0).to_bits(), (-3.0_f32).to_bits());
}

#[test]
fn a_typed_closure_used_with_strings() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> String {
        let join = |a: String, b: &str| a + b;
        ["b", "c"].iter().fold("a".to_owned(), |text, next| text + next) + &join("d".to_owned(), "e")
    }
    assert_eq!(protected(), "abcde");
}

#[test]
fn a_closure_with_a_return_type_and_question_marks() {
    #[checked_arithmetic]
    fn protected(text: &str) -> Result<u32, Violation> {
        let parse = |text: &str| -> Result<u32, std::num::ParseIntError> { Ok(text.parse::<u32>()? + 1) };
        Ok(parse(text).unwrap_or(7) * 2)
    }
    assert_eq!((protected("4").unwrap(), protected("x").unwrap()), (10, 14));
}

#[test]
fn a_closure_that_moves_and_one_inside_another() {
    #[checked_arithmetic(or(panic))]
    fn protected(start: u32) -> impl FnMut(u32) -> u32 {
        let mut count = start;
        move |by| {
            let twice = |x: u32| x * 2;
            count += twice(by);
            count
        }
    }
    let mut next = protected(1);
    assert_eq!((next(1), next(2)), (3, 7));
    assert!(panic_of(move || next(u32::MAX / 2)).starts_with("portcullis: arithmetic.overflow: `+=` of u32 would be "));
}

#[test]
fn a_closure_captures_one_field_and_leaves_the_others() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut pair: (u8, String)) -> (u8, String) {
        let mut bump = || pair.0 += 1;
        pair.1.push('!');
        bump();
        (pair.0, pair.1)
    }
    assert_eq!(protected((1, "a".into())), (2, "a!".into()));
}

#[test]
fn a_boxed_and_a_shared_closure() {
    #[checked_arithmetic(or(panic))]
    fn protected(k: i32) -> i32 {
        let boxed: Box<dyn Fn(i32) -> i32> = Box::new(move |x| x * k + 1);
        let shared: Rc<dyn Fn(i32) -> i32> = Rc::new(|x| -x);
        let pointer: fn(i32) -> i32 = |x| x - 1;
        boxed(shared(pointer(3)))
    }
    assert_eq!(protected(10), -19);
}

#[test]
fn an_overflow_in_a_closure_is_returned_by_the_function() {
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    assert_eq!(protected(&[1, 2]).unwrap(), 3);
    let message = protected(&[200, 100]).unwrap_err().internal().to_string();
    assert!(message.starts_with("arithmetic.overflow: `+` of u8 would be 300 in "), "{message}");
    assert!(message.contains("closures.rs:"), "{message}");
}

#[test]
fn a_closure_whose_own_return_type_is_a_result_keeps_it() {
    #[checked_arithmetic]
    fn protected(text: &str) -> Result<u8, Violation> {
        let parse = |text: &str| -> Result<u8, std::num::ParseIntError> { Ok(text.parse::<u8>()? + 1) };
        Ok(parse(text).unwrap_or(0))
    }
    assert_eq!(protected("1").unwrap(), 2);
    assert_eq!(protected("x").unwrap(), 0);
    assert_eq!(protected("255").unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn an_overflow_in_an_untyped_closure_is_refused() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: i8) -> i8 {
        let g = |a, b| a * b;
        g(x, 2)
    }
    assert_eq!(protected(63), 126);
    assert!(panic_of(|| protected(64)).starts_with("portcullis: arithmetic.overflow: `*` of i8 in "));
}

#[test]
fn threads() {
    #[checked_arithmetic]
    fn protected(x: u32) -> Result<u32, Violation> {
        let spawned = std::thread::spawn(move || x * 2).join().unwrap_or(0);
        let mut total = x;
        std::thread::scope(|scope| {
            scope.spawn(|| total += 1);
        });
        Ok(spawned + total)
    }
    assert_eq!(protected(4).unwrap(), 13);
}

#[test]
fn an_untyped_closure_whose_result_only_fallback_types() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> String {
        let after = |a| 1 + a;
        let two = after(1);
        format!("{two}")
    }
    assert_eq!(protected(), "2");
}
