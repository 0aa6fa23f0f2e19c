//! warp.

use std::hint::black_box;
use std::sync::mpsc::Sender;

use portcullis::{Violation, answer_rejection, gated, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};
use warp::reply::{Reply, Response};
use warp::{Filter, Rejection};

#[zero_trust(route)]
async fn secret_order(order: Order) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust(route)]
async fn coins(#[check(range(max = 86_400))] secs: u32) -> Result<String, Rejection> {
    Ok(secret_coins(secs)?.to_string())
}

#[zero_trust(route)]
async fn cards(#[check(range(max = 9))] slot: usize) -> Response {
    let card = black_box([7, 8, 9])[slot];
    format!("{card}").into_response()
}

#[zero_trust(route)]
async fn nest(#[check(range(max = 99))] levels: u32) -> Result<impl Reply, Violation> {
    Ok(secret_nest(levels)?.to_string())
}

#[zero_trust(route)]
async fn panics(#[check(range(max = 9_999))] number: u32) -> Result<impl Reply, Rejection> {
    Ok(secret_panic(number).to_string())
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let orders = warp::path!("orders").and(warp::post()).and(warp::body::json()).then(gated!(secret_order));
        let coins = warp::path!("coins" / u32).and_then(gated!(coins));
        let cards = warp::path!("cards" / usize).then(gated!(cards));
        let nest = warp::path!("nest" / u32).then(gated!(nest));
        let panics = warp::path!("panic" / u32).and_then(gated!(panics));
        let app = orders.or(coins).or(cards).or(nest).or(panics).recover(answer_rejection);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        warp::serve(app).incoming(listener).run().await;
    });
}
