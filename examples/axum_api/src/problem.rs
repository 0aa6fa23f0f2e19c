//! Every error as `application/problem+json`: the violations of portcullis, which are that already, and what axum's extractors
//! reject, whose own answer is plain text.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use portcullis::Violation;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

pub(crate) enum ApiError {
    Refused(Violation),
    /// Without a word of why: the texts of the extractors name the types of the server.
    Status(StatusCode),
}

impl From<Violation> for ApiError {
    fn from(violation: Violation) -> Self {
        Self::Refused(violation)
    }
}

impl From<StatusCode> for ApiError {
    fn from(status: StatusCode) -> Self {
        Self::Status(status)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(violation) => violation.into_response(),
            Self::Status(status) => {
                let problem = json!({
                    "type": "about:blank",
                    "title": status.canonical_reason(),
                    "status": status.as_u16(),
                });
                (status, [(CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
            }
        }
    }
}

macro_rules! extractors {
    ($($derive:ident $name:ident: $rejection:ident,)*) => {$(
        /// axum's, but for the answer where it rejects. portcullis knows it by this name.
        #[derive($derive)]
        #[from_request(via(axum::extract::$name), rejection(ApiError))]
        pub(crate) struct $name<T>(pub(crate) T);

        impl From<$rejection> for ApiError {
            fn from(rejection: $rejection) -> Self {
                Self::Status(rejection.status())
            }
        }
    )*};
}

extractors! {
    FromRequest Json: JsonRejection,
    FromRequestParts Path: PathRejection,
    FromRequestParts Query: QueryRejection,
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// What the document says of an error.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct Problem {
    #[schema(rename = "type")]
    of: String,
    title: String,
    status: u16,
    /// Which protection refused: `input.range`, `arithmetic.overflow`.
    code: Option<String>,
    errors: Option<Vec<Fault>>,
}

/// One broken rule: of a parameter, or of a place in the body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct Fault {
    parameter: Option<String>,
    pointer: Option<String>,
    code: String,
    detail: String,
}
