//! The chunks of a body, counted as they are pulled.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;
use pin_project_lite::pin_project;

use super::{Bound, pull};
use crate::Violation;

pin_project! {
    /// Chunks of a client, counted as they are pulled: what [`checked_bytes`] makes.
    #[derive(Debug)]
    #[must_use = "nothing is pulled by itself"]
    pub struct CheckedBytes<S> {
        // Gone once there is nothing more to pull.
        #[pin]
        source: Option<S>,
        bound: Bound,
    }
}

/// Hands on the chunks of a body as they are pulled, and admits at most `max` bytes of them.
///
/// ```
/// use futures_util::{FutureExt, Stream, StreamExt};
/// use portcullis::{Violation, checked_bytes, validated_input};
///
/// #[validated_input]
/// async fn store(
///     #[trusted(reason = "it is counted as it is pulled")] body: impl Stream<Item = Result<Vec<u8>, Violation>> + Unpin,
/// ) -> Result<Vec<u8>, Violation> {
///     let mut body = checked_bytes(body, 1_000);
///     let mut stored = Vec::new();
///     while let Some(chunk) = body.next().await {
///         stored.extend(chunk?);
///     }
///     Ok(stored)
/// }
///
/// let chunks = |chunks| futures_util::stream::iter((0..chunks).map(|_| Ok(vec![0; 100])));
/// assert_eq!(store(chunks(10)).now_or_never().unwrap().unwrap().len(), 1_000);
///
/// let refused = store(chunks(11)).now_or_never().unwrap().unwrap_err();
/// assert_eq!(refused.fields()[0].to_string(), "body must have a number of bytes that is at most 1000");
/// ```
///
/// **What you get.** The chunk with which the body becomes larger than `max` is dropped, none of it handed on, and a
/// [`Violation`] of the code `input.length` stands in its place. After that, and after an error of the
/// stream itself, the stream has ended and what it pulled from is dropped, as with [`checked_items`](crate::checked_items). It can stand before a
/// decoder, whose limits it then needs no longer for the sum.
///
/// **Cost.** One addition and one comparison for each chunk.
///
/// **What it cannot see.** What is in the bytes. How large one chunk is before it is there, and what
/// has been read ahead of it: that is the server's. How long a chunk takes, nor how many empty ones there are: nothing here bounds the time.
///
/// With the feature `stream`.
#[track_caller]
pub fn checked_bytes<S, B, E>(stream: S, max: u64) -> CheckedBytes<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
    E: From<Violation>,
{
    CheckedBytes { source: Some(stream), bound: Bound::new("body", max) }
}

impl<S> CheckedBytes<S> {
    /// What a violation calls them, instead of `body`. The client hears it.
    pub fn named(mut self, name: &'static str) -> Self {
        self.bound.name = name;
        self
    }
}

impl<S, B, E> Stream for CheckedBytes<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
    E: From<Violation>,
{
    type Item = Result<B, E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        pull(this.source, context, |chunk| {
            // No target of ours has more than 64 bits.
            let bytes = u64::try_from(chunk.as_ref().len()).unwrap_or(u64::MAX);
            this.bound.count(bytes, "bytes")
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // Empty chunks are admitted without end, and the first may be the last.
        self.source.as_ref().map_or((0, Some(0)), |source| {
            let (least, most) = source.size_hint();
            (least.min(1), most)
        })
    }
}

impl<S> FusedStream for CheckedBytes<S>
where
    Self: Stream,
{
    fn is_terminated(&self) -> bool {
        self.source.is_none()
    }
}
