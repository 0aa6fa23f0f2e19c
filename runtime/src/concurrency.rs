//! `bounded_concurrency`: how many requests are in a function at once. One count for each function, of which a request takes
//! one permit, however often it enters the function.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::Violation;
use crate::depth::limit::Limit;
use crate::request::Handler;
use crate::request::ties::{self, Lane};
use crate::violation::Cause;

/// The permits of one function.
#[derive(Debug)]
pub(crate) struct Permits {
    taken: AtomicU32,
    /// Of which nobody keeps a permit. Never freed: there are as many as there were permits at once that were shared.
    spare: Mutex<Vec<&'static Shared>>,
}

impl Permits {
    pub(crate) const fn new() -> Self {
        Self { taken: AtomicU32::new(0), spare: Mutex::new(Vec::new()) }
    }

    pub(crate) fn taken(&self) -> u32 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Adds one only where it fits, so that the count never passes the limit, and a refused request never has another
    /// refused.
    #[inline]
    fn take(&self, max: u32) -> bool {
        let mut taken = self.taken.load(Ordering::Relaxed);
        loop {
            if taken >= max {
                return false;
            }
            // Cannot overflow: it is below `max`.
            let more = taken.wrapping_add(1);
            // Whoever gets the permit sees what the one did who gave it back.
            match self.taken.compare_exchange_weak(taken, more, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => taken = now,
            }
        }
    }

    /// Adds one, whatever the limit: how many there are now.
    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.taken.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }

    #[inline]
    pub(crate) fn give_back(&self) {
        self.taken.fetch_sub(1, Ordering::Release);
    }
}

/// A permit that several parts of a request keep: it is given back when the last of them leaves the function. A part that
/// comes later, as a task may that outlives its request, takes a permit of its own.
#[derive(Debug)]
pub(crate) struct Shared {
    handler: &'static Handler,
    /// The generation, which grows with each use, and in the lower half how many keep the permit.
    keepers: AtomicU64,
}

const GENERATION: u32 = u32::BITS;

#[expect(clippy::cast_possible_truncation, reason = "the halves of a word")]
const fn halves(word: u64) -> (u32, u32) {
    ((word >> GENERATION) as u32, word as u32)
}

const fn word(generation: u32, keepers: u32) -> u64 {
    (generation as u64) << GENERATION | keepers as u64
}

impl Shared {
    /// For the permit that the function which runs has taken: it keeps this now.
    #[cold]
    #[inline(never)]
    pub(crate) fn of(handler: &'static Handler) -> Lane {
        let spare = handler.permits().spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let shared =
            spare.unwrap_or_else(|| Box::leak(Box::new(Self { handler, keepers: AtomicU64::new(word(0, 0)) })));
        // Nobody else changes a spare one.
        let (generation, _) = halves(shared.keepers.load(Ordering::Acquire));
        shared.keepers.store(word(generation, 1), Ordering::Release);
        Lane::Shared(shared, generation)
    }

    pub(crate) fn handler(&self) -> &'static Handler {
        self.handler
    }

    pub(crate) fn is_held(&self, generation: u32) -> bool {
        let (now, keepers) = halves(self.keepers.load(Ordering::Acquire));
        now == generation && keepers > 0
    }

    /// Keeps the permit too, if anybody still does.
    fn join(&self, generation: u32) -> bool {
        let one_more = |held| match halves(held) {
            (now, keepers) if now == generation && keepers > 0 => {
                keepers.checked_add(1).map(|keepers| word(generation, keepers))
            }
            _ => None,
        };
        self.keepers.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).is_ok()
    }

    /// The last one gives it back.
    #[cold]
    #[inline(never)]
    fn leave(&'static self) {
        let (generation, keepers) = halves(self.keepers.fetch_sub(1, Ordering::AcqRel));
        if keepers == 1 {
            self.keepers.store(word(generation.wrapping_add(1), 0), Ordering::Release);
            let permits = self.handler.permits();
            permits.give_back();
            permits.spare.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
}

/// One call of the function. Dropping it gives back what it has taken, whichever way the function is left: return, `?`,
/// panic, a future that is dropped.
#[derive(Debug)]
#[must_use]
pub struct Permit(Taken);

#[derive(Debug)]
enum Taken {
    /// Nothing: a call that this one is nested in has the permit.
    Within,
    /// A permit, of which the lane tells.
    Noted(&'static Handler, usize),
    /// A permit that nested calls do not find.
    Unnoted(&'static Handler),
    /// A part in the permit of another part of the request.
    Kept(&'static Shared),
}

impl Permit {
    /// Takes a permit, unless the request has one. Never waits.
    ///
    /// # Errors
    /// `busy` when all `max` are taken.
    #[inline]
    #[track_caller]
    pub fn take(handler: &'static Handler, max: impl Limit) -> Result<Self, Violation> {
        let max = max.limit();
        match ties::find(handler) {
            None => {}
            Some((_, Lane::Shared(shared, generation))) if shared.join(generation) => {
                return Ok(Self(Taken::Kept(shared)));
            }
            Some((at, Lane::Shared(..))) => {
                ties::forget(at, handler);
            }
            Some(_) => return Ok(Self(Taken::Within)),
        }
        if !handler.permits().take(max) {
            return Err(busy(max));
        }
        Ok(Self(match ties::note(handler) {
            Some(at) => Taken::Noted(handler, at),
            None => Taken::Unnoted(handler),
        }))
    }
}

impl Drop for Permit {
    #[inline]
    fn drop(&mut self) {
        match self.0 {
            Taken::Within => {}
            Taken::Noted(handler, at) => match ties::forget(at, handler) {
                Lane::Shared(shared, _) => shared.leave(),
                Lane::Free | Lane::Own(_) => handler.permits().give_back(),
            },
            Taken::Unnoted(handler) => handler.permits().give_back(),
            Taken::Kept(shared) => shared.leave(),
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn busy(max: u32) -> Violation {
    Violation::new("busy", Cause::Busy { max: usize::try_from(max).unwrap_or(usize::MAX) })
}
