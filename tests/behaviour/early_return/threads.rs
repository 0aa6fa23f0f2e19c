//! An unwinding ends with its thread: what a thread of the function's own refuses is a panic there, with its message.

use std::thread;

use portcullis::{Violation, checked_arithmetic, zero_trust};

use crate::common::{code, panic_of, text};

#[test]
fn a_joined_thread_hands_over_a_panic_with_a_message() {
    #[checked_arithmetic]
    fn protected(x: u8) -> Result<Result<u8, String>, Violation> {
        let joined = thread::spawn(move || x + 1).join();
        Ok(joined.map_err(|payload| text(&*payload)))
    }
    assert_eq!(protected(1).unwrap(), Ok(2));
    let message = protected(255).unwrap().unwrap_err();
    assert!(message.starts_with("portcullis: arithmetic.overflow: `+` of u8 would be 256 in "), "{message}");
}

#[test]
fn of_a_scope_the_joined_one_may_be_looked_at_and_another_is_the_scopes_panic() {
    #[checked_arithmetic]
    fn joined(v: &[u8]) -> Result<u8, Violation> {
        let refused = |_| Violation::field("v", "sum", "is too much");
        thread::scope(|scope| scope.spawn(|| v.iter().fold(0, |sum, x| sum + x)).join()).map_err(refused)
    }
    #[checked_arithmetic]
    fn unjoined(v: &[u8]) -> Result<(), Violation> {
        thread::scope(|scope| {
            scope.spawn(|| v.iter().fold(0, |sum, x| sum + x));
        });
        Ok(())
    }
    assert_eq!(joined(&[1, 2]).unwrap(), 3);
    assert_eq!(code(joined(&[255, 2])), "input.custom");
    unjoined(&[1, 2]).unwrap();
    assert_eq!(panic_of(|| unjoined(&[255, 2])), "a scoped thread panicked");
}

#[test]
fn under_zero_trust_the_scopes_panic_is_a_refusal() {
    #[zero_trust]
    fn protected(#[check(length(max = 9))] v: &[u8]) -> Result<(), Violation> {
        thread::scope(|scope| {
            scope.spawn(|| v.iter().fold(0, |sum, x| sum + x));
        });
        Ok(())
    }
    protected(&[1, 2]).unwrap();
    assert_eq!(code(protected(&[255, 2])), "panic");
}

#[test]
fn a_protected_function_that_the_thread_calls_has_its_own_boundary() {
    #[checked_arithmetic]
    fn inner(v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    #[checked_arithmetic]
    fn outer(v: &[u8]) -> Result<u8, Violation> {
        let sum = thread::scope(|scope| scope.spawn(|| inner(v)).join().unwrap())?;
        Ok([sum].map(|sum| sum + 1)[0])
    }
    assert_eq!(outer(&[1, 2]).unwrap(), 4);
    assert!(outer(&[255, 2]).unwrap_err().internal().function().ends_with("::inner"));
    assert!(outer(&[255]).unwrap_err().internal().function().ends_with("::outer"));
}

#[test]
fn threads_know_nothing_of_each_others_boundaries() {
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    thread::scope(|scope| {
        let threads: Vec<_> = (0_u8..4)
            .map(|n| {
                scope.spawn(move || {
                    (0..200).all(|_| {
                        protected(&[n, 1]).unwrap() == n + 1 && code(protected(&[255, n, 1])) == "arithmetic.overflow"
                    })
                })
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    });
}
