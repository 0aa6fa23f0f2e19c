//! rocket.

use std::sync::mpsc::Sender;

use portcullis::rocket::routes;
use portcullis::{Covered, Violation, zero_trust};
use rocket::fairing::AdHoc;
use rocket::form::{Form, Strict};
use rocket::serde::json::{Error, Json};
use rocket::{Config, FromForm, get, post};

use serde::Deserialize;

use super::Booking;

/// As rocket reads a form and a query. Where serde has the name of a field, `Covered` tells it by that.
#[derive(FromForm, Deserialize, Covered)]
struct Fields {
    #[field(name = "fullName")]
    #[serde(rename = "fullName")]
    #[check(length(min = 1, max = 20), regex = r"^[\p{L} ]*$")]
    full_name: String,
    #[check(range(min = 1, max = 9))]
    seats: i64,
    #[check(range(min = 0.0, max = 1.0))]
    share: f64,
}

impl Fields {
    fn told(&self) -> String {
        format!("{} {} {}", self.full_name, self.seats, self.share)
    }
}

#[zero_trust(route)]
#[post("/opened", data = "<booking>")]
fn opened(booking: Json<Booking>) -> Result<String, Violation> {
    let Json(booking) = booking;
    Ok(booking.told())
}

#[zero_trust(route)]
#[post("/whole", data = "<booking>")]
async fn whole(booking: Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
#[post("/maybe", data = "<booking>")]
fn maybe(booking: Option<Json<Booking>>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust(route)]
#[post("/tried", data = "<booking>")]
fn tried(booking: Result<Json<Booking>, Error<'_>>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust(route)]
#[post("/list", data = "<list>")]
fn list(#[check(length(max = 3))] list: Json<Vec<Booking>>) -> Result<String, Violation> {
    Ok(list[0].told())
}

#[zero_trust(route)]
#[get("/query?<booking..>")]
fn query(#[check(deref)] booking: Strict<Fields>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
#[post("/form", data = "<booking>")]
fn form(booking: Form<Fields>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust(route)]
#[get("/path/<seats>/<name>")]
fn path(
    #[check(range(min = 1, max = 9))] seats: i64,
    #[check(length(max = 20), regex = r"^[\p{L} ]*$")] name: &str,
) -> Result<String, Violation> {
    Ok(format!("{name} {seats}"))
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let listens = listens.clone();
    let config = Config { port: 0, workers: 1, log_level: rocket::config::LogLevel::Off, ..Config::debug_default() };
    let app = rocket::custom(config).mount("/", routes![opened, whole, maybe, tried, list, query, form, path]).attach(
        AdHoc::on_liftoff("port", move |rocket| Box::pin(async move { listens.send(rocket.config().port).unwrap() })),
    );
    rocket::execute(app.launch()).unwrap();
}
