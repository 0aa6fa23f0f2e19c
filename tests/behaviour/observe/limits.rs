//! Limits of a whole call: told once, whatever the number of iterations, and in force for nobody.

use std::time::Duration;

use portcullis::testing::Clock;
use portcullis::{Violation, bounded_steps, zero_trust};

use super::{codes, told};
use crate::common::code;

#[zero_trust(observe, bounded_steps(max = 10))]
fn turns(turns: u32) -> u32 {
    let mut sum = 0;
    for turn in 0..turns {
        sum += turn;
    }
    sum
}

#[test]
fn steps_are_told_once_a_call() {
    assert_eq!(codes(|| turns(10)), (45, vec![]));
    assert_eq!(codes(|| turns(11)), (55, vec!["steps"]));
    assert_eq!(codes(|| turns(1_000)), (499_500, vec!["steps"]));
    assert_eq!(codes(|| turns(1_000) / turns(11)), (9_081, vec!["steps"; 2]));
}

#[test]
fn the_place_is_the_loop_or_the_name() {
    const LINE: u32 = line!() + 2;
    #[zero_trust(observe, bounded_steps(max = 1), bounded_concurrency(max = none), shed_load(memory = "16MiB"))]
    fn placed(turns: u32, none: u32) -> u32 {
        let mut sum = 0;
        for turn in 0..turns {
            sum += turn;
        }
        sum
    }
    crate::shed_load::shut();
    let (_, told) = told(|| placed(2, 0));
    let places: Vec<_> = told.iter().map(|told| (told.code, told.line)).collect();
    assert_eq!(places, [("busy", Some(LINE)), ("memory", Some(LINE)), ("steps", Some(LINE + 2))]);
}

#[test]
fn a_limit_holds_for_what_is_called() {
    #[zero_trust(observe, bounded_steps(max = 20))]
    fn outer(calls: u32) -> u32 {
        (0..calls).map(|_| turns(4)).sum()
    }
    #[zero_trust(observe, bounded_steps(max = 20))]
    fn looped(calls: u32) -> u32 {
        let mut sum = 0;
        for _ in 0..calls {
            sum += turns(4);
        }
        sum
    }
    assert_eq!(codes(|| outer(4)), (24, vec![]));
    assert_eq!(codes(|| outer(5)), (30, vec!["steps"]));
    // Of its own there is one a turn.
    assert_eq!(codes(|| looped(3)), (18, vec![]));
    assert_eq!(codes(|| looped(30)), (180, vec!["steps"]));
}

#[test]
fn what_refuses_neither_sees_them_nor_is_hurt() {
    #[bounded_steps(max = 100)]
    fn inner(turns: u32) -> Result<u32, Violation> {
        let mut sum = 0;
        for _ in 0..turns {
            sum += 1;
        }
        Ok(sum)
    }
    #[zero_trust(observe, bounded_steps(max = 5))]
    fn observed(turns: u32) -> Result<u32, Violation> {
        for _ in 0..turns {
            inner(1)?;
        }
        inner(turns)
    }
    #[bounded_steps(max = 30)]
    fn around(turns: u32) -> Result<u32, Violation> {
        for _ in 0..5 {
            self::turns(turns);
        }
        Ok(turns)
    }
    let (ended, told) = codes(|| observed(90));
    assert_eq!((ended.unwrap(), told), (90, vec!["steps"]));
    let (ended, told) = codes(|| observed(101));
    assert_eq!((code(ended), told), ("steps", vec!["steps"]));
    // Its turns are not taken from the limit around.
    let (ended, told) = codes(|| around(1_000));
    assert_eq!((ended.unwrap(), told), (1_000, vec!["steps"; 5]));
}

#[test]
fn loops_in_closures_count_too() {
    #[zero_trust(observe, bounded_steps(max = 10))]
    fn inside(turns: u32) -> u32 {
        let run = move |turns: u32| {
            let mut count = 0;
            while count < turns {
                count += 1;
            }
            count
        };
        run(turns)
    }
    assert_eq!(codes(|| inside(9)), (9, vec![]));
    assert_eq!(codes(|| inside(99)), (99, vec!["steps"]));
}

#[test]
fn a_deadline_is_told_when_the_call_is_over() {
    let clock = Clock::new();
    #[zero_trust(observe, deadline("2s"))]
    fn slow(clock: &Clock, secs: u64) -> u64 {
        clock.advance(Duration::from_secs(secs));
        secs
    }
    clock.hold(|| {
        assert_eq!(codes(|| slow(clock, 1)), (1, vec![]));
        assert_eq!(codes(|| slow(clock, 2)), (2, vec!["deadline"]));
        assert_eq!(codes(|| slow(clock, 3)), (3, vec!["deadline"]));
    });
}

#[test]
fn one_too_many_at_once_is_let_in_and_told() {
    #[zero_trust(observe, bounded_concurrency(max = 2))]
    fn at_once(left: u32, inner: &mut dyn FnMut(u32) -> u32) -> u32 {
        inner(left)
    }
    fn other_thread(left: u32) -> (u32, usize) {
        std::thread::spawn(move || {
            let (deepest, told) =
                told(|| at_once(left, &mut |left| if left == 0 { 0 } else { other_thread(left - 1).1 as u32 }));
            (deepest, told.len())
        })
        .join()
        .unwrap()
    }
    // Three threads are in it at once: the third is told of.
    assert_eq!(other_thread(2), (0, 0));
    assert_eq!(other_thread(3), (0, 0));
    let mut third = 0;
    let (_, told) = told(|| {
        at_once(0, &mut |_| {
            // A part of this request.
            at_once(0, &mut |_| 1);
            let (inner, _) = other_thread(1);
            third = inner;
            0
        })
    });
    assert_eq!((told.len(), third), (0, 1));
}

#[test]
fn a_shut_gate_lets_in_and_tells_once_a_request() {
    #[zero_trust(observe, shed_load(memory = "16MiB"))]
    fn inner() -> u32 {
        1
    }
    #[zero_trust(observe, shed_load(memory = "16MiB"), bounded_steps(max = 9))]
    fn outer() -> u32 {
        inner() + inner()
    }
    #[zero_trust(observe, shed_load(priority = probe))]
    fn probe() -> u32 {
        inner()
    }
    #[zero_trust(observe, shed_load(memory = "16MiB"))]
    async fn later() -> u32 {
        crate::common::Later::default().await;
        inner() + inner()
    }
    crate::shed_load::shut();
    assert_eq!(codes(outer), (2, vec!["memory"]));
    assert_eq!(codes(|| inner() + inner()), (2, vec!["memory"; 2]));
    assert_eq!(codes(probe), (1, vec![]));
    assert_eq!(codes(|| crate::common::run(later())), (2, vec!["memory"]));
}

#[test]
fn memory_that_is_asked_for_is_told_and_granted() {
    #[zero_trust(observe, bounded_allocation(max = "64B"))]
    fn ask(count: usize) -> usize {
        let first: Vec<u8> = Vec::with_capacity(count);
        let second = vec![0_u16; count];
        let mut third: Vec<u8> = Vec::new();
        third.reserve(count);
        third.resize(count, 1);
        third.extend(second.iter().map(|_| 0_u8));
        let fourth: Vec<usize> = (0..count).collect();
        let fifth = "ab".repeat(count);
        let evens: Vec<usize> = (0..count).filter(|number| number % 2 == 0).collect();
        first.len() + second.len() + third.len() + fourth.len() + fifth.len() + evens.len()
    }
    let plain = |count: usize| count + 2 * count + count + 2 * count + count.div_ceil(2);
    assert_eq!(codes(|| ask(8)), (plain(8), vec![]));
    // 2, 8 and 2 bytes for each; `extend` finds 33 of its 64 in use. `resize` finds room.
    assert_eq!(codes(|| ask(33)), (plain(33), vec!["allocation"; 4]));
    assert_eq!(codes(|| ask(100)), (plain(100), vec!["allocation"; 6]));
}
