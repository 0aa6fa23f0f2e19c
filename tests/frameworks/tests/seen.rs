//! What is seen from outside of what a server refuses: by `tracing`, by `metrics`, and on the pages for axum.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test"
)]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use metrics::{Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Recorder, SharedString, Unit};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use portcullis::axum::{get, prometheus, status_page};
use portcullis::{Violation, bounded_recursion, catch_panic, unprotected, zero_trust};
use tower::ServiceExt as _;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[zero_trust]
fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<u32, Violation> {
    Ok(secs * 10)
}

#[bounded_recursion(max = 5)]
fn down(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(0) } else { down(left - 1) }
}

#[catch_panic]
fn panics(what: &str) -> Result<u32, Violation> {
    panic!("{what}")
}

/// It compiles with no return type that could carry a violation, and goes on.
#[zero_trust(observe)]
fn looks(#[check(range(min = 1, max = 60))] secs: u32) -> u32 {
    secs * 10
}

/// Keeps the events of `portcullis`.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<BTreeMap<String, String>>>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Kept {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target() != "portcullis" {
            return;
        }
        let mut fields = BTreeMap::from([("level".to_owned(), event.metadata().level().to_string())]);
        event.record(&mut Fields(&mut fields));
        self.0.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_refusal_is_an_event_of_the_level_that_fits_it() {
    let kept = Kept::default();
    tracing::subscriber::with_default(kept.clone(), || {
        assert!(collect(0).is_err() && collect(1).is_ok() && down(9).is_err());
        // The message of a panic may be what a client sent.
        assert!(panics("a\nERROR all is well").is_err());
        assert_eq!((looks(0), looks(1)), (0, 10));
    });
    let events = kept.0.lock().unwrap();
    let of = |at: usize, field: &str| events[at].get(field).map_or("", String::as_str);
    assert_eq!(events.len(), 4, "{events:?}");
    assert_eq!([of(0, "level"), of(0, "kind"), of(0, "code")], ["DEBUG", "Input", "\"input.range\""]);
    assert_eq!([of(0, "param"), of(0, "count"), of(0, "suppressed")], ["secs", "1", "0"]);
    assert!(of(0, "handler").ends_with("::collect\"") && of(0, "location").contains("seen.rs:"), "{events:?}");
    assert_eq!([of(1, "level"), of(1, "code")], ["WARN", "\"recursion.depth\""]);
    assert_eq!([of(2, "level"), of(2, "code")], ["ERROR", "\"panic\""]);
    assert!(of(2, "message").starts_with("panic: a\\nERROR"), "{events:?}");
    assert_eq!([of(0, "observed"), of(3, "observed"), of(3, "code")], ["", "true", "\"input.range\""]);
    assert_eq!([of(3, "level"), of(3, "param")], ["DEBUG", "secs"]);
    assert!(of(3, "message").starts_with("observed, not refused: input.range"), "{events:?}");
}

#[zero_trust]
fn scanned(#[check(range(max = 9))] port: u16) -> Result<u16, Violation> {
    Ok(port)
}

#[test]
fn a_scanner_fills_no_log() {
    let kept = Kept::default();
    tracing::subscriber::with_default(kept.clone(), || {
        for port in 1_000..2_000 {
            assert!(scanned(port).is_err());
        }
    });
    // Ten a second; a machine that is busy takes a few seconds for them.
    let count = kept.0.lock().unwrap().len();
    assert!((10..200).contains(&count), "{count}");
}

#[bounded_recursion(max = 100_000)]
fn deep(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(0) } else { deep(left - 1) }
}

#[test]
fn refusals_and_depths_are_metrics() {
    let recorder = DebuggingRecorder::new();
    let snapshots = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        assert!(collect(0).is_err() && collect(99).is_err() && down(9).is_err());
        assert_eq!((looks(0), looks(99), looks(9)), (0, 990, 90));
        assert!(std::thread::scope(|_| deep(2_500)).is_ok());
    });
    let mut found = BTreeMap::new();
    for (key, _, _, value) in snapshots.snapshot().into_vec() {
        let labels: Vec<_> =
            key.key().labels().map(|label| label.value().rsplit("::").next().unwrap().to_owned()).collect();
        found.insert(format!("{} {}", key.key().name(), labels.join(" ")), value);
    }
    assert_eq!(found["portcullis.violations collect input input.range"], DebugValue::Counter(2));
    assert_eq!(found["portcullis.observed looks input input.range"], DebugValue::Counter(2));
    assert!(!found.keys().any(|name| name.starts_with("portcullis.violations looks")), "{found:?}");
    assert_eq!(found["portcullis.violations down recursion recursion.depth"], DebugValue::Counter(1));
    let depths = |name: &str| match &found[name] {
        DebugValue::Histogram(depths) => depths.iter().map(|depth| depth.into_inner()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(depths("portcullis.depth down"), [5.0]);
    assert_eq!(depths("portcullis.depth deep"), [1024.0, 2048.0]);
}

#[bounded_recursion(max = 2_000)]
fn wide(left: u32, leaves: u32) -> Result<u32, Violation> {
    if left == 0 {
        return Ok(1);
    }
    (0..if left == 1 { leaves } else { 1 }).map(|_| wide(left - 1, leaves)).sum()
}

/// Keeps the depths, and calls the function that it is told of.
#[derive(Default)]
struct Calls(Arc<Mutex<Vec<f64>>>);

impl HistogramFn for Calls {
    fn record(&self, depth: f64) {
        self.0.lock().unwrap().push(depth);
        assert_eq!(wide(1, 3).unwrap(), 3);
    }
}

impl Recorder for Calls {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, _: &Key, _: &metrics::Metadata<'_>) -> Counter {
        Counter::noop()
    }
    fn register_gauge(&self, _: &Key, _: &metrics::Metadata<'_>) -> Gauge {
        Gauge::noop()
    }
    fn register_histogram(&self, _: &Key, _: &metrics::Metadata<'_>) -> Histogram {
        Histogram::from_arc(Arc::new(Self(Arc::clone(&self.0))))
    }
}

#[test]
fn a_depth_is_told_once_for_all_leaves_below_it_also_to_who_calls_the_function() {
    let depths = |left: u32, descents: u32| {
        let recorder = Calls::default();
        let descend = || (0..descents).map(|_| wide(left, 50).unwrap()).sum::<u32>();
        let run = || metrics::with_local_recorder(&recorder, descend);
        let answer = std::thread::scope(|scope| {
            std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, run).unwrap().join().unwrap()
        });
        assert_eq!(answer, 50 * descents);
        recorder.0.lock().unwrap().clone()
    };
    assert!(depths(1_023, 1).is_empty());
    assert_eq!(depths(1_024, 1), [1024.0]);
    assert_eq!(depths(1_900, 1), [1024.0]);
    assert_eq!(depths(1_024, 2), [1024.0, 1024.0]);
}

#[tokio::test]
async fn the_pages_for_axum() {
    let app = axum::Router::new()
        .route("/status", get!(unprotected!(status_page, reason = "takes nothing from the client")))
        .route("/metrics", get!(unprotected!(prometheus, reason = "takes nothing from the client")));
    assert!(collect(0).is_err());
    assert_eq!(looks(0), 0);
    for (path, content_type, expected) in [
        ("/status", "text/html; charset=utf-8", "<title>nothing has grown by much since "),
        ("/metrics", "text/plain; version=0.0.4; charset=utf-8", "seen::collect\",code=\"input.range\"} "),
        (
            "/metrics",
            "text/plain; version=0.0.4; charset=utf-8",
            "portcullis_observed_total{handler=\"seen::looks\",code=\"input.range\"} ",
        ),
    ] {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], content_type);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains(expected), "{body}");
    }
}
