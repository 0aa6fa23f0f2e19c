//! actix-web.

use std::sync::mpsc::Sender;

use actix_web::{App, HttpServer, web};
use portcullis::{Violation, zero_trust};

use super::Booking;

#[zero_trust]
async fn opened(web::Json(booking): web::Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust]
async fn whole(booking: web::Json<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust]
async fn maybe(booking: Option<web::Json<Booking>>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust]
async fn tried(booking: Result<web::Json<Booking>, actix_web::Error>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust]
async fn list(#[check(length(max = 3))] list: web::Json<Vec<Booking>>) -> Result<String, Violation> {
    Ok(list[0].told())
}

#[zero_trust]
async fn query(booking: web::Query<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust]
async fn form(web::Form(booking): web::Form<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

/// actix takes the values of a path out by `into_inner` only.
#[zero_trust]
async fn path(
    #[trusted(reason = "checked where they have names")] path: web::Path<(i64, String)>,
) -> Result<String, Violation> {
    let (seats, name) = path.into_inner();
    named(seats, &name)
}

#[zero_trust]
fn named(
    #[check(range(min = 1, max = 9))] seats: i64,
    #[check(length(max = 20), regex = r"^[\p{L} ]*$")] name: &str,
) -> Result<String, Violation> {
    Ok(format!("{name} {seats}"))
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    actix_web::rt::System::new().block_on(async {
        let app = || {
            App::new()
                .route("/opened", web::post().to(opened))
                .route("/whole", web::post().to(whole))
                .route("/maybe", web::post().to(maybe))
                .route("/tried", web::post().to(tried))
                .route("/list", web::post().to(list))
                .route("/query", web::get().to(query))
                .route("/form", web::post().to(form))
                .route("/path/{seats}/{name}", web::get().to(path))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        listens.send(server.addrs()[0].port()).unwrap();
        server.run().await.unwrap();
    });
}
