//! The gate of rocket: its `routes!`, for handlers that `#[zero_trust(route)]` stands on.
//!
//! ```ignore
//! #[zero_trust(route)]
//! #[get("/coins/<secs>")]
//! fn coins(#[check(range(max = 86_400))] secs: u32) -> Result<String, Violation> { .. }
//!
//! rocket::build().mount("/", portcullis::rocket::routes![coins])
//! ```

#[doc(inline)]
pub use crate::__portcullis_rocket_routes as routes;

/// `rocket::routes!` of handlers that `#[zero_trust(route)]` stands on, above rocket's own attribute.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_rocket_routes {
    ($($handlers:tt)*) => { $crate::__private::gates::rocket_routes!($crate; $($handlers)*) };
}
