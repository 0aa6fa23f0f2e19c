//! The two handlers for axum.

use axum_core::body::Body;
use axum_core::response::Response;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};

/// [`incident::page`](crate::incident::page) as a handler, for an internal port. With the features `axum` and `incident`.
///
/// ```ignore
/// use portcullis::axum::{get, prometheus, status_page};
/// use portcullis::unprotected;
///
/// let internal = axum::Router::new()
///     .route("/status", get!(unprotected!(status_page, reason = "takes nothing from the client")))
///     .route("/metrics", get!(unprotected!(prometheus, reason = "takes nothing from the client")));
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:9090").await?;
/// tokio::spawn(axum::serve(listener, internal).into_future());
/// ```
///
/// **Not for the public**: it names functions, and the keys of who called them.
#[allow(clippy::unused_async, reason = "what axum takes for a handler")]
pub async fn status_page() -> Response {
    response("text/html; charset=utf-8", super::page())
}

/// [`incident::prometheus`](crate::incident::prometheus()) as a handler: see [`status_page`].
#[allow(clippy::unused_async, reason = "as above")]
pub async fn prometheus() -> Response {
    response("text/plain; version=0.0.4; charset=utf-8", super::prometheus())
}

fn response(content_type: &'static str, text: alloc::string::String) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}
