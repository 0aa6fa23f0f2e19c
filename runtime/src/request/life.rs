//! Whether a request is over, for what it has left behind in tasks.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::pin::pin;
use core::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

/// Where the copies of a request's state look. Used again for other requests, and never freed: there are as many as there
/// were requests at once that had a part which runs on its own.
#[derive(Debug)]
struct Slot {
    /// One more for each request that has ended here.
    generation: AtomicU32,
    ended: Notify,
}

static SPARE: Mutex<Vec<&'static Slot>> = Mutex::new(Vec::new());

/// The life of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    slot: &'static Slot,
    generation: u32,
}

impl Life {
    pub(super) fn begin() -> Self {
        let spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let slot =
            spare.unwrap_or_else(|| Box::leak(Box::new(Slot { generation: AtomicU32::new(0), ended: Notify::new() })));
        Self { slot, generation: slot.generation.load(Ordering::Acquire) }
    }

    pub(super) fn end(self) {
        self.slot.generation.store(self.generation.wrapping_add(1), Ordering::Release);
        self.slot.ended.notify_waiters();
        SPARE.lock().unwrap_or_else(PoisonError::into_inner).push(self.slot);
    }

    pub(crate) fn is_over(self) -> bool {
        self.slot.generation.load(Ordering::Acquire) != self.generation
    }

    /// Waits for the end.
    pub(crate) async fn over(self) {
        while !self.is_over() {
            let mut ended = pin!(self.slot.ended.notified());
            // From here on no end is missed.
            ended.as_mut().enable();
            if !self.is_over() {
                ended.await;
            }
        }
    }
}
