//! What the drill of the memory found, as a table and as JSON.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::seen::Seen;
use crate::report::mebibytes;

/// How one server fared.
#[derive(Serialize)]
pub(crate) struct Outcome {
    /// `alive`, or `signal N`.
    pub(super) ended: String,
    pub(super) limit_bytes: u64,
    pub(super) peak_bytes: u64,
    pub(super) peak_rss_bytes: u64,
    #[serde(flatten)]
    pub(super) seen: Seen,
    pub(super) incident: Option<Incident>,
    pub(super) last_words: Option<String>,
}

/// What a report says that the server wrote because memory was critical.
#[derive(Deserialize, Serialize)]
pub(crate) struct Incident {
    pub(super) why: String,
    pub(super) cause: String,
    pub(super) verdict: String,
}

#[derive(Serialize)]
pub(crate) struct Twins {
    pub(super) unprotected: Outcome,
    pub(super) protected: Outcome,
}

#[derive(Serialize)]
pub(crate) struct Report {
    pub(super) boxed: Twins,
    pub(super) growing: Twins,
}

/// From the end of the attack.
const OPEN_WITHIN_MS: u64 = 5_000;
/// An orchestrator gives up on a probe after a second, and on the server after three.
const PROBE_WITHIN_MS: u64 = 3_000;

impl Outcome {
    /// It ran to its limit, which killed it.
    fn died(&self) -> bool {
        self.ended.starts_with("signal ") && self.peak_bytes > self.limit_bytes.saturating_mul(9) / 10
    }

    /// It refused at the door, answered its probes and whom it had admitted, kept below its limit, and said who was to blame.
    fn held(&self) -> bool {
        let Seen { honest_refused, honest_lost, probes_lost, slowest_probe_ms, attacks_refused, .. } = self.seen;
        self.ended == "alive"
            && self.peak_bytes < self.limit_bytes
            && honest_lost == 0
            && probes_lost == 0
            && slowest_probe_ms <= PROBE_WITHIN_MS
            && honest_refused > 0
            && attacks_refused > 0
            && self.seen.open_for_all_after_ms.is_some_and(|after| after <= OPEN_WITHIN_MS)
            && self.incident.as_ref().is_some_and(|incident| incident.verdict.contains("`idle_pool`"))
    }
}

impl Report {
    pub(crate) fn as_expected(&self) -> bool {
        [&self.boxed, &self.growing].iter().all(|twins| twins.unprotected.died() && twins.protected.held())
    }
}

impl Twins {
    fn rows(&self) -> Vec<(String, [String; 2])> {
        let both = [&self.unprotected, &self.protected];
        let row = |name: &str, of: &dyn Fn(&Outcome) -> String| (name.to_owned(), both.map(of));
        let mut rows = vec![
            row("the process ended", &|outcome| outcome.ended.clone()),
            row("limit", &|outcome| mebibytes(outcome.limit_bytes)),
            row("peak of what it limits", &|outcome| mebibytes(outcome.peak_bytes)),
            row("peak resident memory", &|outcome| mebibytes(outcome.peak_rss_bytes)),
            row("probes answered", &|outcome| outcome.seen.probes_answered.to_string()),
            row("probes lost", &|outcome| outcome.seen.probes_lost.to_string()),
            row("slowest probe", &|outcome| format!("{} ms", outcome.seen.slowest_probe_ms)),
            row("honest requests answered", &|outcome| outcome.seen.honest_answered.to_string()),
            row("refused at the door", &|outcome| outcome.seen.honest_refused.to_string()),
            row("lost", &|outcome| outcome.seen.honest_lost.to_string()),
            row("attacks refused at the door", &|outcome| outcome.seen.attacks_refused.to_string()),
        ];
        let mut codes: Vec<_> = both.iter().flat_map(|outcome| outcome.seen.attacks_stopped.keys()).collect();
        codes.sort();
        codes.dedup();
        rows.extend(codes.into_iter().map(|code| {
            let stopped = |outcome: &Outcome| outcome.seen.attacks_stopped.get(code).copied().unwrap_or(0).to_string();
            (format!("stopped: {code}"), both.map(stopped))
        }));
        let after = |ms: Option<u64>| ms.map_or("never".to_owned(), |ms| format!("{ms} ms"));
        rows.push(row("open again after", &|outcome| after(outcome.seen.open_after_ms)));
        rows.push(row("for all after", &|outcome| after(outcome.seen.open_for_all_after_ms)));
        rows
    }
}

impl fmt::Display for Twins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, [unprotected, protected]) in self.rows() {
            writeln!(f, "{name:<28} {unprotected:>14} {protected:>14}")?;
        }
        if let Some(words) = &self.unprotected.last_words {
            writeln!(f, "Last words of the unprotected server: {words}.")?;
        }
        if let Some(incident) = &self.protected.incident {
            writeln!(f, "The protected server's report: {}.", incident.verdict)?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, twins) in [("boxed futures", &self.boxed), ("a growing stack", &self.growing)] {
            writeln!(f, "{name:<28} {:>14} {:>14}\n{twins}", "unprotected", "protected")?;
        }
        f.write_str(if self.as_expected() {
            "The protected server shut its door in time, lost nobody whom it had let in, and named `idle_pool`."
        } else {
            "THE DRILL FAILED: the unprotected server must die at its limit, and the protected one hold below it and lose nobody."
        })
    }
}
