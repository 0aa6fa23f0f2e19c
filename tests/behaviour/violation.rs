//! `Violation`: small, sendable, and of two halves that do not mix.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

use std::error::Error;

use portcullis::{
    Integer, Kind, Values, Violation, bounded_recursion, checked_arithmetic, validated_input, zero_trust,
};

#[test]
fn one_pointer_that_goes_anywhere() {
    fn goes_anywhere<T: Error + Send + Sync + 'static>() {}
    goes_anywhere::<Violation>();
    assert_eq!(size_of::<Violation>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Violation>>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Violation>>(), size_of::<usize>());
}

#[zero_trust]
fn secret_handler(
    #[check(range(max = 200))] number: u8,
    #[check(length(max = 3))] name: &str,
) -> Result<u8, Violation> {
    assert!(number > 0, "secret message {name}");
    Ok(number + 100)
}

#[bounded_recursion(max = 1)]
fn secret_recursion(again: bool) -> Result<(), Violation> {
    if again { secret_recursion(false) } else { Ok(()) }
}

#[checked_arithmetic]
fn secret_quotient(left: u32, right: u32) -> Result<u32, Violation> {
    Ok(left / right)
}

fn of_every_kind() -> [Violation; 5] {
    [
        secret_handler(201, "abc").unwrap_err(),
        secret_handler(156, "abc").unwrap_err(),
        secret_handler(0, "abc").unwrap_err(),
        secret_recursion(true).unwrap_err(),
        secret_quotient(1, 0).unwrap_err(),
    ]
}

#[test]
fn the_public_half_tells_the_code_and_no_place() {
    let codes = ["input.range", "arithmetic.overflow", "panic", "recursion.depth", "arithmetic.division"];
    for (violation, code) in of_every_kind().iter().zip(codes) {
        assert_eq!(violation.code(), code);
        assert!(violation.source().is_none());
        for public in
            [violation.to_string(), format!("{violation:?}"), format!("{violation:#?}"), format!("{violation:#}")]
        {
            assert!(public.contains(code), "{public}");
            for secret in [".rs", "src/", "tests/", "secret", "behaviour", "::", "+", "/", "256", "156", "u8", "201"] {
                assert!(!public.contains(secret), "{secret} in {public}");
            }
        }
    }
}

#[test]
fn the_internal_half_names_function_line_operator_and_values() {
    let [input, overflow, panic, depth, division] = of_every_kind();
    for violation in [&input, &overflow, &panic] {
        assert!(violation.internal().function().ends_with("violation::secret_handler"), "{}", violation.internal());
    }
    for violation in [&input, &overflow, &depth, &division] {
        let place = violation.internal().location().unwrap();
        assert!(place.file().ends_with("violation.rs") && violation.internal().to_string().contains("violation.rs:"));
    }
    assert_eq!(overflow.internal().operator(), Some("+"));
    assert_eq!(overflow.internal().values(), Values::Result(Integer::Signed(256)));
    assert_eq!(division.internal().operator(), Some("/"));
    assert_eq!(division.internal().values(), Values::None);
    assert_eq!((input.internal().operator(), input.internal().values()), (None, Values::None));
    assert!(panic.internal().to_string().contains("secret message abc"));
    // The operator's line, not the function's.
    assert!(overflow.internal().location().unwrap().line() > input.internal().location().unwrap().line());
    assert!(format!("{:?}", overflow.internal()).contains("secret_handler"));
}

#[test]
fn one_of_the_users_own() {
    let violation = Violation::field("name".to_owned(), "taken", "is already taken");
    assert_eq!((violation.code(), violation.kind()), ("input.custom", Kind::Input));
    assert_eq!(violation.to_string(), "the request is refused: input.custom: name is already taken");
    let [field] = violation.fields() else { panic!("one field") };
    assert_eq!((&*field.path, &*field.code, &*field.detail), ("name", "taken", "is already taken"));
    assert_eq!(violation.fields_omitted(), 0);
    let internal = violation.internal();
    assert_eq!(internal.function(), "");
    assert!(internal.location().unwrap().file().ends_with("violation.rs"));
    for (code, public) in [("range", "input.range"), ("length", "input.length"), ("email", "input.email")] {
        assert_eq!(Violation::field("a", code, "b").code(), public);
    }
}

#[test]
fn one_of_the_users_own_passes_through_unchanged() {
    #[zero_trust]
    fn handler(#[check(length(max = 3))] name: &str) -> Result<(), Violation> {
        Err(Violation::field("name", "taken", format!("is taken, all {}", name.len())))
    }
    #[validated_input]
    fn asks(#[check(length(max = 3))] name: &str) -> Result<(), Violation> {
        handler(name)
    }
    assert_eq!(asks("abc").unwrap_err().to_string(), "the request is refused: input.custom: name is taken, all 3");
}

#[test]
fn a_panic_message_cannot_forge_a_log_line() {
    #[zero_trust]
    fn handler(#[check(length(max = 64))] text: &str) -> Result<(), Violation> {
        panic!("no {text}")
    }
    let violation = handler("x\n2026 admin logged in\r\u{1b}[2J\0\u{202e}").unwrap_err();
    let internal = violation.internal().to_string();
    assert!(internal.starts_with(r"panic: no x\n2026 admin logged in\r\u{1b}[2J\0\u{202e} in "), "{internal}");
    assert!(!internal.chars().any(char::is_control), "{internal:?}");
    assert!(!violation.to_string().contains("admin"));
}
