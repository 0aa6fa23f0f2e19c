//! Where the stack of this thread begins and ends, as the system says.
#![allow(unsafe_code, reason = "the system tells it through C functions")]

/// The lowest address, and how many bytes there are above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: usize,
    pub(super) size: usize,
}

/// Whatever a main thread without a limit may grow to, as much of it is watched as other systems give one.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
const MAIN: usize = 8 << 20;

#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
pub(super) fn bounds() -> Option<Bounds> {
    use core::mem::MaybeUninit;

    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    let (mut low, mut size) = (core::ptr::null_mut(), 0);
    // SAFETY: `pthread_getattr_np` initialises the attributes when it returns 0, and only then are they read and given
    // back, once. The other pointers are those of two locals.
    let told = unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let told = libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size) == 0;
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        told
    };
    told.then(|| within_limit(Bounds { low: low.addr(), size }))
}

/// The stack of the main thread grows up to a limit of the process. Where there is none the system reports all that is free
/// below it, which is no bound: 42 TiB. And musl reports what it has grown to so far.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
fn within_limit(reported: Bounds) -> Bounds {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: two calls that take nothing and return a number.
    let main = unsafe { libc::c_long::from(libc::getpid()) == libc::syscall(libc::SYS_gettid) };
    // SAFETY: writes to the local that it is given.
    if !main || unsafe { libc::getrlimit(libc::RLIMIT_STACK, &raw mut limit) } != 0 {
        return reported;
    }
    let limited = (limit.rlim_cur != libc::RLIM_INFINITY).then_some(limit.rlim_cur);
    let limit = limited.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MAIN);
    let size = if cfg!(target_env = "musl") { limit } else { limit.min(reported.size) };
    Bounds { low: reported.low.saturating_add(reported.size).saturating_sub(size), size }
}

/// Not tested: CI has no machine of theirs.
#[cfg(all(target_vendor = "apple", not(miri)))]
pub(super) fn bounds() -> Option<Bounds> {
    // SAFETY: the thread asks about itself, and gets an address and a number.
    let (top, size) = unsafe {
        let thread = libc::pthread_self();
        (libc::pthread_get_stackaddr_np(thread).addr(), libc::pthread_get_stacksize_np(thread))
    };
    Some(Bounds { low: top.checked_sub(size)?, size })
}

#[cfg(not(any(miri, target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn bounds() -> Option<Bounds> {
    None
}

/// Miri's stack has no end, and the addresses of its locals no order. They begin above the reserve.
#[cfg(miri)]
#[allow(clippy::unnecessary_wraps, reason = "as elsewhere")]
pub(super) fn bounds() -> Option<Bounds> {
    Some(Bounds { low: 0, size: usize::MAX })
}
