//! Rules: asked and told, and the body runs all the same.

use portcullis::validator::Validate;
use portcullis::{Judged, zero_trust};

use super::{codes, compare, outcome, told, twins};

#[derive(Clone, Debug, Validate)]
#[validate(crate = "portcullis::validator")]
pub(super) struct Order {
    #[validate(length(min = 1, max = 5))]
    item: String,
}

twins! {
    [, require(least <= most, most - least < 100)]
    fn between(#[check(range(max = 1_000))] least: u32, #[check(range(max = 1_000))] most: u32) -> u32 {
        most.wrapping_sub(least)
    }

    []
    fn rules(#[check(length(max = 3), each(range(max = 9)))] list: Vec<u8>, order: Order) -> String {
        format!("{list:?} {}", order.item)
    }
}

#[test]
fn the_same_rules() {
    for least in [0, 1, 10, 999, 1_000, 1_001, u32::MAX] {
        for most in [0, 9, 99, 100, 1_000, 1_001, u32::MAX] {
            let told = compare(
                &(least, most),
                || between::plain(least, most),
                || between::observed(least, most),
                || between::refusing(least, most),
            );
            assert!(told.len() <= 1, "{told:?}");
        }
    }
    for list in [vec![], vec![1, 2, 3], vec![10], vec![0; 4]] {
        for item in ["", "pen", "pencil"] {
            let (list, order) = (|| list.clone(), || Order { item: item.to_owned() });
            compare(
                &(list(), item),
                || rules::plain(list(), order()),
                || rules::observed(list(), order()),
                || rules::refusing(list(), order()),
            );
        }
    }
}

#[test]
fn the_parameter_is_named() {
    let ((), told) = told(|| {
        rules::observed(vec![1, 10], Order { item: String::new() });
    });
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((told.code, told.function, told.field.as_deref()), ("input.range", "observed", Some("list[1]")));
}

#[test]
fn what_has_no_rule_is_passed_over_and_what_its_type_says_is_asked() {
    struct Opaque;
    #[zero_trust(observe)]
    fn buy(_opaque: Opaque, count: u32, orders: Vec<Order>, (a, b): (u8, Option<Order>), text: &str) -> usize {
        orders.len() + usize::from(a) + usize::from(b.is_some()) + text.len() + count as usize
    }
    let order = |item: &str| Order { item: item.to_owned() };
    let buy = |orders: Vec<Order>, b| codes(|| buy(Opaque, 1, orders, (1, b), "x"));
    assert_eq!(buy(vec![order("pen")], None), (4, vec![]));
    assert_eq!(buy(vec![order("pen"), order("")], None), (5, vec!["input.length"]));
    assert_eq!(buy(vec![], Some(order("too long"))), (4, vec!["input.length"]));
}

#[test]
fn a_rule_that_panics_is_told_and_stays_inside() {
    fn strange(value: &u8) -> Result<(), portcullis::validator::ValidationError> {
        assert!(*value < 9, "for the test");
        Ok(())
    }
    #[zero_trust(observe, require(100 / a > 3, [1, 2][usize::from(a)] > 0))]
    fn with(#[check(custom = strange)] a: u8) -> u8 {
        a
    }
    #[zero_trust(observe, require(100 / a > 3, [1, 2][usize::from(a)] > 0))]
    fn conditions(a: u8) -> u8 {
        a
    }
    assert_eq!(codes(|| with(1)), (1, vec![]));
    assert_eq!(codes(|| with(9)), (9, vec!["panic"]));
    assert_eq!(codes(|| conditions(0)), (0, vec!["arithmetic.division"]));
    assert_eq!(codes(|| conditions(2)), (2, vec!["index.bounds"]));
    assert_eq!(codes(|| conditions(50)), (50, vec!["input.require"]));
}

#[test]
fn what_the_body_moves_is_still_its_own() {
    #[zero_trust(observe, require(first.len() < 3))]
    fn join(mut first: String, #[check(length(max = 2))] second: String) -> impl FnOnce() -> String {
        first.push('-');
        move || first + &second
    }
    let (joined, told) = codes(|| join("ab".to_owned(), "cde".to_owned())());
    assert_eq!((&*joined, told), ("ab-cde", vec!["input.length"]));
}

#[test]
fn the_table_says_who_is_judged() {
    #[zero_trust(observe, route)]
    fn routed(#[check(range(max = 9))] a: u8, b: u32, order: Order) -> usize {
        usize::from(a) + order.item.len() + b as usize
    }
    let judged = |at: usize| portcullis::rules_of!(routed)[at].judged;
    assert_eq!([judged(0), judged(1), judged(2)], [Judged::ByRules, Judged::Not, Judged::ByType]);
    assert_eq!(portcullis::protections_of!(routed)[0], "observe");
    let routed = portcullis::gated!(routed);
    assert_eq!(codes(|| outcome(|| routed(10, 1, Order { item: "pen".into() }))), (Ok(14), vec!["input.range"]));
}
