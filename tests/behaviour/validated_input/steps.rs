//! The way from a parameter to what the client chose of it.

use std::ops::Deref;

use portcullis::validator::{Validate, ValidateArgs, ValidationError, ValidationErrors};
use portcullis::{Violation, validated_input};

use super::broken;
use super::types::{Named, named};

/// As `tonic` has it: no `Deref`.
struct Request<T>(T);

impl<T> Request<T> {
    fn get_ref(&self) -> &T {
        &self.0
    }
}

#[test]
fn by_a_method() {
    #[validated_input]
    fn protected(#[check(via = get_ref)] request: Request<Named>) -> Result<String, Violation> {
        Ok(request.0.name)
    }
    #[validated_input]
    fn list(
        #[check(via = get_ref, length(max = 1), each(nested))] request: &Request<Vec<Named>>,
    ) -> Result<usize, Violation> {
        Ok(request.0.len())
    }
    struct Secs(u32);
    impl Secs {
        fn get(&self) -> u32 {
            self.0
        }
    }
    #[validated_input]
    fn by_value(#[check(via = get, range(max = 9))] secs: Option<Secs>) -> Result<u32, Violation> {
        Ok(secs.map_or(0, |secs| secs.0))
    }
    assert_eq!(protected(Request(named("a"))).unwrap(), "a");
    assert_eq!(broken(protected(Request(named("")))), ["request.name length"]);
    assert_eq!(list(&Request(vec![named("a")])).unwrap(), 1);
    assert_eq!(broken(list(&Request(vec![named("")]))), ["request[0].name length"]);
    assert_eq!(broken(list(&Request(vec![named("a"), named("")]))), ["request length"]);
    assert_eq!(by_value(Some(Secs(9))).unwrap(), 9);
    assert_eq!(by_value(None).unwrap(), 0);
    assert_eq!(broken(by_value(Some(Secs(10)))), ["secs range"]);
}

#[test]
fn by_a_field() {
    struct Event {
        payload: Named,
        r#type: String,
    }
    struct Delivery {
        event: Event,
    }
    struct Secs(u32);
    #[validated_input]
    fn protected(#[check(field = payload)] event: Event) -> Result<String, Violation> {
        Ok(event.payload.name)
    }
    #[validated_input]
    fn deeper(
        #[check(field = event, field = r#type, length(max = 3))] delivery: &Delivery,
    ) -> Result<usize, Violation> {
        Ok(delivery.event.r#type.len())
    }
    #[validated_input]
    fn of_a_newtype(#[check(field = 0, range(min = 1, max = 9))] secs: Secs) -> Result<u32, Violation> {
        Ok(secs.0)
    }
    let event = |name: &str, kind: &str| Event { payload: named(name), r#type: kind.to_owned() };
    assert_eq!(protected(event("a", "")).unwrap(), "a");
    assert_eq!(broken(protected(event("", ""))), ["event.payload.name length"]);
    assert_eq!(deeper(&Delivery { event: event("a", "abc") }).unwrap(), 3);
    assert_eq!(broken(deeper(&Delivery { event: event("a", "abcd") })), ["delivery.event.type length"]);
    assert_eq!(of_a_newtype(Secs(9)).unwrap(), 9);
    assert_eq!(broken(of_a_newtype(Secs(0))), ["secs range"]);
}

/// Lends a validated value, and has another field that nothing looks at: only a step says that this is meant.
struct Signed<T> {
    value: T,
    by: String,
}

impl<T> Deref for Signed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

#[test]
fn by_what_it_lends() {
    #[validated_input]
    fn protected(#[check(deref)] request: Signed<Named>) -> Result<String, Violation> {
        Ok(format!("{} {}", request.value.name, request.by))
    }
    let signed = |name| Signed { value: named(name), by: "key".to_owned() };
    assert_eq!(protected(signed("a")).unwrap(), "a key");
    assert_eq!(broken(protected(signed(""))), ["request.name length"]);
}

struct Limits {
    most: u32,
}

/// As `validator` derives it for `#[validate(context = Limits)]`.
struct Order {
    count: u32,
}

impl<'v_a> ValidateArgs<'v_a> for Order {
    type Args = &'v_a Limits;
    fn validate_with_args(&self, limits: &'v_a Limits) -> Result<(), ValidationErrors> {
        if self.count <= limits.most {
            return Ok(());
        }
        let mut errors = ValidationErrors::new();
        errors.add("count", ValidationError::new("too_many"));
        Err(errors)
    }
}

#[test]
fn with_what_its_rules_need_to_know() {
    #[validated_input]
    fn protected(
        #[trusted(reason = "read at start-up")] limits: &Limits,
        #[check(args = limits)] order: Order,
        #[check(length(max = 2), each(args = limits))] more: &[Order],
    ) -> Result<u32, Violation> {
        Ok(order.count + more.iter().map(|order| order.count).sum::<u32>())
    }
    let limits = Limits { most: 9 };
    assert_eq!(protected(&limits, Order { count: 9 }, &[Order { count: 1 }]).unwrap(), 10);
    assert_eq!(
        broken(protected(&limits, Order { count: 10 }, &[Order { count: 1 }, Order { count: 11 }])),
        ["more[1].count too_many", "order.count too_many"]
    );
}

#[test]
fn the_context_of_a_derived_type() {
    #[derive(Validate)]
    #[validate(crate = "portcullis::validator", context = Limits)]
    struct Derived {
        #[validate(custom(function = "at_most", use_context))]
        count: u32,
    }
    fn at_most(count: u32, limits: &Limits) -> Result<(), ValidationError> {
        if count <= limits.most { Ok(()) } else { Err(ValidationError::new("too_many")) }
    }
    #[validated_input]
    fn protected(
        #[trusted(reason = "read at start-up")] limits: &Limits,
        #[check(args = limits)] order: Derived,
    ) -> Result<u32, Violation> {
        Ok(order.count)
    }
    let limits = Limits { most: 9 };
    assert_eq!(protected(&limits, Derived { count: 9 }).unwrap(), 9);
    assert_eq!(broken(protected(&limits, Derived { count: 10 })), ["order.count too_many"]);
}
