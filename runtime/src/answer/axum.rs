//! axum: by its core, which has the traits and changes less often.

use axum_core::response::{IntoResponse, Response};

use super::response;
use crate::{FromViolation, Violation};

/// axum, with the feature `axum`: a handler returns `Result<T, Violation>`, or `axum::response::Result<T>`, or a `Response`.
///
/// ```
/// # use axum_core as axum;
/// use axum::response::{IntoResponse, Response};
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust]
/// async fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<String, Violation> {
///     Ok(format!("{} coins", secs * 10))
/// }
///
/// #[zero_trust]
/// async fn level(#[check(range(min = 1, max = 99))] level: u32) -> Response {
///     format!("level {level}").into_response()
/// }
///
/// # pollster(async {
/// assert_eq!(collect(0).await.into_response().status(), 422);
/// assert_eq!(level(100).await.status(), 422);
/// assert_eq!(level(99).await.status(), 200);
/// # });
/// # fn pollster(future: impl Future<Output = ()>) {
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     assert!(std::pin::pin!(future).poll(&mut context).is_ready());
/// # }
/// ```
impl IntoResponse for Violation {
    fn into_response(self) -> Response {
        response(self.answer())
    }
}

/// With the feature `axum`.
impl FromViolation for Response {
    fn from_violation(violation: Violation) -> Self {
        violation.into_response()
    }
}
