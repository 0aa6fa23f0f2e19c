//! What a client of HTTP finds, over a real connection.

use std::io::Read;

use serde_json::{Value, json};
use ureq::http::Response;
use ureq::{Agent, Body, SendBody};

use crate::{Line, Order};

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// The body.
    pub body: String,
}

impl Reply {
    fn of(mut response: Response<Body>) -> Self {
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        Self {
            status: response.status().as_u16(),
            content_type: header("content-type").unwrap_or_default(),
            retry_after: header("retry-after"),
            body: response.body_mut().read_to_string().unwrap(),
        }
    }
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

/// `GET`.
#[must_use]
pub fn get(base: &str, path: &str) -> Reply {
    Reply::of(agent().get(format!("{base}{path}")).call().unwrap())
}

/// `POST /orders`.
#[must_use]
pub fn post(base: &str, order: &Order) -> Reply {
    post_to(base, "/orders", order)
}

/// `POST`.
#[must_use]
pub fn post_to(base: &str, path: &str, order: &Order) -> Reply {
    let body = serde_json::to_string(order).unwrap();
    Reply::of(agent().post(format!("{base}{path}")).content_type("application/json").send(body).unwrap())
}

/// `POST /upload`, in chunks as they are read: no length is told before.
pub fn upload(base: &str, body: &mut dyn Read) -> Result<Reply, ureq::Error> {
    agent().post(format!("{base}/upload")).send(SendBody::from_reader(body)).map(Reply::of)
}

/// An order of so many of each line.
#[must_use]
pub fn order(item: &str, counts: &[u32]) -> Order {
    Order { item: item.to_owned(), lines: counts.iter().map(|&count| Line { count }).collect() }
}

/// The reply is this problem, and nothing else.
#[track_caller]
pub fn assert_problem(reply: &Reply, expected: &Value) {
    assert_eq!(reply.content_type, "application/problem+json");
    assert_eq!(reply.retry_after, None);
    assert_eq!(serde_json::from_str::<Value>(&reply.body).unwrap(), *expected);
    assert_eq!(Value::from(reply.status), expected["status"]);
    assert_silent(&reply.body);
}

/// Nothing of the server's own: no function, file, line, type, expression, message, and none of the values that were sent.
#[track_caller]
pub fn assert_silent(text: &str) {
    let internal = [
        "secret",
        "src",
        ".rs",
        "::",
        "portcullis_",
        "u32",
        "usize",
        "panick",
        "assert",
        "`",
        " * ",
        "[slot]",
        "0xC0FFEE",
        "90001",
        "86399",
        "4319950000",
        "1313",
        "777",
    ];
    for word in internal {
        assert!(!text.contains(word), "{word:?} in {text}");
    }
}

/// What is valid passes, on every route.
#[track_caller]
pub fn passes(base: &str) {
    let passed = |reply: Reply, body: &str| assert_eq!((reply.status, &*reply.body), (200, body));
    passed(post(base, &order("pen", &[1, 99])), "2");
    passed(get(base, "/coins/60"), "3000000");
    passed(get(base, "/cards/2"), "9");
    passed(get(base, "/nest/8"), "8");
    passed(get(base, "/panic/1"), "1");
}

/// Rules of fields.
#[track_caller]
pub fn fields_have_pointers(base: &str) {
    assert_problem(
        &post(base, &order("a pen with the text 0xC0FFEE", &[5, 777])),
        &json!({
            "type": "urn:portcullis:invalid-request",
            "title": "The request is not valid",
            "status": 422,
            "code": "input.length",
            "errors": [
                { "pointer": "#/item", "code": "length", "detail": "must have a length that is at least 1 and at most 20" },
                { "pointer": "#/lines/1/count", "code": "range", "detail": "must be at least 1 and at most 99" },
            ],
        }),
    );
}

/// More errors than are told.
#[track_caller]
pub fn errors_are_capped(base: &str) {
    let reply = post(base, &order("pen", &[777; 40]));
    assert_eq!(reply.status, 422);
    let problem: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 16);
    assert_eq!(problem["errors_omitted"], 24);
    assert_silent(&reply.body);
}

/// A rule of a parameter, which has a name or, in an extractor's struct, a place.
#[track_caller]
pub fn a_parameter_has_its_name(base: &str, member: &str, place: &str) {
    assert_problem(
        &get(base, "/coins/90001"),
        &json!({
            "type": "urn:portcullis:invalid-request",
            "title": "The request is not valid",
            "status": 422,
            "code": "input.range",
            "errors": [{ member: place, "code": "range", "detail": "must be at most 86400" }],
        }),
    );
}

/// What the body of a handler refuses.
#[track_caller]
pub fn the_body_refuses(base: &str) {
    assert_problem(
        &get(base, "/coins/86399"),
        &json!({
            "type": "urn:portcullis:out-of-range",
            "title": "A number that the request leads to is out of range",
            "status": 422,
            "code": "arithmetic.overflow",
        }),
    );
    assert_problem(
        &get(base, "/cards/7"),
        &json!({
            "type": "urn:portcullis:no-such-position",
            "title": "A position that the request leads to does not exist",
            "status": 422,
            "code": "index.bounds",
        }),
    );
    assert_problem(
        &get(base, "/nest/9"),
        &json!({
            "type": "urn:portcullis:too-deep",
            "title": "The request is nested too deeply",
            "status": 422,
            "code": "recursion.depth",
        }),
    );
}

/// A panic is an error of the server like any other.
#[track_caller]
pub fn a_panic_is_generic(base: &str) {
    assert_problem(
        &get(base, "/panic/1313"),
        &json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 }),
    );
}
