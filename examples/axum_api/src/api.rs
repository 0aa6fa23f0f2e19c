//! The bookings of a small hotel. Each handler is behind `#[zero_trust]`; what it refuses, and what axum refuses before it,
//! the client gets as `application/problem+json`.

#![allow(clippy::indexing_slicing, reason = "the lint sees the index as it is written, and not that it is checked")]
#![allow(unused_qualifications, reason = "it takes what `utoipa::path` prints of `params(..)` for the user's own")]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use portcullis::validator::Validate;
use portcullis::{sleep, spawn, zero_trust};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::problem::{ApiError, Json, Path, Problem, Query};

/// The largest body, in bytes: an honest one is far below. A body is read before any handler is asked, so this limit is axum's.
pub const BODY_BYTES: usize = 4_096;

/// How many requests may wait for the other hotels at once.
pub const ASKING: u32 = 64;

/// What their system takes to answer.
const ANSWERS_AFTER: Duration = Duration::from_millis(100);

/// What a night costs, in cents. The rules below let a client ask for more rooms than there are.
const NIGHTLY: [u32; 3] = [9_900, 14_900, 49_900];

#[derive(Default)]
struct Hotel(Mutex<Vec<Booking>>);

impl Hotel {
    /// A booking is whole or not there, so what a panic left behind may be read.
    fn bookings(&self) -> MutexGuard<'_, Vec<Booking>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a client sends to book.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[validate(crate = "portcullis::validator")]
struct NewBooking {
    #[schema(min_length = 1, max_length = 40)]
    #[validate(length(min = 1, max = 40), non_control_character)]
    guest: String,
    #[validate(range(max = 9))]
    room: usize,
    /// The day of the year on which they arrive.
    #[schema(minimum = 1, maximum = 365)]
    #[validate(range(min = 1, max = 365))]
    arrival: u16,
    #[schema(minimum = 1, maximum = 28)]
    #[validate(range(min = 1, max = 28))]
    nights: u16,
}

#[derive(Clone, Serialize, ToSchema)]
struct Booking {
    id: usize,
    guest: String,
    room: usize,
    arrival: u16,
    departure: u16,
    cents: u32,
}

/// Days of the year, the last one included.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Period {
    from: u16,
    to: u16,
}

/// A group and its stay.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Stay {
    nights: u32,
    guests: u32,
}

#[derive(Serialize, ToSchema)]
struct Quote {
    cents: u32,
}

// The body: its rules stand with its type.
/// Books a room
#[zero_trust]
#[utoipa::path(post, path = "/bookings", responses(
    (status = 201, body = Booking),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
async fn book(
    #[trusted(reason = "the server's own state")] State(hotel): State<Arc<Hotel>>,
    Json(new): Json<NewBooking>,
) -> Result<(StatusCode, Json<Booking>), ApiError> {
    let cents = NIGHTLY[new.room] * u32::from(new.nights);
    let departure = new.arrival + new.nights;
    let mut bookings = hotel.bookings();
    let booking =
        Booking { id: bookings.len() + 1, guest: new.guest, room: new.room, arrival: new.arrival, departure, cents };
    bookings.push(booking.clone());
    Ok((StatusCode::CREATED, Json(booking)))
}

// A number in the path: its rule stands under the name that the extractor binds.
/// One booking
#[zero_trust]
#[utoipa::path(get, path = "/bookings/{id}", responses(
    (status = 200, body = Booking),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
async fn booking(
    #[trusted(reason = "the server's own state")] State(hotel): State<Arc<Hotel>>,
    #[check(id(range(min = 1, max = 999_999)))] Path(id): Path<usize>,
) -> Result<Json<Booking>, ApiError> {
    hotel.bookings().get(id - 1).cloned().map(Json).ok_or(ApiError::from(StatusCode::NOT_FOUND))
}

// Rules of each parameter, and conditions between them. The second relies on the first.
/// The bookings that begin in a period of at most 31 days
#[zero_trust(require(from <= to, to - from < 31))]
#[utoipa::path(get, path = "/bookings", params(Period), responses(
    (status = 200, body = [Booking]),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
async fn arrivals(
    #[trusted(reason = "the server's own state")] State(hotel): State<Arc<Hotel>>,
    #[check(from(range(min = 1, max = 365)), to(range(min = 1, max = 365)))] Query(Period { from, to }): Query<Period>,
) -> Result<Json<Vec<Booking>>, ApiError> {
    let bookings = hotel.bookings();
    let arriving = bookings.iter().filter(|booking| (from..=to).contains(&booking.arrival));
    Ok(Json(arriving.cloned().collect()))
}

// Each number keeps its rule, and their product may still be none that a `u32` holds: that is refused, not wrapped.
/// What a group would pay
#[zero_trust]
#[utoipa::path(get, path = "/rooms/{room}/quote", params(Stay), responses(
    (status = 200, body = Quote),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
async fn quote(
    #[check(room(range(max = 9)))] Path(room): Path<usize>,
    #[check(nights(range(min = 1, max = 365)), guests(range(min = 1, max = 500)))]
    Query(Stay { nights, guests }): Query<Stay>,
) -> Result<Json<Quote>, ApiError> {
    let full = NIGHTLY[room] * nights * guests;
    let discount = if guests >= 10 { full / 10 } else { 0 };
    Ok(Json(Quote { cents: full - discount }))
}

#[derive(Serialize, ToSchema)]
struct Elsewhere {
    room: usize,
    free: usize,
}

/// The system of the other hotels. None when nobody waits for its answer any more.
async fn free_elsewhere(room: usize) -> Option<usize> {
    sleep(ANSWERS_AFTER).await.ok()?;
    Some(room % 3)
}

// It waits for somebody else, who may be slow: so many may wait at once and no more, and none for longer than two seconds. One more is refused
// at the door, and none queues. What it has spawned is counted, and over with it.
/// How many such rooms other hotels of the town have
#[zero_trust(bounded_concurrency(max = ASKING), deadline("2s"))]
#[utoipa::path(get, path = "/rooms/{room}/elsewhere", responses(
    (status = 200, body = Elsewhere),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
async fn elsewhere(#[check(room(range(max = 9)))] Path(room): Path<usize>) -> Result<Json<Elsewhere>, ApiError> {
    let free = spawn(free_elsewhere(room)).await.ok().flatten();
    free.map(|free| Json(Elsewhere { room, free })).ok_or(ApiError::from(StatusCode::BAD_GATEWAY))
}

#[derive(OpenApi)]
#[openapi(info(title = "Bookings", version = "1.0.0"), paths(book, booking, arrivals, quote, elsewhere))]
struct Documented;

async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Documented::openapi())
}

async fn no_such_path() -> ApiError {
    StatusCode::NOT_FOUND.into()
}

async fn no_such_method() -> ApiError {
    StatusCode::METHOD_NOT_ALLOWED.into()
}

/// All of it.
pub fn router() -> Router {
    Router::new()
        .route("/bookings", post(book).get(arrivals))
        .route("/bookings/{id}", get(booking))
        .route("/rooms/{room}/quote", get(quote))
        .route("/rooms/{room}/elsewhere", get(elsewhere))
        .route("/openapi.json", get(document))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .with_state(Arc::new(Hotel::default()))
}
