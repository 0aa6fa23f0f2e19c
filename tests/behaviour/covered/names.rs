//! A path has the names that the client wrote.

use portcullis::Covered;
use portcullis::validator::Validate;
use serde::Deserialize;

use super::broken;

#[derive(Deserialize, Validate, Covered)]
#[serde(rename_all = "camelCase")]
#[validate(crate = "portcullis::validator")]
struct Outer {
    #[validate(range(max = 9))]
    first_count: u8,
    #[serde(rename = "second")]
    #[validate(range(max = 9))]
    other_count: u8,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    #[validate(range(max = 9))]
    both_ways: u8,
    #[serde(flatten)]
    #[validate(nested)]
    flat: Inner,
    #[serde(default)]
    #[check(length(max = 3))]
    #[validate(nested)]
    inner_list: Vec<Inner>,
    #[serde(skip)]
    never_sent: u64,
    #[validate(range(max = 9))]
    r#type: u8,
}

#[derive(Deserialize, Validate, Covered)]
#[serde(rename_all(serialize = "lowercase", deserialize = "SCREAMING-KEBAB-CASE"))]
#[validate(crate = "portcullis::validator")]
struct Inner {
    #[validate(range(max = 9))]
    inner_count: u8,
}

#[test]
fn of_a_struct() {
    // That these are the client's names, serde shows itself.
    let text = r#"{"firstCount":10,"second":10,"in":10,"INNER-COUNT":10,"innerList":[{"INNER-COUNT":1},{"INNER-COUNT":10}],"type":10}"#;
    let outer: Outer = serde_json::from_str(text).unwrap();
    assert_eq!(outer.never_sent, 0);
    assert_eq!(
        broken(outer.ensure("req")),
        [
            "req.INNER-COUNT range",
            "req.firstCount range",
            "req.in range",
            "req.innerList[1].INNER-COUNT range",
            "req.second range",
            "req.type range",
        ]
    );
    // validator has the names of the source.
    let told = outer.validate().unwrap_err().to_string();
    assert!(told.contains("first_count") && !told.contains("firstCount"));
}

/// Of an enum, in each of serde's forms.
macro_rules! shape {
    ($(#[$attribute:meta])* $name:ident) => {
        #[derive(Deserialize, Covered)]
        $(#[$attribute])*
        enum $name {
            #[serde(rename_all = "UPPERCASE")]
            FlatCircle {
                #[check(range(max = 9))]
                the_radius: u8,
            },
            #[serde(rename = "box")]
            Square {
                #[check(range(max = 9))]
                side_length: u8,
            },
            #[serde(skip)]
            #[allow(dead_code)]
            Internal { number: u64 },
        }
    };
}
shape!(External);
shape!(
    #[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
    Renamed
);
shape!(
    #[serde(tag = "kind")]
    Internally
);
shape!(
    #[serde(tag = "kind", content = "value")]
    Adjacently
);
shape!(
    #[serde(untagged)]
    Untagged
);

#[test]
fn of_an_enum() {
    fn told<T: Covered + for<'de> Deserialize<'de>>(text: &str) -> String {
        let value: T = serde_json::from_str(text).unwrap();
        broken(value.ensure("shape")).concat()
    }
    assert_eq!(told::<External>(r#"{"FlatCircle":{"THE_RADIUS":10}}"#), "shape.FlatCircle.THE_RADIUS range");
    assert_eq!(told::<External>(r#"{"box":{"side_length":10}}"#), "shape.box.side_length range");
    assert_eq!(told::<Renamed>(r#"{"flat-circle":{"THE_RADIUS":10}}"#), "shape.flat-circle.THE_RADIUS range");
    assert_eq!(told::<Renamed>(r#"{"box":{"sideLength":10}}"#), "shape.box.sideLength range");
    assert_eq!(told::<Internally>(r#"{"kind":"FlatCircle","THE_RADIUS":10}"#), "shape.THE_RADIUS range");
    let adjacent = r#"{"kind":"FlatCircle","value":{"THE_RADIUS":10}}"#;
    assert_eq!(told::<Adjacently>(adjacent), "shape.value.THE_RADIUS range");
    assert_eq!(told::<Untagged>(r#"{"side_length":10}"#), "shape.side_length range");
}

#[test]
fn of_what_has_no_names() {
    #[derive(Deserialize, Covered)]
    struct Newtype(#[check(range(max = 9))] u8);
    #[derive(Deserialize, Covered)]
    struct Pair(#[check(range(max = 9))] u8, #[check(nested)] Newtype);
    #[derive(Deserialize, Covered)]
    #[serde(transparent)]
    struct Transparent {
        #[check(nested)]
        pair: Pair,
    }
    #[derive(Deserialize, Covered)]
    enum Command {
        One(#[check(range(max = 9))] u8),
        Two(#[check(range(max = 9))] u8, #[check(range(max = 9))] u8),
    }
    let pair: Pair = serde_json::from_str("[10, 10]").unwrap();
    assert_eq!(broken(pair.ensure("pair")), ["pair[0] range", "pair[1] range"]);
    let transparent: Transparent = serde_json::from_str("[9, 10]").unwrap();
    assert_eq!(broken(transparent.ensure("t")), ["t[1] range"]);
    let one: Command = serde_json::from_str(r#"{"One":10}"#).unwrap();
    assert_eq!(broken(one.ensure("command")), ["command.One range"]);
    let two: Command = serde_json::from_str(r#"{"Two":[9,10]}"#).unwrap();
    assert_eq!(broken(two.ensure("command")), ["command.Two[1] range"]);
}

/// serde's own rules are the oracle: the name in the path is a key that serde takes.
#[test]
fn every_case_of_serde() {
    macro_rules! cased {
        ($($case:literal $module:ident)*) => {$(
            mod $module {
                #[derive(serde::Deserialize, portcullis::Covered)]
                #[serde(rename_all = $case, deny_unknown_fields)]
                pub(super) struct Of {
                    #[check(range(max = 9))]
                    pub(super) the_2nd_count: u8,
                }
                #[derive(serde::Deserialize, portcullis::Covered)]
                #[serde(rename_all = $case)]
                pub(super) enum Either {
                    TheFirst2Http(#[check(range(max = 9))] u8),
                }
            }
            let path = broken($module::Of { the_2nd_count: 10 }.ensure("")).concat().replace(" range", "");
            let of: $module::Of = serde_json::from_str(&format!("{{\"{path}\":3}}")).unwrap();
            assert_eq!(of.the_2nd_count, 3);
            let path = broken($module::Either::TheFirst2Http(10).ensure("")).concat().replace(" range", "");
            let $module::Either::TheFirst2Http(of) = serde_json::from_str(&format!("{{\"{path}\":3}}")).unwrap();
            assert_eq!(of, 3);
        )*};
    }
    cased!(
        "lowercase" lower
        "UPPERCASE" upper
        "PascalCase" pascal
        "camelCase" camel
        "snake_case" snake
        "SCREAMING_SNAKE_CASE" screaming
        "kebab-case" kebab
        "SCREAMING-KEBAB-CASE" screaming_kebab
    );
}
