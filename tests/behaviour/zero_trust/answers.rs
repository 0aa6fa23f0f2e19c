//! Return types that carry a violation.

use std::error::Error;
use std::fmt;

use portcullis::{FromViolation, Violation, zero_trust};

use crate::common::{Later, run};

#[derive(Debug, PartialEq)]
enum Reply {
    Reward(u8),
    Refused(&'static str),
}

impl FromViolation for Reply {
    fn from_violation(violation: Violation) -> Self {
        Self::Refused(violation.code())
    }
}

impl From<u8> for Reply {
    fn from(number: u8) -> Self {
        Self::Reward(number)
    }
}

#[derive(Debug)]
enum Failure {
    Gate(Violation),
    Number(std::num::ParseIntError),
}

impl From<Violation> for Failure {
    fn from(violation: Violation) -> Self {
        Self::Gate(violation)
    }
}

impl From<std::num::ParseIntError> for Failure {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Number(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gate(violation) => violation.fmt(f),
            Self::Number(error) => error.fmt(f),
        }
    }
}

type Answer<T> = Result<T, Failure>;

#[test]
fn a_reply_of_the_servers_own() {
    #[zero_trust]
    fn now(#[check(range(max = 200))] number: u8) -> Reply {
        assert!(number > 0, "nothing");
        Reply::Reward(number + 100)
    }
    #[zero_trust]
    async fn later(#[check(range(max = 200))] number: u8) -> Reply {
        Later::default().await;
        assert!(number > 0, "nothing");
        Reply::Reward(number + 100)
    }
    let cases = [
        (155, Reply::Reward(255)),
        (156, Reply::Refused("arithmetic.overflow")),
        (201, Reply::Refused("input.range")),
        (0, Reply::Refused("panic")),
    ];
    for (number, reply) in cases {
        assert_eq!(now(number), reply);
        assert_eq!(run(later(number)), reply);
        assert_eq!(now(1), Reply::Reward(101));
    }
}

#[test]
fn an_error_of_the_servers_own_behind_an_alias() {
    #[zero_trust]
    fn now(#[check(length(max = 3))] text: &str) -> Answer<u8> {
        let number: u8 = text.parse()?;
        Ok(number + 100)
    }
    #[zero_trust]
    async fn later(#[check(length(max = 3))] text: &str) -> Answer<u8> {
        Later::default().await;
        let number: u8 = text.parse()?;
        Ok(number + 100)
    }
    let calls: [fn(&str) -> Answer<u8>; 2] = [now, |text| run(later(text))];
    for call in calls {
        assert_eq!(call("1").unwrap(), 101);
        assert!(matches!(call("x"), Err(Failure::Number(_))));
        assert!(matches!(call("1000"), Err(Failure::Gate(violation)) if violation.code() == "input.length"));
        assert!(matches!(call("200"), Err(Failure::Gate(violation)) if violation.code() == "arithmetic.overflow"));
    }
    assert_eq!(now("200").unwrap_err().to_string(), "the request is refused: arithmetic.overflow");
}

#[test]
fn a_boxed_error() {
    #[zero_trust]
    fn boxed(#[check(length(max = 3))] text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
        let number: u8 = text.parse()?;
        Ok(number + 100)
    }
    #[zero_trust]
    fn local(#[check(length(max = 3))] text: &str) -> Result<u8, Box<dyn Error>> {
        let number: u8 = text.parse()?;
        Ok(number + 100)
    }
    assert_eq!(boxed("1").unwrap(), 101);
    assert!(boxed("x").unwrap_err().downcast_ref::<Violation>().is_none());
    for text in ["1000", "200"] {
        let (sent, kept) = (boxed(text).unwrap_err(), local(text).unwrap_err());
        let codes =
            [sent.downcast_ref::<Violation>(), kept.downcast_ref::<Violation>()].map(|found| found.unwrap().code());
        assert_eq!(codes, [if text == "200" { "arithmetic.overflow" } else { "input.length" }; 2]);
    }
}

#[test]
fn a_generic_answer() {
    #[zero_trust]
    fn generic<R: FromViolation + From<u8>>(#[check(range(max = 200))] number: u8) -> R {
        R::from(number + std::hint::black_box(100_u8))
    }
    assert_eq!(generic::<Reply>(1), Reply::Reward(101));
    assert_eq!(generic::<Reply>(200), Reply::Refused("arithmetic.overflow"));
    assert_eq!(generic::<Reply>(201), Reply::Refused("input.range"));
}
