use alloc::string::ToString as _;

use super::{Cause, Deepest, Mark, Owner, Verdict};
use crate::incident::smaps::{Split, Stack};
use crate::incident::words::Moment;

const MIB: u64 = 1 << 20;
/// 2026-11-28 09:37:10.
const SINCE: Moment = Moment(1_795_858_630_000);

const CALM: Split = Split {
    heap: 100 * MIB,
    stacks: MIB,
    segments: 0,
    files: 4 * MIB,
    stack_count: 9,
    segment_count: 0,
    largest: Some(Stack { bytes: MIB / 8, thread: None, main: true }),
};

fn verdict(now: Split) -> Verdict<'static> {
    Verdict {
        before: Some(Mark { at: SINCE, split: CALM }),
        now: Some(Mark { at: Moment(SINCE.0 + 2_000), split: now }),
        deepest: None,
        owner: None,
    }
}

const IDLE_POOL: Deepest<'static> = Deepest {
    function: "card_game::handlers::idle_pool",
    level: 243_204,
    future: false,
    handler: Some("card_game::handlers::collect_idle"),
    key: "player 1000009",
};

fn deep_stacks() -> Split {
    let largest = Some(Stack { bytes: 5_100 * MIB, thread: Some(0), main: false });
    Split { heap: 300 * MIB, stacks: 5_223 * MIB, largest, ..CALM }
}

#[test]
fn the_incident() {
    let verdict = Verdict { deepest: Some(IDLE_POOL), ..verdict(deep_stacks()) };
    assert_eq!(verdict.cause(), Cause::Stacks);
    assert_eq!(
        verdict.to_string(),
        "stacks grew 5.1 GiB since 09:37:10, heap 200.0 MiB: unbounded recursion, deepest `idle_pool` at 243,204 in handler \
        `collect_idle`, key player 1000009"
    );
}

#[test]
fn a_stack_whose_function_is_not_counted_is_told_by_its_thread() {
    let owner = Some(Owner { name: "worker\n3", handler: Some("a::play") });
    let known = Verdict { owner, ..verdict(deep_stacks()) };
    assert!(known.to_string().ends_with(
        "unbounded recursion on thread `worker\\n3` in handler `play`, in a function whose depth nothing counts"
    ));
    let unknown = verdict(deep_stacks());
    assert!(unknown.to_string().ends_with(": unbounded recursion on a thread that no protected function has run on"));
    assert_eq!(unknown.cause(), Cause::Stacks);
    // Futures are deep in the heap, which is not what grew.
    let futures = Verdict { deepest: Some(Deepest { future: true, ..IDLE_POOL }), ..unknown };
    assert_eq!(futures.to_string(), unknown.to_string());
}

#[test]
fn threads_that_wait_are_no_recursion() {
    let largest = Some(Stack { bytes: MIB / 8, thread: None, main: false });
    let few = verdict(Split { stacks: 4 * MIB, stack_count: 209, largest, ..CALM });
    assert_eq!(few.cause(), Cause::Nothing);
    assert!(few.to_string().starts_with("nothing has grown by much since 09:37:10: heap 0 KiB, stacks 3.0 MiB, "));
    let many = verdict(Split { stacks: 90 * MIB, stack_count: 9_009, largest, ..CALM });
    assert_eq!(many.cause(), Cause::Threads);
    assert!(many.to_string().contains("9,009 stacks, 9,000 more than before, none of which is deep: too many threads"));
}

#[test]
fn segments_heap_futures_and_files() {
    let segments = verdict(Split { segments: 318 * MIB, segment_count: 336, ..CALM });
    assert_eq!(segments.cause(), Cause::Segments);
    assert!(segments.to_string().contains("growing stack of 336 segments, in a function whose depth nothing counts"));
    let named = Verdict { deepest: Some(IDLE_POOL), ..segments };
    assert!(named.to_string().contains("of 336 segments, deepest `idle_pool` at 243,204"));

    let heap = verdict(Split { heap: 292 * MIB, ..CALM });
    assert_eq!(heap.cause(), Cause::Heap);
    assert!(heap.to_string().starts_with("heap grew 192.0 MiB since 09:37:10, stacks 0 KiB: "));
    let futures = Verdict { deepest: Some(Deepest { future: true, ..IDLE_POOL }), ..heap };
    assert_eq!(futures.cause(), Cause::Futures);
    assert!(futures.to_string().contains("unbounded recursion of futures, deepest `idle_pool`"));
    let beside = Verdict { deepest: Some(IDLE_POOL), ..heap };
    assert_eq!(beside.cause(), Cause::Heap);
    assert!(beside.to_string().contains("; deepest `idle_pool`"));

    let files = verdict(Split { files: 500 * MIB, ..CALM });
    assert_eq!(files.cause(), Cause::Files);
    assert!(files.to_string().starts_with("mapped files grew 496.0 MiB"));
}

#[test]
fn what_shrinks_is_not_to_blame_and_what_is_not_known_is_said() {
    let shrunk = verdict(Split::default());
    assert_eq!(shrunk.cause(), Cause::Nothing);
    let unknown = Verdict { now: None, deepest: Some(IDLE_POOL), ..shrunk };
    assert_eq!(unknown.cause(), Cause::Unknown);
    assert!(unknown.to_string().contains("cannot be told") && unknown.to_string().contains("deepest `idle_pool`"));
    let extreme = verdict(Split { heap: u64::MAX, stacks: u64::MAX, segments: u64::MAX, files: u64::MAX, ..CALM });
    let _ = extreme.to_string();
}

#[test]
fn a_key_cannot_forge_a_line() {
    let verdict =
        Verdict { deepest: Some(Deepest { key: "x\nportcullis: all is well", ..IDLE_POOL }), ..verdict(deep_stacks()) };
    assert!(!verdict.to_string().contains('\n'));
}
