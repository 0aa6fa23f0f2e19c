//! Parameters and locals drop when they would without the boundary.

use std::pin::pin;

use portcullis::Violation;

use super::twin;
use crate::common::{Later, Log, Noisy, poll, run};

/// How the body ends.
#[derive(Clone, Copy)]
enum End {
    Value,
    Question,
    Return,
    Panic,
}

impl End {
    const ALL: [Self; 4] = [Self::Value, Self::Question, Self::Return, Self::Panic];

    fn reach(self) -> Result<(), Violation> {
        match self {
            Self::Value | Self::Return => Ok(()),
            Self::Question => Err(Violation::field("a", "b", "c")),
            Self::Panic => panic!("on purpose"),
        }
    }
}

/// What both did; a panic of the plain one is not the point here.
fn logs<R>(log: &Log, plain: impl FnOnce() -> R, protected: impl FnOnce() -> R) -> [Vec<&'static str>; 2] {
    let plain = std::panic::catch_unwind(std::panic::AssertUnwindSafe(plain));
    drop(plain);
    let plain = log.taken();
    drop(protected());
    [plain, log.taken()]
}

twin! {
    plain, protected<'a>(log: &'a Log, first: Noisy<'a>, mut second: Noisy<'a>, third: Noisy<'a>, end: End)
        -> Result<Noisy<'a>, Violation> {
        let _local = Noisy(log, "local");
        let _moved = third;
        {
            let _inner = Noisy(log, "inner");
        }
        second.1 = "second, renamed";
        end.reach()?;
        if matches!(end, End::Return) {
            return Ok(first);
        }
        let _last = Noisy(log, "last");
        Ok(Noisy(log, "value"))
    }
}

macro_rules! call {
    ($function:ident, $log:ident, $end:expr) => {
        $function(&$log, Noisy(&$log, "first"), Noisy(&$log, "second"), Noisy(&$log, "third"), $end)
    };
}

#[test]
fn of_a_function() {
    let log = Log::default();
    for end in End::ALL {
        let [plain, protected] = logs(&log, || drop(call!(plain, log, end)), || drop(call!(protected, log, end)));
        assert_eq!(plain, protected);
        assert!(plain.len() >= 4, "{plain:?}");
    }
}

twin! {
    async plain_later, protected_later<'a>(log: &'a Log, first: Noisy<'a>, mut second: Noisy<'a>, third: Noisy<'a>, end: End)
        -> Result<Noisy<'a>, Violation> {
        let _local = Noisy(log, "local");
        let _moved = third;
        Later::default().await;
        second.1 = "second, renamed";
        end.reach()?;
        if matches!(end, End::Return) {
            return Ok(first);
        }
        let _last = Noisy(log, "last");
        Ok(Noisy(log, "value"))
    }
}

#[test]
fn of_a_future() {
    let log = Log::default();
    for end in End::ALL {
        let [plain, protected] =
            logs(&log, || drop(run(call!(plain_later, log, end))), || drop(run(call!(protected_later, log, end))));
        assert_eq!(plain, protected);
        assert!(plain.len() >= 4, "{plain:?}");
    }
}

#[test]
fn of_a_future_that_is_dropped_before_its_end() {
    let log = Log::default();
    for polls in 0..2 {
        let cancelled = |poll: &dyn Fn(usize)| {
            poll(polls);
            log.taken()
        };
        let plain = cancelled(&|polls| {
            let mut future = pin!(call!(plain_later, log, End::Value));
            (0..polls).for_each(|_| assert!(poll(future.as_mut()).is_pending()));
        });
        let protected = cancelled(&|polls| {
            let mut future = pin!(call!(protected_later, log, End::Value));
            (0..polls).for_each(|_| assert!(poll(future.as_mut()).is_pending()));
        });
        assert_eq!(plain, protected, "after {polls} polls");
        assert_eq!(plain.len(), 3 + polls);
    }
}

struct Owner<'a> {
    log: &'a Log,
    _kept: Noisy<'a>,
}

impl<'a> Owner<'a> {
    twin! {
        plain, protected(self, parameter: Noisy<'a>) -> Result<(), Violation> {
            let Self { log, .. } = &self;
            log.note("body");
            let _ = parameter.1;
            Ok(())
        }
    }
}

#[test]
fn of_a_receiver() {
    let log = Log::default();
    let owner = || Owner { log: &log, _kept: Noisy(&log, "kept") };
    let [plain, protected] =
        logs(&log, || owner().plain(Noisy(&log, "parameter")), || owner().protected(Noisy(&log, "parameter")));
    assert_eq!(plain, ["body", "parameter", "kept"]);
    assert_eq!(plain, protected);
}

#[test]
fn of_temporaries_in_the_last_expression() {
    fn length(noisy: &Noisy<'_>) -> usize {
        noisy.1.len()
    }
    twin! {
        plain, protected(log: &Log) -> Result<usize, Violation> {
            let _local = Noisy(log, "local");
            Ok(length(&Noisy(log, "temporary")))
        }
    }
    let log = Log::default();
    let [plain, protected] = logs(&log, || plain(&log), || protected(&log));
    assert_eq!(plain, ["temporary", "local"]);
    assert_eq!(plain, protected);
}
