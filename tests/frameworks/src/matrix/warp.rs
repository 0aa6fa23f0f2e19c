//! warp, whose filters hand a handler the bare value.

use std::convert::Infallible;
use std::sync::mpsc::Sender;

use portcullis::{Violation, answer_rejection, zero_trust};
use warp::{Filter, Rejection};

use super::Booking;

#[zero_trust]
async fn opened(booking: Booking) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust]
async fn whole(booking: Box<Booking>) -> Result<String, Violation> {
    Ok(booking.told())
}

#[zero_trust]
async fn maybe(booking: Option<Booking>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust]
async fn tried(booking: Result<Booking, Rejection>) -> Result<String, Violation> {
    Ok(booking.map_or("nothing".to_owned(), |booking| booking.told()))
}

#[zero_trust]
async fn list(#[check(length(max = 3))] list: Vec<Booking>) -> Result<String, Violation> {
    Ok(list[0].told())
}

#[zero_trust]
async fn path(
    #[check(range(min = 1, max = 9))] seats: i64,
    #[check(length(max = 20), regex = r"^[\p{L} ]*$")] name: String,
) -> Result<String, Violation> {
    Ok(format!("{name} {seats}"))
}

/// `%41` is for the handler to read.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
            bytes.push(u8::from_str_radix(&String::from_utf8_lossy(&digits), 16).unwrap_or(b'?'));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        // warp itself sets no limit.
        let body = || warp::post().and(warp::body::content_length_limit(1 << 20));
        let json = move || body().and(warp::body::json::<Booking>());
        let some = json().map(Some).or(warp::any().map(|| None)).unify();
        let result = json()
            .map(Ok)
            .or_else(|rejection: Rejection| async { Ok::<_, Infallible>((Err::<Booking, _>(rejection),)) });
        let app = warp::path!("opened").and(json()).then(opened);
        let app = app.or(warp::path!("whole").and(json().map(Box::new)).then(whole));
        let app = app.or(warp::path!("maybe").and(some).then(maybe));
        let app = app.or(warp::path!("tried").and(result).then(tried));
        let app = app.or(warp::path!("list").and(body()).and(warp::body::json()).then(list));
        let app = app.or(warp::path!("query").and(warp::query::<Booking>()).then(opened));
        let app = app.or(warp::path!("form").and(body()).and(warp::body::form::<Booking>()).then(opened));
        let app = app.or(warp::path!("path" / i64 / String).then(|seats, name: String| path(seats, decoded(&name))));
        let app = app.recover(answer_rejection);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        warp::serve(app).incoming(listener).run().await;
    });
}
