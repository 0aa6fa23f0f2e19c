//! What a gate makes of the readings: from threshold and readings to a strain, and from one strain after the other to a state
//! that does not flap.

use core::fmt;
use core::time::Duration;

use super::source::{Reading, Source};
use super::status::Bytes;

/// What stands after `memory =`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// Of each limit.
    Percent(u8),
    /// Of the process's own memory; and, where the limits leave no room for so much, 90 % of each.
    Bytes(u64),
}

/// As it is written.
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Bytes(bytes) => Bytes(*bytes).fmt(f),
        }
    }
}

/// How hard pressed memory is, seen from one gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strain {
    Low,
    /// Not low enough to call it calm again.
    Raised,
    /// So near to the threshold that an open gate is watchful, and a shut one stays shut.
    High,
    /// At the threshold, or soon at the limit.
    Critical,
    /// Half of what the threshold left is gone, or nearly no time is left.
    Last,
}

/// What a size is held at where the limits leave no room for it.
const WITHIN_LIMITS: u8 = 90;
/// Back only so many points under the threshold.
const BACK: u8 = 10;
/// Calm again at so many.
const CALM: u8 = 15;
/// Growth is looked ahead from so many on: below that it is how a server starts.
const AHEAD: u8 = 20;
/// Growth that lasts, and fills the limit sooner than this, is critical before the threshold.
const SOON: f64 = 0.5;
/// Work in flight has this much time to come to its next checkpoint.
const NOW: f64 = 0.2;

/// Some percent of a number.
fn part(bytes: u64, percent: u8) -> u64 {
    let part = u128::from(bytes).saturating_mul(percent.into()) / 100;
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// So many points under a threshold. Of a low one, which has not so many, half of it.
fn under(limit: u64, percent: u8, points: u8) -> u64 {
    part(limit, percent.saturating_sub(points)).max(part(limit, percent) / 2)
}

impl Threshold {
    #[cfg(all(test, any(feature = "problem-json", feature = "tonic")))]
    pub(crate) const PERCENT_85: Self = Self::Percent(85);

    /// Of each limit.
    fn percent(self) -> u8 {
        match self {
            Self::Percent(percent) => percent,
            Self::Bytes(_) => WITHIN_LIMITS,
        }
    }

    /// The numbers of bytes at which the strain of this source changes, lowest first.
    pub(super) fn lines(self, reading: &Reading) -> [u64; 4] {
        let percent = self.percent();
        let under = |points: u8| under(reading.limit, percent, points);
        let last = part(reading.limit, percent.saturating_add(100) / 2);
        let of_limit = [under(CALM), under(BACK), under(0), last];
        match self {
            Self::Bytes(size) if reading.source == Source::Resident => {
                let of_size = [part(size, 100 - CALM), part(size, 100 - BACK), size, u64::MAX];
                core::array::from_fn(|at| of_limit.get(at).copied().min(of_size.get(at).copied()).unwrap_or(u64::MAX))
            }
            _ => of_limit,
        }
    }

    fn strain_of(self, reading: &Reading) -> Strain {
        let lines = self.lines(reading);
        let reached = lines.iter().filter(|line| reading.used >= **line).count();
        let ahead = under(reading.limit, self.percent(), AHEAD);
        let left = if reading.used >= ahead { seconds_left(reading) } else { f64::INFINITY };
        match reached {
            0 if left >= SOON => Strain::Low,
            1 if left >= SOON => Strain::Raised,
            2 if left >= SOON => Strain::High,
            4.. => Strain::Last,
            3 if left < NOW => Strain::Last,
            _ => Strain::Critical,
        }
    }

    /// The worst of all.
    pub(super) fn strain(self, readings: &[Reading]) -> Strain {
        readings.iter().map(|reading| self.strain_of(reading)).max().unwrap_or(Strain::Low)
    }
}

/// Until the limit is full.
fn seconds_left(reading: &Reading) -> f64 {
    let growth = reading.growth.lasting();
    if growth > 0.0 { headroom(reading) / growth } else { f64::INFINITY }
}

#[allow(clippy::cast_precision_loss, reason = "of a distance the first digits matter")]
pub(super) fn headroom(reading: &Reading) -> f64 {
    reading.limit.saturating_sub(reading.used) as f64
}

/// How it stands with memory, seen from the gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Every request is admitted.
    Normal,
    /// So too, but within 10 points of a threshold; or requests are being admitted again after a critical state, more by the moment.
    Elevated,
    /// Requests are refused.
    Critical,
}

/// How long it has to be calm before a state is left.
pub(super) const HOLD: Duration = Duration::from_secs(1);
/// From the first requests after a critical state to all of them.
pub(super) const RAMP: Duration = Duration::from_secs(2);
/// All requests.
pub(super) const ALL: u16 = 256;
/// Of [`ALL`], the first ones.
const FIRST: u16 = 16;

/// Where one gate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Normal,
    Elevated { calm_since: Option<Duration> },
    Critical { low_since: Option<Duration> },
    Recovering { since: Duration },
}

impl Phase {
    /// One sample later.
    pub(super) fn after(self, now: Duration, strain: Strain) -> Self {
        if strain >= Strain::Critical {
            return Self::Critical { low_since: None };
        }
        let held = |since: Option<Duration>| since.is_some_and(|since| now.saturating_sub(since) >= HOLD);
        match self {
            Self::Normal if strain >= Strain::High => Self::Elevated { calm_since: None },
            Self::Elevated { calm_since } if strain == Strain::Low => {
                if held(calm_since) {
                    Self::Normal
                } else {
                    Self::Elevated { calm_since: calm_since.or(Some(now)) }
                }
            }
            Self::Elevated { .. } => Self::Elevated { calm_since: None },
            Self::Critical { .. } if strain >= Strain::High => Self::Critical { low_since: None },
            Self::Critical { low_since } if held(low_since) => Self::Recovering { since: now },
            Self::Critical { low_since } => Self::Critical { low_since: low_since.or(Some(now)) },
            Self::Recovering { since } if now.saturating_sub(since) >= RAMP => Self::Elevated { calm_since: None },
            Self::Normal | Self::Recovering { .. } => self,
        }
    }

    /// How many of [`ALL`] requests are admitted.
    pub(super) fn share(self, now: Duration) -> u16 {
        match self {
            Self::Normal | Self::Elevated { .. } => ALL,
            Self::Critical { .. } => 0,
            Self::Recovering { since } => {
                let part = now.saturating_sub(since).as_secs_f64() / RAMP.as_secs_f64();
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to `ALL`")]
                let share = (f64::from(ALL) * part.min(1.0)) as u16;
                share.clamp(FIRST, ALL)
            }
        }
    }

    pub(super) fn state(self) -> State {
        match self {
            Self::Normal => State::Normal,
            Self::Elevated { .. } | Self::Recovering { .. } => State::Elevated,
            Self::Critical { .. } => State::Critical,
        }
    }
}
