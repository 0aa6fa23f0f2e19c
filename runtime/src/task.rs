//! Tasks that belong to the request which spawned them.

use core::future::Future;

use tokio::task::JoinHandle;

use crate::carry;

/// `tokio::spawn`, with the depths of all [`bounded_recursion`](crate::bounded_recursion)s that are entered here taken
/// [along](carry): what spawns itself without end comes to its bound.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
/// use std::sync::Arc;
///
/// use portcullis::bounded_recursion;
///
/// #[bounded_recursion(max = 20, or(return))]
/// fn fan_out(calls: Arc<AtomicU32>) {
///     calls.fetch_add(1, Relaxed);
///     portcullis::spawn(async move { fan_out(calls) });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let calls = Arc::new(AtomicU32::new(0));
/// fan_out(calls.clone());
/// while Arc::strong_count(&calls) > 1 {
///     tokio::task::yield_now().await;
/// }
/// assert_eq!(calls.load(Relaxed), 20);
/// # }
/// ```
///
/// Needs the feature `tokio`.
///
/// # Panics
/// Outside of a tokio runtime, as `tokio::spawn`.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    tokio::spawn(carry(future))
}
