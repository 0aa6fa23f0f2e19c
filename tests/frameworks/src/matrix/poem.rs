//! poem.

use std::sync::mpsc::Sender;

use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::middleware::SizeLimit;
use poem::web::{Form, Json, Path, Query};
use poem::{EndpointExt as _, Route, Server, get, handler, post};
use portcullis::{Violation, zero_trust};

use super::Booking;

#[handler]
#[zero_trust]
async fn opened(Json(booking): Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[handler]
#[zero_trust]
async fn whole(booking: Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[handler]
#[zero_trust]
async fn maybe(booking: Option<Json<Booking>>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[handler]
#[zero_trust]
async fn tried(booking: Result<Json<Booking>, poem::Error>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[handler]
#[zero_trust]
async fn list(#[check(list(length(max = 3)))] Json(list): Json<Vec<Booking>>) -> Result<String, Violation> {
    Ok(list[0].told())
}

#[handler]
#[zero_trust]
async fn query(Query(booking): Query<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[handler]
#[zero_trust]
async fn form(Form(booking): Form<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[handler]
#[zero_trust]
async fn path(
    #[check(seats(range(min = 1, max = 9)), name(length(max = 20), regex = r"^[\p{L} ]*$"))] Path((seats, name)): Path<
        (i64, String),
    >,
) -> Result<String, Violation> {
    Ok(format!("{name} {seats}"))
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        // poem itself sets no limit. It asks each request for its length, so a `GET` is without.
        let limit = || SizeLimit::new(1 << 20);
        let app = Route::new()
            .at("/opened", post(opened).with(limit()))
            .at("/whole", post(whole).with(limit()))
            .at("/maybe", post(maybe).with(limit()))
            .at("/tried", post(tried).with(limit()))
            .at("/list", post(list).with(limit()))
            .at("/query", get(query))
            .at("/form", post(form).with(limit()))
            .at("/path/:seats/:name", get(path));
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let port = acceptor.local_addr()[0].as_socket_addr().unwrap().port();
        listens.send(port).unwrap();
        Server::new_with_acceptor(acceptor).run(app).await.unwrap();
    });
}
