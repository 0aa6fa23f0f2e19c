//! Sources, gates and sampler, over files and a clock of the tests' own.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod flapping;
mod incident;
mod layouts;

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use super::tree::fake::Fake;

const MS: Duration = Duration::from_millis(1);
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

const UNIFIED: &str = "29 22 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
const HYBRID: &str = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n\
    35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n\
    41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

/// A machine of 16 GiB, 12 of them free, and a process with 256 MiB of its own on it, in no group.
fn machine() -> Fake {
    let fake = Fake::of(&[
        ("/proc/meminfo", "MemTotal: 16777216 kB\nMemFree: 1 kB\nMemAvailable: 12582912 kB\nSwapFree: 0 kB\n"),
        ("/proc/self/limits", "Max address space         unlimited            unlimited            bytes     \n"),
        ("/proc/self/cgroup", "0::/\n"),
        ("/proc/self/mountinfo", ""),
    ]);
    fake.own(256 * MIB);
    fake
}

impl Fake {
    /// The process's own memory.
    fn own(&self, bytes: u64) {
        let pages = bytes / 4_096;
        self.write("/proc/self/statm", format!("{} {} 100 5 0 123 0\n", pages + 50_000, pages + 100));
    }

    fn group_v2(&self, folder: &str, limit: &str, usage: u64, inactive: u64) {
        self.write(&format!("{folder}/memory.max"), format!("{limit}\n"));
        self.write(&format!("{folder}/memory.current"), format!("{usage}\n"));
        self.write(
            &format!("{folder}/memory.stat"),
            format!("anon 1\nfile 2\ninactive_file {inactive}\nactive_file 3\n"),
        );
    }

    fn group_v1(&self, folder: &str, limit: &str, usage: u64, inactive: u64) {
        self.write(&format!("{folder}/memory.limit_in_bytes"), format!("{limit}\n"));
        self.write(&format!("{folder}/memory.usage_in_bytes"), format!("{usage}\n"));
        let stat = format!("cache 1\ninactive_file 0\ntotal_cache 1\ntotal_inactive_file {inactive}\n");
        self.write(&format!("{folder}/memory.stat"), stat);
        self.write(&format!("{folder}/memory.use_hierarchy"), "1\n");
    }

    /// In a group of version 2 with this limit.
    fn within_v2(limit: u64, usage: u64) -> Self {
        let fake = machine();
        fake.write("/proc/self/cgroup", "0::/web\n");
        fake.write("/proc/self/mountinfo", UNIFIED);
        fake.group_v2("/sys/fs/cgroup/web", &limit_text(limit), usage, 0);
        fake
    }
}

fn limit_text(limit: u64) -> String {
    format!("{limit}")
}
