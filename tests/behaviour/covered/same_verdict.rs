//! The rules of `#[validate(..)]` as the walk asks them: what `validator` refuses is refused, with its code and words.

#![allow(single_use_lifetimes, reason = "the derive of `validator` names the lifetime of a type once")]

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use portcullis::validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};
use portcullis::{Covered, FieldError};
use proptest::prelude::*;

use super::broken;

const LEAST: u32 = 2;

fn not_thirteen(amount: u32) -> Result<(), ValidationError> {
    if amount == 13 { Err(ValidationError::new("unlucky")) } else { Ok(()) }
}

fn not_root(name: &str) -> Result<(), ValidationError> {
    if name == "root" { Err(ValidationError::new("reserved").with_message("is reserved".into())) } else { Ok(()) }
}

fn not_all_equal(request: &Request<'_>) -> Result<(), ValidationError> {
    if i64::from(request.amount) == request.more { Err(ValidationError::new("equal")) } else { Ok(()) }
}

fn not_empty(tags: &HashSet<String>) -> Result<(), ValidationError> {
    if tags.is_empty() { Err(ValidationError::new("empty")) } else { Ok(()) }
}

#[derive(Debug, Clone, Validate, Covered, serde::Serialize)]
#[validate(crate = "portcullis::validator")]
struct Part {
    #[validate(length(min = 1, max = 3))]
    name: String,
}

#[derive(Debug, Clone, Validate, Covered)]
#[validate(crate = "portcullis::validator", schema(function = "not_all_equal"))]
#[validate(schema(function = not_all_equal, skip_on_field_errors = false, code = "same", message = "are the same"))]
struct Request<'a> {
    #[validate(range(min = "LEAST", max = 20), custom(function = "not_thirteen"))]
    amount: u32,
    #[validate(range(exclusive_min = 1, exclusive_max = 20, code = "few", message = "must be few"))]
    more: i64,
    #[validate(range(min = 1))]
    perhaps: Option<Option<u8>>,
    #[validate(email)]
    mail: String,
    #[validate(url(message = "must be a link"))]
    link: Option<Cow<'a, str>>,
    #[validate(ip(v4 = true))]
    address: &'a str,
    #[validate(contains(pattern = "@"), does_not_contain(pattern = "!"))]
    handle: Option<&'a str>,
    #[validate(non_control_character, length(max = 6, code = "long"))]
    note: Cow<'a, str>,
    #[validate(custom(function = not_root), custom(function = "not_root", code = "twice"))]
    name: String,
    #[validate(must_match(other = name))]
    again: String,
    #[validate(required, length(equal = 2))]
    pair: Option<Vec<u8>>,
    #[validate(required)]
    consent: Option<bool>,
    #[validate(length(max = 2), nested)]
    parts: Vec<Part>,
    #[validate(nested)]
    part: Option<Part>,
    #[validate(length(max = 2), nested)]
    #[check(length(max = 9), keys(range(max = 9)))]
    by_name: HashMap<u8, Part>,
    #[validate(length(max = 2), nested)]
    #[check(length(max = 9), keys(range(max = 9)))]
    sorted: BTreeMap<u8, Part>,
    #[validate(custom(function = not_empty))]
    tags: HashSet<String>,
    #[validate(skip)]
    #[trusted(reason = "filled in by the server")]
    skipped: u8,
}

/// The errors of `validator`, as `path code`, with no index of an entry of a map.
fn flat(prefix: &str, errors: &ValidationErrors, told: &mut Vec<String>) {
    for (name, kind) in &errors.0 {
        let path = match &**name {
            "__all__" => prefix.to_owned(),
            name => format!("{prefix}.{name}"),
        };
        match kind {
            ValidationErrorsKind::Struct(inner) => flat(&path, inner, told),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    let index =
                        if path.contains("by_name") || path.contains("sorted") { "*" } else { &index.to_string() };
                    flat(&format!("{path}[{index}]"), inner, told);
                }
            }
            ValidationErrorsKind::Field(broken) => {
                told.extend(broken.iter().map(|error| format!("{path} {}", error.code)));
            }
        }
    }
}

fn shown(field: &FieldError) -> String {
    format!("{} {}", field.path, field.code)
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "a",
        "root",
        "a@b.de",
        "a@!",
        "http://x.de",
        "127.0.0.1",
        "::1",
        "\u{7}",
        "long enough",
    ])
    .prop_map(str::to_owned)
}

fn part() -> impl Strategy<Value = Part> {
    text().prop_map(|name| Part { name })
}

proptest! {
    #[test]
    fn both_say_the_same(
        (amount, more, perhaps) in (0u32..24, 0i64..24, prop::option::of(prop::option::of(0u8..3))),
        texts in prop::collection::vec(text(), 7),
        (link, handle, consent) in (any::<bool>(), any::<bool>(), prop::option::of(any::<bool>())),
        pair in prop::option::of(prop::collection::vec(0u8..2, 0..4)),
        (parts, one) in (prop::collection::vec(part(), 0..4), prop::option::of(part())),
        by_name in prop::collection::btree_map(0u8..9, part(), 0..4),
        tagged in any::<bool>(),
    ) {
        let request = Request {
            amount,
            more,
            perhaps,
            mail: texts[0].clone(),
            link: link.then(|| Cow::Borrowed(&*texts[1])),
            address: &texts[2],
            handle: handle.then_some(&*texts[3]),
            note: Cow::Borrowed(&*texts[4]),
            name: texts[5].clone(),
            again: texts[6].clone(),
            pair,
            consent,
            parts,
            part: one,
            by_name: by_name.clone().into_iter().collect(),
            sorted: by_name,
            tags: tagged.then(|| "tag".to_owned()).into_iter().collect(),
            skipped: 0,
        };
        let mut expected = Vec::new();
        if let Err(errors) = request.validate() {
            flat("req", &errors, &mut expected);
        }
        expected.sort();
        let refused = request.ensure("req");
        prop_assert_eq!(refused.is_ok(), expected.is_empty());
        if let Err(refused) = refused {
            let told: Vec<String> = refused.fields().iter().map(shown).collect();
            prop_assert_eq!(told.len() + refused.fields_omitted(), expected.len());
            let mut told_sorted = told;
            told_sorted.sort();
            prop_assert!(told_sorted.iter().all(|told| expected.contains(told)), "{:?} {:?}", told_sorted, expected);
        }
        prop_assert_eq!(request.skipped, 0);
    }
}

#[test]
fn the_words_are_the_same() {
    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    struct Words {
        #[validate(range(min = 1, max = 9))]
        count: u8,
        #[validate(range(exclusive_min = 0.0))]
        price: f64,
        #[validate(length(equal = 2))]
        pair: String,
        #[validate(length(min = 1, message = "must be filled in"))]
        said: String,
        #[validate(email(code = "mail"))]
        mail: String,
        #[validate(custom(function = "not_root"))]
        name: String,
    }
    let words = Words {
        count: 10,
        price: 0.0,
        pair: "abc".to_owned(),
        said: String::new(),
        mail: "nobody".to_owned(),
        name: "root".to_owned(),
    };
    let refused = words.ensure("req").unwrap_err();
    let told: Vec<String> = refused.fields().iter().map(|field| format!("{field} ({})", field.code)).collect();
    assert_eq!(
        told,
        [
            "req.count must be at least 1 and at most 9 (range)",
            "req.mail is not valid (mail)",
            "req.name is reserved (reserved)",
            "req.pair must have a length that is exactly 2 (length)",
            "req.price must be above 0.0 (range)",
            "req.said must be filled in (length)",
        ]
    );
}

#[test]
fn nest_all_fields_nests_all_fields() {
    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator", nest_all_fields)]
    struct All {
        one: Part,
        #[validate(length(max = 1))]
        list: Vec<Part>,
    }
    let empty = || Part { name: String::new() };
    let all = All { one: empty(), list: vec![empty()] };
    assert_eq!(broken(all.ensure("all")), ["all.list[0].name length", "all.one.name length"]);
}

#[test]
fn rules_of_both_attributes_are_asked() {
    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    struct Both {
        #[validate(length(max = 4))]
        #[check(ascii, one_of("ab", "über"))]
        name: String,
        #[check(range(min = 'a', max = 'c'))]
        letter: char,
    }
    assert!(Both { name: "ab".to_owned(), letter: 'b' }.ensure("b").is_ok());
    let both = Both { name: "überall".to_owned(), letter: 'd' };
    assert_eq!(broken(both.ensure("b")), ["b.letter range", "b.name ascii", "b.name length", "b.name one_of"]);
}
