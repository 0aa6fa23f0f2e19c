//! The allocator that counts.

#![allow(unsafe_code, reason = "`GlobalAlloc` is an unsafe trait")]

use core::alloc::{GlobalAlloc, Layout};

use super::slot::{give, take};
use crate::checkpoint::look_again;

/// A global allocator that counts what another one gives.
///
/// ```
/// use std::alloc::System;
///
/// use portcullis::counting::Counting;
///
/// #[global_allocator]
/// static ALLOCATOR: Counting<System> = Counting::new(System);
///
/// let kept = vec![0_u8; 1 << 20];
/// assert!(portcullis::counting::live_bytes() >= 1 << 20);
/// drop(kept);
/// ```
///
/// The inner one is any: `System`, jemalloc, mimalloc. Its layouts, its pointers and its failures are passed on as they are.
///
/// Each thread counts in a slot of its own, which is two plain loads and stores an allocation; a slot goes to another thread when its
/// own has ended. Of more than 512 threads at one time the others share one, with atomic additions. Nothing here asks for
/// memory, takes a lock, or unwinds. **Cost**, in instructions: under one twentieth of a workload of maps and strings
/// (`tests/benches/counting.rs`); most in a loop that does nothing but allocate.
///
/// **What it does not see**: stacks, memory that C code or `mmap` asks for, and what the inner allocator keeps beyond what was asked
/// for. Where the process is large and this count is small, it is one of those.
#[derive(Debug, Default)]
pub struct Counting<A> {
    inner: A,
}

impl<A> Counting<A> {
    /// Counts what `inner` gives.
    pub const fn new(inner: A) -> Self {
        Self { inner }
    }

    /// The allocator that is counted.
    pub const fn inner(&self) -> &A {
        &self.inner
    }
}

// SAFETY: each call goes to the inner allocator, which keeps the trait's contract, with the same arguments, and what it answers
// is given on. What is done beside it unwinds nowhere: it adds numbers that wrap, in statics and in a thread-local that has
// no destructor.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counting<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that the inner one asks for.
        let given = unsafe { self.inner.alloc(layout) };
        if !given.is_null() {
            give(layout.size(), look_again);
        }
        given
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        take(layout.size());
        // SAFETY: as above.
        unsafe { self.inner.dealloc(pointer, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let given = unsafe { self.inner.alloc_zeroed(layout) };
        if !given.is_null() {
            give(layout.size(), look_again);
        }
        given
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: as above.
        let given = unsafe { self.inner.realloc(pointer, layout, new_size) };
        if !given.is_null() {
            match new_size.checked_sub(layout.size()) {
                Some(more) => give(more, look_again),
                None => take(layout.size().wrapping_sub(new_size)),
            }
        }
        given
    }
}
