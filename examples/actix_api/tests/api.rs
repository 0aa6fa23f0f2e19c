//! The program as its user runs it, and a client over a real connection.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use ureq::Agent;

const PROGRAM: &str = env!("CARGO_BIN_EXE_actix-api");

/// A server of its own for each test, since it remembers.
struct Server {
    process: Child,
    base: String,
    client: Agent,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(PROGRAM).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut base = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut base).unwrap();
        let client = Agent::config_builder().http_status_as_error(false).build().into();
        Self { process, base: base.trim().to_owned(), client }
    }

    fn get(&self, path: &str) -> (u16, Value) {
        told(self.client.get(format!("{}{path}", self.base)).call().unwrap())
    }

    fn post(&self, body: impl Into<String>) -> (u16, Value) {
        let request = self.client.post(format!("{}/orders", self.base)).content_type("application/json");
        told(request.send(body.into()).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to put in order.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Every answer is JSON, and every error a problem.
#[track_caller]
fn told(mut response: ureq::http::Response<ureq::Body>) -> (u16, Value) {
    let status = response.status().as_u16();
    let content_type = if status < 300 { "application/json" } else { "application/problem+json" };
    assert_eq!(response.headers()["content-type"], content_type);
    let body: Value = serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
    assert!(status < 300 || body["status"] == status, "{body}");
    (status, body)
}

fn order(customer: &str, lines: &[(usize, u32)]) -> String {
    let lines: Vec<Value> = lines.iter().map(|(item, count)| json!({ "item": item, "count": count })).collect();
    json!({ "customer": customer, "lines": lines }).to_string()
}

const ADA: &str = "ada@example.org";

#[test]
fn an_order_is_kept_and_found() {
    let server = Server::start();
    let ordered = json!({ "id": 1, "customer": ADA, "lines": [{ "item": 0, "count": 3 }], "cents": 750 });
    assert_eq!(server.post(order(ADA, &[(0, 3)])), (201, ordered.clone()));
    assert_eq!(server.get("/orders/1"), (200, ordered));
    assert_eq!(server.get("/orders/2").0, 404);
    assert_eq!(server.get("/catalogue?number=1&size=4"), (200, json!(["printing press"])));
}

#[test]
fn every_broken_rule_of_a_body_is_told() {
    let server = Server::start();
    let (status, problem) = server.post(order("ada", &[(0, 3), (1_000, 0)]));
    assert_eq!((status, &problem["code"]), (422, &json!("input.email")));
    assert_eq!(
        problem["errors"],
        json!([
            { "pointer": "#/customer", "code": "email", "detail": "must be an e-mail address" },
            { "pointer": "#/lines/1/count", "code": "range", "detail": "must be between 1 and 99" },
            { "pointer": "#/lines/1/item", "code": "range", "detail": "must be at most 999" },
        ]),
    );
    assert_eq!(server.get("/orders/1").0, 404, "nothing of it was ordered");
}

#[test]
fn hostile_orders_are_refused_by_their_codes() {
    let server = Server::start();
    for (lines, code) in [
        (&[][..], "input.length"),
        (&[(0, 1); 21], "input.length"),
        (&[(0, 1), (0, 100)], "input.range"),
        (&[(0, 1), (5, 1)], "index.bounds"),
        (&[(4, 61), (4, 1)], "arithmetic.overflow"),
    ] {
        let (status, problem) = server.post(order(ADA, lines));
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{lines:?}");
    }
    assert_eq!(server.post(order(ADA, &[(4, 61)])).0, 201);
}

#[test]
fn hostile_numbers_are_refused_by_their_codes() {
    let server = Server::start();
    for (path, code) in [
        ("/orders/0", "input.range"),
        ("/catalogue?number=0&size=0", "input.range"),
        ("/catalogue?number=3&size=2", "index.bounds"),
        ("/catalogue?number=999999999&size=50", "arithmetic.overflow"),
    ] {
        let (status, problem) = server.get(path);
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{path}");
    }
    assert_eq!(server.get("/catalogue?number=2&size=2"), (200, json!(["printing press"])));
}

#[test]
fn what_actix_rejects_is_a_problem_too_and_says_nothing() {
    let server = Server::start();
    let problem = |status, title| (status, json!({ "type": "about:blank", "title": title, "status": status }));
    assert_eq!(server.post("{"), problem(400, "Bad Request"));
    assert_eq!(server.post("[".repeat(4_000)), problem(400, "Bad Request"));
    assert_eq!(server.post(order(ADA, &[(0, 1)]).replace("\"item\":0", "\"item\":-1")), problem(400, "Bad Request"));
    assert_eq!(server.post(" ".repeat(4_097)), problem(413, "Payload Too Large"));
    assert_eq!(server.get("/orders/-1"), problem(400, "Bad Request"));
    assert_eq!(server.get("/catalogue?number=1"), problem(400, "Bad Request"));
    assert_eq!(server.get("/nowhere"), problem(404, "Not Found"));
    assert_eq!(server.post(order(ADA, &[(0, 3)])).0, 201);
}

#[test]
fn the_session_ends_well() {
    let output = Command::new(PROGRAM).output().unwrap();
    let transcript = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{transcript}");
    assert!(transcript.ends_with("Every request was answered as it should be.\n"));
}
