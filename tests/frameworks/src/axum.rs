//! axum.

use std::hint::black_box;
use std::sync::mpsc::Sender;

use axum::body::Body;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{ErrorResponse, IntoResponse, Response};
use axum::{Json, Router};
use futures_util::{StreamExt, TryStreamExt};
use portcullis::axum::{any, get, post, route};
use portcullis::{Violation, checked_bytes, unprotected, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};

#[zero_trust(route)]
async fn secret_order(Json(order): Json<Order>) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust(route)]
async fn coins(#[check(secs(range(max = 86_400)))] Path(secs): Path<u32>) -> axum::response::Result<String> {
    Ok(secret_coins(secs)?.to_string())
}

#[zero_trust(route)]
async fn cards(#[check(slot(range(max = 9)))] Path(slot): Path<usize>) -> Response {
    let card = black_box([7, 8, 9])[slot];
    format!("{card}").into_response()
}

#[zero_trust(route)]
async fn nest(#[check(levels(range(max = 99)))] Path(levels): Path<u32>) -> Result<String, Violation> {
    Ok(secret_nest(levels)?.to_string())
}

#[zero_trust(route)]
async fn panics(#[check(number(range(max = 9_999)))] Path(number): Path<u32>) -> Result<String, Violation> {
    Ok(secret_panic(number).to_string())
}

#[zero_trust(route)]
async fn upload(#[trusted(reason = "it is counted as it is pulled")] body: Body) -> axum::response::Result<String> {
    // The error of a connection that broke: nobody is left to answer to.
    let chunks = body.into_data_stream().map_err(|_| ErrorResponse::from(StatusCode::BAD_REQUEST));
    let mut chunks = checked_bytes(chunks, 100_000);
    let mut bytes = 0_usize;
    while let Some(chunk) = chunks.next().await {
        bytes += chunk?.len();
    }
    Ok(bytes.to_string())
}

mod lists {
    use super::{Path, Violation, zero_trust};

    #[zero_trust(route)]
    pub(super) async fn many() -> Result<&'static str, Violation> {
        Ok("many")
    }

    /// As many as the route says.
    #[zero_trust(route)]
    pub(super) async fn of<const N: usize>(
        #[check(number(range(max = 9)))] Path(number): Path<usize>,
    ) -> Result<String, Violation> {
        Ok((N + number).to_string())
    }
}
use lists::many;

async fn health() -> &'static str {
    "ok"
}

/// What `clippy.toml` forbids, and clippy finds.
#[expect(clippy::disallowed_methods, reason = "shows that it is found")]
fn raw() -> axum::routing::MethodRouter {
    axum::routing::get(health)
}

#[expect(clippy::disallowed_methods, reason = "shows that it is found")]
fn chained(route: axum::routing::MethodRouter) -> axum::routing::MethodRouter {
    route.post(health)
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app = Router::new()
            .route("/orders", route!(get(many), post(secret_order)))
            .route("/upload", post!(upload))
            .route("/coins/{secs}", get!(coins))
            .route("/cards/{slot}", get!(cards))
            .route("/nest/{levels}", get!(nest))
            .route("/panic/{number}", get!(panics))
            .route("/health", any!(unprotected!(health, reason = "takes nothing from the client")))
            .route("/lists/{number}", get!(lists::of::<100>))
            .route("/raw", chained(raw()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}
