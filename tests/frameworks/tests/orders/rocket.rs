//! rocket's attributes of routes. They match the segments of a path to parameters by name.

use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use portcullis::{Violation, zero_trust};
use portcullis_frameworks::suite::get as ask;
use portcullis_frameworks::{Order, secret_panic, start};
use rocket::fairing::AdHoc;
use rocket::serde::json::Json;
use rocket::{Config, get, post, routes};

use crate::assert_works;

#[zero_trust]
#[post("/ours_above/<secs>", data = "<order>")]
async fn ours_above(#[check(range(min = 1, max = 86_400))] secs: u32, order: Json<Order>) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[post("/ours_below/<secs>", data = "<order>")]
#[zero_trust]
async fn ours_below(#[check(range(min = 1, max = 86_400))] secs: u32, order: Json<Order>) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

// The names are in another order than the parameters: only they tell which is which.
#[zero_trust]
#[get("/level_above/<level>/<of>")]
fn level_above(#[check(range(max = 9))] of: u32, #[check(range(max = 99))] level: u32) -> Result<String, Violation> {
    Ok(format!("{level} of {of}"))
}

#[get("/level_below/<level>/<of>")]
#[zero_trust]
fn level_below(#[check(range(max = 9))] of: u32, #[check(range(max = 99))] level: u32) -> Result<String, Violation> {
    Ok(format!("{level} of {of}"))
}

fn serve(listens: &Sender<u16>) {
    let listens = listens.clone();
    let config = Config { port: 0, workers: 1, log_level: rocket::config::LogLevel::Off, ..Config::debug_default() };
    let app = rocket::custom(config).mount("/", routes![ours_above, ours_below, level_above, level_below]).attach(
        AdHoc::on_liftoff("port", move |rocket| Box::pin(async move { listens.send(rocket.config().port).unwrap() })),
    );
    rocket::execute(app.launch()).unwrap();
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
fn get_is_as_post() {
    for handler in ["level_above", "level_below"] {
        assert_eq!(ask(&BASE, &format!("/{handler}/99/9")).body, "99 of 9");
        assert_eq!(ask(&BASE, &format!("/{handler}/9/99")).status, 422);
    }
}
