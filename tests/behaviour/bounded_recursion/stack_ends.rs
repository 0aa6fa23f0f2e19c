//! Attacks of 10,000,000 levels on stacks of every kind, each in a process of its own (`src/bin/stacks.rs`), whose end is looked
//! at: unprotected it dies.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

const SIGABRT: i32 = 6;
const SIGSEGV: i32 = 11;

/// KiB of a thread's stack, what tokio makes, and the main thread under two limits.
const PLACES: [&str; 7] = ["64", "512", "2048", "worker", "blocking", "main", "unlimited"];

/// What a process printed to its two outputs, and the signal that ended it.
#[derive(Debug)]
struct End {
    said: String,
    warned: String,
    signal: Option<i32>,
}

impl End {
    fn of(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stacks"));
        let output = command.args(args).env("RUST_BACKTRACE", "1").env_remove("RUST_MIN_STACK").output().unwrap();
        let [said, warned] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        // What its subscriber is told where the whole workspace is built, in which a package asks for the feature `tracing`.
        let is_event = |line: &&str| line.contains(" WARN portcullis: ");
        let warned = warned.split_inclusive('\n').filter(|line| !is_event(line)).collect();
        let end = Self { said, warned, signal: output.status.signal() };
        assert!(end.signal.is_some() || output.status.success(), "{args:?}: {end:?}");
        end
    }
}

/// It goes on, with nothing to say on its standard error.
#[track_caller]
fn lives(args: &[&str], said: &str) {
    let end = End::of(args);
    assert_eq!((end.said.trim_end(), &*end.warned, end.signal), (said, "", None), "{args:?}");
}

#[track_caller]
fn dies(args: &[&str]) -> End {
    let end = End::of(args);
    assert!(matches!(end.signal, Some(SIGABRT | SIGSEGV)), "{args:?}: {end:?}");
    assert_eq!(end.said, "", "{args:?}");
    end
}

fn attacked(place: &str, shape: &str) {
    lives(&[place, "stack", shape], "recursion.stack ok ok");
    lives(&[place, "both", shape], "recursion.stack ok ok");
    lives(&[place, "lower", shape], "recursion.depth ok ok");
    lives(&[place, "count", shape], "recursion.depth ok ok");
    dies(&[place, "plain", shape]);
}

#[test]
fn an_attack_is_refused_on_every_stack_and_the_next_call_is_not() {
    for place in PLACES {
        attacked(place, "direct");
    }
}

#[test]
fn an_attack_is_refused_in_every_shape_and_the_next_call_is_not() {
    for shape in ["mutual", "method", "closure"] {
        attacked("2048", shape);
    }
}

#[test]
fn a_value_whose_drop_overflows_the_stack_is_dropped_without_recursion() {
    for place in ["64", "2048", "main"] {
        dies(&[place, "drop", "plain"]);
        lives(&[place, "drop", "iteratively"], "dropped");
    }
}

#[test]
fn all_but_the_reserve_can_be_used() {
    const RESERVE: usize = 128 << 10;
    let places = [
        ("64", 16 << 10),
        ("200", 50 << 10),
        ("256", RESERVE),
        ("2048", RESERVE),
        ("main", RESERVE),
        ("worker", RESERVE),
    ];
    for (place, reserve) in places {
        let end = End::of(&[place, "stack", "left"]);
        let text = end.said.strip_prefix("recursion.stack: ").unwrap();
        let numbers: Vec<usize> = text.split(' ').filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers[1], reserve, "{place}: {end:?}");
        // The frame of one level, in a debug build.
        assert!((reserve - 1_024..reserve).contains(&numbers[0]), "{place}: {end:?}");
    }
}

/// Also from where only the reserve is left.
#[test]
fn the_first_call_of_a_thread_may_come_from_anywhere() {
    for (kib, sane) in
        [("0", "ok"), ("200", "ok"), ("320", "ok"), ("400", "recursion.stack"), ("480", "recursion.stack")]
    {
        lives(&["512", "stack", "below", kib, "sane"], &format!("{sane} ok recursion.stack"));
        lives(&["512", "stack", "below", kib, "attack"], "recursion.stack ok recursion.stack");
    }
}

const FOREIGN: &str = "portcullis: a call came on a stack that is not its thread's: ";

/// In a segment that `stacker` made a sane call is never refused, however much an attack left of the thread's own stack; and that
/// has its bound before and after, whichever stack the thread's first call came on. Of eight calls that were let through
/// unwatched one was enough to say so.
#[test]
fn a_foreign_stack_is_let_through_once_with_a_word_and_the_threads_own_is_not() {
    for place in PLACES {
        for mode in ["stack", "both"] {
            for (first, said) in [
                ("inside", "ok recursion.stack ok recursion.stack"),
                ("outside", "recursion.stack ok recursion.stack ok"),
            ] {
                let end = End::of(&[place, mode, "segment", first]);
                assert_eq!((end.said.trim_end(), end.signal), (said, None), "{place} {mode}: {end:?}");
                assert!(end.warned.starts_with(FOREIGN) && end.warned.lines().count() == 1, "{place} {mode}: {end:?}");
            }
        }
    }
}

/// The limit that the docs name: there only a count stands against an attack.
#[test]
fn an_attack_on_a_foreign_stack_is_for_a_count_to_refuse() {
    let end = End::of(&["2048", "lower", "attack-in-segment", "direct"]);
    assert_eq!((end.said.trim_end(), end.signal), ("recursion.depth ok ok", None), "{end:?}");
    let end = dies(&["2048", "stack", "attack-in-segment", "direct"]);
    assert!(end.warned.starts_with(FOREIGN), "{end:?}");
}

#[test]
fn a_stack_under_64_kib_is_not_watched_and_that_is_said_once() {
    let end = End::of(&["32", "stack", "sane"]);
    assert_eq!((end.said.trim_end(), end.signal), ("ok ok", None), "{end:?}");
    assert!(end.warned.starts_with("portcullis: a thread has less than 64 KiB of stack: "), "{end:?}");
    assert_eq!(end.warned.lines().count(), 1, "{end:?}");
}

/// Where only the reserve is left: the error captures a backtrace; is shown with it; goes through a subscriber that formats it;
/// is a panic, whose hook prints one. Then the next call, and the next attack.
#[test]
fn the_reserve_is_enough_for_any_way_to_tell() {
    for place in ["128", "256", "512", "2048", "worker", "blocking", "main", "unlimited"] {
        for (error, in_text, in_warning) in [
            ("anyhow", "Stack backtrace:", ""),
            ("shown", "Stack backtrace:", ""),
            ("traced", "the request is refused: recursion.stack", " bytes of the stack left, "),
            ("panic", "portcullis: recursion.stack: ", "stack backtrace:"),
        ] {
            let end = End::of(&[place, "stack", "last", error]);
            assert_eq!(end.signal, None, "{place} {error}: {end:?}");
            assert!(end.said.starts_with("5 true ") && end.said.contains(in_text), "{place} {error}: {end:?}");
            assert!(end.warned.contains(in_warning), "{place} {error}: {end:?}");
        }
    }
}

/// 16 KiB hold an error and a formatting subscriber, and no backtrace (22 KiB).
#[test]
fn the_reserve_of_a_small_stack_is_enough_for_an_error() {
    for error in ["anyhow", "traced"] {
        let end = End::of(&["64", "stack", "last", error]);
        assert!(end.signal.is_none() && end.said.starts_with("5 true "), "{error}: {end:?}");
    }
}
