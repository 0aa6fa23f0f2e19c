//! The program as its user runs it, and clients over real connections.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

#[path = "../src/client.rs"]
mod client;

use std::io::{BufRead as _, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::client::Client;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tcp-consumer");
const MESSAGE_BYTES: u32 = 1 << 18;

/// A server of its own for each test, since it remembers.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(PROGRAM).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { process, address: address.trim().to_owned() }
    }

    fn client(&self) -> Client {
        Client::connect(&self.address).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to put in order.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[track_caller]
fn ask(client: &mut Client, message: &Value) -> Value {
    client.ask(message.to_string().as_bytes()).unwrap()
}

#[track_caller]
fn assert_refused(reply: &Value, code: &str) {
    assert_eq!(reply["refused"]["code"], code, "{reply}");
}

fn reading(sensor: usize, celsius: f64) -> Value {
    json!({ "reading": { "sensor": sensor, "celsius": celsius } })
}

/// A rule within so many others, as text: `serde_json` does not write what it would not read.
fn alarm(levels: usize) -> String {
    let when = format!("{}{{\"above\":20}}{}", r#"{"not":"#.repeat(levels), "}".repeat(levels));
    format!(r#"{{"alarm":{{"sensor":0,"when":{when}}}}}"#)
}

/// The server lives: for a new client, and for this one where it is given.
#[track_caller]
fn assert_goes_on(server: &Server, client: Option<&mut Client>) {
    let mut new = server.client();
    for client in client.into_iter().chain([&mut new]) {
        assert_eq!(ask(client, &json!({ "rain": { "drops": 0 } })), json!({ "total": { "drops": 0 } }));
    }
}

#[test]
fn honest_messages_are_answered_in_order() {
    let server = Server::start();
    let mut client = server.client();
    assert_eq!(ask(&mut client, &reading(0, 22.0)), json!({ "mean": { "celsius": 5.5 } }));
    assert_eq!(ask(&mut client, &reading(1, 18.0)), json!({ "mean": { "celsius": 10.0 } }));
    let when = json!({ "all": [{ "above": 20 }, { "not": { "above": 30 } }] });
    assert_eq!(
        ask(&mut client, &json!({ "alarm": { "sensor": 0, "when": when } })),
        json!({ "alarm": { "rings": true } })
    );
    assert_eq!(
        ask(&mut server.client(), &reading(2, 0.0)),
        json!({ "mean": { "celsius": 10.0 } }),
        "one station for all"
    );
}

#[test]
fn numbers_outside_of_their_rules_are_refused() {
    let server = Server::start();
    let mut client = server.client();
    for (sensor, celsius, code) in [
        (100, 1.0, "input.range"),
        (0, 60.1, "input.range"),
        (0, 1e39, "input.range"),
        (0, -1e39, "input.range"),
        (4, 1.0, "index.bounds"),
        (99, 1.0, "index.bounds"),
    ] {
        assert_refused(&ask(&mut client, &reading(sensor, celsius)), code);
    }
    assert_eq!(ask(&mut client, &reading(0, 0.0)), json!({ "mean": { "celsius": 0.0 } }), "nothing was kept");
}

#[test]
fn a_sum_that_does_not_fit_is_refused_and_stays_what_it_was() {
    let server = Server::start();
    let mut client = server.client();
    let rain = |drops: u32| json!({ "rain": { "drops": drops } });
    for _ in 0..4 {
        ask(&mut client, &rain(1_000_000_000));
    }
    assert_refused(&ask(&mut client, &rain(1_000_000_000)), "arithmetic.overflow");
    assert_eq!(ask(&mut client, &rain(7)), json!({ "total": { "drops": 4_000_000_007_u32 } }));
}

#[test]
fn a_deep_rule_is_refused_by_the_bound_a_deeper_one_by_its_type_and_the_deepest_by_the_parser() {
    let server = Server::start();
    let mut client = server.client();
    let mut ask = |levels| client.ask(alarm(levels).as_bytes()).unwrap();
    assert_eq!(ask(15), json!({ "alarm": { "rings": true } }));
    for (levels, code) in [(16, "recursion.depth"), (63, "recursion.depth"), (64, "input.depth"), (120, "input.depth")]
    {
        assert_refused(&ask(levels), code);
    }
    for levels in [200, 20_000] {
        assert_refused(&ask(levels), "input.custom");
    }
    assert_eq!(ask(14), json!({ "alarm": { "rings": false } }));
    let wide = json!({ "alarm": { "sensor": 0, "when": { "all": vec![json!({ "above": 1 }); 17] } } });
    assert_refused(&client.ask(wide.to_string().as_bytes()).unwrap(), "input.length");
    assert_goes_on(&server, Some(&mut client));
}

#[test]
fn what_is_no_message_is_refused_and_the_connection_goes_on() {
    let server = Server::start();
    let mut client = server.client();
    for text in [
        "",
        "{",
        "null",
        "[[[[[[[[",
        r#"{"reading":{"sensor":0,"celsius":NaN}}"#,
        r#"{"reading":{"sensor":0,"celsius":1e999}}"#,
        r#"{"reading":{"sensor":-1,"celsius":1}}"#,
        r#"{"reading":{"sensor":0.5,"celsius":1}}"#,
        r#"{"reading":{"sensor":18446744073709551616,"celsius":1}}"#,
        r#"{"rain":{"drops":"many"}}"#,
        r#"{"rain":{"drops":4294967296}}"#,
        r#"{"rain":{"drops":1,"drops":2}}"#,
        r#"{"rain":{"drops":1,"more":1}}"#,
        r#"{"snow":{}}"#,
    ] {
        let reply = client.ask(text.as_bytes()).unwrap();
        let message = "the request is refused: input.custom: message is not a message";
        assert_eq!(reply, json!({ "refused": { "code": "input.custom", "message": message } }), "{text}");
    }
    assert_goes_on(&server, Some(&mut client));
}

#[test]
fn garbage_is_refused_and_the_connection_goes_on() {
    let server = Server::start();
    let mut client = server.client();
    // The same in each run: xorshift, from any seed but 0.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    for length in 0..300 {
        let garbage: Vec<u8> = (0..length).map(|_| byte()).collect();
        assert_refused(&client.ask(&garbage).unwrap(), "input.custom");
    }
    assert_goes_on(&server, Some(&mut client));
}

#[test]
fn a_length_that_is_too_large_is_refused_and_the_client_left() {
    let server = Server::start();
    for length in [MESSAGE_BYTES + 1, u32::MAX] {
        let mut client = server.client();
        client.send(&length.to_be_bytes()).unwrap();
        assert_refused(&client.reply().unwrap(), "input.length");
        assert_eq!(client.reply().unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
    let mut longest = server.client();
    assert_refused(&longest.ask(&vec![b'['; MESSAGE_BYTES as usize]).unwrap(), "input.custom");
    assert_goes_on(&server, Some(&mut longest));
}

#[test]
fn another_protocol_is_refused_and_the_client_left() {
    let server = Server::start();
    let mut client = server.client();
    client.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    assert_refused(&client.reply().unwrap(), "input.length");
    assert_goes_on(&server, None);
}

#[test]
fn clients_that_leave_in_the_middle_harm_nobody() {
    let server = Server::start();
    let mut honest = server.client();
    for bytes in [&[][..], &[0], &[0, 0, 0, 9], &[0, 0, 0, 9, b'{', b'"']] {
        server.client().send(bytes).unwrap();
    }
    assert_goes_on(&server, Some(&mut honest));
}

/// More clients at once than are served at once: each has its turn.
#[test]
fn clients_wait_for_their_turn() {
    let server = Server::start();
    std::thread::scope(|scope| {
        for _ in 0..200 {
            scope.spawn(|| assert_goes_on(&server, None));
        }
    });
}

#[test]
fn the_session_ends_well() {
    let output = Command::new(PROGRAM).output().unwrap();
    let transcript = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{transcript}");
    assert!(transcript.ends_with("Every message was answered as it should be.\n"));
}
