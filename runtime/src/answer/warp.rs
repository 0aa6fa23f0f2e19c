//! warp.

use core::future::{Ready, ready};

use warp::reject::{Reject, Rejection};
use warp::reply::{Reply, Response};

use super::response;
use crate::{FromViolation, Violation};

/// warp, with the feature `warp`: a handler for `then` returns `Result<T, Violation>`.
///
/// ```
/// use portcullis::{Violation, zero_trust};
/// use warp::Filter;
///
/// #[zero_trust]
/// async fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<String, Violation> {
///     Ok(format!("{} coins", secs * 10))
/// }
///
/// let app = warp::path!("collect" / u32).then(collect);
/// # let _ = app;
/// ```
impl Reply for Violation {
    fn into_response(self) -> Response {
        response(self.answer())
    }
}

/// With the feature `warp`: a handler for `and_then` returns `Result<T, Rejection>`, and [`answer_rejection`] answers it.
impl Reject for Violation {}

/// With the feature `warp`.
impl FromViolation for Response {
    fn from_violation(violation: Violation) -> Self {
        response(violation.answer())
    }
}

/// Answers the rejections that are violations, and hands on the others. For warp's `recover`; with the feature `warp`.
///
/// ```
/// use portcullis::{answer_rejection, zero_trust};
/// use warp::{Filter, Rejection};
///
/// #[zero_trust]
/// async fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<String, Rejection> {
///     Ok(format!("{} coins", secs * 10))
/// }
///
/// let app = warp::path!("collect" / u32).and_then(collect).recover(answer_rejection);
/// # let _ = app;
/// ```
///
/// To warp a rejection means that the next route is tried: put `recover` on the route itself, as here, where another one
/// could take the request that was refused. Without any, warp answers 500.
///
/// # Errors
/// Any other rejection.
pub fn answer_rejection(rejection: Rejection) -> Ready<Result<Response, Rejection>> {
    ready(match rejection.find::<Violation>() {
        Some(violation) => Ok(response(violation.answer())),
        None => Err(rejection),
    })
}
