//! What the drill found, as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use crate::traffic::Tally;

/// How one server fared.
#[derive(Serialize)]
pub(crate) struct Outcome {
    /// `alive`, or `signal N`.
    ended: String,
    idle_pool_calls: u64,
    peak_rss_bytes: u64,
    honest_answered: u64,
    honest_lost: u64,
    /// Violation code to count.
    refused: BTreeMap<String, u64>,
    p50_us: u64,
    p99_us: u64,
    #[serde(skip)]
    last_words: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) unprotected: Outcome,
    pub(crate) protected: Outcome,
    /// The refusals that the attacks deserve.
    #[serde(skip)]
    pub(crate) expected: BTreeMap<String, u64>,
}

impl Outcome {
    pub(crate) fn new(
        ended: String,
        idle_pool_calls: u64,
        peak_rss_bytes: u64,
        tally: Tally,
        last_words: Option<String>,
    ) -> Self {
        let Tally { answered, lost, refused, mut latencies } = tally;
        latencies.sort_unstable();
        Self {
            ended,
            idle_pool_calls,
            peak_rss_bytes,
            honest_answered: answered,
            honest_lost: lost,
            refused,
            p50_us: percentile(&latencies, 50),
            p99_us: percentile(&latencies, 99),
            last_words,
        }
    }
}

/// In microseconds. 0 when nothing was answered.
fn percentile(sorted: &[Duration], percent: usize) -> u64 {
    let index = sorted.len().saturating_mul(percent) / 100;
    sorted.get(index).or(sorted.last()).map_or(0, |latency| u64::try_from(latency.as_micros()).unwrap_or(u64::MAX))
}

impl Report {
    /// The unprotected server died; the protected one lived, lost nothing and refused each attack by its name.
    pub(crate) fn as_expected(&self) -> bool {
        self.unprotected.ended.starts_with("signal ")
            && self.protected.ended == "alive"
            && self.protected.honest_lost == 0
            && self.protected.refused == self.expected
    }

    fn rows(&self) -> Vec<(String, [String; 2])> {
        let both = [&self.unprotected, &self.protected];
        let refused = |code: &String| both.map(|outcome| outcome.refused.get(code).copied().unwrap_or(0).to_string());
        let mut codes: Vec<&String> = both.iter().flat_map(|outcome| outcome.refused.keys()).collect();
        codes.sort();
        codes.dedup();
        let mut rows = vec![
            ("the process ended".to_owned(), both.map(|outcome| outcome.ended.clone())),
            ("calls of idle_pool".to_owned(), both.map(|outcome| outcome.idle_pool_calls.to_string())),
            ("peak resident memory".to_owned(), both.map(|outcome| mebibytes(outcome.peak_rss_bytes))),
            ("honest requests answered".to_owned(), both.map(|outcome| outcome.honest_answered.to_string())),
            ("honest requests lost".to_owned(), both.map(|outcome| outcome.honest_lost.to_string())),
        ];
        rows.extend(codes.into_iter().map(|code| (format!("refused: {code}"), refused(code))));
        rows.push(("latency p50".to_owned(), both.map(|outcome| format!("{} us", outcome.p50_us))));
        rows.push(("latency p99".to_owned(), both.map(|outcome| format!("{} us", outcome.p99_us))));
        rows
    }
}

pub(crate) fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:>14} {:>14}", "", "unprotected", "protected")?;
        for (name, [unprotected, protected]) in self.rows() {
            writeln!(f, "{name:<28} {unprotected:>14} {protected:>14}")?;
        }
        if let Some(words) = &self.unprotected.last_words {
            writeln!(f, "\nThe unprotected server's last words: {words}.")?;
            writeln!(
                f,
                "Its stack ended before its memory did: a thread has 2 MiB by default, and std aborts (signal 6) where it ends."
            )?;
        }
        let verdict = if self.as_expected() {
            "The protected server refused every attack and lost no honest request."
        } else {
            "THE DRILL FAILED: the unprotected server must die, and the protected one live and lose nothing."
        };
        write!(f, "{verdict}")
    }
}
