//! What a refusal says, and to whom.

use std::cell::Cell;

use portcullis::validator::{Validate, ValidationError};
use portcullis::{Violation, validated_input};

use super::broken;
use super::types::{Named, named};
use crate::common::panic_of;

#[test]
fn the_body_does_not_run() {
    #[validated_input]
    fn protected(entered: &Entered, #[check(range(max = 9))] number: u32) -> Result<u32, Violation> {
        entered.0.set(entered.0.get() + 1);
        Ok(number)
    }
    let entered = Entered::default();
    for _ in 0..3 {
        protected(&entered, 10).unwrap_err();
    }
    assert_eq!(entered.0.get(), 0);
    protected(&entered, 9).unwrap();
    assert_eq!(entered.0.get(), 1);
}

#[derive(Default)]
struct Entered(Cell<u32>);

impl Validate for Entered {
    fn validate(&self) -> Result<(), portcullis::validator::ValidationErrors> {
        Ok(())
    }
}

#[test]
fn all_errors_at_once_sorted_by_path() {
    #[validated_input]
    fn protected(
        #[check(range(min = 1))] zeta: u32,
        #[check(length(min = 1, max = 64))] beta: &str,
        alpha: Named,
        #[check(email)] mid: String,
    ) -> Result<(), Violation> {
        let _ = (zeta, beta, alpha, mid);
        Ok(())
    }
    let refused = protected(0, "", named(""), "x".to_owned()).unwrap_err();
    assert_eq!(refused.code(), "input.length", "the code is the first error's");
    assert_eq!(refused.fields_omitted(), 0);
    assert_eq!(broken::<()>(Err(refused)), ["alpha.name length", "beta length", "mid email", "zeta range"]);
    protected(1, "a", named("a"), "a@example.org".to_owned()).unwrap();
}

#[test]
fn sixteen_are_told_and_some_more_counted() {
    #[validated_input]
    fn protected(items: &[Named]) -> Result<usize, Violation> {
        Ok(items.len())
    }
    for (count, told, omitted) in [(1, 1, 0), (15, 15, 0), (16, 16, 0), (17, 16, 1), (256, 16, 240), (5_000, 16, 241)] {
        let refused = protected(&vec![named(""); count]).unwrap_err();
        assert_eq!(
            (refused.fields().len(), refused.fields_omitted()),
            (told, omitted),
            "of {count}: no more are looked for than 256"
        );
        assert!(refused.fields().is_sorted());
        assert_eq!(refused.to_string().contains("more"), omitted > 0, "{refused}");
    }
    assert_eq!(protected(&vec![named("a"); 5_000]).unwrap(), 5_000);
}

const SECRET: &str = "hunter2-hunter2";

#[derive(Debug, Clone, Validate)]
#[validate(crate = "portcullis::validator")]
struct Login {
    #[validate(length(max = 3), email, url, custom(function = "never"))]
    password: String,
    #[validate(must_match(other = "password"))]
    again: String,
    #[validate(contains(pattern = "x"))]
    hint: String,
}

fn never(_: &str) -> Result<(), ValidationError> {
    Err(ValidationError::new("never"))
}

/// All that could reach a client.
fn public(violation: &Violation) -> String {
    format!("{violation} {violation:?} {violation:#?} {:?} {:#?}", violation.fields(), violation.fields())
        + &violation.fields().iter().map(ToString::to_string).collect::<String>()
}

#[test]
fn no_rejected_value_in_public_text() {
    #[validated_input]
    fn protected(
        #[check(length(max = 3), one_of("a"), email, url, custom = never)] password: String,
        #[check(range(max = 9))] pin: u64,
        #[check(range(max = 0.5))] amount: f64,
        #[check(range(max = 'a'))] letter: char,
        login: Login,
    ) -> Result<(), Violation> {
        let _ = (password, pin, amount, letter, login);
        Ok(())
    }
    let login = Login { password: SECRET.to_owned(), again: "Tr0ub4dor".to_owned(), hint: "correct horse".to_owned() };
    let violation = protected(SECRET.to_owned(), 914_914, 3.375, '\u{2603}', login).unwrap_err();
    assert_eq!(violation.fields().len(), 14);
    let public = public(&violation);
    for secret in [SECRET, "914914", "914_914", "3.375", "\u{2603}", "2603", "Tr0ub4dor", "correct horse"] {
        assert!(!public.contains(secret), "{secret} in {public}");
    }
}

#[test]
fn a_refusal_names_no_function_or_file_to_the_client_and_both_to_the_log() {
    const LINE: u32 = line!() + 2;
    #[validated_input]
    fn very_secret_handler(#[check(range(max = 9))] number: u32) -> Result<(), Violation> {
        let _ = number;
        Ok(())
    }
    let violation = very_secret_handler(10).unwrap_err();
    let public = public(&violation);
    assert!(!public.contains("very_secret_handler") && !public.contains(".rs") && !public.contains("::"), "{public}");
    let internal = violation.internal();
    assert!(internal.function().ends_with("::refusals::very_secret_handler"), "{internal}");
    let place = internal.location().unwrap();
    assert!(place.file().ends_with("refusals.rs"), "{internal}");
    assert_eq!(place.line(), LINE);
}

#[test]
fn or_return_and_or_panic() {
    #[validated_input(or(return))]
    fn nothing(#[check(range(max = 9))] number: u32, entered: &Entered) {
        entered.0.set(number);
    }
    #[validated_input(or(return violation.fields().len() + extra))]
    fn counted(
        #[check(range(max = 9), one_of(1))] number: usize,
        #[trusted(reason = "the test's own")] extra: usize,
    ) -> usize {
        number + extra
    }
    #[validated_input(or(panic))]
    fn panicking(#[check(range(max = 9))] number: u32) -> u32 {
        number
    }
    let entered = Entered::default();
    nothing(10, &entered);
    assert_eq!(entered.0.get(), 0);
    nothing(9, &entered);
    assert_eq!(entered.0.get(), 9);
    assert_eq!(counted(10, 100), 102);
    assert_eq!(counted(1, 100), 101);
    let message = panic_of(|| panicking(10));
    assert!(message.starts_with("portcullis: input.range"), "{message}");
    assert_eq!(panicking(9), 9);
}

#[test]
fn an_async_function_is_refused_when_it_is_polled() {
    #[validated_input]
    async fn protected(#[check(range(max = 9))] number: u32, entered: &Entered) -> Result<u32, Violation> {
        entered.0.set(number);
        crate::common::Later::default().await;
        Ok(number)
    }
    let entered = Entered::default();
    assert_eq!(broken(crate::common::run(protected(10, &entered))), ["number range"]);
    assert_eq!(entered.0.get(), 0);
    assert_eq!(crate::common::run(protected(9, &entered)).unwrap(), 9);
    assert_eq!(entered.0.get(), 9);
}
