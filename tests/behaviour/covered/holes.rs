//! Each hole twice: as `validator` leaves it, and closed.

use portcullis::validator::{Validate, ValidationError};
use portcullis::{Covered, Violation, validated_input};

use super::broken;

/// Not covered: for the comparison.
#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct PlainPrice {
    #[validate(range(min = 0.0, max = 1.0))]
    price: f64,
}

type Alias = f32;

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Price {
    #[validate(range(min = 0.0, max = 1.0))]
    price: f64,
    #[validate(range(exclusive_min = 0.0))]
    discount: Option<f32>,
    #[validate(range(max = 1.0))]
    weight: Alias,
}

fn price() -> Price {
    Price { price: 0.5, discount: Some(0.5), weight: 0.5 }
}

#[validated_input]
fn buy(price: Price) -> Result<f64, Violation> {
    Ok(price.price)
}

#[test]
fn nan_is_in_no_range() {
    #[validated_input]
    fn plain(price: PlainPrice) -> Result<f64, Violation> {
        Ok(price.price)
    }
    assert!(plain(PlainPrice { price: f64::NAN }).unwrap().is_nan());

    assert!(buy(price()).is_ok());
    assert_eq!(broken(buy(Price { price: f64::NAN, ..price() })), ["price.price range"]);
    assert_eq!(broken(buy(Price { discount: Some(-f32::NAN), ..price() })), ["price.discount range"]);
    assert_eq!(broken(buy(Price { weight: f32::NAN, ..price() })), ["price.weight range"]);
    assert!(buy(Price { discount: None, ..price() }).is_ok());
}

#[derive(Clone, Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Login {
    #[validate(length(min = 20), custom(function = "never"))]
    password: String,
    #[validate(must_match(other = "password"))]
    again: String,
}

fn never(value: &str) -> Result<(), ValidationError> {
    let mut error = ValidationError::new("never");
    error.add_param("hint".into(), &value);
    Err(error)
}

#[test]
fn a_rejected_value_is_nowhere() {
    let login = Login { password: "hunter2".to_owned(), again: "hunter3".to_owned() };
    let told = login.validate().unwrap_err();
    assert!(format!("{told}{told:?}").contains("hunter2"));

    let refused = login.ensure("login").unwrap_err();
    let told = format!("{refused}{refused:?}{:?}{}", refused.fields(), refused.internal());
    assert_eq!(refused.fields().len(), 3, "{told}");
    assert!(!told.contains("hunter"), "{told}");

    // Nor in what stands in for validator's own derive.
    #[derive(Covered)]
    struct Alone(#[check(length(min = 20, max = 99))] String);
    let told = Alone("hunter2".to_owned()).validate().unwrap_err();
    let told = format!("{told}{told:?}");
    assert!(told.contains("between 20 and 99") && !told.contains("hunter"), "{told}");
}

#[derive(Clone, Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Item {
    #[validate(custom(function = "seen"))]
    count: u32,
}

std::thread_local! {
    static SEEN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

fn seen(count: u32) -> Result<(), ValidationError> {
    SEEN.with(|seen| seen.set(seen.get() + 1));
    if count == 0 { Err(ValidationError::new("none")) } else { Ok(()) }
}

#[derive(Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Basket {
    // Under `validate` the elements would have to be `Serialize`: validator keeps the list that it rejects.
    #[check(length(max = 3))]
    #[validate(nested)]
    items: Vec<Item>,
}

#[test]
fn the_elements_of_a_list_that_is_too_long_are_not_visited() {
    let bad = Item { count: 0 };
    assert_eq!(broken(Basket { items: vec![bad.clone(); 4] }.ensure("basket")), ["basket.items length"]);
    assert_eq!(SEEN.with(std::cell::Cell::get), 0);
    let told = broken(Basket { items: vec![bad; 3] }.ensure("basket"));
    assert_eq!(told, ["basket.items[0].count none", "basket.items[1].count none", "basket.items[2].count none"]);
    assert_eq!(SEEN.with(std::cell::Cell::get), 3);
}

#[test]
fn the_walk_ends_when_it_has_found_enough() {
    // A parameter that is a list has no length of its own.
    #[validated_input]
    fn protected(items: &[Item]) -> Result<usize, Violation> {
        Ok(items.len())
    }
    #[derive(Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Plain {
        #[validate(custom(function = "seen"))]
        count: u32,
    }
    let many: Vec<Plain> = (0..100_000).map(|_| Plain { count: 0 }).collect();
    assert!(many.validate().is_err());
    assert_eq!(SEEN.with(|seen| seen.replace(0)), 100_000);

    let refused = protected(&vec![Item { count: 0 }; 100_000]).unwrap_err();
    assert_eq!(SEEN.with(std::cell::Cell::get), 256);
    assert_eq!((refused.fields().len(), refused.fields_omitted()), (16, 240));
    assert_eq!(protected(&[Item { count: 1 }]).unwrap(), 1);
}

#[test]
fn what_is_long_and_right_is_visited_whole() {
    let mut items = vec![Item { count: 1 }; 1_000];
    assert!(items.ensure("items").is_ok());
    items[999].count = 0;
    assert_eq!(broken(items.ensure("items")), ["items[999].count none"]);
}

#[test]
fn names_that_validator_makes_up_are_not_shown() {
    let lists = vec![vec![Item { count: 1 }], vec![Item { count: 0 }]];
    let told = lists.validate().unwrap_err();
    assert!(format!("{told:?}").contains("_tmp_validator"));
    assert_eq!(broken(lists.ensure("lists")), ["lists[1][0].count none"]);

    let mut map = std::collections::HashMap::new();
    map.insert("hunter2".to_owned(), Item { count: 0 });
    // The key is the client's.
    assert_eq!(broken(map.ensure("map")), ["map[*].count none"]);
}

#[test]
fn a_field_without_a_rule_is_a_reason() {
    // `tests/ui/covered/fail/pc0121_no_rule.rs` is the field without one.
    #[derive(Covered)]
    struct Kept {
        #[check(range(max = 9))]
        count: u8,
        #[trusted(reason = "set by the server's own session")]
        user: u64,
        ready: bool,
        nothing: (),
        perhaps: Option<bool>,
        of: std::marker::PhantomData<u8>,
    }
    let kept = Kept { count: 9, user: 0, ready: false, nothing: (), perhaps: None, of: std::marker::PhantomData };
    assert!(kept.ensure("kept").is_ok());
    let Kept { count, user, ready, nothing: (), perhaps, of: _ } = kept;
    assert_eq!((count, user, ready, perhaps), (9, 0, false, None));
}
