//! What a call asks: one flag beside the function, which the sampler raises and takes down.

use core::sync::atomic::{AtomicBool, AtomicU16, AtomicU32, Ordering};

use super::run;
use super::state::{ALL, Threshold};
use super::status::status;
use crate::request::{self, Admission};
use crate::violation::Cause;
use crate::{Violation, observe};

/// The gate of one function. Those with one threshold open and shut together.
#[derive(Debug)]
pub struct Gate {
    threshold: Threshold,
    /// Nothing more is to be asked. Not before the sampler knows the gate, and not while the calls sample.
    open: AtomicBool,
    /// How many of [`ALL`] requests it admits.
    share: AtomicU16,
    listed: AtomicBool,
}

impl Gate {
    /// At so many percent of each limit.
    #[must_use]
    pub const fn percent(percent: u8) -> Self {
        Self::new(Threshold::Percent(percent))
    }

    /// At so many bytes of the process's own.
    #[must_use]
    pub const fn bytes(bytes: u64) -> Self {
        Self::new(Threshold::Bytes(bytes))
    }

    const fn new(threshold: Threshold) -> Self {
        Self { threshold, open: AtomicBool::new(false), share: AtomicU16::new(ALL), listed: AtomicBool::new(false) }
    }

    /// Lets the request in that this thread works on, if it is not in already.
    ///
    /// # Errors
    /// `memory` while memory is critical.
    #[inline]
    #[track_caller]
    pub fn admit(&'static self) -> Result<(), Violation> {
        if request::admission() == Admission::None {
            self.ask()?;
            request::admit(Admission::Given);
        }
        Ok(())
    }

    /// Whether a request may come in.
    ///
    /// # Errors
    /// `memory` while memory is critical.
    #[inline]
    #[track_caller]
    pub(crate) fn ask(&'static self) -> Result<(), Violation> {
        if self.open.load(Ordering::Relaxed) || self.is_open(true) { Ok(()) } else { Err(self.refused()) }
    }

    /// What it would say to a request that is only observed, once for each.
    ///
    /// # Errors
    /// `memory` while memory is critical.
    #[inline]
    #[track_caller]
    pub fn observe(&'static self) -> Result<(), Violation> {
        // A gate that refuses has let it in.
        let is_in = request::current().admission != Admission::None;
        if is_in || !observe::watch::is_to_be_asked() || self.open.load(Ordering::Relaxed) || self.is_open(false) {
            return Ok(());
        }
        Err(self.refused())
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn refused(&'static self) -> Violation {
        refused(Some(self.threshold))
    }

    #[cold]
    #[inline(never)]
    fn is_open(&'static self, enforced: bool) -> bool {
        if !self.is_listed() {
            run::list(self, enforced);
        } else if run::is_inline() {
            run::sample_if_due();
        }
        match self.share.load(Ordering::Relaxed) {
            0 => false,
            ALL => true,
            share => turn() < share,
        }
    }

    pub(super) fn threshold(&self) -> Threshold {
        self.threshold
    }

    pub(super) fn is_listed(&self) -> bool {
        self.listed.load(Ordering::Acquire)
    }

    pub(super) fn set_listed(&self) {
        self.listed.store(true, Ordering::Release);
    }

    pub(super) fn publish(&self, share: u16, sampled_by_thread: bool) {
        self.share.store(share, Ordering::Relaxed);
        self.open.store(sampled_by_thread && share == ALL, Ordering::Relaxed);
    }
}

/// `priority = probe`: admitted whatever the memory, and what it calls with it. Not a function of a request that others
/// began: calling a probe is no way in.
#[inline]
pub fn admit_probe(function: &'static str) {
    if request::is_begun_by(function) {
        request::admit(Admission::Probe);
    }
}

/// Whether the request in force has to stop, which a gate has let in: at a checkpoint, when memory is nearly gone.
///
/// # Errors
/// `memory`.
#[inline]
#[track_caller]
pub(crate) fn look() -> Result<(), Violation> {
    let stops = run::in_flight_must_stop() && request::admission() == Admission::Given;
    if stops { Err(refused(None)) } else { Ok(()) }
}

/// A number under [`ALL`], the next of a sequence that is spread evenly, however the requests of one client come.
fn turn() -> u16 {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let spread = ASKED.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9);
    u16::from(spread.to_be_bytes()[0])
}

#[cold]
#[inline(never)]
#[track_caller]
fn refused(threshold: Option<Threshold>) -> Violation {
    Violation::new("memory", Cause::Memory { threshold, status: status() })
}

#[cfg(test)]
mod tests {
    use super::{ALL, turn};

    #[test]
    fn of_any_256_turns_each_share_gets_its_part() {
        for share in [1, 16, 100, 255] {
            let admitted = (0..ALL).filter(|_| turn() < share).count();
            assert!(admitted.abs_diff(share.into()) <= 3, "{admitted} of {share}");
        }
    }
}
