//! Each protection refuses in one function, and the function serves again after it.

use portcullis::{Kind, Violation, zero_trust};

use crate::common::{Later, run};

/// What a call asks the handler to do wrong.
#[derive(Clone, Copy, Default)]
struct Ask {
    secs: i32,
    deeper: u32,
    panics: bool,
    in_closure: bool,
}

const GOOD: Ask = Ask { secs: 2, deeper: 0, panics: false, in_closure: false };

#[zero_trust]
fn handle(
    #[check(range(min = 1, max = 86_400))] secs: i32,
    #[check(range(max = 100))] deeper: u32,
    panics: bool,
    in_closure: bool,
) -> Result<i32, Violation> {
    assert!(!panics, "asked for");
    if deeper > 0 {
        return handle(secs, deeper - 1, panics, in_closure);
    }
    if in_closure {
        return Ok([1, 2, 3].iter().map(|weight| weight * secs * 1_000_000).sum());
    }
    Ok(secs * std::hint::black_box(1_000_000_i32))
}

#[zero_trust]
async fn handle_later(
    #[check(range(min = 1, max = 86_400))] secs: i32,
    #[trusted(reason = "no recursion here")] _deeper: u32,
    panics: bool,
    in_closure: bool,
) -> Result<i32, Violation> {
    Later::default().await;
    assert!(!panics, "asked for");
    if in_closure {
        return Ok([1, 2, 3].iter().map(|weight| weight * secs * 1_000_000).sum());
    }
    let inner = async { secs * 1_000_000 };
    Ok(inner.await)
}

fn now(ask: Ask) -> Result<i32, Violation> {
    handle(ask.secs, ask.deeper, ask.panics, ask.in_closure)
}

fn later(ask: Ask) -> Result<i32, Violation> {
    run(handle_later(ask.secs, ask.deeper, ask.panics, ask.in_closure))
}

#[test]
fn each_refuses_under_its_own_code_and_the_next_call_is_served() {
    let bad = [
        (Ask { secs: 0, ..GOOD }, "input.range", Kind::Input),
        (Ask { secs: 86_401, ..GOOD }, "input.range", Kind::Input),
        (Ask { secs: 86_400, ..GOOD }, "arithmetic.overflow", Kind::Arithmetic),
        // A closure cannot return from the function: the violation unwinds to the boundary, as itself.
        (Ask { secs: 86_400, in_closure: true, ..GOOD }, "arithmetic.overflow", Kind::Arithmetic),
        (Ask { panics: true, ..GOOD }, "panic", Kind::Panic),
        // Validation stands inside the other two: a bad value that would also panic is refused for the value.
        (Ask { secs: 0, panics: true, ..GOOD }, "input.range", Kind::Input),
    ];
    for (ask, code, kind) in bad {
        for function in [now, later] {
            let violation = function(ask).unwrap_err();
            assert_eq!((violation.code(), violation.kind()), (code, kind));
            assert_eq!(function(GOOD).unwrap(), 2_000_000);
        }
    }
    assert_eq!(now(Ask { deeper: 63, ..GOOD }).unwrap(), 2_000_000);
    assert_eq!(now(Ask { deeper: 64, ..GOOD }).unwrap_err().code(), "recursion.depth");
    assert_eq!(now(Ask { deeper: 63, ..GOOD }).unwrap(), 2_000_000);
    // At the bound, after each other way out from every depth.
    for deeper in [0, 1, 62, 63] {
        for bad in [Ask { deeper, panics: true, ..GOOD }, Ask { deeper, secs: 86_400, ..GOOD }] {
            now(bad).unwrap_err();
            assert_eq!(now(Ask { deeper: 63, ..GOOD }).unwrap(), 2_000_000);
        }
    }
}

#[test]
fn a_violation_in_a_closure_keeps_its_place() {
    let violation = now(Ask { secs: 86_400, in_closure: true, ..GOOD }).unwrap_err();
    let internal = violation.internal();
    assert_eq!(internal.operator(), Some("*"));
    assert!(internal.function().ends_with("whole::handle"), "{internal}");
    assert!(internal.location().unwrap().file().ends_with("whole.rs"), "{internal}");
}

#[test]
fn on_a_function_inside_a_function() {
    fn outer(number: u8) -> Result<u8, Violation> {
        #[zero_trust]
        fn inner(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
            Ok(number + std::hint::black_box(100_u8))
        }
        inner(number)
    }
    #[zero_trust]
    fn both(#[check(range(max = 150))] number: u8) -> Result<u8, Violation> {
        #[zero_trust]
        fn inner(#[check(range(max = 100))] number: u8) -> Result<u8, Violation> {
            Ok(number + 100)
        }
        Ok(inner(number)? + 50)
    }
    assert_eq!(outer(155).unwrap(), 255);
    assert_eq!(outer(156).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!(outer(201).unwrap_err().code(), "input.range");
    assert_eq!(both(100).unwrap(), 250);
    let violation = both(101).unwrap_err();
    assert!(violation.internal().function().ends_with("::inner"), "{}", violation.internal());
    assert_eq!(both(151).unwrap_err().code(), "input.range");
}

#[test]
fn what_is_left_out_may_stand_beside_it() {
    #[zero_trust(without(bounded_recursion))]
    #[portcullis::bounded_recursion(max = 3)]
    fn below(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { Ok(below(n - 1)? + 1) }
    }
    #[portcullis::bounded_recursion(max = 3)]
    #[zero_trust(without(bounded_recursion, catch_panic))]
    fn above(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { Ok(above(n - 1)? + 1) }
    }
    for bounded in [below, above] {
        assert_eq!(bounded(2).unwrap(), 2);
        assert_eq!(bounded(3).unwrap_err().code(), "recursion.depth");
        assert_eq!(bounded(10).unwrap_err().code(), "input.range");
    }
}
