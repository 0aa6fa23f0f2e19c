//! What the observer hears. There is one for the process, so all of it is one test.

use std::cell::RefCell;

use portcullis::{Event, Violation, bounded_recursion, catch_panic, set_observer, zero_trust};

thread_local! {
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn observe(event: &Event<'_>) {
    let Event::Refused(violation) = event else { return };
    let function = violation.internal().function();
    if !function.contains("::observer::") {
        return;
    }
    HEARD
        .with_borrow_mut(|heard| heard.push(format!("{} {}", violation.code(), function.rsplit("::").next().unwrap())));
    // What it does itself is not observed, and where it panics the refusal goes on.
    let _ = outer(0);
    assert_ne!(violation.code(), "panic", "the observer's own");
}

fn heard() -> Vec<String> {
    HEARD.with_borrow_mut(std::mem::take)
}

#[zero_trust]
fn inner(#[check(range(min = 1, max = 9))] secs: u32) -> Result<u32, Violation> {
    Ok(secs)
}

#[zero_trust]
fn outer(#[trusted(reason = "handed on to a function that checks it")] secs: u32) -> Result<u32, Violation> {
    inner(secs)
}

#[bounded_recursion(max = 3)]
fn down(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(0) } else { Ok(down(left - 1)? + 1) }
}

#[catch_panic]
fn panics() -> Result<u32, Violation> {
    panic!("for the test")
}

#[zero_trust]
fn in_a_closure(#[check(range(max = 9))] secs: u8) -> Result<u8, Violation> {
    let add = |by: u8| secs + by;
    Ok(add(u8::MAX))
}

#[bounded_recursion(max = 2)]
async fn later(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(0) } else { Box::pin(later(left - 1)).await }
}

#[test]
fn each_refusal_is_heard_once_from_the_function_that_refuses() {
    set_observer(observe).unwrap();
    assert!(set_observer(|_| ()).unwrap_err().to_string().contains("already"));

    assert!(outer(3).is_ok());
    assert_eq!(heard(), [""; 0]);
    assert_eq!(outer(0).unwrap_err().code(), "input.range");
    assert_eq!(heard(), ["input.range inner"]);
    assert!(down(9).is_err());
    assert_eq!(heard(), ["recursion.depth down"]);
    assert_eq!(panics().unwrap_err().code(), "panic");
    assert_eq!(heard(), ["panic panics"]);
    assert_eq!(in_a_closure(1).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!(heard(), ["arithmetic.overflow in_a_closure"]);
    assert!(crate::run(later(5)).is_err());
    assert_eq!(heard(), ["recursion.depth later"]);
}
