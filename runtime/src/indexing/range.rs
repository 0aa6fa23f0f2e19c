//! What stands between the brackets, for the log.

use core::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use crate::violation::Values;

/// An index or a range of indices.
pub trait Position {
    /// What was asked of so many elements.
    #[doc(hidden)]
    fn of(&self, length: usize) -> Values;
}

impl Position for usize {
    fn of(&self, length: usize) -> Values {
        Values::Index { index: *self, length }
    }
}

macro_rules! ranges {
    ($($range:ty: $self:ident, $length:ident => $start:expr, $end:expr;)*) => {$(
        impl Position for $range {
            #[allow(unused_variables, reason = "not every range has both ends")]
            fn of(&self, length: usize) -> Values {
                let ($self, $length) = (self, length);
                Values::Range { start: $start, end: $end, length }
            }
        }
    )*};
}

ranges! {
    Range<usize>: range, length => range.start, range.end;
    RangeFrom<usize>: range, length => range.start, length;
    RangeTo<usize>: range, length => 0, range.end;
    RangeFull: range, length => 0, length;
    RangeInclusive<usize>: range, length => *range.start(), range.end().saturating_add(1);
    RangeToInclusive<usize>: range, length => 0, range.end.saturating_add(1);
}

impl Position for (Bound<usize>, Bound<usize>) {
    fn of(&self, length: usize) -> Values {
        let start = match self.0 {
            Bound::Included(start) => start,
            Bound::Excluded(start) => start.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match self.1 {
            Bound::Included(end) => end.saturating_add(1),
            Bound::Excluded(end) => end,
            Bound::Unbounded => length,
        };
        Values::Range { start, end, length }
    }
}
