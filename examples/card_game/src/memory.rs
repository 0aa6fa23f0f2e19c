//! The drill of the memory: two repairs of the stack that overflows, each of which moves the recursion to where it ends the memory
//! of the process; without protection and with it.

mod clients;
mod report;
mod seen;
mod traffic;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use tempfile::TempDir;

use self::report::{Incident, Outcome, Report, Twins};
use crate::child::{End, Server};
use crate::drill::cause;
use crate::server::Twin;
use crate::wire::Request;

/// What each server may take.
pub(crate) struct Limit {
    bytes: u64,
    /// Of the memory that is used in this control group, and not of addresses.
    group: Option<PathBuf>,
}

impl Limit {
    pub(crate) const ADDRESSES: Self = Self { bytes: 2 << 30, group: None };

    /// That of a control group.
    pub(crate) fn of_group(folder: PathBuf) -> anyhow::Result<Self> {
        // Of version 2, and of version 1.
        let mut files = ["memory.max", "memory.limit_in_bytes"].iter().map(|name| folder.join(name));
        let limit = files.find_map(|file| std::fs::read_to_string(file).ok()?.trim().parse().ok());
        let bytes = limit.with_context(|| format!("{} has no limit on memory", folder.display()))?;
        Ok(Self { bytes, group: Some(folder) })
    }

    fn confine(&self, command: &mut Command) {
        match &self.group {
            None => command.args(["--addresses-mib", &(self.bytes >> 20).to_string()]),
            Some(folder) => command.arg("--cgroup").arg(folder),
        };
    }

    /// The most that a process has taken of it, in bytes. None of one that has ended.
    fn peak(&self, pid: u32) -> Option<u64> {
        let name = if self.group.is_some() { "VmHWM:" } else { "VmPeak:" };
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix(name))?;
        peak.split_ascii_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1 << 10)
    }
}

/// The C library gives blocks of this size back to the system when they are freed, and keeps no arena for each thread, as in many a
/// container. What it keeps would count as used for ever under a limit on addresses: so neither does it ask for more at once than such a block, or
/// one would lie in what is left, below others that stay, and of 2 GiB up to 1.4 were seen to be kept.
const TUNABLES: &str = "glibc.malloc.mmap_threshold=32768:glibc.malloc.top_pad=16384:glibc.malloc.arena_max=1";

/// Which repair.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Recursion {
    /// Each level a future in the heap, and a task.
    Boxed,
    /// A stack that grows by segments.
    Growing,
}

impl Recursion {
    pub(crate) fn collect(self, secs: i32) -> Request {
        match self {
            Self::Boxed => Request::CollectBoxed { secs },
            Self::Growing => Request::CollectGrowing { secs },
        }
    }
}

pub(crate) async fn run(limit: &Limit) -> anyhow::Result<Report> {
    Ok(Report { boxed: twins(Recursion::Boxed, limit).await?, growing: twins(Recursion::Growing, limit).await? })
}

async fn twins(recursion: Recursion, limit: &Limit) -> anyhow::Result<Twins> {
    Ok(Twins {
        unprotected: attend(Twin::Unprotected, recursion, limit).await?,
        protected: attend(Twin::Protected, recursion, limit).await?,
    })
}

async fn attend(twin: Twin, recursion: Recursion, limit: &Limit) -> anyhow::Result<Outcome> {
    let incidents = TempDir::with_prefix("card-game-incidents-")?;
    let server = Server::start_with(twin, |command| {
        limit.confine(command);
        command.env("GLIBC_TUNABLES", TUNABLES);
        if matches!(twin, Twin::Protected) {
            command.arg("--incidents").arg(incidents.path());
        }
    })?;
    let pid = server.pid()?;
    let seen = traffic::send(server.addr, recursion, || limit.peak(pid)).await;
    let End { status, peak_rss_bytes, last_words, .. } = tokio::task::spawn_blocking(|| server.stop()).await??;
    Ok(Outcome {
        ended: if status.success() { "alive".to_owned() } else { cause(status) },
        limit_bytes: limit.bytes,
        peak_bytes: seen.peak,
        peak_rss_bytes,
        seen,
        incident: incident(incidents.path()),
        last_words,
    })
}

/// What the report says that nobody asked for, of those in the folder.
fn incident(folder: &Path) -> Option<Incident> {
    let reports = folder.read_dir().ok()?.flatten().map(|entry| entry.path().join("report.json"));
    let mut incidents =
        reports.filter_map(|report| serde_json::from_slice::<Incident>(&std::fs::read(report).ok()?).ok());
    incidents.find(|incident| incident.why == "critical")
}
