//! What is not there yet when a handler begins: the items of a stream, the chunks of a body. With the feature `stream`.

mod bytes;
mod items;

use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;

pub use self::bytes::{CheckedBytes, checked_bytes};
pub use self::items::{CheckedItems, checked_items, checked_iter};

use super::{Input, rules};
use crate::Violation;

/// How much may be pulled, and how much has been.
#[derive(Debug)]
struct Bound {
    name: &'static str,
    max: u64,
    pulled: u64,
    /// Where the adapter was made: a poll has no place that a log could use.
    place: &'static Location<'static>,
}

impl Bound {
    #[track_caller]
    fn new(name: &'static str, max: u64) -> Self {
        Self { name, max, pulled: 0, place: Location::caller() }
    }

    /// Counts so many more. `unit` is as in `rules::length`.
    fn count(&mut self, more: u64, unit: &str) -> Result<(), Violation> {
        // Saturated it is above every bound but the one that nothing is above.
        self.pulled = self.pulled.saturating_add(more);
        if self.pulled <= self.max { Ok(()) } else { Err(self.exceeded(unit)) }
    }

    #[cold]
    #[inline(never)]
    fn exceeded(&self, unit: &str) -> Violation {
        let mut input = Input::new();
        input.rule(self.name, Err(rules::outside_length(unit, None, Some(self.max), None)));
        input.refusal().at(self.place)
    }
}

/// Pulls one item. Only after one that passes is there a next: else the source is dropped, and with it what the client holds
/// open.
fn pull<S, T, E>(
    mut source: Pin<&mut Option<S>>,
    context: &mut Context<'_>,
    check: impl FnOnce(&T) -> Result<(), Violation>,
) -> Poll<Option<Result<T, E>>>
where
    S: Stream<Item = Result<T, E>>,
    E: From<Violation>,
{
    let Some(stream) = source.as_mut().as_pin_mut() else { return Poll::Ready(None) };
    let next = ready!(stream.poll_next(context)).map(|item| passed(item, check));
    if !matches!(next, Some(Ok(_))) {
        source.set(None);
    }
    Poll::Ready(next)
}

fn passed<T, E: From<Violation>>(item: Result<T, E>, check: impl FnOnce(&T) -> Result<(), Violation>) -> Result<T, E> {
    let item = item?;
    check(&item)?;
    Ok(item)
}
