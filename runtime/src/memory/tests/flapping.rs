//! Whatever memory does, a gate does not flap.

use alloc::vec::Vec;
use core::time::Duration;

use proptest::prelude::*;

use super::super::sampler::{Change, Sampler};
use super::super::state::{ALL, HOLD, Phase, RAMP, State, Strain, Threshold};
use super::super::tree::fake::Fake;
use super::{GIB, MS};

const STRAINS: [Strain; 5] = [Strain::Low, Strain::Raised, Strain::High, Strain::Critical, Strain::Last];

/// Samples: how long after the last, and how hard pressed. Some stay long at one strain.
fn samples() -> impl Strategy<Value = Vec<(u32, Strain)>> {
    let run = (1_u32..400, prop::sample::select(&STRAINS[..]), 1_usize..30);
    let runs = prop::collection::vec(run, 1..30);
    runs.prop_map(|runs| {
        runs.into_iter().flat_map(|(after, strain, times)| (0..times).map(move |_| (after, strain))).collect()
    })
}

proptest! {
    #[test]
    fn one_phase_after_the_other(samples in samples()) {
        let (mut phase, mut now) = (Phase::Normal, Duration::ZERO);
        let mut low_since: Option<Duration> = None;
        let mut entered: Option<Duration> = None;
        let mut share = ALL;
        for (after, strain) in samples {
            now += after * MS;
            let before = phase;
            phase = phase.after(now, strain);
            low_since = if strain < Strain::High { low_since.or(Some(now)) } else { None };

            // At once into it, whatever it was.
            prop_assert_eq!(phase.state() == State::Critical, strain >= Strain::Critical || (before.state() == State::Critical && phase.share(now) == 0));
            if phase.state() == State::Critical && before.state() != State::Critical {
                entered = Some(now);
            }
            if before.state() == State::Critical && phase.state() != State::Critical {
                // Out of it by the ramp only, after it was low for so long, without a break.
                prop_assert_eq!(phase, Phase::Recovering { since: now });
                prop_assert!(low_since.is_some_and(|since| now.saturating_sub(since) >= HOLD));
                prop_assert!(entered.is_some_and(|entered| now.saturating_sub(entered) >= HOLD));
            }
            let shares = (before, phase);
            match shares {
                (Phase::Recovering { .. }, Phase::Recovering { .. }) => prop_assert!(phase.share(now) >= share),
                (_, Phase::Recovering { .. }) => prop_assert!((1..ALL / 2).contains(&phase.share(now))),
                (_, Phase::Critical { .. }) => prop_assert_eq!(phase.share(now), 0),
                (Phase::Recovering { since }, _) => prop_assert!(now.saturating_sub(since) >= RAMP),
                _ => {}
            }
            if matches!(phase, Phase::Normal | Phase::Elevated { .. }) {
                prop_assert_eq!(phase.share(now), ALL);
            }
            share = phase.share(now);
        }
    }

    /// Through files: what is used decides, and nothing before.
    #[test]
    fn any_trace_of_use(percent in 1_u8..=90, trace in prop::collection::vec(0_u64..=1_000, 1..200)) {
        const LIMIT: u64 = 4 * GIB;
        let files = Fake::within_v2(LIMIT, 0);
        files.own(0);
        let mut sampler = Sampler::new(files.clone());
        sampler.watch(Threshold::Percent(percent));
        let (mut now, mut entered) = (Duration::ZERO, 0_u32);
        let ahead = u64::from(percent.saturating_sub(20).max(percent / 2)) * 10;
        let mut highest = 0;
        for used in trace {
            files.group_v2("/sys/fs/cgroup/web", &super::limit_text(LIMIT), LIMIT / 1_000 * used, 0);
            let sample = sampler.sample(now);
            highest = highest.max(used);
            if used > u64::from(percent) * 10 {
                prop_assert_eq!(sample.state, State::Critical);
                prop_assert_eq!(sample.share, 0);
            }
            if highest < ahead {
                prop_assert_eq!(sample.state == State::Critical, false);
            }
            entered += u32::from(sample.change == Some(Change::Critical));
            prop_assert!(sample.next >= 5 * MS && sample.next <= 250 * MS);
            now += sample.next;
        }
        // It is shut for a second at least, each time.
        prop_assert!(Duration::from_secs(1) * entered.saturating_sub(1) <= now);
    }
}

#[test]
fn back_only_ten_points_under_the_threshold() {
    let files = Fake::within_v2(GIB, 0);
    files.own(0);
    let mut sampler = Sampler::new(files.clone());
    sampler.watch(Threshold::Percent(85));
    let mut now = Duration::ZERO;
    let mut at = |percent: u64| {
        files.group_v2("/sys/fs/cgroup/web", &super::limit_text(GIB), GIB / 100 * percent, 0);
        now += 2_000 * MS;
        let sample = sampler.sample(now);
        (sample.state, sample.change)
    };
    assert_eq!(at(70), (State::Normal, None));
    assert_eq!(at(76), (State::Elevated, Some(Change::Elevated)));
    assert_eq!(at(86), (State::Critical, Some(Change::Critical)));
    for _ in 0..5 {
        assert_eq!(at(76), (State::Critical, None));
    }
    assert_eq!(at(74), (State::Critical, None));
    assert_eq!(at(76), (State::Critical, None));
    assert_eq!(at(74), (State::Critical, None));
    assert_eq!(at(74), (State::Elevated, Some(Change::Left)));
    // Calm 15 points under it.
    assert_eq!(at(72), (State::Elevated, None));
    assert_eq!(at(72), (State::Elevated, None));
    assert_eq!(at(69), (State::Elevated, None));
    assert_eq!(at(69), (State::Normal, None));
}

/// Of several gates the strictest decides what is said, and the most generous when work in flight has to stop.
#[test]
fn each_threshold_has_its_own_gate() {
    let files = Fake::within_v2(GIB, 0);
    files.own(0);
    let mut sampler = Sampler::new(files.clone());
    for percent in [50, 85, 50] {
        sampler.watch(Threshold::Percent(percent));
    }
    let mut at = |now: u32, percent: u64| {
        files.group_v2("/sys/fs/cgroup/web", &super::limit_text(GIB), GIB / 100 * percent, 0);
        let sample = sampler.sample(now * MS);
        let shares = [50, 85].map(|percent| sampler.share(Threshold::Percent(percent), now * MS));
        (shares, sample.change, sample.last)
    };
    assert_eq!(at(0, 30), ([ALL, ALL], None, false));
    assert_eq!(at(2_000, 60), ([0, ALL], Some(Change::Critical), false));
    assert_eq!(at(4_000, 80), ([0, ALL], None, false));
    assert_eq!(at(6_000, 86), ([0, 0], None, false));
    assert_eq!(at(8_000, 94), ([0, 0], None, true));
    assert_eq!(at(10_000, 60), ([0, 0], None, false));
    // One of the two opens: it is still critical.
    assert_eq!(at(12_000, 60), ([0, 16], None, false));
}
