//! rocket.

use std::io::Cursor;

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder, Response};

use crate::{FromViolation, Violation};

/// rocket, with the feature `rocket`: a handler returns `Result<T, Violation>`.
///
/// ```
/// use portcullis::{Violation, zero_trust};
/// use rocket::{get, routes};
///
/// #[zero_trust]
/// #[get("/collect/<secs>")]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<String, Violation> {
///     Ok(format!("{} coins", secs * 10))
/// }
///
/// let app = rocket::build().mount("/", routes![collect]);
/// # let _ = app;
/// ```
///
/// No catcher sees it: the response is whole.
impl<'r> Responder<'r, 'static> for Violation {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Ok(Response::from_violation(self))
    }
}

/// With the feature `rocket`.
impl FromViolation for Response<'static> {
    fn from_violation(violation: Violation) -> Self {
        let answer = violation.answer();
        let mut response = Response::build();
        response.status(Status::new(answer.status())).raw_header("Content-Type", answer.content_type());
        if let Some(seconds) = answer.retry_after() {
            response.raw_header("Retry-After", alloc::format!("{seconds}"));
        }
        let body = answer.into_body();
        response.sized_body(body.len(), Cursor::new(body)).finalize()
    }
}
