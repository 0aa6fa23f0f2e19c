//! Every way in which a handler is given a value, in every framework, against every way in which a value can be wrong.
//!
//! Each server has the same routes; a client sends each of them the same cases.

pub mod actix;
pub mod axum;
pub mod poem;
pub mod rocket;
pub mod tonic;
pub mod warp;

use std::fmt::Write as _;

use portcullis::Covered;
use serde::Deserialize;
use serde_json::Value;
use ureq::Agent;

/// What is sent: every field with a rule.
#[derive(Clone, Debug, Deserialize, Covered)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Booking {
    #[check(length(min = 1, max = 20), regex = r"^[\p{L} ]*$")]
    full_name: String,
    #[check(range(min = 1, max = 9))]
    seats: i64,
    #[check(range(min = 0.0, max = 1.0))]
    share: f64,
}

impl Booking {
    /// What a handler that runs answers.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {} {}", self.full_name, self.seats, self.share)
    }
}

/// A way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `Json(booking): Json<Booking>`.
    Opened,
    /// `booking: Json<Booking>`.
    Whole,
    /// `Option<Json<Booking>>`.
    Maybe,
    /// `Result<Json<Booking>, E>`.
    Tried,
    /// `Json<Vec<Booking>>`.
    List,
    Query,
    Form,
    /// `Path((seats, name))`.
    Path,
}

const WAYS: [Way; 8] = [Way::Opened, Way::Whole, Way::Maybe, Way::Tried, Way::List, Way::Query, Way::Form, Way::Path];

impl Way {
    fn is_json(self) -> bool {
        matches!(self, Self::Opened | Self::Whole | Self::Maybe | Self::Tried | Self::List)
    }
}

/// What is sent in each field, as it is written in JSON.
struct Case {
    what: &'static str,
    name: String,
    seats: String,
    share: String,
    /// In the place of all of it.
    raw: Option<String>,
    expected: Expected,
}

/// What comes back.
enum Expected {
    /// The handler ran.
    Passed,
    /// Ours: by the field that broke its rule, and the rule.
    Problem(&'static [(&'static str, &'static str)]),
    /// The framework's own parser refused it.
    Unread,
    /// NaN and its like: no JSON, and a number in a query.
    UnreadOr(&'static [(&'static str, &'static str)]),
}

fn case(what: &'static str, expected: Expected) -> Case {
    Case { what, name: "\"Ann\"".into(), seats: "2".into(), share: "0.5".into(), raw: None, expected }
}

fn cases() -> Vec<Case> {
    use Expected::{Passed, Problem, Unread, UnreadOr};

    let name = |what, name: &str, expected| Case { name: format!("\"{name}\""), ..case(what, expected) };
    let seats = |what, seats: &str, expected| Case { seats: seats.into(), ..case(what, expected) };
    let share = |what, share: &str, expected| Case { share: share.into(), ..case(what, expected) };
    let raw = |what, raw: String, expected| Case { raw: Some(raw), ..case(what, expected) };
    vec![
        case("valid", Passed),
        name("a letter of another script", "Ännchen Ω", Passed),
        share("minus zero", "-0.0", Passed),
        name("too short", "", Problem(&[("fullName", "length")])),
        name("too long", "abcdefghijklmnopqrstu", Problem(&[("fullName", "length")])),
        name("a mark up", "<script>", Problem(&[("fullName", "regex")])),
        name("a control character", "a\\u0007", Problem(&[("fullName", "regex")])),
        name("a bidirectional override", "a\u{202e}b", Problem(&[("fullName", "regex")])),
        seats("below", "0", Problem(&[("seats", "range")])),
        seats("above", "10", Problem(&[("seats", "range")])),
        seats("the least there is", "-9223372036854775808", Problem(&[("seats", "range")])),
        share("beyond", "1.5", Problem(&[("share", "range")])),
        share("infinite", "1e400", UnreadOr(&[("share", "range")])),
        share("not a number", "NaN", UnreadOr(&[("share", "range")])),
        seats("of another type", "\"hunter\"", Unread),
        seats("beyond its type", "9223372036854775808", Unread),
        Case {
            name: "\"\"".into(),
            seats: "77".into(),
            share: "7.7".into(),
            ..case("all wrong", Problem(&[("fullName", "length"), ("seats", "range"), ("share", "range")]))
        },
        name("half a surrogate pair", "\\ud800", Unread),
        raw("a missing field", r#"{"fullName":"Ann","seats":2}"#.into(), Unread),
        raw("a key twice", r#"{"fullName":"Ann","seats":2,"seats":3,"share":0.5}"#.into(), Unread),
        raw("a field that nobody knows", r#"{"fullName":"Ann","seats":2,"share":0.5,"admin":true}"#.into(), Unread),
        raw("no JSON at all", "\u{0}garbage".into(), Unread),
        raw("200,000 levels", "[".repeat(200_000), Unread),
        raw("10 MB", format!(r#"{{"fullName":"{}","seats":2,"share":0.5}}"#, "a".repeat(10_000_000)), Unread),
    ]
}

impl Case {
    /// The text of a field without its quotes, escapes read.
    fn plain(written: &str) -> String {
        serde_json::from_str::<String>(written).unwrap_or_else(|_| written.to_owned())
    }

    fn json(&self) -> String {
        self.raw
            .clone()
            .unwrap_or_else(|| format!(r#"{{"fullName":{},"seats":{},"share":{}}}"#, self.name, self.seats, self.share))
    }

    fn encoded(&self) -> String {
        let [name, seats, share] = [&self.name, &self.seats, &self.share].map(|written| percent(&Self::plain(written)));
        format!("fullName={name}&seats={seats}&share={share}")
    }

    /// Whether the case is one in this way in: a query has no JSON that could be malformed.
    fn applies(&self, way: Way) -> bool {
        let is_text = self.name == "\"\\ud800\"";
        match way {
            Way::Path => self.raw.is_none() && !is_text && self.share == "0.5" && self.name != "\"\"",
            Way::Query | Way::Form => self.raw.is_none() && !is_text,
            _ => true,
        }
    }
}

fn percent(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
    }
    encoded
}

/// The status, the media type and the body; `None` when the connection was closed on us.
fn send(base: &str, way: Way, case: &Case) -> Option<(u16, String, String)> {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let json =
        |path: &str, body: String| agent.post(format!("{base}{path}")).content_type("application/json").send(body);
    let answer = match way {
        Way::Opened => json("/opened", case.json()),
        Way::Whole => json("/whole", case.json()),
        Way::Maybe => json("/maybe", case.json()),
        Way::Tried => json("/tried", case.json()),
        Way::List => json("/list", format!("[{}]", case.json())),
        Way::Query => agent.get(format!("{base}/query?{}", case.encoded())).call(),
        Way::Form => {
            agent.post(format!("{base}/form")).content_type("application/x-www-form-urlencoded").send(case.encoded())
        }
        Way::Path => {
            let [seats, name] = [&case.seats, &case.name].map(|written| percent(&Case::plain(written)));
            agent.get(format!("{base}/path/{seats}/{name}")).call()
        }
    };
    let mut answer = answer.ok()?;
    let content_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.to_owned();
    Some((answer.status().as_u16(), content_type, answer.body_mut().read_to_string().ok()?))
}

/// `Option` and `Result` tell the handler that nothing could be read, and it runs.
fn swallows(way: Way) -> bool {
    matches!(way, Way::Maybe | Way::Tried)
}

/// Sends everything to one server.
///
/// # Panics
/// When an answer is not what it has to be.
pub fn run(base: &str) {
    let mut sent = 0;
    for way in WAYS {
        for case in cases().iter().filter(|case| case.applies(way)) {
            let here = format!("{way:?}: {}", case.what);
            let answer = send(base, way, case);
            sent += 1;
            match &case.expected {
                Expected::Passed => assert_eq!(answer.as_ref().map(|answer| answer.0), Some(200), "{here}: {answer:?}"),
                Expected::Problem(broken) => assert_problem(&here, way, case, answer, broken),
                Expected::UnreadOr(broken) if !way.is_json() => assert_problem(&here, way, case, answer, broken),
                Expected::Unread | Expected::UnreadOr(_) => {
                    let unread = match answer {
                        // Told that the body is too large while we still send it.
                        None => true,
                        Some((status, _, body)) if swallows(way) => (400..500).contains(&status) || body == "nothing",
                        Some((status, ..)) => (400..500).contains(&status),
                    };
                    assert!(unread, "{here} was taken, or ended the server's temper");
                }
            }
            // The server goes on.
            let valid = send(base, Way::Opened, &self::case("valid", Expected::Passed)).unwrap();
            assert_eq!((valid.0, &*valid.2), (200, "Ann 2 0.5"), "after {here}");
        }
    }
    assert!(sent > 150, "{sent}");
}

/// One problem for each broken rule, at its place, and nothing else that was sent or that is the server's own.
#[track_caller]
fn assert_problem(here: &str, way: Way, case: &Case, answer: Option<(u16, String, String)>, broken: &[(&str, &str)]) {
    let (status, content_type, body) = answer.unwrap_or_else(|| panic!("{here}: no answer"));
    assert_eq!((status, &*content_type), (422, "application/problem+json"), "{here}: {body}");
    let problem: Value = serde_json::from_str(&body).unwrap();
    let told: Vec<(String, String)> = problem["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{here}: {body}"))
        .iter()
        .map(|error| {
            let place = error.get("pointer").or_else(|| error.get("parameter")).unwrap();
            (place.as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected: Vec<(String, String)> = broken
        .iter()
        .map(|(field, code)| {
            let place = match way {
                Way::Path => if *field == "fullName" { "name" } else { field }.to_owned(),
                Way::List => format!("#/0/{field}"),
                _ => format!("#/{field}"),
            };
            (place, (*code).to_owned())
        })
        .collect();
    assert_eq!(told, expected, "{here}: {body}");
    let rejected = [&case.name, &case.seats, &case.share].map(|written| Case::plain(written));
    let values = rejected.iter().filter(|value| value.len() > 3);
    for word in values.map(String::as_str).chain(["src", ".rs", "::", "matrix", "Booking", "i64", "f64", "full_name"]) {
        assert!(!body.contains(word), "{here}: {word:?} in {body}");
    }
}
