//! What a status page shows of memory.

use core::fmt;
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use super::run::now;
use super::sampler::Sample;
use super::source::{Reading, Source};
use super::state::{ALL, State};

/// How it stands with memory, as the last sample found it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// Of all gates, the worst.
    pub state: State,
    /// Bytes, of the source that is fullest.
    pub used: u64,
    /// Bytes, of the same.
    pub limit: u64,
    /// Which one that is.
    pub source: Source,
    /// By how many bytes a second it grew since the last sample, and over the last tenth of a second; the larger of the two.
    /// Less than nothing where it shrank.
    pub growth: f64,
    /// Of 100 requests, how many the gate admits that admits fewest: 100, but in a critical state, and while requests are being
    /// admitted again after it.
    pub admitted: u8,
    /// How long ago it was read.
    pub age: Duration,
    /// The sampler is late by more than two of its intervals: the machine is too busy to run it. The gates keep what they
    /// last answered.
    pub stale: bool,
}

#[derive(Clone, Copy)]
struct Shown {
    sample: Sample,
    worst: Reading,
    at: Duration,
}

static SHOWN: Mutex<Option<Shown>> = Mutex::new(None);

/// After so many intervals.
const STALE: u32 = 3;

/// How it stands with memory. None until the first gate has been asked, and where nothing tells how much there is.
///
/// ```
/// use portcullis::{Violation, shed_load};
///
/// #[shed_load(memory = "85%")]
/// fn collect() -> Result<u32, Violation> {
///     Ok(50)
/// }
///
/// let _ = collect();
/// if let Some(status) = portcullis::memory::status() {
///     println!("{:?}: {status}", status.state);
/// }
/// ```
#[must_use]
pub fn status() -> Option<Status> {
    let shown = *SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    shown.map(|shown| shown.seen_at(now()))
}

pub(super) fn show(sample: Sample, at: Duration) -> Option<Status> {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(worst) = sample.worst {
        *shown = Some(Shown { sample, worst, at });
    } else if let Some(last) = &mut *shown {
        // Its numbers age; what the gates do is as it is.
        last.sample = sample;
    }
    shown.map(|shown| shown.seen_at(at))
}

impl Shown {
    fn seen_at(self, now: Duration) -> Status {
        let Self { sample, worst, at } = self;
        let age = now.saturating_sub(at);
        let admitted = u32::from(sample.share).saturating_mul(100).checked_div(ALL.into());
        Status {
            state: sample.state,
            used: worst.used,
            limit: worst.limit,
            source: worst.source,
            growth: worst.growth.fastest(),
            admitted: admitted.and_then(|percent| percent.try_into().ok()).unwrap_or(100),
            age,
            stale: age > sample.next.saturating_mul(STALE),
        }
    }
}

/// On one line: `6.81 GiB of 8.00 GiB (cgroup v2), growing by 3.26 GiB/s`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} ({})", Bytes(self.used), Bytes(self.limit), self.source)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "to be read; saturates")]
        let growth = self.growth as u64;
        if growth >= 1 << 20 {
            write!(f, ", growing by {}/s", Bytes(growth))?;
        }
        if self.stale {
            write!(f, ", {:.1} s ago", self.age.as_secs_f64())?;
        }
        Ok(())
    }
}

/// With two digits behind the point.
pub(crate) struct Bytes(pub(crate) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[allow(clippy::cast_precision_loss, reason = "to be read")]
        let bytes = self.0 as f64;
        match self.0 {
            0..0x400 => write!(f, "{} B", self.0),
            0x400..0x10_0000 => write!(f, "{:.2} KiB", bytes / f64::from(1 << 10)),
            0x10_0000..0x4000_0000 => write!(f, "{:.2} MiB", bytes / f64::from(1 << 20)),
            _ => write!(f, "{:.2} GiB", bytes / f64::from(1 << 30)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use alloc::string::ToString as _;
    use core::time::Duration;

    use super::super::sampler::Sample;
    use super::super::source::{Reading, Source};
    use super::super::state::State;
    use super::super::trend::Growth;
    use super::{Bytes, Shown};

    const AT: Duration = Duration::from_mins(1);

    fn shown(share: u16) -> Shown {
        let growth = Growth { last: 3.5e9, whole: 1e9 };
        let worst = Reading { source: Source::CgroupV2, used: 7_312_195_584, limit: 8 << 30, growth };
        let next = Duration::from_millis(50);
        let sample =
            Sample { worst: Some(worst), state: State::Critical, change: None, shut: None, share, last: false, next };
        Shown { sample, worst, at: AT }
    }

    #[test]
    fn on_one_line() {
        let status = shown(0).seen_at(AT);
        assert_eq!(status.to_string(), "6.81 GiB of 8.00 GiB (cgroup v2), growing by 3.26 GiB/s");
        let late = shown(0).seen_at(AT + Duration::from_millis(1_500));
        assert_eq!(late.to_string(), "6.81 GiB of 8.00 GiB (cgroup v2), growing by 3.26 GiB/s, 1.5 s ago");
        assert_eq!(
            [1_023, 1_024, 1 << 20, 1 << 30].map(|bytes| Bytes(bytes).to_string()),
            ["1023 B", "1.00 KiB", "1.00 MiB", "1.00 GiB"]
        );
    }

    /// The sampler gets no time: after three of its intervals that shows, and what the gates do stays.
    #[test]
    fn late_is_stale() {
        let seen = |ms| shown(0).seen_at(AT + Duration::from_millis(ms));
        assert!(!seen(150).stale);
        let late = seen(151);
        assert!(late.stale);
        assert_eq!((late.state, late.admitted, late.age), (State::Critical, 0, Duration::from_millis(151)));
        // A clock that went back is no reason to panic.
        assert_eq!(shown(0).seen_at(Duration::ZERO).age, Duration::ZERO);
    }

    #[test]
    fn shares_as_percent() {
        assert_eq!([0, 1, 16, 128, 255, 256].map(|share| shown(share).seen_at(AT).admitted), [0, 0, 6, 50, 99, 100]);
    }
}
