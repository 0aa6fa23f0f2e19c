//! What jemalloc is asked, by names and with types that are those of jemalloc(3).
#![allow(unsafe_code, reason = "jemalloc's control takes values without a type")]

use core::ffi::CStr;

use tikv_jemalloc_ctl::{Error, raw};

/// Whether jemalloc was built to take samples, and started so.
pub(super) fn is_on() -> bool {
    // SAFETY: what it writes is a `bool`, or nothing with an error.
    let is_on = unsafe { raw::read(b"opt.prof\0") };
    is_on == Ok(true)
}

/// Whether it takes them now.
pub(super) fn samples() -> bool {
    // SAFETY: what it writes is a `bool`, or nothing with an error.
    let is_active = unsafe { raw::read(b"prof.active\0") };
    is_active == Ok(true)
}

/// Writes what it has into a file.
pub(super) fn dump(path: &CStr) -> Result<(), Error> {
    // SAFETY: what it reads is the address of a C string, which outlives the call and is not kept.
    unsafe { raw::write(b"prof.dump\0", path.as_ptr()) }
}
