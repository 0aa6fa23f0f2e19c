//! What is judged where the system tells nothing, and how much is kept back; the rest needs threads of its own
//! (`tests/behaviour/bounded_recursion/stack.rs`).

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test")]

use std::thread;

use super::{ASSUMED, Bounds, Known, LEAST, RESERVE, judge, pointer};

fn nothing() -> Option<Bounds> {
    None
}

/// The code of the refusal on a stack of this thread's that the system does not tell of.
fn judged(pointer: usize) -> Option<&'static str> {
    judge(pointer, nothing).map(|violation| violation.code())
}

#[test]
fn the_portable_twin_reads_about_the_same() {
    let (register, local) = (pointer::pointer(), pointer::portable());
    // Frames of a debug build, of a function or two.
    assert!(register.abs_diff(local) < 1_024, "{register} {local}");
}

/// What Miri runs, and what `RUSTFLAGS='--cfg miri -Aexplicit_builtin_cfgs_in_flags' cargo test` runs without it.
#[test]
#[cfg(miri)]
fn a_stack_without_an_end_refuses_nothing() {
    std::thread_local! { static STACK: super::Stack = const { super::Stack::new() }; }
    fn down(left: u32) -> bool {
        super::Stack::check(&STACK).is_ok() && (left == 0 || down(left - 1))
    }
    assert!(down(100) && down(100));
}

/// With the twin's pointer, on a real stack that is larger than assumed.
#[test]
#[cfg_attr(miri, ignore = "addresses have no order there")]
fn an_unknown_stack_ends_where_one_of_512_kib_would() {
    fn down(top: usize) -> usize {
        let pointer = pointer::portable();
        if judged(pointer).is_some() { top - pointer } else { std::hint::black_box(down(top)) }
    }
    let thread = thread::Builder::new().stack_size(4 << 20).spawn(|| {
        let top = pointer::portable();
        assert_eq!(judged(top), None);
        (down(top), down(top))
    });
    let (first, second) = thread.unwrap().join().unwrap();
    for used in [first, second] {
        assert!((ASSUMED - RESERVE - 4_096..ASSUMED).contains(&used), "{used}");
    }
}

#[test]
fn an_unknown_stack_begins_where_its_first_call_was_or_higher() {
    const TOP: usize = 100 << 20;
    const LOW: usize = TOP - ASSUMED;
    thread::spawn(|| {
        assert_eq!(judged(TOP), None);
        assert_eq!(judged(LOW + RESERVE + 8), None);
        assert_eq!(judged(LOW + RESERVE - 8), Some("recursion.stack"));
        // A frame that led past the reserve.
        assert_eq!(judged(LOW - 8), Some("recursion.stack"));
        // A call from further out: what was assumed moves up with it.
        assert_eq!(judged(TOP + 4_096), None);
        assert_eq!(judged(LOW + RESERVE + 8), Some("recursion.stack"));
        // Another stack, far above or below, and back.
        for top in [TOP * 2, TOP / 2, TOP] {
            assert_eq!(judged(top), None);
            assert_eq!(judged(top - ASSUMED + 8), Some("recursion.stack"));
        }
    })
    .join()
    .unwrap();
}

#[test]
fn half_of_the_reserve_or_less_is_kept_back_on_a_small_stack() {
    let reserve = |size| Known::told(Bounds { low: 1 << 30, size }).reserve();
    assert_eq!(reserve(8 << 20), RESERVE);
    assert_eq!(reserve(2 * RESERVE), RESERVE);
    assert_eq!(reserve(2 * RESERVE - 4), RESERVE / 2 - 1);
    assert_eq!(reserve(LEAST), LEAST / 4);
    assert_eq!(reserve(LEAST - 1), 0);
}
