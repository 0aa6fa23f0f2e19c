//! `bounded_recursion(mode = stack)`: whether enough of the stack is left. Nothing is counted and nothing kept: each call
//! looks where the stack pointer stands in a window of addresses that was found out once for the thread.

mod bounds;
mod pointer;
#[cfg(test)]
mod tests;

use core::cell::Cell;
use core::sync::atomic::{AtomicBool, Ordering};
use std::io::Write as _;
use std::thread::LocalKey;

use self::bounds::Bounds;
use crate::Violation;
use crate::violation::Cause;

/// Kept back for the way home and for callees that do not ask: a panic with its backtrace takes 22 KiB of it.
const RESERVE: usize = 128 << 10;

/// Of a stack under twice the reserve this part is kept back.
const PART: usize = 4;

/// A smaller stack than this has nothing to keep back.
const LEAST: usize = 64 << 10;

/// How large a stack is where the system does not tell: less than a thread of `std` has, or the main thread of Windows.
const ASSUMED: usize = 512 << 10;

/// The addresses at which the stack pointer may stand: `span` of them from `low` on.
#[derive(Clone, Copy, Debug)]
struct Window {
    low: usize,
    span: usize,
}

std::thread_local! {
    /// Found out by the first function that asks.
    static KNOWN: Cell<Option<Known>> = const { Cell::new(None) };
}

/// The window, as one function knows it on one thread. None before its first call, which so takes the way of the one too deep.
/// Generated code keeps it beside the function: one for all would be a variable of another crate, which takes one instruction
/// and one register more to reach (`tests/benches/recursion.rs`).
#[derive(Debug)]
pub struct Stack(Cell<Window>);

impl Stack {
    /// Nothing known yet.
    #[allow(
        clippy::new_without_default,
        reason = "a `const` thread-local needs a const function, which no trait gives"
    )]
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(Window { low: 0, span: 0 }))
    }

    /// Whether the function may go on.
    ///
    /// # Errors
    /// `recursion.stack` when only the reserve is left.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "four instructions, and the stack pointer has to be the caller's")]
    #[track_caller]
    pub fn check(stack: &'static LocalKey<Self>) -> Result<(), Violation> {
        let refused = stack.with(|stack| {
            // Between the address of the window, which a library has to call for, and what stands there, which can then be
            // compared with in memory.
            let pointer = pointer::pointer();
            let Window { low, span } = stack.0.get();
            if pointer.wrapping_sub(low) < span {
                return None;
            }
            let refused = outside::<()>();
            if refused.is_none() {
                stack.0.set(window::<()>());
            }
            refused
        });
        match refused {
            None => Ok(()),
            Some(violation) => Err(violation.here()),
        }
    }
}

std::thread_local! {
    /// A function on this thread has told that only the reserve is left.
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

/// What a function holds that only observes: of a descent into the reserve the first one tells.
#[derive(Debug)]
#[must_use]
pub struct Reserve {
    told: bool,
}

impl Reserve {
    /// The violation, where the function would be refused.
    #[inline]
    #[track_caller]
    pub fn enter(stack: &'static LocalKey<Stack>) -> (Self, Option<Violation>) {
        if TOLD.get() {
            return (Self { told: false }, None);
        }
        let refused = Stack::check(stack).err();
        let told = refused.is_some();
        if told {
            TOLD.set(true);
        }
        (Self { told }, refused)
    }
}

impl Drop for Reserve {
    #[inline]
    fn drop(&mut self) {
        if self.told {
            TOLD.set(false);
        }
    }
}

/// This and [`window`] take nothing, and are made in the crate that calls them: whatever a call needs, be it an address, the
/// optimiser keeps in a register of the loop that a recursion became.
#[cold]
#[inline(never)]
#[allow(clippy::extra_unused_type_parameters, reason = "makes it one of the crate that names the type")]
fn outside<T>() -> Option<Violation> {
    judge(pointer::pointer(), bounds::bounds)
}

#[cold]
#[inline(never)]
#[allow(clippy::extra_unused_type_parameters, reason = "as above")]
fn window<T>() -> Window {
    KNOWN.get().map_or(Window { low: 0, span: 0 }, Known::window)
}

/// The first call of a function on its thread, one too deep, or one on another stack than the thread's.
fn judge(pointer: usize, told: fn() -> Option<Bounds>) -> Option<Violation> {
    crate::evidence::threads::register();
    let known = match KNOWN.get() {
        Some(known) if known.told || known.is_near(pointer) => known,
        Some(_) => Known::assumed(pointer),
        None => told().map_or_else(|| Known::assumed(pointer), Known::told),
    };
    KNOWN.set(Some(known));
    let reserve = known.reserve();
    match known.left(pointer) {
        Some(left) if left < reserve => {
            Some(Violation::without_place("recursion.stack", Cause::Stack { left, reserve, key: None }))
        }
        Some(_) if reserve == 0 => warn(&SMALL, "a thread has less than 64 KiB of stack"),
        Some(_) => None,
        None => warn(&FOREIGN, "a call came on a stack that is not its thread's"),
    }
}

/// The addresses of this thread's stack, if the system tells them.
pub(crate) fn range() -> Option<(usize, usize)> {
    bounds::bounds().map(|Bounds { low, size }| (low, low.saturating_add(size)))
}

/// The stack of a thread, as far as it is known.
#[derive(Clone, Copy, Debug)]
struct Known {
    bounds: Bounds,
    /// By the system. Else assumed, from where we were first called.
    told: bool,
}

impl Known {
    fn told(bounds: Bounds) -> Self {
        Self { bounds, told: true }
    }

    /// With the pointer at its top.
    fn assumed(pointer: usize) -> Self {
        Self { bounds: Bounds { low: pointer.saturating_sub(ASSUMED - 1), size: ASSUMED }, told: false }
    }

    /// Whether it is this stack, of which the top is assumed, on which the pointer stands: inside, or below, where a large frame
    /// may have led it. Anywhere else a stack begins that we have not seen, or the same one higher up.
    fn is_near(self, pointer: usize) -> bool {
        let Bounds { low, size } = self.bounds;
        let below = low.saturating_sub(ASSUMED);
        pointer.wrapping_sub(below) < low.wrapping_sub(below).wrapping_add(size)
    }

    fn reserve(self) -> usize {
        match self.bounds.size {
            size if size < LEAST => 0,
            size if size < RESERVE.saturating_mul(2) => size / PART,
            _ => RESERVE,
        }
    }

    fn window(self) -> Window {
        let reserve = self.reserve();
        Window { low: self.bounds.low.wrapping_add(reserve), span: self.bounds.size.wrapping_sub(reserve) }
    }

    /// Bytes down to the end, if it is this stack on which the pointer stands.
    fn left(self, pointer: usize) -> Option<usize> {
        let Bounds { low, size } = self.bounds;
        (!self.told || pointer.wrapping_sub(low) < size).then(|| pointer.saturating_sub(low))
    }
}

static FOREIGN: AtomicBool = AtomicBool::new(false);
static SMALL: AtomicBool = AtomicBool::new(false);

/// Says once in the life of the process that something goes unwatched, and lets it.
fn warn(said: &AtomicBool, what: &str) -> Option<Violation> {
    if !said.load(Ordering::Relaxed) && !said.swap(true, Ordering::Relaxed) {
        // Unlike `eprintln!` it does not panic when nobody reads.
        let _ = writeln!(
            std::io::stderr(),
            "portcullis: {what}: `bounded_recursion(mode = stack)` does not bound such calls, `mode = both` counts them"
        );
    }
    None
}
