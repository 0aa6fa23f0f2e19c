//! actix-web.

use std::sync::mpsc::Sender;

use actix_web::{App, HttpResponse, HttpServer, web};
use portcullis::validator::Validate;
use portcullis::{Violation, gated, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};
use serde::Deserialize;

/// A number in the path: actix takes one out by `into_inner` only, so its rule stands in a type.
#[derive(Deserialize, Validate)]
#[validate(crate = "portcullis::validator")]
struct Coins {
    #[validate(range(max = 86_400))]
    secs: u32,
}

#[derive(Deserialize, Validate)]
#[validate(crate = "portcullis::validator")]
struct Number {
    #[validate(range(max = 9_999))]
    number: u32,
}

#[zero_trust(route)]
async fn secret_order(order: web::Json<Order>) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust(route)]
async fn coins(path: web::Path<Coins>) -> actix_web::Result<String> {
    Ok(secret_coins(path.secs)?.to_string())
}

#[zero_trust(route)]
async fn cards(path: web::Path<Number>) -> HttpResponse {
    let card = [7, 8, 9][path.number as usize];
    HttpResponse::Ok().body(format!("{card}"))
}

#[zero_trust(route)]
async fn nest(path: web::Path<Number>) -> Result<String, Violation> {
    Ok(secret_nest(path.number)?.to_string())
}

#[zero_trust(route)]
async fn panics(path: web::Path<Number>) -> actix_web::Result<HttpResponse> {
    Ok(HttpResponse::Ok().body(secret_panic(path.number).to_string()))
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    actix_web::rt::System::new().block_on(async {
        let app = || {
            App::new()
                .route("/orders", web::post().to(gated!(secret_order)))
                .route("/coins/{secs}", web::get().to(gated!(coins)))
                .route("/cards/{number}", web::get().to(gated!(cards)))
                .route("/nest/{number}", web::get().to(gated!(nest)))
                .route("/panic/{number}", web::get().to(gated!(panics)))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        listens.send(server.addrs()[0].port()).unwrap();
        server.run().await.unwrap();
    });
}
