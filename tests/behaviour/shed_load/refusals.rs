//! What a shut gate does.

use portcullis::memory::{self, State};
use portcullis::{FromViolation, Kind, Violation, shed_load, zero_trust};

use super::shut;
use crate::common::{code, panic_of};

/// Of `kept`.
const LINE: u32 = line!() + 2;
#[shed_load(memory = "16MiB")]
fn kept(runs: &mut u32) -> Result<(), Violation> {
    *runs += 1;
    Ok(())
}

#[test]
fn nothing_of_the_body_runs() {
    shut();
    let mut runs = 0;
    for _ in 0..100 {
        assert_eq!(code(kept(&mut runs)), "memory");
    }
    assert_eq!(runs, 0);
}

#[test]
fn the_internal_half_has_the_numbers_and_the_public_half_has_not() {
    shut();
    let refused = kept(&mut 0).unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("memory", Kind::Memory));
    assert_eq!(refused.to_string(), "the request is refused: memory");
    assert!(!format!("{refused:?}").contains("iB"));
    let internal = refused.internal();
    let text = internal.to_string();
    assert!(
        text.starts_with("memory: at 16.00 MiB, with ") && text.contains("iB of ") && text.contains("iB ("),
        "{text}"
    );
    assert!(internal.function().ends_with("shed_load::refusals::kept"), "{text}");
    assert_eq!(internal.location().unwrap().line(), LINE);
}

#[test]
fn every_way_out() {
    enum Reply {
        Served,
        Refused(&'static str),
    }
    impl FromViolation for Reply {
        fn from_violation(violation: Violation) -> Self {
            Self::Refused(violation.code())
        }
    }
    #[shed_load(memory = "16MiB")]
    fn replying() -> Reply {
        Reply::Served
    }
    #[shed_load(memory = "16MiB", or(panic))]
    fn panicking() -> u32 {
        1
    }
    #[shed_load(memory = "16MiB", or(return if violation.code() == "memory" { other } else { 0 }))]
    fn returning(other: u32) -> u32 {
        other + 1
    }
    #[shed_load(memory = "16MiB", or(return))]
    fn quiet(runs: &mut u32) {
        *runs += 1;
    }
    shut();
    assert!(matches!(replying(), Reply::Refused("memory")));
    assert!(panic_of(panicking).starts_with("portcullis: memory: at "));
    assert_eq!(returning(7), 7);
    let mut runs = 0;
    quiet(&mut runs);
    assert_eq!(runs, 0);
}

/// A server in need looks at nothing of the request.
#[test]
fn the_gate_is_asked_before_the_input() {
    #[zero_trust(shed_load(memory = "16MiB"))]
    fn handler(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
    #[zero_trust(shed_load(memory = "85%"))]
    fn served(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
    shut();
    assert_eq!(code(handler(10)), "memory");
    assert_eq!(code(served(10)), "input.range");
    assert_eq!(served(9).unwrap(), 9);
}

#[test]
fn the_status_says_so() {
    shut();
    assert_eq!(code(kept(&mut 0)), "memory");
    let status = memory::status().unwrap();
    assert_eq!((status.state, status.admitted), (State::Critical, 0));
    assert!(status.used > 0 && status.used < status.limit, "{status:?}");
    assert!(status.to_string().contains(" of "), "{status}");
}

#[test]
fn the_table_of_a_route_has_the_threshold() {
    #[zero_trust(route, shed_load(memory = "85%"))]
    fn listed() -> Result<(), Violation> {
        Ok(())
    }
    #[zero_trust(route, shed_load(memory = "512MiB", priority = probe))]
    fn probed() -> Result<(), Violation> {
        Ok(())
    }
    assert!(portcullis::protections_of!(listed).contains(&"shed_load(memory = \"85%\")"));
    assert!(portcullis::protections_of!(probed).contains(&"shed_load(memory = \"512MiB\", priority = probe)"));
    assert!(listed().is_ok() && probed().is_ok());
}
