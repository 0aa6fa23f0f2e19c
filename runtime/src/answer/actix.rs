//! actix-web.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};

use super::Answer;
use crate::{FromViolation, Violation};

/// actix-web, with the feature `actix`: a handler returns `Result<T, Violation>`, or `actix_web::Result<T>`, or a
/// `HttpResponse`.
///
/// ```
/// use actix_web::{App, web};
/// use portcullis::validator::Validate;
/// use portcullis::{Violation, zero_trust};
///
/// #[derive(serde::Deserialize, Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Collect {
///     #[validate(range(min = 1, max = 60))]
///     secs: u32,
/// }
///
/// #[zero_trust]
/// async fn collect(form: web::Json<Collect>) -> Result<String, Violation> {
///     Ok(format!("{} coins", form.secs * 10))
/// }
///
/// let app = App::new().route("/collect", web::post().to(collect));
/// # let _ = app;
/// ```
impl ResponseError for Violation {
    fn status_code(&self) -> StatusCode {
        status(&self.answer())
    }

    fn error_response(&self) -> HttpResponse {
        response(self.answer())
    }
}

/// With the feature `actix`.
impl FromViolation for HttpResponse {
    fn from_violation(violation: Violation) -> Self {
        response(violation.answer())
    }
}

fn status(answer: &Answer) -> StatusCode {
    StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn response(answer: Answer) -> HttpResponse {
    let mut response = HttpResponse::build(status(&answer));
    response.insert_header((CONTENT_TYPE, answer.content_type()));
    if let Some(seconds) = answer.retry_after() {
        response.insert_header((RETRY_AFTER, seconds));
    }
    response.body(answer.into_body())
}
