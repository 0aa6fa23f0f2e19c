//! Types that derive `Validate` through the crate that the user names.

#![allow(single_use_lifetimes, reason = "the derive of `validator` names the lifetime of a type once")]

use std::borrow::Cow;

use portcullis::validator::{Validate, ValidationError};
use portcullis::{Violation, validated_input};

use super::broken;

#[derive(Debug, Clone, Validate)]
#[validate(crate = "portcullis::validator")]
pub(super) struct Named {
    #[validate(length(min = 1, max = 8))]
    pub(super) name: String,
}

pub(super) fn named(name: &str) -> Named {
    Named { name: name.to_owned() }
}

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Order {
    #[validate(nested)]
    items: Vec<Named>,
    #[validate(nested)]
    to: Option<Named>,
    #[validate(range(min = 1, max = 99), custom(function = "not_thirteen"))]
    amount: u32,
    #[validate(range(exclusive_min = 0.0))]
    price: f64,
    #[validate(email)]
    mail: String,
    #[validate(url)]
    link: Option<String>,
    #[validate(required)]
    consent: Option<bool>,
    #[validate(non_control_character)]
    note: Cow<'static, str>,
    #[validate(length(equal = 2))]
    tags: [u8; 2],
}

fn not_thirteen(amount: u32) -> Result<(), ValidationError> {
    if amount == 13 { Err(ValidationError::new("unlucky")) } else { Ok(()) }
}

fn order() -> Order {
    Order {
        items: vec![named("a"), named("b"), named("c"), named("d")],
        to: None,
        amount: 1,
        price: 0.5,
        mail: "a@example.org".to_owned(),
        link: None,
        consent: Some(false),
        note: "".into(),
        tags: [1, 2],
    }
}

#[validated_input]
fn place(req: Order) -> Result<usize, Violation> {
    let Order { items, to, amount, price, mail, link, consent, note, tags } = req;
    let _ = (to, amount, price, mail, link, consent, note, tags);
    Ok(items.len())
}

#[test]
fn paths_lead_to_the_value() {
    assert_eq!(place(order()).unwrap(), 4);
    let mut bad = order();
    bad.items[3].name = "far too long".to_owned();
    bad.items[0].name = String::new();
    bad.to = Some(named(""));
    assert_eq!(broken(place(bad)), ["req.items[0].name length", "req.items[3].name length", "req.to.name length"]);
    assert_eq!(place(order()).unwrap(), 4);
}

#[test]
fn every_rule_of_the_derive_has_a_code_and_words() {
    let bad = Order {
        amount: 13,
        price: 0.0,
        mail: "nobody".to_owned(),
        link: Some("nowhere".to_owned()),
        consent: None,
        note: "\u{1b}[2J".into(),
        ..order()
    };
    let refused = place(bad).unwrap_err();
    let told: Vec<String> = refused.fields().iter().map(|field| format!("{field} ({})", field.code)).collect();
    assert_eq!(
        told,
        [
            "req.amount is not valid (unlucky)",
            "req.consent is required (required)",
            "req.link must be a URL (url)",
            "req.mail must be an e-mail address (email)",
            "req.note must not hold control characters (non_control_character)",
            "req.price must be above 0.0 (range)",
        ]
    );
    let refused = place(Order { amount: 100, ..order() }).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the request is refused: input.range: req.amount must be at least 1 and at most 99"
    );
}

#[derive(Validate)]
#[validate(crate = "portcullis::validator", schema(function = "ordered"))]
struct Span {
    from: u32,
    to: u32,
}

fn ordered(span: &Span) -> Result<(), ValidationError> {
    if span.from <= span.to { Ok(()) } else { Err(ValidationError::new("backwards")) }
}

#[test]
fn a_rule_over_the_whole_struct_is_told_of_the_parameter() {
    #[validated_input]
    fn protected(span: Span) -> Result<u32, Violation> {
        Ok(span.to - span.from)
    }
    assert_eq!(protected(Span { from: 1, to: 1 }).unwrap(), 0);
    assert_eq!(broken(protected(Span { from: 2, to: 1 })), ["span backwards"]);
}

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Borrowed<'a> {
    #[validate(length(max = 2))]
    name: &'a str,
}

#[test]
fn a_type_with_a_lifetime() {
    #[validated_input]
    fn protected<'a>(request: &Borrowed<'a>) -> Result<&'a str, Violation> {
        Ok(request.name)
    }
    assert_eq!(protected(&Borrowed { name: "ab" }).unwrap(), "ab");
    assert_eq!(broken(protected(&Borrowed { name: "abc" })), ["request.name length"]);
}

#[test]
fn a_rule_beside_what_the_type_says_itself() {
    fn not_root(request: &Named) -> Result<(), ValidationError> {
        if request.name == "root" { Err(ValidationError::new("reserved")) } else { Ok(()) }
    }
    // A rule replaces what the type says, unless `nested` asks for both.
    #[validated_input]
    fn instead(#[check(custom = not_root)] request: Named) -> Result<(), Violation> {
        let _ = request;
        Ok(())
    }
    #[validated_input]
    fn both(#[check(custom = not_root, nested)] request: Named) -> Result<(), Violation> {
        let _ = request;
        Ok(())
    }
    instead(named("")).unwrap();
    assert_eq!(broken(instead(named("root"))), ["request reserved"]);
    both(named("a")).unwrap();
    assert_eq!(broken(both(named(""))), ["request.name length"]);
    assert_eq!(broken(both(named("root"))), ["request reserved"]);
}
