//! How long requests took, in a table that is there from the start.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use axum::http::StatusCode;

/// What one step of the table is wide.
const STEP: Duration = Duration::from_micros(10);
/// Two seconds. What takes longer counts as that.
const STEPS: usize = 200_000;

/// Counts by time.
struct Times([AtomicU32; STEPS]);

pub(crate) struct Figures {
    accepted: Times,
    refused: Times,
    others: AtomicU32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Percentiles {
    pub(crate) count: u64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) most: Duration,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary {
    pub(crate) accepted: Percentiles,
    pub(crate) refused: Percentiles,
    pub(crate) others: u32,
}

impl Times {
    #[expect(clippy::large_stack_arrays, reason = "in a static it is on no stack")]
    const fn new() -> Self {
        Self([const { AtomicU32::new(0) }; STEPS])
    }

    fn note(&self, took: Duration) {
        let at = took.as_micros() / STEP.as_micros();
        let at = usize::try_from(at).unwrap_or(STEPS).min(STEPS - 1);
        if let Some(count) = self.0.get(at) {
            count.fetch_add(1, Relaxed);
        }
    }

    fn clear(&self) {
        self.0.iter().for_each(|count| count.store(0, Relaxed));
    }

    /// Each the end of its step.
    fn percentiles(&self) -> Percentiles {
        let count: u64 = self.0.iter().map(|count| u64::from(count.load(Relaxed))).sum();
        let at = |part: u64| {
            let mut left = (count * part).div_ceil(100).max(1);
            let steps = self.0.iter().take_while(|count| {
                let more = u64::from(count.load(Relaxed));
                let goes_on = left > more;
                left = left.saturating_sub(more);
                goes_on
            });
            STEP * u32::try_from(steps.count() + 1).unwrap_or(u32::MAX)
        };
        Percentiles { count, p50: at(50), p99: at(99), most: at(100) }
    }
}

impl Figures {
    pub(crate) const fn new() -> Self {
        Self { accepted: Times::new(), refused: Times::new(), others: AtomicU32::new(0) }
    }

    pub(crate) fn note(&self, status: StatusCode, took: Duration) {
        match status {
            StatusCode::OK => self.accepted.note(took),
            StatusCode::SERVICE_UNAVAILABLE => self.refused.note(took),
            _ => {
                self.others.fetch_add(1, Relaxed);
            }
        }
    }

    pub(crate) fn clear(&self) {
        self.accepted.clear();
        self.refused.clear();
        self.others.store(0, Relaxed);
    }

    pub(crate) fn summary(&self) -> Summary {
        Summary {
            accepted: self.accepted.percentiles(),
            refused: self.refused.percentiles(),
            others: self.others.load(Relaxed),
        }
    }
}

impl fmt::Display for Percentiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, p50, p99, most } = self;
        if *count == 0 { f.write_str("0") } else { write!(f, "{count} (p50 {p50:?}, p99 {p99:?}, most {most:?})") }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "accepted {}, refused {}", self.accepted, self.refused)
    }
}
