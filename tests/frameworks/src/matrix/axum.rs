//! axum.

use std::sync::mpsc::Sender;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query};
use axum::{Form, Json, Router};
use portcullis::axum::{get, post};
use portcullis::{Violation, zero_trust};

use super::Booking;

#[zero_trust(route)]
async fn opened(Json(booking): Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
async fn whole(booking: Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
async fn maybe(booking: Option<Json<Booking>>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust(route)]
async fn tried(booking: Result<Json<Booking>, JsonRejection>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust(route)]
async fn list(#[check(list(length(max = 3)))] Json(list): Json<Vec<Booking>>) -> Result<String, Violation> {
    Ok(list[0].told())
}

#[zero_trust(route)]
async fn query(Query(booking): Query<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
async fn form(Form(booking): Form<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
async fn path(
    #[check(seats(range(min = 1, max = 9)), name(length(max = 20), regex = r"^[\p{L} ]*$"))] Path((seats, name)): Path<
        (i64, String),
    >,
) -> Result<String, Violation> {
    Ok(format!("{name} {seats}"))
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app = Router::new()
            .route("/opened", post!(opened))
            .route("/whole", post!(whole))
            .route("/maybe", post!(maybe))
            .route("/tried", post!(tried))
            .route("/list", post!(list))
            .route("/query", get!(query))
            .route("/form", post!(form))
            .route("/path/{seats}/{name}", get!(path));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}
