//! Events of `tracing`, with the target `portcullis`.

use core::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::OnceLock;
use std::time::Instant;

use tracing::Level;

use super::table::Row;
use crate::memory::{State, Status};
use crate::{Kind, Violation};

/// Of one function, in one second. A client that is refused a thousand times fills no log.
const EVENTS: u32 = 10;

/// How many events of a function there were in its last second with one.
#[derive(Debug)]
pub(crate) struct Told {
    second: AtomicU64,
    events: AtomicU32,
    /// Left out since the last event.
    suppressed: AtomicU32,
}

impl Told {
    pub(super) const fn new() -> Self {
        Self { second: AtomicU64::new(0), events: AtomicU32::new(0), suppressed: AtomicU32::new(0) }
    }

    /// Whether there may be one more, and how many were left out before it.
    fn admit(&self, second: u64) -> Option<u32> {
        if self.second.swap(second, Relaxed) != second {
            self.events.store(0, Relaxed);
        }
        if self.events.fetch_add(1, Relaxed) < EVENTS {
            return Some(self.suppressed.swap(0, Relaxed));
        }
        self.suppressed.fetch_add(1, Relaxed);
        None
    }
}

/// Seconds, of which the first is 1.
fn second() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs().saturating_add(1)
}

/// Of what a client sends wrong each day at `DEBUG`, of what nobody sends by mistake at `WARN`, of the server's own fault at `ERROR`.
macro_rules! event {
    ($level:ident, $violation:ident, $row:ident, $observed:ident) => {
        if tracing::enabled!(target: "portcullis", Level::$level)
            && let Some(suppressed) = $row.told.admit(second())
        {
            let internal = $violation.internal();
            let would_be = if $observed { "observed, not refused: " } else { "" };
            let fields = $violation.fields();
            tracing::event!(
                target: "portcullis",
                Level::$level,
                handler = $row.name(),
                kind = ?$violation.kind(),
                code = $violation.code(),
                // What a client sent is in the keys of maps and in the message of a panic: no raw control characters.
                param = fields.first().map(|field| tracing::field::display(field.path.escape_debug())),
                count = fields.len().saturating_add($violation.fields_omitted()),
                location = internal.location().map(tracing::field::display),
                suppressed,
                observed = $observed.then_some(true),
                "{would_be}{internal}"
            );
        }
    };
}

pub(super) fn refused(violation: &Violation, row: &Row, observed: bool) {
    match violation.kind() {
        Kind::Input => event!(DEBUG, violation, row, observed),
        Kind::Panic => event!(ERROR, violation, row, observed),
        _ => event!(WARN, violation, row, observed),
    }
}

pub(super) fn memory(status: &Status) {
    let (used, limit) = (status.used, status.limit);
    match status.state {
        State::Critical => tracing::error!(target: "portcullis", used, limit, "memory is critical: {status}"),
        State::Elevated => tracing::warn!(target: "portcullis", used, limit, "memory is elevated: {status}"),
        State::Normal => tracing::info!(target: "portcullis", used, limit, "memory is normal: {status}"),
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{EVENTS, Told};

    #[test]
    fn a_second_has_so_many_events_and_the_next_one_says_what_was_left_out() {
        let told = Told::new();
        let admitted: alloc::vec::Vec<_> = (0..EVENTS + 5).map(|_| told.admit(1)).collect();
        assert!(admitted.iter().take(10).all(|admitted| *admitted == Some(0)));
        assert!(admitted.iter().skip(10).all(Option::is_none));
        assert_eq!((told.admit(2), told.admit(2)), (Some(5), Some(0)));
    }
}
