//! axum.

use std::sync::mpsc::Sender;

use axum::body::Body;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{ErrorResponse, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{StreamExt, TryStreamExt};
use portcullis::{Violation, checked_bytes, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};

#[zero_trust]
async fn secret_order(Json(order): Json<Order>) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust]
async fn coins(#[check(secs(range(max = 86_400)))] Path(secs): Path<u32>) -> axum::response::Result<String> {
    Ok(secret_coins(secs)?.to_string())
}

#[zero_trust]
async fn cards(#[check(slot(range(max = 9)))] Path(slot): Path<usize>) -> Response {
    let card = [7, 8, 9][slot];
    format!("{card}").into_response()
}

#[zero_trust]
async fn nest(#[check(levels(range(max = 99)))] Path(levels): Path<u32>) -> Result<String, Violation> {
    Ok(secret_nest(levels)?.to_string())
}

#[zero_trust]
async fn panics(#[check(number(range(max = 9_999)))] Path(number): Path<u32>) -> Result<String, Violation> {
    Ok(secret_panic(number).to_string())
}

#[zero_trust]
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

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app = Router::new()
            .route("/orders", post(secret_order))
            .route("/upload", post(upload))
            .route("/coins/{secs}", get(coins))
            .route("/cards/{slot}", get(cards))
            .route("/nest/{levels}", get(nest))
            .route("/panic/{number}", get(panics));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}
