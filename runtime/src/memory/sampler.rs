//! One sampler for all gates: reads the sources, moves each gate on, and says when to read again. It has no clock and no
//! thread; `run.rs` gives it both.

use alloc::vec::Vec;
use core::time::Duration;

use super::source::{Reading, Sources};
use super::state::{ALL, Phase, State, Strain, Threshold, headroom};
use super::tree::Tree;

const SHORTEST: Duration = Duration::from_millis(5);
pub(super) const LONGEST: Duration = Duration::from_millis(250);
/// While a gate is not where it rests, so that holding and ramp are as long as they are said to be.
const MOVING: Duration = Duration::from_millis(50);
/// Bytes a second that a process may begin to grow by between two samples, each of which finds it still: more than twice what the
/// incident had, and five times what one thread was measured to fault in. Half of the time that leaves goes by unseen.
const AT_ONCE: f64 = 8_589_934_592.0;
/// The share of the time to the next line that goes by unseen where growth is seen.
const UNSEEN: f64 = 4.0;
/// For so long nothing may be readable before the gates open: what cannot be seen is no reason to refuse for ever.
const BLIND: Duration = Duration::from_secs(5);

pub(super) struct Sampler<T: Tree> {
    sources: Sources<T>,
    readings: Vec<Reading>,
    gates: Vec<(Threshold, Phase)>,
    /// Those of them at which anything is refused.
    enforced: Vec<Threshold>,
    /// When something was last read.
    seen: Option<Duration>,
}

/// What a sample came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// None when nothing could be read.
    pub(super) worst: Option<Reading>,
    pub(super) state: State,
    pub(super) change: Option<Change>,
    /// A gate that is shut: the first that was.
    pub(super) shut: Option<Threshold>,
    /// Of the gate that admits fewest.
    pub(super) share: u16,
    /// Even the gate that gives most room has none left.
    pub(super) last: bool,
    /// How long until the next.
    pub(super) next: Duration,
}

/// What is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// From normal: time to write down what was usual.
    Elevated,
    /// The first gate shuts.
    Critical,
    /// The last gate begins to open again.
    Left,
}

impl<T: Tree> Sampler<T> {
    pub(super) fn new(tree: T) -> Self {
        Self {
            sources: Sources::new(tree),
            readings: Vec::with_capacity(16),
            gates: Vec::new(),
            enforced: Vec::new(),
            seen: None,
        }
    }

    /// One more threshold, if it is one more.
    pub(super) fn watch(&mut self, threshold: Threshold) {
        self.observe(threshold);
        if !self.enforced.contains(&threshold) {
            self.enforced.push(threshold);
        }
    }

    /// The same, at which nothing is refused.
    pub(super) fn observe(&mut self, threshold: Threshold) {
        if !self.gates.iter().any(|(known, _)| *known == threshold) {
            self.gates.push((threshold, Phase::Normal));
        }
    }

    /// How many of [`ALL`] requests a gate admits.
    pub(super) fn share(&self, threshold: Threshold, now: Duration) -> u16 {
        self.gates.iter().find(|(known, _)| *known == threshold).map_or(ALL, |(_, phase)| phase.share(now))
    }

    pub(super) fn sample(&mut self, now: Duration) -> Sample {
        self.sources.read(now, &mut self.readings);
        let before = self.state();
        if self.readings.is_empty() {
            if self.seen.is_none_or(|seen| now.saturating_sub(seen) >= BLIND) {
                self.gates.iter_mut().for_each(|(_, phase)| *phase = Phase::Normal);
            }
        } else {
            self.seen = Some(now);
            for (threshold, phase) in &mut self.gates {
                *phase = phase.after(now, threshold.strain(&self.readings));
            }
        }
        let state = self.state();
        let change = match (before, state) {
            (State::Normal, State::Elevated) => Some(Change::Elevated),
            (State::Normal | State::Elevated, State::Critical) => Some(Change::Critical),
            (State::Critical, State::Normal | State::Elevated) => Some(Change::Left),
            _ => None,
        };
        let is_shut = |(threshold, phase): &&(Threshold, Phase)| {
            phase.state() == State::Critical && self.enforced.contains(threshold)
        };
        let mut shut = self.gates.iter().filter(is_shut);
        let fullest = |a: &&Reading, b: &&Reading| fullness(a).total_cmp(&fullness(b));
        Sample {
            worst: self.readings.iter().max_by(fullest).copied(),
            state,
            change,
            shut: shut.next().map(|(threshold, _)| *threshold),
            share: self.gates.iter().map(|(_, phase)| phase.share(now)).min().unwrap_or(ALL),
            last: !self.enforced.is_empty()
                && self.enforced.iter().all(|threshold| threshold.strain(&self.readings) == Strain::Last),
            next: self.next(),
        }
    }

    /// Of all gates the worst.
    fn state(&self) -> State {
        self.gates.iter().map(|(_, phase)| phase.state()).max().unwrap_or(State::Normal)
    }

    fn next(&self) -> Duration {
        let rests = self.gates.iter().all(|(_, phase)| {
            matches!(phase, Phase::Normal | Phase::Elevated { calm_since: None } | Phase::Critical { low_since: None })
        });
        let longest = if rests { LONGEST } else { MOVING };
        let seconds =
            self.readings.iter().flat_map(|reading| self.seconds_unseen(reading)).fold(f64::INFINITY, f64::min);
        Duration::try_from_secs_f64(seconds).unwrap_or(longest).clamp(SHORTEST, longest)
    }

    fn seconds_unseen(&self, reading: &Reading) -> impl Iterator<Item = f64> {
        let growth = reading.growth.fastest();
        let lines = self.gates.iter().flat_map(|(threshold, _)| threshold.lines(reading));
        // Past all lines the limit is the next.
        let next = lines.chain([reading.limit]).filter(|line| *line > reading.used).min();
        #[allow(clippy::cast_precision_loss, reason = "of a distance the first digits matter")]
        let to_line = next.map_or(0.0, |line| line.saturating_sub(reading.used) as f64);
        let seen = (growth > 0.0).then(|| to_line / growth / UNSEEN);
        [headroom(reading) / AT_ONCE / 2.0].into_iter().chain(seen)
    }
}

#[allow(clippy::cast_precision_loss, reason = "of a share the first digits matter")]
fn fullness(reading: &Reading) -> f64 {
    reading.used as f64 / reading.limit as f64
}
