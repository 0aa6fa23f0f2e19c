//! A library on `core` alone: beside `std` a panic handler of its own would not compile.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use portcullis::{FromViolation, Violation, checked_arithmetic, validated_input, zero_trust};

#[cfg(not(test))]
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[derive(Debug, PartialEq)]
pub enum Error {
    Refused(&'static str),
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Refused(violation.code())
    }
}

#[derive(Debug, PartialEq)]
pub enum Reply {
    Reward(u32),
    Refused(&'static str),
}

impl FromViolation for Reply {
    fn from_violation(violation: Violation) -> Self {
        Self::Refused(violation.code())
    }
}

#[checked_arithmetic]
pub fn carried(now: i32, secs: i32) -> Result<i32, Violation> {
    Ok(now + secs * 1_000)
}

#[checked_arithmetic]
pub fn into_own_error(a: u8, b: u8) -> Result<u8, Error> {
    Ok(a / b)
}

#[checked_arithmetic]
pub fn into_own_reply(mut a: u32, b: u32) -> Reply {
    a <<= b;
    Reply::Reward(a)
}

#[checked_arithmetic(or(panic))]
pub fn or_panic(a: u8) -> u8 {
    a + 1
}

#[checked_arithmetic(or(return (violation.code(), a)))]
pub fn or_return(a: i64) -> (&'static str, i64) {
    ("", -a)
}

#[checked_arithmetic]
pub fn in_a_closure(a: u8) -> Result<u8, Violation> {
    let next = |step: u8| a + step;
    Ok(next(1))
}

#[validated_input]
pub fn checked(
    #[check(range(min = 1, max = 60))] secs: u32,
    #[check(finite)] factor: f64,
    #[check(one_of("gold", "wood"))] of: &str,
    #[trusted(reason = "the server's own clock")] now: u64,
) -> Result<u64, Violation> {
    let _ = (secs, factor, of);
    Ok(now)
}

#[zero_trust(without(catch_panic, bounded_recursion))]
pub async fn handler(#[check(range(min = 1, max = 60))] secs: u32) -> Result<u32, Violation> {
    // What PC0301 would say if it saw the value.
    Ok(core::hint::black_box(u32::MAX - 30) + secs)
}

#[cfg(test)]
mod tests {
    use core::fmt::{self, Write};
    use core::pin::pin;
    use core::task::{Context, Poll, Waker};

    use super::*;

    /// A line, without a heap.
    struct Line([u8; 200], usize);

    impl Line {
        fn of(shown: impl fmt::Display) -> Self {
            let mut line = Self([0; 200], 0);
            write!(line, "{shown}").unwrap();
            line
        }
        fn text(&self) -> &str {
            core::str::from_utf8(&self.0[..self.1]).unwrap()
        }
    }

    impl Write for Line {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = self.1 + text.len();
            self.0.get_mut(self.1..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
            self.1 = end;
            Ok(())
        }
    }

    #[test]
    fn a_violation_keeps_its_code_and_its_place() {
        fn is_error<E: core::error::Error + Send + Sync + 'static>(_: &E) {}
        assert_eq!(carried(7, 60).unwrap(), 60_007);
        let refused = carried(7, 86_400_000).unwrap_err();
        is_error(&refused);
        assert_eq!(refused.code(), "arithmetic.overflow");
        assert_eq!(refused.kind(), portcullis::Kind::Arithmetic);
        assert_eq!(refused.internal().operator(), Some("*"));
        assert_eq!(refused.internal().values(), portcullis::Values::None);
        assert!(refused.internal().function().ends_with("::carried"));
        assert!(refused.internal().location().is_some());
        assert_eq!(Line::of(&refused).text(), "the request is refused: arithmetic.overflow");
        let line = Line::of(refused.internal());
        assert!(line.text().starts_with("arithmetic.overflow: `*` of i32 in "), "{}", line.text());
        assert!(size_of::<Violation>() <= 10 * size_of::<usize>());
    }

    #[test]
    fn every_way_out() {
        assert_eq!(into_own_error(6, 2), Ok(3));
        assert_eq!(into_own_error(6, 0), Err(Error::Refused("arithmetic.division")));
        assert_eq!(into_own_reply(1, 4), Reply::Reward(16));
        assert_eq!(into_own_reply(1, 32), Reply::Refused("arithmetic.overflow"));
        assert_eq!(or_panic(1), 2);
        assert_eq!(or_return(5), ("", -5));
        assert_eq!(or_return(i64::MIN), ("arithmetic.overflow", i64::MIN));
        assert_eq!(in_a_closure(1).unwrap(), 2);
    }

    #[test]
    #[should_panic(expected = "portcullis: arithmetic.overflow: `+` of u8 in ")]
    fn or_panic_says_where() {
        or_panic(255);
    }

    #[test]
    #[should_panic(expected = "portcullis: arithmetic.overflow: `+` of u8 in ")]
    fn a_closure_has_no_boundary_to_unwind_to() {
        let _ = in_a_closure(255);
    }

    #[test]
    fn rules_without_a_heap() {
        assert_eq!(checked(60, 1.0, "gold", 7).unwrap(), 7);
        assert_eq!(checked(0, 1.0, "gold", 7).unwrap_err().code(), "input.range");
        assert_eq!(checked(60, f64::NAN, "gold", 7).unwrap_err().code(), "input.finite");
        assert_eq!(checked(60, 1.0, "iron", 7).unwrap_err().code(), "input.one_of");
    }

    /// As with the list, which is sorted by the parameters' names.
    #[test]
    fn of_several_broken_rules_the_code_is_that_of_the_first_by_name() {
        assert_eq!(checked(0, f64::NAN, "iron", 7).unwrap_err().code(), "input.finite");
        assert_eq!(checked(0, 1.0, "iron", 7).unwrap_err().code(), "input.one_of");
    }

    #[test]
    fn a_future() {
        let mut context = Context::from_waker(Waker::noop());
        let polled = |secs| pin!(handler(secs)).poll(&mut context).map(|reply| reply.map_err(|refused| refused.code()));
        let codes = [0, 30, 31].map(polled);
        assert_eq!(
            codes,
            [Poll::Ready(Err("input.range")), Poll::Ready(Ok(u32::MAX)), Poll::Ready(Err("arithmetic.overflow"))]
        );
    }
}
