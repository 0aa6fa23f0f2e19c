//! Where memory is read: each control group that has a limit, and the process itself. Every one is compared with its own limit.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use super::cgroup::{self, Version};
use super::limits::{self, Process};
use super::tree::{Kept, Tree};
use super::trend::{Growth, Trend};

/// Where a limit on memory comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// A control group of version 2, of the process or above it: what is used in it, without files that nobody maps.
    CgroupV2,
    /// One of version 1.
    CgroupV1,
    /// The process's own part of what is in memory, without files and what is shared; against the smallest limit of a control
    /// group, or, where there is none, what it and the free part of the machine come to.
    Resident,
    /// The addresses that the process has taken, against `ulimit -v`.
    AddressSpace,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CgroupV2 => "cgroup v2",
            Self::CgroupV1 => "cgroup v1",
            Self::Resident => "resident memory",
            Self::AddressSpace => "address space",
        })
    }
}

/// One source as it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) source: Source,
    pub(super) used: u64,
    pub(super) limit: u64,
    pub(super) growth: Growth,
}

/// How often limits are read again: an orchestrator may change them.
const LIMITS: Duration = Duration::from_secs(5);

/// Where nothing tells the size of a page.
const PAGE: u64 = 4_096;

/// Open files, and what was last read in those that change seldom.
pub(super) struct Sources<T: Tree> {
    tree: T,
    /// What is read goes here: in a crisis nothing is allocated for it.
    text: Vec<u8>,
    statm: Kept<T::Text>,
    meminfo: Kept<T::Text>,
    limits: Kept<T::Text>,
    cgroup: Kept<T::Text>,
    page: u64,
    machine: Option<u64>,
    address_space: Option<u64>,
    /// What `/proc/self/cgroup` said when the groups were looked for.
    within: String,
    groups: Vec<Group<T::Text>>,
    own: Trend,
    addresses: Trend,
    limits_due: Duration,
}

struct Group<F> {
    version: Version,
    limit: Kept<F>,
    usage: Kept<F>,
    stat: Kept<F>,
    /// Whether those below are counted in it too: of version 1 that can be switched off.
    hierarchy: Option<Kept<F>>,
    most: Option<u64>,
    trend: Trend,
}

impl<T: Tree> Sources<T> {
    pub(super) fn new(tree: T) -> Self {
        let mut text = Vec::with_capacity(16 << 10);
        let page = Kept::new("/proc/self/auxv").bytes(&tree, &mut text).and_then(limits::page_size).unwrap_or(PAGE);
        Self {
            tree,
            text,
            statm: Kept::new("/proc/self/statm"),
            meminfo: Kept::new("/proc/meminfo"),
            limits: Kept::new("/proc/self/limits"),
            cgroup: Kept::new("/proc/self/cgroup"),
            page,
            machine: None,
            address_space: None,
            within: String::new(),
            groups: Vec::new(),
            own: Trend::new(),
            addresses: Trend::new(),
            limits_due: Duration::ZERO,
        }
    }

    /// Reads all of them. A source that cannot be read is left out.
    pub(super) fn read(&mut self, now: Duration, readings: &mut Vec<Reading>) {
        readings.clear();
        if now >= self.limits_due {
            self.read_limits();
            self.limits_due = now.saturating_add(LIMITS);
        }
        for group in &mut self.groups {
            let (Some(limit), Some(used)) = (group.most, group.used(&self.tree, &mut self.text)) else { continue };
            // Nobody uses more than there is.
            if !limits::is_there(used, self.machine) {
                continue;
            }
            let source = match group.version {
                Version::One => Source::CgroupV1,
                Version::Two => Source::CgroupV2,
            };
            readings.push(Reading { source, used, limit, growth: group.trend.add(now, used) });
        }
        let Some(Process { addresses, own }) =
            self.statm.text(&self.tree, &mut self.text).and_then(|statm| limits::process(&statm, self.page))
        else {
            return;
        };
        if let Some(limit) = self.address_space {
            let growth = self.addresses.add(now, addresses);
            readings.push(Reading { source: Source::AddressSpace, used: addresses, limit, growth });
        }
        if let Some(limit) = self.groups.iter().filter_map(|group| group.most).min().or_else(|| self.free_for(own)) {
            let growth = self.own.add(now, own);
            readings.push(Reading { source: Source::Resident, used: own, limit, growth });
        }
    }

    /// What the process can come to on a machine whose other processes stay as they are. So that what those use is no reason
    /// to refuse, until nothing is left.
    fn free_for(&mut self, own: u64) -> Option<u64> {
        let machine = self.machine?;
        let meminfo = self.meminfo.text(&self.tree, &mut self.text)?;
        let Some(available) = limits::line(&meminfo, "MemAvailable") else { return Some(machine) };
        let swap = limits::line(&meminfo, "SwapFree").unwrap_or(0);
        let most = own.saturating_add(available).saturating_add(swap).min(machine);
        (most > 0).then_some(most)
    }

    fn read_limits(&mut self) {
        let meminfo = self.meminfo.text(&self.tree, &mut self.text);
        self.machine = meminfo.and_then(|text| limits::line(&text, "MemTotal")).filter(|total| *total > 0);
        self.address_space =
            self.limits.text(&self.tree, &mut self.text).and_then(|limits| limits::address_space(&limits));
        self.find_groups();
        let mut counted_in = true;
        for group in &mut self.groups {
            if let Some(hierarchy) = &mut group.hierarchy {
                counted_in &= hierarchy.text(&self.tree, &mut self.text).is_none_or(|flag| flag.trim() != "0");
            }
            let limit = group.limit.text(&self.tree, &mut self.text);
            group.most = limit.and_then(|limit| limits::limit(&limit, self.machine)).filter(|_| counted_in);
        }
    }

    /// A process may be moved.
    fn find_groups(&mut self) {
        let Some(within) = self.cgroup.text(&self.tree, &mut self.text) else { return };
        if within == self.within {
            return;
        }
        let within = within.into_owned();
        let Some(mounts) =
            Kept::new("/proc/self/mountinfo").text(&self.tree, &mut self.text).map(alloc::borrow::Cow::into_owned)
        else {
            return;
        };
        let found = cgroup::groups(&within, &mounts);
        self.groups = found.into_iter().enumerate().map(|(above, group)| Group::new(group, above > 0)).collect();
        self.within = within;
    }
}

impl<F: super::tree::Text> Group<F> {
    fn new(group: cgroup::Group, is_above: bool) -> Self {
        let cgroup::Group { version, folder } = group;
        let file = |name: &str| Kept::new(format!("{folder}/{name}"));
        let (limit, usage) = match version {
            Version::One => ("memory.limit_in_bytes", "memory.usage_in_bytes"),
            Version::Two => ("memory.max", "memory.current"),
        };
        let hierarchy = (is_above && version == Version::One).then(|| file("memory.use_hierarchy"));
        let (limit, usage, stat) = (file(limit), file(usage), file("memory.stat"));
        Self { version, limit, usage, stat, hierarchy, most: None, trend: Trend::new() }
    }

    /// Without the files that the kernel will let go of first: they fill all that is free, and are no distress. Where those
    /// cannot be told the number means nothing.
    fn used<T: Tree<Text = F>>(&mut self, tree: &T, text: &mut Vec<u8>) -> Option<u64> {
        self.most?;
        let usage = self.usage.text(tree, text)?.trim().parse::<u64>().ok()?;
        let stat = self.stat.text(tree, text)?;
        let total = match self.version {
            Version::One => limits::line(&stat, "total_inactive_file"),
            Version::Two => None,
        };
        let files = total.or_else(|| limits::line(&stat, "inactive_file"))?;
        Some(usage.saturating_sub(files))
    }
}
