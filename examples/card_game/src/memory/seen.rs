//! What the clients saw.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// All of them, or one.
#[derive(Default, Serialize)]
pub(crate) struct Seen {
    pub(crate) honest_answered: u64,
    /// At the door, as `memory`: they may simply come again.
    pub(crate) honest_refused: u64,
    /// Everything else: stopped after they were admitted, refused for what they are not, without an answer.
    pub(crate) honest_lost: u64,
    pub(crate) probes_answered: u64,
    pub(crate) probes_lost: u64,
    pub(crate) slowest_probe_ms: u64,
    /// After they were admitted: code to count.
    pub(crate) attacks_stopped: BTreeMap<String, u64>,
    /// At the door.
    pub(crate) attacks_refused: u64,
    /// From the end of the attack until an honest request was answered.
    pub(crate) open_after_ms: Option<u64>,
    /// And until the last one was refused.
    pub(crate) open_for_all_after_ms: Option<u64>,
    /// The most bytes of its limit that the server was seen to take.
    #[serde(skip)]
    pub(crate) peak: u64,
}

/// One more.
pub(super) fn count(of: &mut u64) {
    *of = of.saturating_add(1);
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Seen {
    pub(super) fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.honest_answered, other.honest_answered),
            (&mut self.honest_refused, other.honest_refused),
            (&mut self.honest_lost, other.honest_lost),
            (&mut self.probes_answered, other.probes_answered),
            (&mut self.probes_lost, other.probes_lost),
            (&mut self.attacks_refused, other.attacks_refused),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (code, more) in other.attacks_stopped {
            let sum = self.attacks_stopped.entry(code).or_default();
            *sum = sum.saturating_add(more);
        }
        self.slowest_probe_ms = self.slowest_probe_ms.max(other.slowest_probe_ms);
        self.peak = self.peak.max(other.peak);
    }
}
