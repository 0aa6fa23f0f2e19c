//! When a thread ends. A thread-local of the language would set up its destructor with memory that it asks for; one of the system needs none.

#![allow(unsafe_code, reason = "the system's thread-locals are C functions")]

#[cfg(all(any(target_os = "linux", target_os = "android", target_vendor = "apple"), not(miri)))]
mod told {
    use core::ffi::c_void;
    use core::ptr;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use crate::counting::slot;

    /// None has been made.
    const NONE: usize = usize::MAX;

    static KEY: AtomicUsize = AtomicUsize::new(NONE);

    extern "C" fn end(number: *mut c_void) {
        if let Some(slot) = number.addr().checked_sub(1).and_then(slot::numbered) {
            slot::leave(slot);
        }
    }

    fn key() -> Option<libc::pthread_key_t> {
        let known = KEY.load(Ordering::Acquire);
        if known != NONE {
            return libc::pthread_key_t::try_from(known).ok();
        }
        let mut made = 0;
        // SAFETY: writes to the local that it is given. The function that it is to call lives as long as the program.
        if unsafe { libc::pthread_key_create(&raw mut made, Some(end)) } != 0 {
            return None;
        }
        match KEY.compare_exchange(NONE, usize::try_from(made).ok()?, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Some(made),
            Err(known) => {
                // SAFETY: this thread has made it, and nobody has used it.
                unsafe { libc::pthread_key_delete(made) };
                libc::pthread_key_t::try_from(known).ok()
            }
        }
    }

    /// Has the slot of this number left when this thread ends. False where that cannot be.
    pub(in crate::counting) fn at_end(number: usize) -> bool {
        let Some((key, number)) = key().zip(number.checked_add(1)) else { return false };
        // SAFETY: the key was made above and is never taken back. The value is a number, to which nothing is read or written.
        unsafe { libc::pthread_setspecific(key, ptr::without_provenance(number)) == 0 }
    }
}

/// Elsewhere a slot stays with its thread.
#[cfg(not(all(any(target_os = "linux", target_os = "android", target_vendor = "apple"), not(miri))))]
mod told {
    pub(in crate::counting) fn at_end(_: usize) -> bool {
        true
    }
}

pub(super) use told::at_end;
