//! The drill of the memory: two repairs of the stack that overflows, each of which moves the recursion to where it ends the memory
//! of the process; without protection and with it.

mod clients;
mod report;
mod seen;
mod traffic;

use std::path::Path;

use tempfile::TempDir;

use self::report::{Incident, Outcome, Report, Twins};
use crate::child::{End, Server};
use crate::drill::cause;
use crate::server::Twin;
use crate::wire::Request;

/// Of addresses, for each server.
const LIMIT_MIB: u64 = 2_048;

/// The C library gives blocks of this size back to the system when they are freed, and keeps no arena for each thread, as in many a
/// container. What it keeps would count as used for ever under a limit on addresses.
const TUNABLES: &str = "glibc.malloc.mmap_threshold=32768:glibc.malloc.arena_max=1";

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

pub(crate) async fn run() -> anyhow::Result<Report> {
    Ok(Report { boxed: twins(Recursion::Boxed).await?, growing: twins(Recursion::Growing).await? })
}

async fn twins(recursion: Recursion) -> anyhow::Result<Twins> {
    Ok(Twins {
        unprotected: attend(Twin::Unprotected, recursion).await?,
        protected: attend(Twin::Protected, recursion).await?,
    })
}

async fn attend(twin: Twin, recursion: Recursion) -> anyhow::Result<Outcome> {
    let incidents = TempDir::with_prefix("card-game-incidents-")?;
    let server = Server::start_with(twin, |command| {
        command.args(["--addresses-mib", &LIMIT_MIB.to_string()]).env("GLIBC_TUNABLES", TUNABLES);
        if matches!(twin, Twin::Protected) {
            command.arg("--incidents").arg(incidents.path());
        }
    })?;
    let seen = traffic::send(server.addr, server.pid()?, recursion).await;
    let End { status, peak_rss_bytes, last_words, .. } = tokio::task::spawn_blocking(|| server.stop()).await??;
    Ok(Outcome {
        ended: if status.success() { "alive".to_owned() } else { cause(status) },
        limit_bytes: LIMIT_MIB << 20,
        peak_addresses_bytes: seen.peak_addresses,
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
