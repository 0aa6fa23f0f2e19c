//! What compiles plain and does not under the attribute: bugs, each left out of the build until it is mended, and then to
//! be moved to its file.

use std::ops::Shl;

use portcullis::checked_arithmetic;

const BASE: u8 = 2;

/// E0515: only `&` over literals, names, arrays, tuples and operators counts as a constant.
#[test]
fn other_promoted_constants_are_still_static() {
    #[derive(Debug, PartialEq)]
    struct Level {
        at: u8,
    }
    const PAIR: (u8, u8) = (1, 2);
    #[checked_arithmetic(or(panic))]
    fn structs() -> &'static Level {
        &Level { at: BASE + 1 }
    }
    #[checked_arithmetic(or(panic))]
    fn constructors() -> &'static Option<u8> {
        &Some(BASE + 1)
    }
    #[checked_arithmetic(or(panic))]
    fn repetitions() -> &'static [u8; 3] {
        &[BASE + 1; 3]
    }
    #[checked_arithmetic(or(panic))]
    fn fields() -> &'static u8 {
        &(PAIR.0 + 1)
    }
    #[checked_arithmetic(or(panic))]
    fn receivers() -> std::slice::Iter<'static, u8> {
        [BASE + 1, 2].iter()
    }
    assert_eq!((structs(), constructors(), repetitions()), (&Level { at: 3 }, &Some(3), &[3; 3]));
    assert_eq!((fields(), receivers().len()), (&2, 2));
}

/// E0308: the arm that diverges joins the result, and its fallback to `!` comes before that of the literals to `i32`.
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

/// E0433: the names of the generated code stand inside the `async` block, and the operator before it.
#[test]
fn an_operator_before_the_future_that_a_function_returns() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> impl Future<Output = u8> {
        let y = x + 1;
        async move { y + 1 }
    }
    let mut future = std::pin::pin!(protected(1));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(3));
}
