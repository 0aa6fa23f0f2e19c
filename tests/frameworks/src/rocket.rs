//! rocket.

use std::hint::black_box;
use std::sync::mpsc::Sender;

use portcullis::rocket::routes;
use portcullis::{Violation, unprotected, zero_trust};

use crate::{Order, secret_coins, secret_nest, secret_panic};
use rocket::fairing::AdHoc;
use rocket::serde::json::Json;
use rocket::{Config, get, post};

#[zero_trust(route)]
#[post("/orders", data = "<order>")]
async fn secret_order(order: Json<Order>) -> Result<String, Violation> {
    Ok(order.lines.len().to_string())
}

#[zero_trust(route)]
#[get("/coins/<secs>")]
fn coins(#[check(range(max = 86_400))] secs: u32) -> Result<String, Violation> {
    Ok(secret_coins(secs)?.to_string())
}

#[zero_trust(route)]
#[get("/cards/<slot>")]
fn cards(#[check(range(max = 9))] slot: usize) -> Result<String, Violation> {
    let card = black_box([7, 8, 9])[slot];
    Ok(format!("{card}"))
}

#[zero_trust(route)]
#[get("/nest/<levels>")]
fn nest(#[check(range(max = 99))] levels: u32) -> Result<String, Violation> {
    Ok(secret_nest(levels)?.to_string())
}

#[zero_trust(route)]
#[get("/panic/<number>")]
async fn panics(#[check(range(max = 9_999))] number: u32) -> Result<String, Violation> {
    Ok(secret_panic(number).to_string())
}

#[get("/health")]
fn health() -> &'static str {
    "ok"
}

/// What `clippy.toml` forbids, and clippy finds.
#[expect(clippy::disallowed_macros, reason = "shows that it is found")]
fn raw() -> Vec<rocket::Route> {
    rocket::routes![health]
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let listens = listens.clone();
    let config = Config { port: 0, workers: 1, log_level: rocket::config::LogLevel::Off, ..Config::debug_default() };
    let app = rocket::custom(config)
        .mount(
            "/",
            routes![
                secret_order,
                coins,
                cards,
                nest,
                panics,
                unprotected!(health, reason = "takes nothing from the client")
            ],
        )
        .mount("/raw", raw())
        .attach(AdHoc::on_liftoff("port", move |rocket| {
            Box::pin(async move { listens.send(rocket.config().port).unwrap() })
        }));
    rocket::execute(app.launch()).unwrap();
}
