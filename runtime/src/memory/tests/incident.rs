//! 3.5 GB/s, as in the incident: with files and a clock of the test's own.

use core::time::Duration;

use super::super::sampler::Sampler;
use super::super::source::{Reading, Source};
use super::super::state::{State, Strain, Threshold};
use super::super::tree::fake::Fake;
use super::super::trend::Growth;
use super::{GIB, MS};

/// How late a thread wakes at the worst: measured 8 ms on an idle machine, and this is a busy one.
const LATE: Duration = Duration::from_millis(20);
/// From one checkpoint of a request to the next.
const CHECKPOINT: Duration = Duration::from_millis(20);
/// What counters and a line in the log need.
const REPORT: Duration = Duration::from_millis(100);

/// A process under a limit that is still, and then grows.
struct Process {
    limit: u64,
    percent: u8,
    still: u64,
    /// Bytes a second.
    rate: u64,
    /// From the first sample to the first byte.
    begins: Duration,
    late: Duration,
}

impl Process {
    fn used(&self, now: Duration) -> u64 {
        let grown = u128::from(self.rate) * now.saturating_sub(self.begins).as_micros() / 1_000_000;
        self.still + u64::try_from(grown).unwrap()
    }

    /// What was used when the gate shut, and when work in flight has stopped.
    fn run(&self) -> (u64, u64) {
        let files = Fake::within_v2(self.limit, 0);
        let mut sampler = Sampler::new(files.clone());
        sampler.watch(Threshold::Percent(self.percent));
        let (mut now, mut shut) = (Duration::ZERO, None);
        loop {
            let used = self.used(now);
            files.group_v2("/sys/fs/cgroup/web", &super::limit_text(self.limit), used, 0);
            files.own(used);
            let sample = sampler.sample(now);
            if sample.state == State::Critical {
                shut = shut.or(Some(used));
            }
            if sample.last || used > self.limit {
                return (shut.unwrap_or(u64::MAX), self.used(now + CHECKPOINT));
            }
            now += sample.next + if now > self.begins { self.late } else { Duration::ZERO };
        }
    }
}

#[test]
fn critical_is_entered_with_headroom_left_and_the_limit_is_never_passed() {
    const LIMIT: u64 = 8_000_000_000;
    const RATE: u64 = 3_500_000_000;
    let report = u64::try_from(REPORT.as_millis()).unwrap() * RATE / 1_000;
    for percent in [50, 70, 80, 85, 90] {
        // From nearly nothing, and from just below where it would be noticed.
        for still in
            [1, u64::from(percent) * 2, u64::from(percent) * 5, u64::from(percent) * 9, u64::from(percent) * 10 - 1]
        {
            for begins in (0..600).step_by(7) {
                for late in [Duration::ZERO, LATE] {
                    let still = LIMIT / 1_000 * still;
                    let process = Process { limit: LIMIT, percent, still, rate: RATE, begins: begins * MS, late };
                    let (shut, stopped) = process.run();
                    let at = (percent, still, begins, late);
                    assert!(shut + report < LIMIT, "{at:?}: shut at {shut}");
                    assert!(stopped < LIMIT, "{at:?}: stopped at {stopped}");
                    // Not before there was a reason: growth that would fill the limit in half a second, seen from 20 points on.
                    assert!(shut > LIMIT / 100 * u64::from(percent - 20), "{at:?}: shut at {shut}");
                }
            }
        }
    }
}

/// The smallest limit that the drill has, at the fastest that one process was measured to grow.
#[test]
fn two_gib_at_what_the_machine_gives() {
    for percent in [50, 70, 80, 85, 90] {
        for begins in (0..600).step_by(7) {
            let process = Process {
                limit: 2 * GIB,
                percent,
                still: GIB / 10,
                rate: 3 * GIB / 2,
                begins: begins * MS,
                late: LATE,
            };
            let (shut, stopped) = process.run();
            assert!(shut < 2 * GIB && stopped < 2 * GIB, "{percent} {begins}: {shut} {stopped}");
        }
    }
}

/// Other requests make room again: the gate opens, by a ramp, within 5 s.
#[test]
fn traffic_is_taken_again() {
    let files = Fake::within_v2(8 * GIB, 7 * GIB);
    let mut sampler = Sampler::new(files.clone());
    sampler.watch(Threshold::Percent(85));
    assert_eq!(sampler.sample(Duration::ZERO).share, 0);
    files.group_v2("/sys/fs/cgroup/web", &super::limit_text(8 * GIB), GIB, 0);
    let (mut now, mut first, mut shares) = (Duration::ZERO, None, alloc::vec::Vec::new());
    let all = loop {
        let sample = sampler.sample(now);
        shares.push(sample.share);
        first = first.or((sample.share > 0).then_some(now));
        if sample.share == 256 {
            break now;
        }
        now += sample.next;
    };
    let first = first.unwrap();
    assert!(first >= 1_000 * MS && first <= 1_200 * MS, "{first:?}");
    assert!(all >= first + 2_000 * MS && all <= 3_500 * MS, "{all:?}");
    assert!(shares.is_sorted(), "{shares:?}");
    // A ramp, and no step.
    assert!(shares.iter().filter(|share| (1..256).contains(*share)).count() > 20, "{shares:?}");
}

fn reading(used: u64, limit: u64, rate: f64) -> Reading {
    let growth = Growth { last: rate, whole: rate };
    Reading { source: Source::CgroupV2, used, limit, growth }
}

/// Of 10 GB: what fills them in half a second is critical before the threshold, from 20 points under it on, if it lasts.
#[test]
fn growth_is_looked_ahead() {
    const GB: u64 = 1_000_000_000;
    let strain = |used: u64, rate: f64| Threshold::Percent(85).strain(&[reading(used, 10 * GB, rate)]);
    assert_eq!(strain(65 * GB / 10, 7.1e9), Strain::Critical);
    assert_eq!(strain(65 * GB / 10, 6.9e9), Strain::Low);
    assert_eq!(strain(64 * GB / 10, 70e9), Strain::Low);
    assert_eq!(strain(72 * GB / 10, 0.0), Strain::Raised);
    assert_eq!(strain(80 * GB / 10, 0.0), Strain::High);
    assert_eq!(strain(85 * GB / 10, 0.0), Strain::Critical);
    // Work in flight: half of what the threshold leaves, or 0.2 s.
    assert_eq!(strain(86 * GB / 10, 6.9e9), Strain::Critical);
    assert_eq!(strain(86 * GB / 10, 7.1e9), Strain::Last);
    assert_eq!(strain(91 * GB / 10, -1.0), Strain::Critical);
    assert_eq!(strain(93 * GB / 10, -1.0), Strain::Last);
    // A burst that has just begun, and one that is over.
    for growth in [Growth { last: 70e9, whole: 0.0 }, Growth { last: 0.0, whole: 70e9 }] {
        let burst = Reading { growth, ..reading(8 * GB, 10 * GB, 0.0) };
        assert_eq!(Threshold::Percent(85).strain(&[burst]), Strain::High);
    }
    // A threshold that has not so many points under it.
    let low = |used: u64| Threshold::Percent(10).strain(&[reading(used, 10 * GB, 0.0)]);
    assert_eq!([low(4 * GB / 10), low(6 * GB / 10), low(GB)], [Strain::Low, Strain::High, Strain::Critical]);
}

/// A quarter of the way to the next line; a small part of the way to the limit where nothing grows; neither too often nor seldom.
#[test]
fn the_interval_adapts() {
    let next = |limit: u64, percent_used: u64, rate: u64| {
        let files = Fake::within_v2(limit, 0);
        files.own(0);
        let mut sampler = Sampler::new(files.clone());
        sampler.watch(Threshold::Percent(85));
        let mut next = Duration::ZERO;
        // 200 ms, in which it grows to what is asked for.
        for at in 0..=20 {
            let used = limit / 100 * percent_used - rate * (20 - at) / 100;
            files.group_v2("/sys/fs/cgroup/web", &super::limit_text(limit), used, 0);
            next = sampler.sample(Duration::from_millis(10 * at)).next;
        }
        next
    };
    assert_eq!(next(12 * GIB, 10, 0), 250 * MS);
    // Of 8 GiB, 1.6 are left: 200 ms at 8 GiB/s, half of which may go by.
    assert_eq!(next(8 * GIB, 80, 0).as_millis(), 100);
    assert_eq!(next(512 << 20, 90, 0).as_millis(), 5);
    // Half of 12 GiB at 4 GiB/s: 20 points, 2.4 GiB, to the first line.
    assert_eq!(next(12 * GIB, 50, 4 * GIB).as_millis(), 150);
    assert_eq!(next(12 * GIB, 60, 4 * GIB).as_millis(), 75);
    assert_eq!(next(12 * GIB, 69, 4 * GIB).as_millis(), 7);
    assert_eq!(next(12 * GIB, 84, 4 * GIB).as_millis(), 7);
}
