//! What arrives after the handler has begun, over real connections.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::io::{Read, repeat};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use futures_util::stream::{self, StreamExt};
use portcullis_frameworks::suite::{assert_problem, assert_silent, upload};
use portcullis_frameworks::tonic::{Client, order};
use portcullis_frameworks::{axum, start, tonic as server};
use serde_json::json;
use tonic::{Code, Status};
use tonic_types::StatusExt;

static AXUM: LazyLock<String> = LazyLock::new(|| start(axum::serve));
static TONIC: LazyLock<String> = LazyLock::new(|| start(server::serve));

/// The code, the reason, the field and the words for it.
fn told(status: &Status) -> (Code, String, String, String) {
    let field = status.get_details_bad_request().unwrap().field_violations.remove(0);
    // Not the bytes of the details, among which a length may be any character.
    for text in [status.message(), &field.field, &field.description] {
        assert_silent(text);
    }
    (status.code(), status.get_details_error_info().unwrap().reason, field.field, field.description)
}

#[test]
fn a_stream_of_valid_messages_passes() {
    let client = Client::new(&TONIC);
    assert_eq!(client.orders(stream::iter([order("pen", &[1, 99]), order("ink", &[5])])).unwrap(), 3);
    assert_eq!(client.orders(stream::empty()).unwrap(), 0);
    assert_eq!(client.orders(stream::repeat_with(|| order("pen", &[1])).take(1_000)).unwrap(), 1_000);
}

/// It never ends by itself, so it is the server that ended it.
#[test]
fn a_message_that_breaks_a_rule_ends_a_stream_that_the_client_holds_open() {
    let client = Client::new(&TONIC);
    let orders = || stream::iter([order("pen", &[1]), order("pen", &[5, 777])]).chain(stream::pending());
    for _ in 0..3 {
        let status = client.orders(orders()).unwrap_err();
        assert_eq!(
            told(&status),
            (
                Code::InvalidArgument,
                "INPUT_RANGE".into(),
                "[1].lines[1].count".into(),
                "must be at least 1 and at most 99".into(),
            ),
        );
        assert_eq!(client.orders(stream::iter([order("pen", &[1])])).unwrap(), 1);
    }
}

#[test]
fn a_message_too_many_ends_a_stream_without_end() {
    let client = Client::new(&TONIC);
    let status = client.orders(stream::repeat_with(|| order("pen", &[1]))).unwrap_err();
    assert_eq!(
        told(&status),
        (
            Code::InvalidArgument,
            "INPUT_LENGTH".into(),
            "orders".into(),
            "must have a length that is at most 1000".into(),
        ),
    );
}

/// Counts what is read of it.
struct Sent<R>(R, &'static AtomicUsize);

impl<R: Read> Read for Sent<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.fetch_add(read, SeqCst);
        Ok(read)
    }
}

#[test]
fn a_body_within_its_bound_passes() {
    for bytes in [0, 1, 100_000] {
        let reply = upload(&AXUM, &mut repeat(7).take(bytes)).unwrap();
        assert_eq!((reply.status, reply.body), (200, bytes.to_string()));
    }
}

#[test]
fn a_byte_too_many_is_a_problem() {
    let reply = upload(&AXUM, &mut repeat(7).take(100_001)).unwrap();
    assert_problem(
        &reply,
        &json!({
            "type": "urn:portcullis:invalid-request",
            "title": "The request is not valid",
            "status": 422,
            "code": "input.length",
            "errors": [
                { "parameter": "body", "code": "length", "detail": "must have a number of bytes that is at most 100000" },
            ],
        }),
    );
}

/// The client sends without end and looks at no answer until then: the server closes the connection on it.
#[test]
fn a_body_without_end_is_not_read_to_its_end() {
    static SENT: AtomicUsize = AtomicUsize::new(0);
    // So much that a server which reads on would take it all.
    let most = 1 << 30;
    let _ = upload(&AXUM, &mut Sent(repeat(7), &SENT).take(most));
    assert!(SENT.load(SeqCst) < 64 << 20, "{SENT:?}");
    assert_eq!(upload(&AXUM, &mut repeat(7).take(5)).unwrap().body, "5");
}
