//! Functions that run when they are called: asked at each checkpoint.

use std::time::Duration;

use portcullis::testing::Clock;
use portcullis::{Kind, Violation, checked_arithmetic, deadline, time_left, zero_trust};

use super::ms;
use crate::common::{code, panic_of};

#[deadline("100ms")]
fn turns(clock: &Clock, turns: u32, each: u64) -> Result<u32, Violation> {
    let mut done = 0;
    for _ in 0..turns {
        clock.advance(ms(each));
        done += 1;
    }
    Ok(done)
}

#[test]
fn to_the_iteration_in_which_it_comes() {
    let clock = Clock::new();
    clock.hold(|| {
        assert_eq!(turns(clock, 9, 11).unwrap(), 9);
        // The tenth iteration begins at 99, the eleventh at 110.
        assert_eq!(turns(clock, 10, 11).unwrap(), 10);
        assert_eq!(code(turns(clock, 11, 11)), "deadline");
        // At the point itself it is over.
        assert_eq!(turns(clock, 10, 10).unwrap(), 10);
        assert_eq!(code(turns(clock, 11, 10)), "deadline");
        assert_eq!(turns(clock, 1_000, 0).unwrap(), 1_000);
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn what_follows_the_last_checkpoint_is_not_seen() {
    let clock = Clock::new();
    clock.hold(|| assert_eq!(turns(clock, 1, 10_000).unwrap(), 1));
}

#[test]
fn a_refusal_says_where_and_by_how_much() {
    let clock = Clock::new();
    let refused = clock.hold(|| turns(clock, 3, 60)).unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("deadline", Kind::Deadline));
    assert_eq!(refused.to_string(), "the request is refused: deadline");
    let text = refused.internal().to_string();
    assert!(text.starts_with("deadline: not over, 20ms after it in ") && text.contains("::turns at "), "{text}");
    assert_eq!(refused.internal().location().unwrap().line(), 14);
}

#[test]
fn it_stays_over_for_all_that_the_request_still_tries() {
    #[deadline("100ms")]
    fn step() -> Result<(), Violation> {
        Ok(())
    }
    #[deadline("50ms", or(panic))]
    fn around(clock: &Clock) -> u32 {
        clock.advance(ms(50));
        // No loop, and so no checkpoint of its own.
        u32::from(step().is_err()) + u32::from(step().is_err()) + u32::from(step().is_err())
    }
    let clock = Clock::new();
    clock.hold(|| {
        assert_eq!(around(clock), 3);
        step().unwrap();
    });
    step().unwrap();
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn an_alarm_is_set_at_the_second_checkpoint() {
    #[deadline("100ms")]
    fn alarms(clock: &Clock, turns: u32) -> Result<Vec<usize>, Violation> {
        let mut alarms = vec![clock.alarms()];
        for _ in 0..turns {
            alarms.push(clock.alarms());
        }
        Ok(alarms)
    }
    let clock = Clock::new();
    clock.hold(|| assert_eq!(alarms(clock, 3).unwrap(), [0, 1, 1, 1]));
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn any_length() {
    macro_rules! lengths {
        ($($timeout:tt: $millis:expr,)*) => {$({
            #[deadline($timeout)]
            fn left() -> Result<Option<Duration>, Violation> {
                Ok(time_left())
            }
            assert_eq!(Clock::new().hold(left).unwrap(), Some(ms($millis)));
        })*};
    }
    const HALF: Duration = ms(500);
    lengths! {
        "250ms": 250,
        "2s": 2_000,
        "3m": 180_000,
        "1h": 3_600_000,
        HALF: 500,
        (HALF * 3): 1_500,
        (Duration::from_secs(7)): 7_000,
    }
    #[deadline(Duration::from_secs(secs) / 2)]
    fn by_parameter(secs: u64) -> Result<Option<Duration>, Violation> {
        Ok(time_left())
    }
    #[deadline(ms(4))]
    fn by_call() -> Result<Option<Duration>, Violation> {
        Ok(time_left())
    }
    #[deadline(Duration::MAX)]
    fn never() -> Result<Option<Duration>, Violation> {
        for _ in 0..9 {}
        Ok(time_left())
    }
    #[deadline(Duration::ZERO)]
    fn at_once() -> Result<Option<Duration>, Violation> {
        Ok(time_left())
    }
    Clock::new().hold(|| {
        assert_eq!(by_parameter(3).unwrap(), Some(ms(1_500)));
        assert_eq!(by_call().unwrap(), Some(ms(4)));
        assert_eq!(never().unwrap(), None);
        assert_eq!(code(at_once()), "deadline");
    });
    assert_eq!(time_left(), None);
}

#[test]
fn other_ways_out() {
    #[deadline("10ms", or(return format!("{} {n}", violation.code())))]
    fn value(clock: &Clock, n: u32) -> String {
        for _ in 0..n {
            clock.advance(ms(5));
        }
        "done".to_owned()
    }
    #[deadline("10ms", or(panic))]
    fn panics(clock: &Clock, n: u32) {
        for _ in 0..n {
            clock.advance(ms(5));
        }
    }
    let clock = Clock::new();
    clock.hold(|| {
        assert_eq!(value(clock, 2), "done");
        assert_eq!(value(clock, 3), "deadline 3");
        assert!(panic_of(|| panics(clock, 3)).starts_with("portcullis: deadline: not over, 0ns after it in "));
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn a_loop_in_a_closure() {
    #[deadline("10ms")]
    #[checked_arithmetic]
    fn sum(clock: &Clock, rows: &[u8]) -> Result<u8, Violation> {
        let each = |row: &u8| {
            let mut n = 0;
            for _ in 0..*row {
                clock.advance(ms(1));
                n += 10;
            }
            n
        };
        Ok(rows.iter().map(each).sum())
    }
    let clock = Clock::new();
    clock.hold(|| {
        assert_eq!(sum(clock, &[5, 5]).unwrap(), 100);
        assert_eq!(code(sum(clock, &[5, 6])), "deadline");
        assert_eq!(sum(clock, &[10]).unwrap(), 100);
    });
}

#[test]
fn all_protections_together() {
    #[zero_trust(deadline("10ms"), bounded_steps(max = 8, or(panic)))]
    fn wait(
        #[trusted(reason = "of the test itself")] clock: &Clock,
        #[check(range(max = 99))] turns: u64,
        #[check(range(max = 99))] each: u64,
    ) -> Result<u64, Violation> {
        let mut total = 0;
        while total < turns {
            clock.advance(ms(each));
            total += 1;
        }
        Ok(total)
    }
    let clock = Clock::new();
    clock.hold(|| {
        assert_eq!(wait(clock, 5, 2).unwrap(), 5);
        assert_eq!(code(wait(clock, 6, 2)), "deadline");
        assert_eq!(code(wait(clock, 9, 1)), "panic");
        assert_eq!(code(wait(clock, 100, 1)), "input.range");
    });
    assert_eq!(clock.alarms(), 0);
}

#[test]
fn two_clocks_on_one_thread() {
    let (slow, fast) = (Clock::new(), Clock::new());
    slow.hold(|| {
        assert_eq!(fast.hold(|| code(turns(fast, 9, 50))), "deadline");
        // The other one's time is not its own.
        assert_eq!(turns(fast, 9, 50).unwrap(), 9);
        assert_eq!(code(turns(slow, 9, 50)), "deadline");
    });
}
