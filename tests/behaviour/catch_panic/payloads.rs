//! What a panic carries.

use std::panic::panic_any;

use portcullis::{Kind, Violation, catch_panic};

use crate::common::{panic_of, run};

#[derive(Clone, Copy)]
enum Payload {
    Literal,
    Text,
    Number,
    Violation,
    Explosive,
    None,
}

/// Panics when it is dropped, and what that panic carries does too.
struct Explosive(u32);

impl Drop for Explosive {
    fn drop(&mut self) {
        if self.0 > 0 {
            panic_any(Explosive(self.0 - 1));
        }
    }
}

fn throw(payload: Payload) -> u32 {
    match payload {
        Payload::Literal => panic!("a literal"),
        Payload::Text => panic!("a {}", "text"),
        Payload::Number => panic_any(7_u64),
        Payload::Violation => panic_any(Violation::field("a", "b", "c")),
        Payload::Explosive => panic_any(Explosive(2)),
        Payload::None => 7,
    }
}

#[catch_panic]
fn protected(payload: Payload) -> Result<u32, Violation> {
    Ok(throw(payload))
}

#[catch_panic]
async fn later(payload: Payload) -> Result<u32, Violation> {
    crate::common::Later::default().await;
    Ok(throw(payload))
}

fn both(payload: Payload) -> [Result<u32, Violation>; 2] {
    [protected(payload), run(later(payload))]
}

#[test]
fn every_payload_becomes_a_violation_and_the_next_call_is_served() {
    let cases = [
        (Payload::Literal, "panic: a literal in "),
        (Payload::Text, "panic: a text in "),
        (Payload::Number, "panic: a panic with no text in "),
        (Payload::Explosive, "panic: a panic with no text in "),
    ];
    for (payload, words) in cases {
        for refused in both(payload) {
            let violation = refused.unwrap_err();
            assert_eq!((violation.code(), violation.kind()), ("panic", Kind::Panic));
            assert_eq!(violation.to_string(), "the request is refused: panic");
            assert!(violation.internal().to_string().starts_with(words), "{}", violation.internal());
            assert!(violation.internal().location().is_none());
        }
        assert_eq!(both(Payload::None).map(Result::unwrap), [7, 7]);
    }
}

#[test]
fn a_violation_comes_out_as_itself() {
    for refused in both(Payload::Violation) {
        let violation = refused.unwrap_err();
        assert_eq!(violation.code(), "input.custom");
        assert_eq!(violation.fields()[0].path, "a");
    }
}

#[test]
fn or_panic_and_or_return() {
    #[catch_panic(or(panic))]
    fn panicking(payload: Payload) -> u32 {
        throw(payload)
    }
    #[catch_panic(or(return u32::MAX))]
    fn other(payload: Payload) -> u32 {
        throw(payload)
    }
    #[catch_panic(or(return format!("{} for {id}", violation.internal())))]
    fn told(payload: Payload, id: u32) -> String {
        (throw(payload) + id).to_string()
    }
    #[catch_panic(or(return))]
    fn nothing(payload: Payload, served: &mut u32) {
        *served += throw(payload);
    }
    let message = panic_of(|| panicking(Payload::Literal));
    assert!(message.starts_with("portcullis: panic: a literal"), "{message}");
    assert_eq!(panicking(Payload::None), 7);
    assert_eq!([other(Payload::Text), other(Payload::None)], [u32::MAX, 7]);
    let words = told(Payload::Text, 3);
    assert!(words.starts_with("panic: a text in ") && words.ends_with(" for 3"), "{words}");
    assert_eq!(told(Payload::None, 3), "10");
    let mut served = 0;
    nothing(Payload::Explosive, &mut served);
    assert_eq!(served, 0);
    nothing(Payload::None, &mut served);
    assert_eq!(served, 7);
}

#[test]
fn a_parameter_whose_drop_panics_is_inside_the_boundary() {
    #[catch_panic]
    fn protected(explosive: Explosive, fine: u32) -> Result<u32, Violation> {
        Ok(explosive.0 + fine)
    }
    assert_eq!(protected(Explosive(1), 1).unwrap_err().code(), "panic");
    assert_eq!(protected(Explosive(0), 1).unwrap(), 1);
}

#[test]
fn what_panics_in_another_function_or_in_std() {
    #[catch_panic]
    fn protected(index: usize, text: &str) -> Result<u32, Violation> {
        let number: u32 = text.parse().expect("a number");
        Ok([number, 1][index])
    }
    assert_eq!(protected(0, "5").unwrap(), 5);
    let violation = protected(2, "5").unwrap_err();
    assert!(violation.internal().to_string().contains("index out of bounds"), "{}", violation.internal());
    assert_eq!(protected(0, "x").unwrap_err().code(), "panic");
    assert_eq!(protected(1, "5").unwrap(), 1);
}
