//! `prove_no_panic`: the body runs beside a value whose destructor calls a function that does not exist. Where the optimiser
//! sees that the body cannot unwind, the destructor is dead code and the program links; else the linker names the function.
//!
//! Only under `--cfg portcullis_prove`, which no feature can set. Elsewhere the body just runs. `tests/proof.rs` links programs.

#[cfg(not(portcullis_prove))]
pub use off::*;
#[cfg(portcullis_prove)]
pub use on::*;

#[cfg(not(portcullis_prove))]
#[allow(clippy::inline_always, reason = "costs nothing where nothing is proved")]
mod off {
    pub use core::concat as proof_needs_unwinding;

    /// Runs the body.
    #[inline(always)]
    pub fn proved<R>(body: impl FnOnce() -> R) -> R {
        body()
    }

    /// Makes a refusal.
    #[inline(always)]
    pub(crate) fn refusing<R>(make: impl FnOnce() -> R) -> R {
        make()
    }
}

#[cfg(portcullis_prove)]
#[allow(unsafe_code, clippy::inline_always, reason = "the linker is asked")]
mod on {
    use core::mem::forget;

    pub use core::compile_error as proof_needs_unwinding;

    // SAFETY: no such function exists, so that no program which calls it links.
    unsafe extern "C" {
        #[link_name = "ERROR[portcullis PC0601]: a function under `prove_no_panic` may panic, see https://docs.rs/portcullis/latest/portcullis/errors/PC0601/"]
        safe fn may_panic() -> !;
    }

    struct Unwound;

    impl Drop for Unwound {
        #[inline(always)]
        fn drop(&mut self) {
            may_panic();
        }
    }

    /// Runs the body, if the program links.
    #[inline(always)]
    pub fn proved<R>(body: impl FnOnce() -> R) -> R {
        let unwound = Unwound;
        let value = body();
        forget(unwound);
        value
    }

    /// Makes a refusal, which is not what is proved: an allocator may panic, and so may a conversion of the user's.
    #[inline(always)]
    pub(crate) fn refusing<R>(make: impl FnOnce() -> R) -> R {
        let (mut make, mut made) = (Some(make), None);
        end_at_a_panic(&mut || made = make.take().map(|make| make()));
        match made {
            Some(made) => made,
            // A call that came back has made it.
            None => loop {},
        }
    }

    /// By its calling convention it does not unwind, which is all that the optimiser needs to know of a refusal.
    #[inline(never)]
    extern "C" fn end_at_a_panic<F: FnMut()>(call: &mut F) {
        call();
    }
}
