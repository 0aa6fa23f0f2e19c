//! Messages, each validated as it is pulled.

use alloc::format;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;
use pin_project_lite::pin_project;
use validator::{Validate, ValidationErrors};

use super::{Bound, Input, passed, pull};
use crate::Violation;

pin_project! {
    /// Items of a client, each validated as it is pulled: what [`checked_items`] and [`checked_iter`] make.
    #[derive(Debug)]
    #[must_use = "nothing is pulled by itself"]
    pub struct CheckedItems<S> {
        // Gone once there is nothing more to pull.
        #[pin]
        source: Option<S>,
        bound: Bound,
    }
}

/// Validates each item of a stream as it is pulled, and admits at most `max` of them.
///
/// A parameter of a type such as `Request<Streaming<T>>` or `WebSocket` holds nothing yet that
/// [`validated_input`](crate::validated_input) could look at. It is trusted for that reason, and what it brings is checked:
///
/// ```
/// use futures_util::{FutureExt, Stream, StreamExt};
/// use portcullis::validator::Validate;
/// use portcullis::{Violation, checked_items, validated_input};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Line {
///     #[validate(range(min = 1, max = 99))]
///     count: u32,
/// }
///
/// #[validated_input]
/// async fn total(
///     #[trusted(reason = "each line is checked as it is pulled")] lines: impl Stream<Item = Result<Line, Violation>> + Unpin,
/// ) -> Result<u32, Violation> {
///     let mut lines = checked_items(lines, 1_000).named("lines");
///     let mut total = 0;
///     while let Some(line) = lines.next().await {
///         total += line?.count;
///     }
///     Ok(total)
/// }
///
/// let lines = |counts: &[u32]| futures_util::stream::iter(counts.to_vec()).map(|count| Ok(Line { count }));
/// assert_eq!(total(lines(&[1, 2, 3])).now_or_never().unwrap().unwrap(), 6);
///
/// let refused = total(lines(&[1, 2, 100])).now_or_never().unwrap().unwrap_err();
/// assert_eq!(refused.fields()[0].to_string(), "lines[2].count must be at least 1 and at most 99");
///
/// let refused = total(lines(&[1; 1_001])).now_or_never().unwrap().unwrap_err();
/// assert_eq!(refused.to_string(), "the request is refused: input.length: lines must have a length that is at most 1000");
/// ```
///
/// **What you get.** A stream of the items that pass, each pulled when it is asked for and not before. The first that breaks a
/// rule, or is one too many, is dropped, and a [`Violation`](crate::Violation) stands in its place, as an `E`. An error of the stream itself is handed
/// on as it is. After either the stream has ended: it gives `None`, and what it pulled from is dropped, so that a
/// client does not choose how long it goes on after a refusal. The place of the violation in the log is that of this call.
///
/// The stream is one of `Result<T, E>` where `E: From<Violation>`, as `tonic::Status` is with the feature `tonic`. Another error is
/// made such a one before (`.map_err(..)`), as is an item that has to be read first, such as the text of a
/// web socket (`.map(..)`); a stream of plain items is `.map(Ok::<_, Violation>)`. A stream that is needed again behind its items, for
/// its trailers, is lent: `checked_items(&mut stream, ..)`. What is no stream, such as a `Multipart`, hands what it brings to a
/// function of yours that is under `validated_input`.
///
/// **Cost.** For each item its own rules and one count; no allocation, whatever `max` is.
///
/// **What it cannot see.** How many bytes an item had: the limits of the decoder are its own (`max_decoding_message_size` of
/// tonic, `max_message_size` of a web socket), and [`checked_bytes`](crate::checked_bytes) stands before one that has none. How long an item
/// takes: a client that sends nothing holds the handler open, and nothing here bounds the time. How an item goes with the
/// ones before it. And a refusal undoes nothing: the items before it have been handed out. A type that derives `Validate`
/// and has no rules passes. What is asked is `validate()`: of a type that derives both it and [`Covered`](crate::Covered) that is
/// validator's, so call `item.ensure("item")?` as well; of one that derives `Covered` alone it is the bounded walk.
///
/// With the feature `stream`.
#[track_caller]
pub fn checked_items<S, T, E>(stream: S, max: u64) -> CheckedItems<S>
where
    S: Stream<Item = Result<T, E>>,
    T: Validate,
    E: From<Violation>,
{
    CheckedItems { source: Some(stream), bound: Bound::new("items", max) }
}

/// [`checked_items`] of an iterator, such as the frames that a blocking consumer reads.
///
/// ```
/// use portcullis::validator::Validate;
/// use portcullis::{Violation, checked_iter};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Word {
///     #[validate(length(max = 8))]
///     text: String,
/// }
///
/// let words = |text: &'static str| text.split(' ').map(|word| Ok::<_, Violation>(Word { text: word.to_owned() }));
///
/// let read: Result<Vec<Word>, Violation> = checked_iter(words("a pen and a pencil"), 5).collect();
/// assert_eq!(read.unwrap().len(), 5);
///
/// let read: Result<Vec<Word>, Violation> = checked_iter(words("some stationery"), 5).collect();
/// assert_eq!(read.err().unwrap().fields()[0].path, "items[1].text");
/// ```
///
/// With the feature `stream`.
#[track_caller]
pub fn checked_iter<I, T, E>(items: I, max: u64) -> CheckedItems<I::IntoIter>
where
    I: IntoIterator<Item = Result<T, E>>,
    T: Validate,
    E: From<Violation>,
{
    CheckedItems { source: Some(items.into_iter()), bound: Bound::new("items", max) }
}

impl<S> CheckedItems<S> {
    /// What a violation calls them, instead of `items`: `lines[3].count`. The client hears it.
    pub fn named(mut self, name: &'static str) -> Self {
        self.bound.name = name;
        self
    }
}

impl Bound {
    fn admit(&mut self, item: &impl Validate) -> Result<(), Violation> {
        let index = self.pulled;
        // Before its rules are asked, which cost something.
        self.count(1, "")?;
        item.validate().map_err(|errors| self.broken(index, errors))
    }

    #[cold]
    #[inline(never)]
    fn broken(&self, index: u64, errors: ValidationErrors) -> Violation {
        let mut input = Input::new();
        input.validated(&format!("{}[{index}]", self.name), Err(errors));
        input.refusal().at(self.place)
    }

    /// How many items there can be, of so many at most that the source has: an item too many is one too, as a refusal.
    fn size_hint(&self, (least, most): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let admitted = usize::try_from(self.max.saturating_sub(self.pulled).saturating_add(1)).ok();
        let most = match (most, admitted) {
            (Some(most), Some(admitted)) => Some(most.min(admitted)),
            (most, admitted) => most.or(admitted),
        };
        // The first may be the last.
        (least.min(1), most)
    }
}

impl<S, T, E> Stream for CheckedItems<S>
where
    S: Stream<Item = Result<T, E>>,
    T: Validate,
    E: From<Violation>,
{
    type Item = Result<T, E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        pull(this.source, context, |item| this.bound.admit(item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.source.as_ref().map_or((0, Some(0)), |source| self.bound.size_hint(source.size_hint()))
    }
}

impl<S> FusedStream for CheckedItems<S>
where
    Self: Stream,
{
    fn is_terminated(&self) -> bool {
        self.source.is_none()
    }
}

impl<I, T, E> Iterator for CheckedItems<I>
where
    I: Iterator<Item = Result<T, E>>,
    T: Validate,
    E: From<Violation>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.source.as_mut()?.next();
        let next = item.map(|item| passed(item, |item| self.bound.admit(item)));
        if !matches!(next, Some(Ok(_))) {
            self.source = None;
        }
        next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.source.as_ref().map_or((0, Some(0)), |source| self.bound.size_hint(source.size_hint()))
    }
}

impl<I> core::iter::FusedIterator for CheckedItems<I> where Self: Iterator {}
