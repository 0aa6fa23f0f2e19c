//! poem.

use poem::Response;
use poem::error::ResponseError;
use poem::http::StatusCode;
use poem::http::header::RETRY_AFTER;

use super::Answer;
use crate::{FromViolation, Violation};

/// poem, with the feature `poem`: a handler returns `Result<T, Violation>`, or `poem::Result<T>`, or a `Response`.
///
/// ```
/// use poem::web::Path;
/// use poem::{Route, get, handler};
/// use portcullis::zero_trust;
///
/// #[zero_trust]
/// #[handler]
/// async fn collect(#[check(secs(range(min = 1, max = 60)))] Path(secs): Path<u32>) -> poem::Result<String> {
///     Ok(format!("{} coins", secs * 10))
/// }
///
/// let app = Route::new().at("/collect/:secs", get(collect));
/// # let _ = app;
/// ```
impl ResponseError for Violation {
    fn status(&self) -> StatusCode {
        status(&self.answer())
    }

    fn as_response(&self) -> Response {
        response(self.answer())
    }
}

/// With the feature `poem`.
impl FromViolation for Response {
    fn from_violation(violation: Violation) -> Self {
        response(violation.answer())
    }
}

fn status(answer: &Answer) -> StatusCode {
    StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn response(answer: Answer) -> Response {
    let mut response = Response::builder().status(status(&answer)).content_type(answer.content_type());
    if let Some(seconds) = answer.retry_after() {
        response = response.header(RETRY_AFTER, seconds);
    }
    response.body(answer.into_body())
}
