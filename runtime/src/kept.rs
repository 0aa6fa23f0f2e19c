//! What is kept for long keeps no more memory alive than it needs.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

/// A value that can be made small before it is [`kept`].
pub trait Keep: Sized {
    /// The same value, in memory of its own and of its size.
    #[must_use]
    fn keep(self) -> Self;
}

/// What goes into a static, a session or a cache: the same value, without the memory beyond it.
///
/// A `Vec` or a `String` that was filled to 64 MiB and cut to ten bytes holds 64 MiB; a `Bytes` of ten bytes holds the
/// whole buffer that it was cut out of, as the body of a request, for as long as it lives.
///
/// ```
/// let mut name = "pen".repeat(1_000_000);
/// name.truncate(3);
/// assert!(name.capacity() >= 3_000_000);
/// let name = portcullis::kept(name);
/// assert_eq!((&*name, name.capacity() < 100), ("pen", true));
/// ```
///
/// | | |
/// |---|---|
/// | `Vec`, `VecDeque`, `String` | moved to memory of its size where it has more than twice that, and 64 elements beyond |
/// | `Bytes`, with the feature `bytes` | copied: it does not tell how large the buffer is that it keeps alive. Where the whole is at hand, `kept_slice` copies only when it pays |
///
/// Needs the feature `alloc`.
#[must_use]
pub fn kept<T: Keep>(value: T) -> T {
    value.keep()
}

/// Less than this beyond the value is not worth a move.
const SLACK: usize = 64;

/// Whether so much is kept for the sake of less than half of it.
fn is_much(kept: usize, used: usize) -> bool {
    kept > used.saturating_mul(2).max(used.saturating_add(SLACK))
}

macro_rules! keep {
    ($([$($generics:tt)*] $collection:ty;)*) => {$(
        impl<$($generics)*> Keep for $collection {
            fn keep(mut self) -> Self {
                if is_much(self.capacity(), self.len()) {
                    self.shrink_to_fit();
                }
                self
            }
        }
    )*};
}
keep! {
    [T] Vec<T>;
    [T] VecDeque<T>;
    [] String;
}

#[cfg(feature = "bytes")]
pub use self::of_bytes::kept_slice;

#[cfg(feature = "bytes")]
mod of_bytes {
    use core::ops::{Bound, RangeBounds};

    use bytes::Bytes;

    use super::{Keep, is_much};
    use crate::Violation;
    use crate::violation::{Cause, Kept, Values};

    impl Keep for Bytes {
        fn keep(self) -> Self {
            Self::copy_from_slice(&self)
        }
    }

    /// `whole.slice(range)`, which does not panic, and which does not keep `whole` alive when it is much the larger: then it is a
    /// copy. With the feature `bytes`.
    ///
    /// ```
    /// use bytes::Bytes;
    ///
    /// let body = Bytes::from(vec![b'a'; 1_000_000]);
    /// let name = portcullis::kept_slice(&body, 10..20).unwrap();
    /// assert_eq!(&*name, b"aaaaaaaaaa");
    /// // Nobody else has the buffer.
    /// assert!(body.is_unique());
    /// assert_eq!(portcullis::kept_slice(&body, 10..2_000_000).unwrap_err().code(), "index.bounds");
    /// ```
    ///
    /// Much larger is more than twice as large, and by more than 64 bytes. That `whole` may itself be a part of a larger buffer is not to be seen: [`kept`](super::kept) always copies.
    ///
    /// # Errors
    /// `index.bounds` when the range is not within `whole`.
    #[track_caller]
    pub fn kept_slice(whole: &Bytes, range: impl RangeBounds<usize>) -> Result<Bytes, Violation> {
        let after = |index: usize| index.saturating_add(1);
        let start = match range.start_bound() {
            Bound::Included(&start) => start,
            Bound::Excluded(&before) => after(before),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&last) => after(last),
            Bound::Excluded(&end) => end,
            Bound::Unbounded => whole.len(),
        };
        match whole.get(start..end) {
            Some(part) if is_much(whole.len(), part.len()) => Ok(Bytes::copy_from_slice(part)),
            Some(part) => Ok(whole.slice_ref(part)),
            None => Err(outside(start, end, whole.len())),
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn outside(start: usize, end: usize, length: usize) -> Violation {
        let values = Kept::new(Values::Range { start, end, length });
        Violation::new("index.bounds", Cause::Index { operator: "kept_slice", values })
    }
}
