//! Where the stack pointer stands.
#![allow(unsafe_code, reason = "the one register that no safe function reads")]

/// The stack pointer, about: what was pushed since the caller began does not matter here.
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
#[inline(always)]
#[allow(clippy::inline_always, reason = "one instruction, of the caller's own frame")]
pub(super) fn pointer() -> usize {
    let pointer: usize;
    // SAFETY: copies one register to another. It touches neither memory, flags nor the stack, as the options say.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        core::arch::asm!("mov {}, rsp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    // SAFETY: as above.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        core::arch::asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    pointer
}

/// The same by the address of a local, which has to be in memory for it: two to three times the cost, and a call in tail
/// position is no jump. For other processors, and for Miri, which runs no assembly (`the_portable_twin_..` in `stack.rs`).
#[cfg(any(test, miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
#[inline(always)]
#[allow(clippy::inline_always, reason = "the local is one of the caller's frame")]
pub(super) fn portable() -> usize {
    let here = 0_u8;
    core::hint::black_box(&raw const here).addr()
}

#[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub(super) use portable as pointer;
