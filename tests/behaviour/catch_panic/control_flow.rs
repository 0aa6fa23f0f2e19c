//! Ways through a body that now stands in a closure or a future.

use std::fmt::{self, Display};

use portcullis::{Violation, catch_panic};

use crate::common::{Later, code, run};

#[derive(Debug, PartialEq)]
enum Failure {
    Number,
    Refused(&'static str),
}

impl From<std::num::ParseIntError> for Failure {
    fn from(_: std::num::ParseIntError) -> Self {
        Self::Number
    }
}

impl From<Violation> for Failure {
    fn from(violation: Violation) -> Self {
        Self::Refused(violation.code())
    }
}

#[test]
fn the_question_mark_converts_to_the_functions_own_error() {
    #[catch_panic]
    fn protected(text: &str) -> Result<u32, Failure> {
        let number: u32 = text.parse()?;
        assert!(number != 0, "nothing");
        Ok(number)
    }
    #[catch_panic]
    async fn later(text: &str) -> Result<u32, Failure> {
        Later::default().await;
        let number: u32 = text.parse()?;
        assert!(number != 0, "nothing");
        Ok(number)
    }
    for (text, expected) in [("5", Ok(5)), ("x", Err(Failure::Number)), ("0", Err(Failure::Refused("panic")))] {
        assert_eq!(protected(text), expected);
        assert_eq!(run(later(text)), expected);
    }
}

#[test]
fn the_question_mark_on_an_option() {
    #[catch_panic(or(return None))]
    fn protected(text: Option<&str>) -> Option<usize> {
        let text = text?;
        assert!(!text.is_empty());
        Some(text.len())
    }
    assert_eq!([protected(None), protected(Some("")), protected(Some("a"))], [None, None, Some(1)]);
}

#[test]
fn early_return_labels_and_loops() {
    #[catch_panic]
    fn protected(numbers: &[u32]) -> Result<u32, Violation> {
        if numbers.is_empty() {
            return Ok(0);
        }
        let first = 'found: {
            for number in numbers {
                if *number > 9 {
                    break 'found *number;
                }
            }
            return Ok(1);
        };
        let mut sum = 0;
        let mut rounds = 0;
        'outer: while rounds < 2 {
            rounds += 1;
            for number in numbers {
                if *number == 0 {
                    continue 'outer;
                }
                if *number == 1 {
                    continue;
                }
                if sum > 50 {
                    break 'outer;
                }
                sum += number;
            }
        }
        assert!(sum < 100, "too many");
        Ok(first + sum)
    }
    assert_eq!(protected(&[]).unwrap(), 0);
    assert_eq!(protected(&[9]).unwrap(), 1);
    assert_eq!(protected(&[1, 10, 1, 2, 0, 50]).unwrap(), 34);
    assert_eq!(code(protected(&[10, 90])), "panic");
    assert_eq!(protected(&[]).unwrap(), 0);
}

struct Counter {
    value: u32,
    names: Vec<String>,
}

impl Counter {
    #[catch_panic]
    fn lend(&mut self, by: u32) -> Result<&mut u32, Violation> {
        assert!(by < 10, "too much");
        self.value += by;
        Ok(&mut self.value)
    }

    #[catch_panic]
    fn name<'a>(&'a self, or: &'a str) -> Result<&'a str, Violation> {
        Ok(self.names.first().map_or(or, |name| name))
    }

    #[catch_panic]
    async fn lend_later(&mut self, by: u32) -> Result<&mut u32, Violation> {
        Later::default().await;
        assert!(by < 10, "too much");
        self.value += by;
        Ok(&mut self.value)
    }

    #[catch_panic]
    fn into_names(self) -> Result<Vec<String>, Violation> {
        assert!(self.value > 0, "empty");
        Ok(self.names)
    }
}

#[test]
fn methods_that_return_references() {
    let mut counter = Counter { value: 0, names: vec!["a".to_owned()] };
    *counter.lend(1).unwrap() += 1;
    assert_eq!(code(counter.lend(10)), "panic");
    *run(counter.lend_later(1)).unwrap() += 1;
    assert_eq!(code(run(counter.lend_later(10))), "panic");
    assert_eq!(counter.value, 4);
    assert_eq!(counter.name("none").unwrap(), "a");
    assert_eq!(counter.into_names().unwrap(), ["a"]);
    assert_eq!(code(Counter { value: 0, names: Vec::new() }.into_names()), "panic");
}

#[test]
fn an_opaque_return_type() {
    #[catch_panic(or(panic))]
    fn numbers(start: u32) -> impl Iterator<Item = u32> {
        start..start + 3
    }
    #[catch_panic]
    fn shown(text: &str) -> Result<impl Display + use<>, Violation> {
        let number: u32 = text.parse().map_err(|_| Violation::field("text", "number", "is no number"))?;
        assert!(number != 0, "nothing");
        Ok(number)
    }
    #[catch_panic]
    async fn shown_later(text: &str) -> Result<impl Display + use<>, Violation> {
        Later::default().await;
        let number: u32 = text.parse().map_err(|_| Violation::field("text", "number", "is no number"))?;
        assert!(number != 0, "nothing");
        Ok(number)
    }
    assert_eq!(numbers(1).sum::<u32>(), 6);
    assert_eq!(shown("5").map(|number| number.to_string()).unwrap(), "5");
    assert_eq!(code(shown("x")), "input.custom");
    assert_eq!(code(shown("0")), "panic");
    assert_eq!(run(shown_later("5")).map(|number| number.to_string()).unwrap(), "5");
    assert_eq!(code(run(shown_later("x"))), "input.custom");
    assert_eq!(code(run(shown_later("0"))), "panic");
}

#[test]
fn a_function_that_never_returns() {
    struct Shown;
    impl Display for Shown {
        #[catch_panic(or(return Err(fmt::Error)))]
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            unreachable!("a server does not show this")
        }
    }
    #[catch_panic]
    fn protected() -> Result<std::convert::Infallible, Violation> {
        panic!("always")
    }
    #[catch_panic]
    async fn later() -> Result<u32, Violation> {
        Later::default().await;
        panic!("always")
    }
    let mut text = String::new();
    assert!(fmt::Write::write_fmt(&mut text, format_args!("{Shown}")).is_err());
    assert_eq!(code(protected()), "panic");
    assert_eq!(code(run(later())), "panic");
}

#[test]
fn boundaries_inside_each_other() {
    #[catch_panic]
    fn inner(panics: bool) -> Result<u32, Violation> {
        assert!(!panics, "inside");
        Ok(1)
    }
    #[catch_panic]
    fn outer(inner_panics: bool, panics: bool) -> Result<u32, Violation> {
        let number = inner(inner_panics).unwrap_or(7);
        assert!(!panics, "outside");
        Ok(number)
    }
    #[catch_panic]
    fn passing(panics: bool) -> Result<u32, Violation> {
        inner(panics)
    }
    assert_eq!(outer(false, false).unwrap(), 1);
    assert_eq!(outer(true, false).unwrap(), 7);
    assert_eq!(code(outer(true, true)), "panic");
    let violation = passing(true).unwrap_err();
    assert!(violation.internal().function().ends_with("::inner"), "the innermost is named: {}", violation.internal());
}
