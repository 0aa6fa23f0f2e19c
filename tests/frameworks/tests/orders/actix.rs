//! actix-web's attributes of routes.

use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use actix_web::{App, HttpServer, get, post, web};
use portcullis::{Violation, zero_trust};
use portcullis_frameworks::suite::get as ask;
use portcullis_frameworks::{Order, secret_panic, start};

use crate::assert_works;

#[zero_trust]
#[post("/ours_above/{secs}")]
async fn ours_above(
    #[check(range(min = 1, max = 86_400))] secs: web::Path<u32>,
    order: web::Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(*secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[post("/ours_below/{secs}")]
#[zero_trust]
async fn ours_below(
    #[check(range(min = 1, max = 86_400))] secs: web::Path<u32>,
    order: web::Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(*secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[zero_trust]
#[get("/level_above/{level}")]
async fn level_above(#[check(range(max = 99))] level: web::Path<u32>) -> Result<String, Violation> {
    Ok(level.to_string())
}

#[get("/level_below/{level}")]
#[zero_trust]
async fn level_below(#[check(range(max = 99))] level: web::Path<u32>) -> Result<String, Violation> {
    Ok(level.to_string())
}

fn serve(listens: &Sender<u16>) {
    actix_web::rt::System::new().block_on(async {
        let app = || App::new().service(ours_above).service(ours_below).service(level_above).service(level_below);
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        listens.send(server.addrs()[0].port()).unwrap();
        server.run().await.unwrap();
    });
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
        assert_eq!(ask(&BASE, &format!("/{handler}/99")).body, "99");
        assert_eq!(ask(&BASE, &format!("/{handler}/100")).status, 422);
    }
}
