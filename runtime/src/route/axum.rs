//! The gates of axum's router: what `axum::routing` has, for handlers that `#[zero_trust(route)]` stands on.
//!
//! ```ignore
//! use portcullis::axum::{get, route};
//!
//! let app = axum::Router::new()
//!     .route("/coins/{secs}", get!(handlers::coins))
//!     .route("/orders", route!(get(handlers::list), post(handlers::create)))
//!     .route("/health", get!(portcullis::unprotected!(health, reason = "takes nothing from the client")));
//! ```
//!
//! They name `::axum`, of which `portcullis` has no dependency and asks for no version; where it has another name, write
//! `get(portcullis::gated!(handler))`, also of the method `connect`. `get!(list).post(create)` compiles, and `create` passes no gate: write `route!`, and forbid
//! the method with clippy, as [`zero_trust`](crate::zero_trust#routes) says.

#[cfg(all(feature = "axum", feature = "incident"))]
pub use crate::incident::axum::{prometheus, status_page};
#[doc(inline)]
pub use crate::{
    __portcullis_axum_any as any, __portcullis_axum_delete as delete, __portcullis_axum_get as get,
    __portcullis_axum_head as head, __portcullis_axum_options as options, __portcullis_axum_patch as patch,
    __portcullis_axum_post as post, __portcullis_axum_put as put, __portcullis_axum_route as route,
    __portcullis_axum_trace as trace,
};

/// `axum::routing::get` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_get {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; get($($handler)*)) };
}

/// `axum::routing::post` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_post {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; post($($handler)*)) };
}

/// `axum::routing::put` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_put {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; put($($handler)*)) };
}

/// `axum::routing::delete` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_delete {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; delete($($handler)*)) };
}

/// `axum::routing::patch` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_patch {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; patch($($handler)*)) };
}

/// `axum::routing::head` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_head {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; head($($handler)*)) };
}

/// `axum::routing::options` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_options {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; options($($handler)*)) };
}

/// `axum::routing::trace` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_trace {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; trace($($handler)*)) };
}

/// `axum::routing::any` of a handler that `#[zero_trust(route)]` stands on.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_any {
    ($($handler:tt)*) => { $crate::__private::gates::axum_route!($crate; any($($handler)*)) };
}

/// Several methods on one route, each with a handler that `#[zero_trust(route)]` stands on: `route!(get(list), post(create))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_axum_route {
    ($($methods:tt)*) => { $crate::__private::gates::axum_route!($crate; $($methods)*) };
}
