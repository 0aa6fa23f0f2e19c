//! axum's `debug_handler` and tracing's `instrument`: each with ours, and all six orders of the three. A handler's name tells
//! its order, top first.

use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router, debug_handler};
use portcullis::{Violation, zero_trust};
use portcullis_frameworks::{Order, secret_panic, start};
use tracing::instrument;

use crate::{assert_works, spans};

#[zero_trust]
#[debug_handler]
async fn ours_debug(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[zero_trust]
#[instrument]
async fn ours_span(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[debug_handler]
#[zero_trust]
async fn debug_ours(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[instrument]
#[zero_trust]
async fn span_ours(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[zero_trust]
#[debug_handler]
#[instrument]
async fn ours_debug_span(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[zero_trust]
#[instrument]
#[debug_handler]
async fn ours_span_debug(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[debug_handler]
#[zero_trust]
#[instrument]
async fn debug_ours_span(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[debug_handler]
#[instrument]
#[zero_trust]
async fn debug_span_ours(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[instrument]
#[zero_trust]
#[debug_handler]
async fn span_ours_debug(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[instrument]
#[debug_handler]
#[zero_trust]
async fn span_debug_ours(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app = Router::new()
            .route("/ours_debug/{secs}", post(ours_debug))
            .route("/ours_span/{secs}", post(ours_span))
            .route("/debug_ours/{secs}", post(debug_ours))
            .route("/span_ours/{secs}", post(span_ours))
            .route("/ours_debug_span/{secs}", post(ours_debug_span))
            .route("/ours_span_debug/{secs}", post(ours_span_debug))
            .route("/debug_ours_span/{secs}", post(debug_ours_span))
            .route("/debug_span_ours/{secs}", post(debug_span_ours))
            .route("/span_ours_debug/{secs}", post(span_ours_debug))
            .route("/span_debug_ours/{secs}", post(span_debug_ours));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}

static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

macro_rules! works {
    ($($order:ident)*) => {$(
        mod $order {
            #[test]
            fn works() {
                super::assert_order_works(stringify!($order));
            }
        }
    )*};
}

/// `instrument` sees the handler's name, and those of its parameters. Of a call that is refused for its parameters it makes a
/// span where it stands below ours, since it wraps what ours has printed.
#[track_caller]
fn assert_order_works(order: &str) {
    spans::record();
    assert_works(&BASE, order);
    let place = |attribute| order.split('_').position(|of| of == attribute);
    let refused_within = place("span") > place("ours");
    assert_eq!(spans::made(order, "secs=60"), place("span").is_some(), "{order}");
    assert_eq!(spans::made(order, "secs=0"), refused_within, "{order}");
}

works! {
    ours_debug
    ours_span
    debug_ours
    span_ours
    ours_debug_span
    ours_span_debug
    debug_ours_span
    debug_span_ours
    span_ours_debug
    span_debug_ours
}
