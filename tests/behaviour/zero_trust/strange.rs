//! Forms that a handler seldom has. Each was handled wrongly once.

use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use portcullis::validator::Validate;
use portcullis::{Violation, catch_panic, checked_arithmetic, validated_input, zero_trust};

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Named {
    #[validate(length(max = 3))]
    name: String,
}

struct Json<T>(T);

#[test]
#[allow(non_snake_case, reason = "this is what is strange about it")]
fn a_binding_in_upper_case_is_validated() {
    #[validated_input]
    fn protected(Json(Req): Json<Named>, #[check(N(range(max = 3)))] (N, _): (u64, u8)) -> Result<usize, Violation> {
        Ok(Req.name.len() + usize::try_from(N).unwrap())
    }
    let call = |name: &str, n| protected(Json(Named { name: name.to_owned() }), (n, 0));
    assert_eq!(call("abc", 3).unwrap(), 6);
    assert_eq!(call("abcd", 3).unwrap_err().code(), "input.length");
    assert_eq!(call("abc", 4).unwrap_err().code(), "input.range");
}

macro_rules! product {
    ($left:expr, $right:expr) => {{
        #[zero_trust]
        fn product(_: bool) -> Result<u32, Violation> {
            Ok($left * $right)
        }
        #[validated_input]
        fn untouched(_: bool) -> Result<u32, Violation> {
            Ok($left * $right)
        }
        #[checked_arithmetic(or(panic))]
        fn masked() -> u32 {
            $left & 6
        }
        (product(true).unwrap(), untouched(true).unwrap(), masked())
    }};
}

#[test]
fn an_expression_that_a_macro_passed_on_keeps_its_bounds() {
    let one = 1;
    assert_eq!(one, 1);
    assert_eq!(product!(1 + 1, 2 + 2), (8, 8, 2));
    assert_eq!(product!(1 | 8, 1), (9, 9, 0));
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

#[test]
fn a_future_behind_an_alias_has_its_boundary_inside() {
    #[zero_trust]
    fn protected(#[check(range(max = 100))] a: u8) -> Boxed<Result<u8, Violation>> {
        Box::pin(async move {
            assert!(a > 0, "zero");
            Ok(a + 200)
        })
    }
    let run = |a| {
        let mut future = pin!(protected(a));
        let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("it waits for nothing")
        };
        result.map_err(|violation| violation.code())
    };
    assert_eq!(run(1), Ok(201));
    assert_eq!(run(0), Err("panic"));
    assert_eq!(run(100), Err("arithmetic.overflow"));
    assert_eq!(run(101), Err("input.range"));
}

#[test]
fn a_field_of_self_drops_where_self_does() {
    struct Noisy<'a>(&'a RefCell<Vec<&'static str>>, &'static str);
    impl Drop for Noisy<'_> {
        fn drop(&mut self) {
            self.0.borrow_mut().push(self.1);
        }
    }
    struct Pair<'a> {
        a: Noisy<'a>,
        b: Noisy<'a>,
    }
    impl Pair<'_> {
        fn plain(self) -> Result<usize, Violation> {
            Ok(self.b.1.len())
        }
        #[catch_panic]
        fn protected(self) -> Result<usize, Violation> {
            Ok(self.b.1.len())
        }
    }
    let log = RefCell::new(Vec::new());
    let pair = || Pair { a: Noisy(&log, "a"), b: Noisy(&log, "b") };
    assert_eq!(pair().a.1, "a");
    log.borrow_mut().clear();
    pair().plain().unwrap();
    let plain = log.take();
    pair().protected().unwrap();
    assert_eq!(plain, log.take());
}

#[test]
fn a_closure_leaves_by_the_or_of_its_own_protection() {
    #[zero_trust(checked_arithmetic(or(return Ok(7))))]
    fn returned(#[trusted(reason = "any byte will do")] n: u8) -> Result<u8, Violation> {
        let next = |n: u8| n + 1;
        assert!(n > 0, "zero");
        Ok(next(n))
    }
    assert_eq!(returned(1).unwrap(), 2);
    assert_eq!(returned(255).unwrap(), 7);
    assert_eq!(returned(0).unwrap_err().code(), "panic");
}

#[test]
fn words_and_numbers_behind_references() {
    #[validated_input]
    fn words(#[check(email)] address: &str, #[check(non_control, url)] link: &str) -> Result<(), Violation> {
        let _ = (address, link);
        Ok(())
    }
    assert!(words("a@example.org", "http://example.org").is_ok());
    assert_eq!(words("a", "http://example.org").unwrap_err().code(), "input.email");
    assert_eq!(words("a@example.org", "\u{7}").unwrap_err().fields().len(), 2);

    #[validated_input]
    fn numbers(#[check(one_of(1, 2))] a: &u32, #[check(one_of(3))] b: &mut u32) -> Result<u32, Violation> {
        Ok(*a + *b)
    }
    assert_eq!(numbers(&2, &mut 3).unwrap(), 5);
    assert_eq!(numbers(&3, &mut 3).unwrap_err().code(), "input.one_of");
}

#[test]
fn a_parameter_that_is_configured_away() {
    #[zero_trust]
    fn protected(
        #[cfg(any())]
        #[check(range(max = 1))]
        gone: Missing,
        #[cfg(not(any()))]
        #[check(range(max = 1))]
        here: u8,
    ) -> Result<u8, Violation> {
        Ok(here)
    }
    assert_eq!(protected(1).unwrap(), 1);
    assert_eq!(protected(2).unwrap_err().code(), "input.range");
}

#[test]
#[deny(unused_variables)]
fn a_parameter_that_only_the_way_out_uses_is_used() {
    #[zero_trust(or(return id))]
    fn protected(#[trusted(reason = "of the session")] id: u32, #[check(range(max = 1))] n: u32) -> u32 {
        n
    }
    assert_eq!(protected(9, 1), 1);
    assert_eq!(protected(9, 2), 9);
}

#[test]
fn two_lists_for_one_binding_are_both_asked() {
    #[validated_input]
    fn protected(
        #[check(a(range(min = 1)), a(one_of(1, 9)), b(range(max = 9)))] (a, b): (u8, u8),
    ) -> Result<u8, Violation> {
        Ok(a + b)
    }
    assert_eq!(protected((1, 1)).unwrap(), 2);
    assert_eq!(protected((0, 1)).unwrap_err().fields().len(), 2);
    assert_eq!(protected((10, 1)).unwrap_err().code(), "input.one_of");
}

#[test]
fn a_closure_that_outlives_its_boundary_panics_aloud() {
    #[zero_trust]
    fn make(#[check(range(max = 9))] a: u32) -> Result<impl Fn(u32) -> u32, Violation> {
        Ok(move |x| x - a)
    }
    let closure = make(5).unwrap();
    assert_eq!(closure(6), 1);
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| closure(0))).unwrap_err();
    let text = payload.downcast_ref::<String>().expect("a panic with a message, not a violation");
    assert!(text.starts_with("portcullis: arithmetic.overflow: `-` of u32"), "{text}");
}
