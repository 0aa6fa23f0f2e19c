//! How fast a number of bytes grows.

use alloc::collections::VecDeque;
use core::time::Duration;

/// What was seen in the last so long, and the last sample before that. It is a fifth of how far growth is looked ahead
/// (`state.rs`): less would make an alarm of every burst.
const WINDOW: Duration = Duration::from_millis(100);

/// More samples than the window has at the shortest interval.
const MOST: usize = 32;

pub(super) struct Trend(VecDeque<(Duration, u64)>);

/// Bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Growth {
    /// Since the last sample.
    pub(super) last: f64,
    /// Over the window. Zero while there is no sample as old as that.
    pub(super) whole: f64,
}

impl Growth {
    /// What to be ready for.
    pub(super) fn fastest(self) -> f64 {
        self.last.max(self.whole)
    }

    /// What goes on: not a burst that is over, and not one that has just begun.
    pub(super) fn lasting(self) -> f64 {
        self.last.min(self.whole)
    }
}

impl Trend {
    pub(super) fn new() -> Self {
        Self(VecDeque::with_capacity(MOST))
    }

    pub(super) fn add(&mut self, now: Duration, bytes: u64) -> Growth {
        let growth = Growth {
            last: self.0.back().map_or(0.0, |sample| slope(*sample, (now, bytes))),
            whole: self
                .0
                .iter()
                .rev()
                .find(|(at, _)| now.saturating_sub(*at) >= WINDOW)
                .map_or(0.0, |sample| slope(*sample, (now, bytes))),
        };
        while self.0.get(1).is_some_and(|(at, _)| now.saturating_sub(*at) >= WINDOW) {
            self.0.pop_front();
        }
        if self.0.len() >= MOST {
            self.0.pop_back();
        }
        self.0.push_back((now, bytes));
        growth
    }
}

#[allow(clippy::cast_precision_loss, reason = "of a speed the first digits matter")]
fn slope((from, before): (Duration, u64), (to, after): (Duration, u64)) -> f64 {
    let seconds = to.saturating_sub(from).max(Duration::from_millis(1)).as_secs_f64();
    (after as f64 - before as f64) / seconds
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "of whole numbers")]

    use core::time::Duration;

    use super::{Growth, Trend};

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn the_first_sample_says_nothing_of_growth() {
        assert_eq!(Trend::new().add(Duration::ZERO, 1 << 40), Growth::default());
    }

    #[test]
    fn a_burst_is_not_yet_lasting_growth() {
        let mut trend = Trend::new();
        trend.add(Duration::ZERO, 0);
        let growth = trend.add(10 * MS, 10_000);
        assert_eq!((growth.fastest(), growth.lasting()), (1_000_000.0, 0.0));
        // Over again.
        for at in (20..200).step_by(10) {
            trend.add(at * MS, 10_000);
        }
        assert_eq!(trend.add(200 * MS, 10_000), Growth { last: 0.0, whole: 0.0 });
    }

    #[test]
    fn steady_growth_is_seen_at_any_interval() {
        for interval in [1, 5, 7, 50, 100, 250] {
            let mut trend = Trend::new();
            let mut growth = Growth::default();
            for at in (0..1_000_u32).step_by(interval) {
                growth = trend.add(at * MS, u64::from(at) * 1_000);
            }
            assert!((growth.lasting() - 1e6).abs() < 1.0, "{interval}: {growth:?}");
            assert!((growth.fastest() - 1e6).abs() < 1.0, "{interval}: {growth:?}");
        }
    }

    #[test]
    fn a_clock_that_stands_still_divides_nothing_by_zero() {
        let mut trend = Trend::new();
        trend.add(MS, 0);
        assert_eq!(trend.add(MS, 1).last, 1_000.0);
        assert_eq!(trend.add(Duration::ZERO, 0).last, -1_000.0);
    }
}
