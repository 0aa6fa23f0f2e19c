//! `utoipa::path`: reads the parameters' names and types for its document.

use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use portcullis::validator::Validate;
use portcullis::{Violation, zero_trust};
use portcullis_frameworks::{Line, secret_panic, start};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};

use crate::assert_works;

#[derive(Deserialize, ToSchema, Validate)]
#[validate(crate = "portcullis::validator")]
struct Booking {
    #[validate(length(min = 1, max = 20))]
    item: String,
    #[schema(value_type = Vec<Object>)]
    #[validate(nested)]
    lines: Vec<Line>,
}

#[zero_trust]
#[utoipa::path(post, path = "/ours_above/{secs}", responses((status = 200, body = String)))]
async fn ours_above(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Booking>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[utoipa::path(post, path = "/ours_below/{secs}", responses((status = 200, body = String)))]
#[zero_trust]
async fn ours_below(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Booking>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

// What the document is without ours.
#[utoipa::path(post, path = "/plain/{secs}", responses((status = 200, body = String)))]
#[expect(dead_code, reason = "only its document is asked for")]
fn plain(Path(secs): Path<u32>, Json(order): Json<Booking>) -> String {
    format!("{secs} {}", order.item)
}

#[derive(OpenApi)]
#[openapi(paths(ours_above, ours_below, plain))]
struct Documented;

fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app =
            Router::new().route("/ours_above/{secs}", post(ours_above)).route("/ours_below/{secs}", post(ours_below));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}

static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

#[test]
fn ours_may_stand_above() {
    assert_works(&BASE, "ours_above");
}

#[test]
fn ours_may_stand_below() {
    assert_works(&BASE, "ours_below");
}

#[test]
fn the_document_is_what_it_was_without_ours() {
    let document = serde_json::to_value(Documented::openapi()).unwrap();
    let of = |handler: &str| {
        let mut operation = document["paths"][format!("/{handler}/{{secs}}")]["post"].clone();
        assert_eq!(operation["operationId"].take(), *handler);
        operation
    };
    let plain = of("plain");
    assert_eq!(
        plain["parameters"],
        json!([{ "name": "secs", "in": "path", "required": true, "schema": { "type": "integer", "format": "int32", "minimum": 0 } }]),
    );
    assert_eq!(
        plain["requestBody"],
        json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Booking" } } }, "required": true }),
    );
    assert_ne!(document["components"]["schemas"]["Booking"], Value::Null);
    assert_eq!(of("ours_above"), plain);
    assert_eq!(of("ours_below"), plain);
}
