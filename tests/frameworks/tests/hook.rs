//! Answers of the user's own. In a process of its own, since a hook is set for good.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::sync::mpsc::Sender;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use portcullis::{Answer, Violation, set_answer, set_status};
use portcullis_frameworks::suite::{a_panic_is_generic, get, passes};
use portcullis_frameworks::tonic::Client;
use portcullis_frameworks::{actix, axum, poem, rocket, start, tonic as server, warp};
use tonic::{Code, Status};

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Replaces the answer to one code, asks for the answer itself at another, and panics at a third.
fn answer(violation: &Violation) -> Answer {
    match violation.code() {
        "input.range" => {
            LOG.lock().unwrap().push(violation.internal().to_string());
            Answer::new(429, "text/plain; charset=utf-8", "come back later")
                .with_retry_after(Duration::from_millis(1_500))
        }
        "index.bounds" => violation.answer(),
        "recursion.depth" => panic!("in the hook"),
        _ => Answer::of(violation),
    }
}

fn status(violation: &Violation) -> Status {
    match violation.code() {
        "input.range" => Status::unavailable("come back later"),
        "index.bounds" => Status::from(Violation::field("a", "b", "c")),
        "recursion.depth" => panic!("in the hook"),
        _ => Status::unknown(""),
    }
}

/// The hooks, before any server.
static SET: LazyLock<()> = LazyLock::new(|| {
    set_answer(answer).unwrap();
    set_status(status).unwrap();
});

fn is_replaced(serve: fn(&Sender<u16>), function: &str) {
    LazyLock::force(&SET);
    let base = start(serve);

    let reply = get(&base, "/coins/90001");
    assert_eq!((reply.status, &*reply.content_type), (429, "text/plain; charset=utf-8"));
    assert_eq!((reply.retry_after.as_deref(), &*reply.body), (Some("2"), "come back later"));
    let log = LOG.lock().unwrap();
    let place = format!(" in portcullis_frameworks::{function} at ");
    assert!(log.iter().any(|line| line.starts_with("input.range") && line.contains(&place)), "{log:?}");
    drop(log);

    for (path, of) in [("/cards/7", "urn:portcullis:no-such-position"), ("/nest/9", "urn:portcullis:too-deep")] {
        let reply = get(&base, path);
        assert_eq!((reply.status, &*reply.content_type), (422, "application/problem+json"));
        assert!(reply.body.starts_with(&format!("{{\"type\":\"{of}\"")), "{}", reply.body);
    }
    a_panic_is_generic(&base);
    passes(&base);
}

#[test]
fn the_hook_makes_the_answers_of_actix() {
    is_replaced(actix::serve, "actix::coins");
}

#[test]
fn the_hook_makes_the_answers_of_axum() {
    is_replaced(axum::serve, "axum::coins");
}

#[test]
fn the_hook_makes_the_answers_of_poem() {
    is_replaced(poem::serve, "poem::coins");
}

#[test]
fn the_hook_makes_the_answers_of_rocket() {
    is_replaced(rocket::serve, "rocket::coins");
}

#[test]
fn the_hook_makes_the_answers_of_warp() {
    is_replaced(warp::serve, "warp::coins");
}

#[test]
fn the_other_hook_makes_the_statuses_of_tonic() {
    LazyLock::force(&SET);
    let client = Client::new(&start(server::serve));
    let told = |method, number| {
        let status = client.number(method, number).unwrap_err();
        (status.code(), status.message().to_owned())
    };
    assert_eq!(told("Coins", 90_001), (Code::Unavailable, "come back later".to_owned()));
    assert_eq!(told("Cards", 7), (Code::InvalidArgument, "The request is not valid".to_owned()));
    assert_eq!(told("Nest", 9), (Code::ResourceExhausted, "The request is nested too deeply".to_owned()));
    assert_eq!(told("Panic", 1_313), (Code::Unknown, String::new()));
    assert_eq!(client.number("Coins", 60).unwrap(), 3_000_000);
}

#[test]
fn who_came_first_stays() {
    LazyLock::force(&SET);
    let refused = set_answer(Answer::of).unwrap_err();
    assert_eq!(refused.to_string(), "this process has set its answer to violations already");
    assert!(set_status(|_| Status::ok("")).is_err());
}
