//! Who hears of what the sampler finds: the log, and the user's hook.

use core::fmt;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::status::Status;
use super::{Change, Threshold};
use crate::boundary::drop_payload;

static PURGE: Mutex<Option<fn()>> = Mutex::new(None);

/// Each sample, on the sampler's thread (or, where there is none, the caller's), after the gates have been told, with nothing
/// locked.
pub(super) fn sampled(status: &Status, change: Option<Change>, shut: Option<Threshold>) {
    crate::evidence::sampled(status);
    match (change, shut) {
        (Some(Change::Critical), Some(threshold)) => {
            say(format_args!("memory is critical: {status}; requests are refused (`shed_load`, {threshold})"));
        }
        (Some(Change::Left), _) => {
            say(format_args!("memory is no longer critical: {status}; requests are admitted again"));
        }
        _ => {}
    }
}

/// One line on standard error, by one write. Nothing is allocated for it, and nobody has to read it.
pub(crate) fn say(what: fmt::Arguments<'_>) {
    let mut line = [0; 512];
    let mut rest = &mut line[..];
    let _ = writeln!(rest, "portcullis: {what}");
    let left = rest.len();
    let written = line.len().saturating_sub(left);
    let _ = std::io::stderr().write_all(line.get(..written).unwrap_or_default());
}

/// Has `purge` called when memory becomes critical, and each second while it stays so. An allocator keeps much of what a program
/// gives back to it; the system still counts that, and the gates stay shut. The hook is for what has the allocator give it
/// back, and for caches that can be done without.
///
/// ```
/// fn purge() {
///     // Of glibc: unsafe { libc::malloc_trim(0) };
///     // Of jemalloc, with `tikv_jemalloc_ctl`: the `arena.4096.purge` of all arenas.
///     // Of mimalloc: unsafe { libmimalloc_sys::mi_collect(true) };
/// }
///
/// portcullis::memory::set_purge(purge);
/// ```
///
/// It is called on the thread of the sampler, which samples on when it returns; where there is none
/// ([`sample_inline`](super::sample_inline)), on that of the call that sampled. A panic in it is stopped. The last one that is
/// set is the one that is called.
pub fn set_purge(purge: fn()) {
    *PURGE.lock().unwrap_or_else(PoisonError::into_inner) = Some(purge);
}

pub(super) fn purge() {
    let hook = *PURGE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(hook) = hook
        && let Err(payload) = catch_unwind(AssertUnwindSafe(hook))
    {
        drop_payload(payload);
    }
}
