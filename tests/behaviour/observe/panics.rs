//! Panics: told once as they pass, and not stopped.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Violation, catch_panic, zero_trust};

use super::{codes, outcome, told};
use crate::common::{Log, Noisy};

#[zero_trust(observe)]
fn fails(on: bool) -> u32 {
    assert!(!on, "for the test");
    7
}

#[zero_trust(observe)]
fn outer(on: bool) -> u32 {
    fails(on) + 1
}

#[test]
fn the_innermost_tells_it_and_the_payload_goes_on() {
    let (ended, all) = told(|| outcome(|| outer(true)));
    assert_eq!(ended, Err("for the test".to_owned()));
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((one.code, one.function), ("panic", "fails"));
    assert_eq!(codes(|| outer(false)), (8, vec![]));
}

#[test]
fn a_payload_of_any_type_arrives() {
    #[zero_trust(observe)]
    fn throws() {
        std::panic::panic_any(42_u64);
    }
    let (payload, told) = codes(|| catch_unwind(throws).unwrap_err());
    assert_eq!((payload.downcast_ref::<u64>(), told), (Some(&42), vec!["panic"]));
}

#[test]
fn one_that_the_body_stops_is_told_of_nobody_but_who_panicked() {
    #[zero_trust(observe)]
    fn stops() -> bool {
        catch_unwind(|| fails(true)).is_err()
    }
    #[zero_trust(observe)]
    fn stops_its_own() -> bool {
        catch_unwind(|| panic!("for the test")).is_err()
    }
    assert_eq!(codes(stops), (true, vec!["panic"]));
    assert_eq!(codes(stops_its_own), (true, vec![]));
}

#[test]
fn drops_come_in_their_turn() {
    fn plain(log: &Log, _first: Noisy<'_>, second: Noisy<'_>) {
        let _third = Noisy(log, "third");
        drop(second);
        panic!("for the test");
    }
    #[zero_trust(observe)]
    fn observed(log: &Log, _first: Noisy<'_>, second: Noisy<'_>) {
        let _third = Noisy(log, "third");
        drop(second);
        panic!("for the test");
    }
    let order = |call: fn(&Log, Noisy<'_>, Noisy<'_>)| {
        let log = Log::default();
        let _ = outcome(|| call(&log, Noisy(&log, "first"), Noisy(&log, "second")));
        log.taken()
    };
    assert_eq!(order(observed), order(plain));
}

#[test]
fn the_caller_is_still_tracked() {
    #[track_caller]
    #[zero_trust(observe)]
    fn line() -> u32 {
        std::panic::Location::caller().line()
    }
    assert_eq!(line(), line!());
}

#[test]
fn one_that_is_on_its_way_already_is_no_news() {
    struct Calls<'a>(&'a Cell<u32>);
    impl Drop for Calls<'_> {
        fn drop(&mut self) {
            self.0.set(fails(false));
        }
    }
    let called = Cell::new(0);
    let (_, told) = codes(|| {
        catch_unwind(AssertUnwindSafe(|| {
            let _calls = Calls(&called);
            panic!("for the test");
        }))
    });
    assert_eq!((called.get(), told), (7, vec![]));
}

#[test]
fn what_a_function_inside_refuses_it_refuses_and_nothing_is_observed() {
    #[catch_panic]
    fn inner() -> Result<u32, Violation> {
        Ok(fails(true))
    }
    #[zero_trust(observe)]
    fn around() -> Result<u32, Violation> {
        inner()
    }
    let (ended, all) = told(around);
    assert_eq!(ended.unwrap_err().code(), "panic");
    assert_eq!(all.iter().map(|told| told.function).collect::<Vec<_>>(), ["fails"]);
}
