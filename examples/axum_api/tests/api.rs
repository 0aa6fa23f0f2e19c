//! The program as its user runs it, and a client over a real connection.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use ureq::Agent;

const PROGRAM: &str = env!("CARGO_BIN_EXE_axum-api");

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
        let request = self.client.post(format!("{}/bookings", self.base)).content_type("application/json");
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

fn booking(guest: &str, nights: u32) -> String {
    json!({ "guest": guest, "room": 1, "arrival": 40, "nights": nights }).to_string()
}

#[test]
fn a_booking_is_kept_and_found() {
    let server = Server::start();
    let booked = json!({ "id": 1, "guest": "Ada", "room": 1, "arrival": 40, "departure": 43, "cents": 44_700 });
    assert_eq!(server.post(booking("Ada", 3)), (201, booked.clone()));
    assert_eq!(server.get("/bookings/1"), (200, booked.clone()));
    assert_eq!(server.get("/bookings?from=40&to=40"), (200, json!([booked])));
    assert_eq!(server.get("/bookings?from=41&to=71"), (200, json!([])));
    assert_eq!(server.get("/bookings/2").0, 404);
}

#[test]
fn every_broken_rule_of_a_body_is_told() {
    let server = Server::start();
    let (status, problem) = server.post(booking("", 29));
    assert_eq!((status, &problem["code"]), (422, &json!("input.length")));
    assert_eq!(
        problem["errors"],
        json!([
            { "pointer": "#/guest", "code": "length", "detail": "must have a length that is at least 1 and at most 40" },
            { "pointer": "#/nights", "code": "range", "detail": "must be at least 1 and at most 28" },
        ]),
    );
    assert_eq!(server.get("/bookings?from=1&to=31"), (200, json!([])), "nothing of it was booked");
}

#[test]
fn hostile_numbers_are_refused_by_their_codes() {
    let server = Server::start();
    for (path, code) in [
        ("/bookings/0", "input.range"),
        ("/bookings?from=0&to=1", "input.range"),
        ("/bookings?from=2&to=1", "input.require"),
        ("/bookings?from=1&to=32", "input.require"),
        ("/rooms/0/quote?nights=0&guests=1", "input.range"),
        ("/rooms/9/quote?nights=1&guests=1", "index.bounds"),
        ("/rooms/2/quote?nights=365&guests=500", "arithmetic.overflow"),
    ] {
        let (status, problem) = server.get(path);
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{path}");
    }
    assert_eq!(server.get("/rooms/0/quote?nights=3&guests=20"), (200, json!({ "cents": 534_600 })));
}

#[test]
fn a_handler_that_waits_answers_and_refuses_like_the_others() {
    let server = Server::start();
    assert_eq!(server.get("/rooms/5/elsewhere"), (200, json!({ "room": 5, "free": 2 })));
    assert_eq!(server.get("/rooms/10/elsewhere").1["code"], "input.range");
}

#[test]
fn what_axum_rejects_is_a_problem_too_and_says_nothing() {
    let server = Server::start();
    let problem = |status, title| (status, json!({ "type": "about:blank", "title": title, "status": status }));
    assert_eq!(server.post("{"), problem(400, "Bad Request"));
    assert_eq!(server.post("[".repeat(4_000)), problem(422, "Unprocessable Entity"));
    assert_eq!(
        server.post(r#"{"guest":"Ada","room":-1,"arrival":40,"nights":3}"#),
        problem(422, "Unprocessable Entity")
    );
    assert_eq!(server.post(" ".repeat(4_097)), problem(413, "Payload Too Large"));
    assert_eq!(server.get("/bookings/-1"), problem(400, "Bad Request"));
    assert_eq!(server.get("/bookings?from=1"), problem(400, "Bad Request"));
    assert_eq!(server.get("/nowhere"), problem(404, "Not Found"));
    assert_eq!(server.client.delete(format!("{}/bookings", server.base)).call().unwrap().status(), 405);
    assert_eq!(server.post(booking("Ada", 3)).0, 201);
}

#[test]
fn the_document_has_the_handlers_as_they_are_written() {
    let (status, document) = Server::start().get("/openapi.json");
    assert_eq!(status, 200);
    let parameters = |path: &str, method: &str| {
        let operation = &document["paths"][path][method];
        let parameters = operation["parameters"].as_array().unwrap().iter();
        parameters.map(|each| (each["name"].clone(), each["in"].clone())).collect::<Vec<_>>()
    };
    let named = |name: &str, place: &str| (json!(name), json!(place));
    assert_eq!(parameters("/bookings/{id}", "get"), [named("id", "path")]);
    assert_eq!(parameters("/bookings", "get"), [named("from", "query"), named("to", "query")]);
    assert_eq!(
        parameters("/rooms/{room}/quote", "get"),
        [named("nights", "query"), named("guests", "query"), named("room", "path")],
    );
    let body = &document["paths"]["/bookings"]["post"]["requestBody"]["content"]["application/json"];
    assert_eq!(body["schema"]["$ref"], "#/components/schemas/NewBooking");
    assert_eq!(document["components"]["schemas"]["NewBooking"]["properties"]["nights"]["maximum"], 28);
}

#[test]
fn the_session_ends_well() {
    let output = Command::new(PROGRAM).output().unwrap();
    let transcript = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{transcript}");
    assert!(transcript.ends_with("Every request was answered as it should be.\n"));
}
