//! A whole request of axum, over a real connection that stays open: its handler with the gate, without it, and without it once
//! more, which is what the run's own noise is.
//!
//! `cargo bench -p portcullis-frameworks`.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark"
)]

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use portcullis::validator::Validate;
use portcullis::{Violation, zero_trust};
use portcullis_frameworks::start;
use serde::Deserialize;
use ureq::Agent;

#[derive(Deserialize, Validate)]
#[validate(crate = "portcullis::validator")]
struct Order {
    #[validate(length(min = 1, max = 20))]
    item: String,
    #[validate(range(min = 1, max = 99))]
    count: u32,
}

#[zero_trust]
async fn gated(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok(format!("{} {}", order.item, order.count * 3 + secs / 60))
}

async fn plain(Path(secs): Path<u32>, Json(order): Json<Order>) -> Result<String, Violation> {
    Ok(format!("{} {}", order.item, order.count * 3 + secs / 60))
}

fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    runtime.block_on(async {
        let app = Router::new()
            .route("/gated/{secs}", post(gated))
            .route("/plain/{secs}", post(plain))
            .route("/again/{secs}", post(plain));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        axum::serve(listener, app).await.unwrap();
    });
}

const ROUNDS: usize = 60;
const REQUESTS: u32 = 100;
const ROUTES: [&str; 3] = ["plain", "gated", "again"];

fn main() {
    // `cargo test` builds benchmarks and runs them with this.
    let rounds = if std::env::args().any(|arg| arg == "--test") { 1 } else { ROUNDS };
    let base = start(serve);
    let agent = Agent::new_with_defaults();
    let mut times: [Vec<Duration>; 3] = Default::default();
    for round in 0..rounds {
        // Each route is as often the first of a round.
        for offset in 0..ROUTES.len() {
            let at = (round + offset) % ROUTES.len();
            let url = format!("{base}/{}/60", ROUTES[at]);
            let begin = Instant::now();
            for _ in 0..REQUESTS {
                let mut answer =
                    agent.post(&url).content_type("application/json").send(r#"{"item":"pen","count":2}"#).unwrap();
                assert_eq!(answer.body_mut().read_to_string().unwrap(), "pen 7");
            }
            times[at].push(begin.elapsed() / REQUESTS);
        }
    }
    let medians = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    for (route, median) in ROUTES.iter().zip(medians) {
        println!("{route:<8}{:>10.1} us a request", median.as_secs_f64() * 1e6);
    }
    let ratio = |at: usize| medians[at].as_secs_f64() / medians[0].as_secs_f64();
    println!("ratio: request/gated {:.3}", ratio(1));
    println!("ratio: request/noise {:.3}", ratio(2));
}
