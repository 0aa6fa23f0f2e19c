//! Beside the attributes of other crates that look for an `async fn`, above them and below.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use portcullis::{Violation, bounded_recursion};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber, instrument};

use crate::common::{Later, code, run};

/// When spans are entered and left, and what is said in them.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<&'static str>>>);

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        self.0.lock().unwrap().push("span");
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        self.0.lock().unwrap().push("event");
    }
    fn enter(&self, _: &Id) {
        self.0.lock().unwrap().push("enter");
    }
    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().push("exit");
    }
}

fn spans<F: Future>(call: impl FnOnce() -> F) -> (F::Output, Vec<&'static str>) {
    let spans = Spans::default();
    let value = tracing::subscriber::with_default(spans.clone(), || run(call()));
    let seen = spans.0.lock().unwrap().clone();
    (value, seen)
}

#[instrument]
async fn plain(left: u32) -> Result<u32, Violation> {
    Later::default().await;
    tracing::info!("in the body");
    if left == 0 { Ok(0) } else { Box::pin(plain(left - 1)).await }
}

#[bounded_recursion(max = 3)]
#[instrument]
async fn above(left: u32) -> Result<u32, Violation> {
    Later::default().await;
    tracing::info!("in the body");
    if left == 0 { Ok(0) } else { Box::pin(above(left - 1)).await }
}

#[instrument]
#[bounded_recursion(max = 3)]
async fn below(left: u32) -> Result<u32, Violation> {
    Later::default().await;
    tracing::info!("in the body");
    if left == 0 { Ok(0) } else { Box::pin(below(left - 1)).await }
}

#[test]
fn a_span_is_around_the_body_and_not_around_the_call() {
    let (value, expected) = spans(|| plain(2));
    assert_eq!(value.unwrap(), 0);
    assert_eq!(expected.iter().filter(|seen| **seen == "event").count(), 3);
    assert_eq!(spans(|| above(2)).1, expected);
    assert_eq!(spans(|| below(2)).1, expected);
    assert_eq!(code(spans(|| above(3)).0), "recursion.depth");
    assert_eq!(code(spans(|| below(3)).0), "recursion.depth");
}

#[async_trait]
trait Handle: Sync {
    async fn handle(&self, left: u32) -> Result<u32, Violation>;
    #[bounded_recursion(max = 3)]
    async fn provided(&self, left: u32) -> Result<u32, Violation> {
        Later::default().await;
        if left == 0 { Ok(1) } else { self.provided(left - 1).await }
    }
}

struct Server(u32);

#[async_trait]
impl Handle for Server {
    #[bounded_recursion(max = 3, key = self.0)]
    async fn handle(&self, left: u32) -> Result<u32, Violation> {
        let doubled = async { left * 2 };
        if left == 0 { Ok(doubled.await) } else { self.handle(left - 1).await }
    }
}

#[test]
fn async_trait_objects() {
    let server: &dyn Handle = &Server(7);
    assert_eq!(run(server.handle(2)).unwrap(), 0);
    let refused = run(server.handle(3)).unwrap_err();
    assert_eq!((refused.code(), refused.internal().key()), ("recursion.depth", Some("7")));
    assert_eq!(run(server.provided(2)).unwrap(), 1);
    assert_eq!(code(run(server.provided(3))), "recursion.depth");
}
