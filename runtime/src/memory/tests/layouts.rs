//! Every way in which a system tells its limits, and every way in which it may fail to.

use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::time::Duration;

use proptest::prelude::*;

use super::super::sampler::Sampler;
use super::super::source::{Reading, Source, Sources};
use super::super::state::{State, Strain, Threshold};
use super::super::tree::fake::Fake;
use super::{GIB, HYBRID, MIB, MS, UNIFIED, machine};

/// Source, bytes in use, limit.
type Seen = (Source, u64, u64);

fn read(sources: &mut Sources<Fake>, now: Duration) -> Vec<Seen> {
    let mut readings = Vec::new();
    sources.read(now, &mut readings);
    readings.iter().map(|Reading { source, used, limit, .. }| (*source, *used, *limit)).collect()
}

fn seen(files: &Fake) -> Vec<Seen> {
    read(&mut Sources::new(files.clone()), Duration::ZERO)
}

const OWN: u64 = 256 * MIB;
/// What the process could come to where nothing limits it: its own, and what is free.
const FREE: Seen = (Source::Resident, OWN, 12 * GIB + OWN);

#[test]
fn nothing_limits_it_but_the_machine() {
    assert_eq!(seen(&machine()), [FREE]);
    // Never more than there is.
    let files = machine();
    files.write("/proc/meminfo", "MemTotal: 16777216 kB\nMemAvailable: 16777216 kB\nSwapFree: 0 kB\n");
    assert_eq!(seen(&files), [(Source::Resident, OWN, 16 * GIB)]);
    files.write("/proc/meminfo", "MemTotal: 16777216 kB\nMemAvailable: 1048576 kB\nSwapFree: 1048576 kB\n");
    assert_eq!(seen(&files), [(Source::Resident, OWN, 2 * GIB + OWN)]);
    // A kernel before 3.14.
    files.write("/proc/meminfo", "MemTotal: 16777216 kB\nMemFree: 5 kB\n");
    assert_eq!(seen(&files), [(Source::Resident, OWN, 16 * GIB)]);
}

#[test]
fn version_two_without_files_that_nobody_maps() {
    let files = Fake::within_v2(GIB, 700 * MIB);
    files.group_v2("/sys/fs/cgroup/web", &GIB.to_string(), 700 * MIB, 300 * MIB);
    assert_eq!(seen(&files), [(Source::CgroupV2, 400 * MIB, GIB), (Source::Resident, OWN, GIB)]);
}

#[test]
fn version_one_with_those_of_the_groups_below() {
    let files = machine();
    files.write("/proc/self/cgroup", "4:memory:/web\n0::/\n");
    files.write("/proc/self/mountinfo", HYBRID);
    files.group_v1("/sys/fs/cgroup/memory/web", "1073741824", 700 * MIB, 300 * MIB);
    files.group_v1("/sys/fs/cgroup/memory", "9223372036854771712", 9 * GIB, 0);
    assert_eq!(seen(&files), [(Source::CgroupV1, 400 * MIB, GIB), (Source::Resident, OWN, GIB)]);
    // The hierarchy without the controller says nothing.
    files.group_v2("/sys/fs/cgroup/unified", "1048576", GIB, 0);
    assert_eq!(seen(&files), [(Source::CgroupV1, 400 * MIB, GIB), (Source::Resident, OWN, GIB)]);
    // An own stat that does not speak of groups below.
    files.write("/sys/fs/cgroup/memory/web/memory.stat", format!("inactive_file {}\n", 100 * MIB));
    assert_eq!(seen(&files)[0], (Source::CgroupV1, 600 * MIB, GIB));
}

#[test]
fn each_of_nested_limits_with_what_is_used_under_it() {
    let files = machine();
    files.write("/proc/self/cgroup", "0::/pods/pod/web\n");
    files.write("/proc/self/mountinfo", UNIFIED);
    files.group_v2("/sys/fs/cgroup/pods/pod/web", "max", 400 * MIB, 0);
    files.group_v2("/sys/fs/cgroup/pods/pod", &GIB.to_string(), 900 * MIB, 0);
    files.group_v2("/sys/fs/cgroup/pods", &(4 * GIB).to_string(), 2 * GIB, 0);
    let found = seen(&files);
    let expected =
        [(Source::CgroupV2, 900 * MIB, GIB), (Source::CgroupV2, 2 * GIB, 4 * GIB), (Source::Resident, OWN, GIB)];
    assert_eq!(found, expected);
    // The neighbour in the same pod takes what is left: the kernel will look for a victim among both.
    let mut sampler = Sampler::new(files);
    sampler.watch(Threshold::Percent(85));
    let sample = sampler.sample(Duration::ZERO);
    assert_eq!((sample.state, sample.worst.unwrap().limit), (State::Critical, GIB));
}

#[test]
fn a_group_of_version_one_that_does_not_count_those_below() {
    let files = machine();
    files.write("/proc/self/cgroup", "4:memory:/a/b\n");
    files.write("/proc/self/mountinfo", HYBRID);
    files.group_v1("/sys/fs/cgroup/memory/a/b", "4294967296", GIB, 0);
    files.group_v1("/sys/fs/cgroup/memory/a", "1073741824", GIB, 0);
    assert_eq!(seen(&files).len(), 3);
    files.write("/sys/fs/cgroup/memory/a/memory.use_hierarchy", "0\n");
    assert_eq!(seen(&files), [(Source::CgroupV1, GIB, 4 * GIB), (Source::Resident, OWN, 4 * GIB)]);
    // Kernels that always count them have no such file.
    files.remove("/sys/fs/cgroup/memory/a/memory.use_hierarchy");
    assert_eq!(seen(&files).len(), 3);
}

#[test]
fn limits_that_limit_nothing() {
    for none in ["max", "9223372036854771712", "17179869184", "99999999999", "0", "-1", "", "much", "\u{fffd}"] {
        let files = Fake::within_v2(GIB, 700 * MIB);
        files.group_v2("/sys/fs/cgroup/web", none, 15 * GIB, 0);
        assert_eq!(seen(&files), [FREE], "{none:?}");
    }
}

#[test]
fn the_address_space_against_what_is_taken_of_it() {
    let files = Fake::within_v2(4 * GIB, GIB);
    files.write(
        "/proc/self/limits",
        "Max cpu time unlimited unlimited seconds\nMax address space 2147483648 unlimited bytes\n",
    );
    files.write("/proc/self/statm", "400000 1000 500 1 0 1 0\n");
    assert_eq!(
        seen(&files),
        [
            (Source::CgroupV2, GIB, 4 * GIB),
            (Source::AddressSpace, 400_000 << 12, 2 * GIB),
            (Source::Resident, 500 << 12, 4 * GIB)
        ]
    );
}

#[test]
fn pages_of_another_size() {
    let files = machine();
    let auxv: Vec<u8> = [6, 16_384, 0, 0].into_iter().flat_map(usize::to_ne_bytes).collect();
    files.write("/proc/self/auxv", auxv);
    assert_eq!(seen(&files)[0].1, 4 * OWN);
}

#[test]
fn what_is_mounted_is_not_above_this_process() {
    let files = Fake::within_v2(GIB, 1_000 * MIB);
    for path in ["0::/../web\n", "0::/..\n"] {
        files.write("/proc/self/cgroup", path);
        assert_eq!(seen(&files), [FREE], "{path}");
    }
}

#[test]
fn limits_are_read_again_every_five_seconds() {
    let files = Fake::within_v2(GIB, 100 * MIB);
    files.group_v2("/sys/fs/cgroup/web", "max", 100 * MIB, 0);
    let mut sources = Sources::new(files.clone());
    assert_eq!(read(&mut sources, Duration::ZERO), [FREE]);
    files.group_v2("/sys/fs/cgroup/web", "1073741824", 200 * MIB, 0);
    files.write("/proc/self/limits", "Max address space 2147483648 unlimited bytes\n");
    assert_eq!(read(&mut sources, 4_999 * MS), [FREE]);
    let sources_of = |seen: Vec<Seen>| seen.into_iter().map(|(source, ..)| source).collect::<Vec<_>>();
    assert_eq!(sources_of(read(&mut sources, 5_000 * MS)), [Source::CgroupV2, Source::AddressSpace, Source::Resident]);
    // Moved to another group.
    files.write("/proc/self/cgroup", "0::/other\n");
    files.group_v2("/sys/fs/cgroup/other", "536870912", 50 * MIB, 0);
    assert_eq!(read(&mut sources, 9_999 * MS)[0], (Source::CgroupV2, 200 * MIB, GIB));
    assert_eq!(read(&mut sources, 10_000 * MS)[0], (Source::CgroupV2, 50 * MIB, GIB / 2));
}

#[test]
fn a_file_that_goes_is_missed_and_one_that_comes_back_is_read() {
    let files = Fake::within_v2(GIB, 400 * MIB);
    let mut sources = Sources::new(files.clone());
    let group = (Source::CgroupV2, 400 * MIB, GIB);
    let own = (Source::Resident, OWN, GIB);
    assert_eq!(read(&mut sources, Duration::ZERO), [group, own]);
    // Without the part of it that is files, what is used means nothing.
    files.remove("/sys/fs/cgroup/web/memory.stat");
    assert_eq!(read(&mut sources, 10 * MS), [own]);
    files.group_v2("/sys/fs/cgroup/web", &GIB.to_string(), 400 * MIB, 0);
    assert_eq!(read(&mut sources, 20 * MS), [group, own]);
    files.remove("/proc/self/statm");
    assert_eq!(read(&mut sources, 30 * MS), [group]);
    files.remove("/proc/self/cgroup");
    files.remove("/proc/self/mountinfo");
    files.remove("/proc/meminfo");
    assert_eq!(read(&mut sources, 6_000 * MS), [group]);
}

/// What stands in a file that is not what it should be.
const GARBAGE: [&[u8]; 12] = [
    b"",
    b"\n",
    b"max",
    b"-1",
    b"0",
    b"garbage",
    b"\xff\xfe\x00",
    b"99999999999999999999999999",
    b"18446744073709551615",
    b"memory:max memory:max",
    b"0::/../../elsewhere\n4:memory:/..\n",
    b"a b c d e f - cgroup2 x memory",
];

/// Version 2 and version 1 with nested limits, and an address space: at a fifth of each.
fn calm() -> [Fake; 2] {
    let two = Fake::within_v2(GIB, 200 * MIB);
    two.group_v2("/sys/fs/cgroup", &(2 * GIB).to_string(), 400 * MIB, 0);
    let one = machine();
    one.write("/proc/self/cgroup", "4:memory:/web\n0::/\n");
    one.write("/proc/self/mountinfo", HYBRID);
    one.group_v1("/sys/fs/cgroup/memory/web", "1073741824", 200 * MIB, 0);
    one.group_v1("/sys/fs/cgroup/memory", "2147483648", 400 * MIB, 0);
    for files in [&two, &one] {
        files.own(150 * MIB);
        files.write("/proc/self/limits", "Max address space 4294967296 unlimited bytes\n");
    }
    [two, one]
}

/// Any two files at a time, from the beginning or from some moment on, with anything in them or nothing: never critical.
#[test]
fn garbage_is_no_reason_to_refuse() {
    let changes = || GARBAGE.into_iter().map(Some).chain([None]);
    for pristine in [0, 1] {
        let paths = calm()[pristine].paths();
        for (at, first) in paths.iter().enumerate() {
            for second in &paths[at..] {
                for change in changes() {
                    let files = calm()[pristine].clone();
                    let spoil = || {
                        for path in [first, second] {
                            match change {
                                Some(garbage) => files.write(path, garbage),
                                None => files.remove(path),
                            }
                        }
                    };
                    let mut before = Sampler::new(files.clone());
                    before.watch(Threshold::Percent(85));
                    before.watch(Threshold::Bytes(GIB));
                    assert_eq!(before.sample(Duration::ZERO).state, State::Normal);
                    spoil();
                    let mut after = Sampler::new(files.clone());
                    after.watch(Threshold::Percent(85));
                    after.watch(Threshold::Bytes(GIB));
                    for now in [10, 50, 5_100, 5_200, 11_000] {
                        for sampler in [&mut before, &mut after] {
                            let state = sampler.sample(now * MS).state;
                            assert_eq!(state, State::Normal, "{first} {second} {change:?} at {now}");
                        }
                    }
                }
            }
        }
    }
}

/// Nothing can be read any more: first the gate keeps its answer, then it opens, since it would otherwise stay shut for ever.
#[test]
fn a_gate_that_is_blind_opens_after_a_while() {
    let files = Fake::within_v2(GIB, 1_000 * MIB);
    let mut sampler = Sampler::new(files.clone());
    sampler.watch(Threshold::Percent(85));
    assert_eq!(sampler.sample(Duration::ZERO).state, State::Critical);
    for path in files.paths() {
        files.remove(&path);
    }
    assert_eq!(sampler.sample(10 * MS).state, State::Critical);
    assert_eq!(sampler.sample(4_999 * MS).state, State::Critical);
    let opened = sampler.sample(5_000 * MS);
    assert_eq!((opened.state, opened.share), (State::Normal, 256));
    assert!(opened.worst.is_none());
}

#[test]
fn a_size_is_of_the_process_and_gives_way_to_a_smaller_limit() {
    let strain = |files: &Fake, threshold: Threshold| {
        let mut readings = Vec::new();
        Sources::new(files.clone()).read(Duration::ZERO, &mut readings);
        threshold.strain(&readings)
    };
    let files = machine();
    files.own(511 * MIB);
    assert_eq!(strain(&files, Threshold::Bytes(512 * MIB)), Strain::High);
    files.own(512 * MIB);
    assert_eq!(strain(&files, Threshold::Bytes(512 * MIB)), Strain::Critical);
    // What others use in the group is no part of it.
    let files = Fake::within_v2(2 * GIB, GIB);
    files.own(100 * MIB);
    assert_eq!(strain(&files, Threshold::Bytes(512 * MIB)), Strain::Low);
    // More than the limits have: 90 % of them.
    files.group_v2("/sys/fs/cgroup/web", &(2 * GIB).to_string(), 1_900 * MIB, 0);
    assert_eq!(strain(&files, Threshold::Bytes(8 * GIB)), Strain::Critical);
}

proptest! {
    /// Any bytes in any file.
    #[test]
    fn no_text_makes_it_panic(at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..80), one in any::<bool>()) {
        let files = calm()[usize::from(one)].clone();
        let paths = files.paths();
        files.write(at.get::<alloc::string::String>(&paths), bytes);
        let mut sampler = Sampler::new(files);
        sampler.watch(Threshold::Percent(85));
        for now in [0, 10, 5_000] {
            sampler.sample(now * MS);
        }
    }
}
