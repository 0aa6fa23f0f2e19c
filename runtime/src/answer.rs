//! A violation as the response that a client gets: of HTTP and gRPC, each framework in its own file.
//!
//! Only the public half of a violation is read here.

#[cfg(feature = "actix")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod hook;
#[cfg(feature = "poem")]
mod poem;
#[cfg(feature = "problem-json")]
mod problem;
#[cfg(feature = "rocket")]
mod rocket;
#[cfg(test)]
mod tests;
#[cfg(feature = "tonic")]
mod tonic;
#[cfg(feature = "warp")]
mod warp;

pub use self::hook::AlreadySet;
#[cfg(feature = "problem-json")]
pub use self::problem::{Answer, set_answer};
#[cfg(feature = "tonic")]
pub use self::tonic::set_status;
#[cfg(feature = "warp")]
pub use self::warp::answer_rejection;

use core::sync::atomic::{AtomicU8, Ordering};
use core::time::Duration;

use crate::Kind;

/// What a kind of violation is in words. That the handler panicked is the server's own affair.
const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Input => "The request is not valid",
        Kind::Arithmetic => "A number that the request leads to is out of range",
        Kind::Index => "A position that the request leads to does not exist",
        Kind::Recursion => "The request is nested too deeply",
        Kind::Steps => "The request leads to too much work",
        Kind::Deadline => "The request took too long",
        Kind::Allocation => "The request leads to too much memory",
        Kind::Memory | Kind::Busy => "Service Unavailable",
        Kind::Capacity => "There is no room for what the request would add",
        Kind::Closed | Kind::Panic => "Internal Server Error",
    }
}

/// Whether the client hears the code. Not of what is the server's own fault, or its own distress: the answer to that is generic.
const fn tells_code(kind: Kind) -> bool {
    match kind {
        Kind::Input
        | Kind::Arithmetic
        | Kind::Index
        | Kind::Recursion
        | Kind::Steps
        | Kind::Deadline
        | Kind::Capacity
        | Kind::Allocation => true,
        Kind::Busy | Kind::Closed | Kind::Memory | Kind::Panic => false,
    }
}

/// When the client may try again, of what passes by itself: not before a gate can be open again, and not all clients at once.
fn retry_after(kind: Kind) -> Option<Duration> {
    static REFUSED: AtomicU8 = AtomicU8::new(0);
    let spread = |least: u64, over: u8| {
        let turn = REFUSED.fetch_add(1, Ordering::Relaxed).checked_rem(over);
        Some(Duration::from_secs(least.saturating_add(turn.unwrap_or(0).into())))
    };
    match kind {
        Kind::Memory => spread(3, 4),
        Kind::Busy => spread(1, 2),
        Kind::Deadline => Some(Duration::from_secs(1)),
        Kind::Input
        | Kind::Arithmetic
        | Kind::Index
        | Kind::Recursion
        | Kind::Steps
        | Kind::Capacity
        | Kind::Allocation
        | Kind::Closed
        | Kind::Panic => None,
    }
}

/// `order.items[3].name` is the parameter `order`, and in its value `.items[3].name`.
fn split(path: &str) -> (&str, &str) {
    path.find(['.', '[']).map_or((path, ""), |at| path.split_at(at))
}

/// An answer as a response of `http`, which some frameworks have for their own.
#[cfg(any(feature = "axum", feature = "warp"))]
fn response<B: From<alloc::vec::Vec<u8>>>(answer: Answer) -> http::Response<B> {
    use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};

    // What cannot fail, an `Answer` being what it is, fails closed.
    let status = http::StatusCode::from_u16(answer.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_str(answer.content_type());
    let retry_after = answer.retry_after().map(HeaderValue::from);
    let mut response = http::Response::new(answer.into_body().into());
    *response.status_mut() = status;
    response.headers_mut().extend(content_type.ok().map(|value| (CONTENT_TYPE, value)));
    response.headers_mut().extend(retry_after.map(|value| (RETRY_AFTER, value)));
    response
}
