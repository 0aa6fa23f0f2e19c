//! A boundary for violations alone: panics pass as they are, and a violation is no panic to anyone who listens for them.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind, set_hook, take_hook};
use std::sync::Once;

use portcullis::{Violation, checked_arithmetic, zero_trust};

use crate::common::{code, panic_of, run};

thread_local! {
    /// The panics of this thread that the hook has heard of.
    static HEARD: Cell<u32> = const { Cell::new(0) };
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            HEARD.set(HEARD.get() + 1);
            before(info);
        }));
    });
}

#[checked_arithmetic]
fn protected(v: &[u8], last: impl FnOnce() -> u8) -> Result<u8, Violation> {
    let sum = v.iter().fold(0, |sum, x| sum + x);
    Ok([last()].map(|x| x + sum)[0])
}

#[checked_arithmetic]
async fn later(v: &[u8], last: impl FnOnce() -> u8) -> Result<u8, Violation> {
    crate::common::Later::default().await;
    let sum = v.iter().fold(0, |sum, x| sum + x);
    Ok([last()].map(|x| x + sum)[0])
}

#[test]
fn the_panic_hook_does_not_hear_of_a_violation() {
    #[zero_trust]
    fn all(#[check(length(max = 9))] v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    listen();
    let before = HEARD.get();
    assert_eq!(code(protected(&[255, 1], || 0)), "arithmetic.overflow");
    assert_eq!(code(run(later(&[255, 1], || 0))), "arithmetic.overflow");
    assert_eq!(code(all(&[255, 1])), "arithmetic.overflow");
    assert_eq!(HEARD.get(), before);
    panic_of(|| protected(&[1], || panic!("heard")));
    assert_eq!(HEARD.get(), before + 1, "the hook does listen, and once");
}

#[derive(Debug, PartialEq)]
struct Own(u32);

#[test]
fn a_panic_of_the_users_own_passes_with_its_payload() {
    let payload = catch_unwind(AssertUnwindSafe(|| protected(&[1], || panic_any(Own(7))))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&Own(7)));
    let payload = catch_unwind(AssertUnwindSafe(|| run(later(&[1], || panic_any(Own(8)))))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&Own(8)));
    assert_eq!(panic_of(|| protected(&[1], || panic!("a literal"))), "a literal");
    assert_eq!(panic_of(|| protected(&[1], || panic!("a {}", "text"))), "a text");
    assert_eq!(protected(&[1], || 2).unwrap(), 3);
}

#[test]
fn a_silent_unwind_of_the_users_own_passes_too() {
    listen();
    let before = HEARD.get();
    let payload = catch_unwind(AssertUnwindSafe(|| protected(&[1], || resume_unwind(Box::new(Own(9)))))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&Own(9)));
    assert_eq!(HEARD.get(), before);
}

/// It is an unwinding, and `catch_unwind` sees all of those.
#[test]
fn a_catch_unwind_in_between_sees_the_violation_and_may_pass_it_on() {
    #[checked_arithmetic]
    fn passing(v: &[u8]) -> Result<u8, Violation> {
        match catch_unwind(AssertUnwindSafe(|| v.iter().fold(0, |sum, x| sum + x))) {
            Ok(sum) => Ok(sum),
            Err(payload) => resume_unwind(payload),
        }
    }
    #[checked_arithmetic]
    fn keeping(v: &[u8]) -> Result<u8, Violation> {
        let sum = catch_unwind(AssertUnwindSafe(|| v.iter().fold(0, |sum, x| sum + x)));
        sum.or_else(|payload| match payload.downcast::<Violation>() {
            Ok(violation) => Ok(violation.code().len() as u8),
            Err(other) => resume_unwind(other),
        })
    }
    assert_eq!(passing(&[1, 2]).unwrap(), 3);
    assert_eq!(code(passing(&[255, 2])), "arithmetic.overflow");
    assert_eq!(keeping(&[1, 2]).unwrap(), 3);
    assert_eq!(keeping(&[255, 2]).unwrap(), 19);
}

#[test]
fn a_panic_inside_does_not_leave_the_thread_thinking_that_a_boundary_is_around() {
    #[checked_arithmetic]
    fn adder() -> Result<impl Fn(u8) -> u8, Violation> {
        Ok(|x| x + 1)
    }
    let add = adder().unwrap();
    for _ in 0..3 {
        panic_of(|| protected(&[1], || panic!("inside")));
        assert_eq!(code(protected(&[255, 1], || 0)), "arithmetic.overflow");
        assert!(panic_of(|| add(255)).starts_with("portcullis: "), "aloud, for no boundary is around");
    }
}

#[test]
fn under_zero_trust_both_are_refusals_and_told_apart() {
    #[zero_trust]
    fn all(
        #[check(length(max = 9))] v: &[u8],
        #[trusted(reason = "of the test")] panics: bool,
    ) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| if panics { panic!("inside") } else { sum + x }))
    }
    assert_eq!(all(&[1, 2], false).unwrap(), 3);
    assert_eq!(code(all(&[255, 2], false)), "arithmetic.overflow");
    assert_eq!(code(all(&[255, 2], true)), "panic");
}
