//! poem.

use std::hint::black_box;
use std::sync::mpsc::Sender;

use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::{Json, Path};
use poem::{IntoResponse, Response, Route, Server, get, handler, post};
use portcullis::{Violation, gated, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};

#[zero_trust(route)]
#[handler]
async fn secret_order(Json(order): Json<Order>) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust(route)]
#[handler]
async fn coins(#[check(secs(range(max = 86_400)))] Path(secs): Path<u32>) -> poem::Result<String> {
    Ok(secret_coins(secs)?.to_string())
}

#[zero_trust(route)]
#[handler]
fn cards(#[check(slot(range(max = 9)))] Path(slot): Path<usize>) -> Response {
    let card = black_box([7, 8, 9])[slot];
    format!("{card}").into_response()
}

#[zero_trust(route)]
#[handler]
fn nest(#[check(levels(range(max = 99)))] Path(levels): Path<u32>) -> Result<String, Violation> {
    Ok(secret_nest(levels)?.to_string())
}

#[zero_trust(route)]
#[handler]
async fn panics(#[check(number(range(max = 9_999)))] Path(number): Path<u32>) -> poem::Result<String> {
    Ok(secret_panic(number).to_string())
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let app = Route::new()
            .at("/orders", post(gated!(secret_order)))
            .at("/coins/:secs", get(gated!(coins)))
            .at("/cards/:slot", get(gated!(cards)))
            .at("/nest/:levels", get(gated!(nest)))
            .at("/panic/:number", get(gated!(panics)));
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = acceptor.local_addr().pop().unwrap();
        listens.send(address.as_socket_addr().unwrap().port()).unwrap();
        Server::new_with_acceptor(acceptor).run(app).await.unwrap();
    });
}
