//! The orders of a small shop. Each handler is behind `#[zero_trust]`; what it refuses, and what actix refuses before it, the
//! client gets as `application/problem+json`.

#![allow(clippy::indexing_slicing, reason = "the lint sees the index as it is written, and not that it is checked")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json, JsonConfig, Path, PathConfig, Query, QueryConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError, get, post, web};
use portcullis::{Covered, Violation, zero_trust};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The largest body, in bytes: an honest one is far below. A body is read before any handler is asked, so this limit is actix's.
pub(crate) const BODY_BYTES: usize = 4_096;

/// The name and the price in cents.
const CATALOGUE: [(&str, u32); 5] =
    [("pen", 250), ("ink", 1_200), ("paper", 900), ("desk", 89_000), ("printing press", 70_000_000)];

#[derive(Default)]
pub(crate) struct Shop(Mutex<Vec<Order>>);

impl Shop {
    /// An order is whole or not there, so what a panic left behind may be read.
    fn orders(&self) -> MutexGuard<'_, Vec<Order>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a client sends to order. A field without a rule does not compile.
#[derive(Deserialize, Covered)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    #[check(email, length(max = 100))]
    customer: String,
    #[check(length(min = 1, max = 20), nested)]
    lines: Vec<Line>,
}

#[derive(Clone, Deserialize, Serialize, Covered)]
#[serde(deny_unknown_fields)]
struct Line {
    /// A place in the catalogue, whose length a rule would have to repeat.
    #[check(range(max = 999))]
    item: usize,
    #[check(range(min = 1, max = 99))]
    count: u32,
}

#[derive(Clone, Serialize)]
struct Order {
    id: usize,
    customer: String,
    lines: Vec<Line>,
    cents: u32,
}

/// A part of the catalogue.
#[derive(Deserialize, Covered)]
struct Page {
    #[check(range(max = 999_999_999))]
    number: u32,
    #[check(range(min = 1, max = 50))]
    size: u32,
}

/// The body: its rules stand with its type, those of its lines with theirs. Lines may keep them all and cost more than a `u32`
/// holds; the sum is refused then, and so is the index of an item that is not there.
#[zero_trust]
#[post("/orders")]
async fn place_order(
    #[trusted(reason = "the server's own state")] shop: Data<Shop>,
    new: Json<NewOrder>,
) -> Result<HttpResponse, Violation> {
    let NewOrder { customer, lines } = new.into_inner();
    let mut cents = 0;
    for line in &lines {
        cents += CATALOGUE[line.item].1 * line.count;
    }
    let mut orders = shop.orders();
    let order = Order { id: orders.len() + 1, customer, lines, cents };
    orders.push(order.clone());
    Ok(HttpResponse::Created().json(order))
}

/// A number in the path: its rule is asked of what the extractor lends.
#[zero_trust]
#[get("/orders/{id}")]
async fn find_order(
    #[trusted(reason = "the server's own state")] shop: Data<Shop>,
    #[check(range(min = 1, max = 999_999))] id: Path<usize>,
) -> Result<HttpResponse, Violation> {
    let orders = shop.orders();
    Ok(orders.get(*id - 1).map_or_else(|| problem(StatusCode::NOT_FOUND), |order| HttpResponse::Ok().json(order)))
}

/// Neither the product nor the place that it leads to can be told from one number alone.
#[zero_trust]
#[get("/catalogue")]
async fn list_catalogue(page: Query<Page>) -> HttpResponse {
    let from = (page.number * page.size) as usize;
    let to = CATALOGUE.len().min(from + page.size as usize);
    let names: Vec<&str> = CATALOGUE[from..to].iter().map(|(name, _)| *name).collect();
    HttpResponse::Ok().json(names)
}

/// Without a word of why: the texts of the extractors name the types of the server.
fn problem(status: StatusCode) -> HttpResponse {
    let body = json!({ "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16() });
    HttpResponse::build(status).content_type("application/problem+json").body(body.to_string())
}

/// What an extractor rejects, whose own answer is plain text.
fn rejected(error: impl ResponseError + 'static, _: &HttpRequest) -> actix_web::Error {
    let answer = problem(error.status_code());
    InternalError::from_response(error, answer).into()
}

pub(crate) fn configure(app: &mut ServiceConfig) {
    app.app_data(JsonConfig::default().limit(BODY_BYTES).error_handler(rejected))
        .app_data(PathConfig::default().error_handler(rejected))
        .app_data(QueryConfig::default().error_handler(rejected))
        .service(place_order)
        .service(find_order)
        .service(list_catalogue)
        .default_service(web::to(|| async { problem(StatusCode::NOT_FOUND) }));
}
