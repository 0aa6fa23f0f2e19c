//! What ties the parts of a request together that run on their own: the permits that it holds, and whether it is over.
//!
//! Both are known to the function that began them by this thread's [`HELD`] alone, until a part gets a copy that may outlive
//! it: a future that joins the request, a task, another thread. Then they move to where all copies look
//! ([`Shared`], [`Life`]). So what is not shared costs no more than a thread-local.

use core::cell::Cell;
use std::thread_local;

use super::Handler;
#[cfg(feature = "tokio")]
use super::life::Life;
use crate::concurrency::Shared;

/// Of how many functions a request knows that it has their permit. A further one is taken again by each nested call.
const LANES: usize = 3;

/// One function whose permit the request holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Lane {
    #[default]
    Free,
    /// By a call that the asking one is nested in.
    Own(&'static Handler),
    /// By whoever keeps this alive, in the generation that was current then.
    Shared(&'static Shared, u32),
}

impl Lane {
    fn is_of(self, handler: &'static Handler) -> bool {
        match self {
            Self::Free => false,
            Self::Own(held) => core::ptr::eq(held, handler),
            Self::Shared(shared, _) => core::ptr::eq(shared.handler(), handler),
        }
    }
}

/// As they stand on a thread.
struct Held {
    lanes: Cell<[Lane; LANES]>,
    #[cfg(feature = "tokio")]
    life: Cell<Option<Life>>,
}

impl Held {
    #[inline]
    fn lanes(&self) -> &[Cell<Lane>; LANES] {
        self.lanes.as_array_of_cells()
    }
}

thread_local! {
    static HELD: Held = const {
        Held {
            lanes: Cell::new([Lane::Free; LANES]),
            #[cfg(feature = "tokio")]
            life: Cell::new(None),
        }
    };
}

/// As they are kept where the request is not in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ties {
    lanes: [Lane; LANES],
    #[cfg(feature = "tokio")]
    life: Option<Life>,
}

impl Ties {
    /// Of no request.
    pub(super) const NONE: Self = Self {
        lanes: [Lane::Free; LANES],
        #[cfg(feature = "tokio")]
        life: None,
    };

    /// A copy, for what may outlive the function that runs.
    #[inline]
    pub(super) fn shared() -> Self {
        HELD.with(|held| {
            for lane in held.lanes() {
                if let Lane::Own(handler) = lane.get() {
                    lane.set(Shared::of(handler));
                }
            }
            Self {
                lanes: held.lanes.get(),
                #[cfg(feature = "tokio")]
                life: life_of(held),
            }
        })
    }

    /// Puts them in force, or back what they have replaced.
    #[inline]
    pub(super) fn exchange(&mut self) {
        self.exchange_permits();
        #[cfg(feature = "tokio")]
        HELD.with(|held| self.life = held.life.replace(self.life));
    }

    /// The permits alone.
    #[inline]
    pub(super) fn exchange_permits(&mut self) {
        HELD.with(|held| self.lanes = held.lanes.replace(self.lanes));
    }

    /// The request is over.
    #[inline]
    #[cfg_attr(not(feature = "tokio"), allow(clippy::unused_self, reason = "nobody asks"))]
    pub(super) fn end(&mut self) {
        #[cfg(feature = "tokio")]
        if let Some(life) = self.life.take() {
            life.end();
        }
    }
}

/// The lane of a function whose permit the request holds, or held.
#[inline]
pub(crate) fn find(handler: &'static Handler) -> Option<(usize, Lane)> {
    HELD.with(|held| held.lanes().iter().map(Cell::get).enumerate().find(|(_, lane)| lane.is_of(handler)))
}

/// Notes that the function that runs has its permit. `None` when there is no place left.
#[inline]
pub(crate) fn note(handler: &'static Handler) -> Option<usize> {
    HELD.with(|held| {
        let free = |lane: &Cell<Lane>| matches!(lane.get(), Lane::Free);
        let at = held.lanes().iter().position(free).or_else(|| over(held))?;
        held.lanes().get(at)?.set(Lane::Own(handler));
        Some(at)
    })
}

/// A permit that a task has taken along, and that its request has given back since.
#[cold]
fn over(held: &Held) -> Option<usize> {
    held.lanes().iter().position(|lane| match lane.get() {
        Lane::Shared(shared, generation) => !shared.is_held(generation),
        Lane::Free | Lane::Own(_) => false,
    })
}

/// Forgets the permit of this function, and tells what had become of it.
#[inline]
pub(crate) fn forget(at: usize, handler: &'static Handler) -> Lane {
    HELD.with(|held| match held.lanes().get(at) {
        // Else a stack that another allocated has moved to another thread, whose permits these are not.
        Some(lane) if lane.get().is_of(handler) => lane.take(),
        _ => Lane::Free,
    })
}

/// The life of the request that runs on this thread. Made when it is first asked for.
#[cfg(feature = "tokio")]
fn life_of(held: &Held) -> Option<Life> {
    if held.life.get().is_none() && super::handler().is_some() {
        held.life.set(Some(Life::begin()));
    }
    held.life.get()
}

/// The life of the request that runs on this thread.
#[cfg(feature = "tokio")]
pub(crate) fn life() -> Option<Life> {
    HELD.with(life_of)
}

/// The request that runs on this thread is over.
#[inline]
pub(super) fn end() {
    #[cfg(feature = "tokio")]
    HELD.with(|held| {
        if let Some(life) = held.life.get() {
            held.life.set(None);
            life.end();
        }
    });
}
