//! What a process leaves behind for the next one, should it be killed: how large it was, each second.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder;
use super::kernel;
use super::words::{DateTime, Moment, Size};

/// Of a run's file.
const PREFIX: &str = "run-";

/// The file of a run: what it says of itself while it lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) pid: u32,
    pub(super) name: String,
    /// In ticks since the machine began, which `boot` names.
    pub(super) began: u64,
    pub(super) boot: String,
    pub(super) beat: Moment,
    pub(super) resident: u64,
    pub(super) peak: u64,
    /// The files that count the kernel's kills, and what they said when the run began.
    pub(super) kills: Vec<(String, u64)>,
    /// It came to its end by itself.
    pub(super) ended: bool,
}

/// The kernel, or a test in its place.
pub(super) trait Kernel {
    fn read(&self, path: &str) -> Option<String>;
}

pub(super) struct System;

impl Kernel for System {
    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(path).ok()
    }
}

/// The file, kept open and written over at each beat. As long as it was, so that a reader never sees the end of an older line.
pub(super) struct Heart {
    run: Run,
    file: File,
    path: PathBuf,
    line: Vec<u8>,
}

impl Heart {
    pub(super) fn start(folder: &Path, run: Run) -> io::Result<Self> {
        let path = folder.join(std::format!("{PREFIX}{}.json", run.pid));
        let _ = fs::remove_file(&path);
        let file = folder::create(&path)?;
        let mut heart = Self { run, file, path, line: Vec::with_capacity(1 << 10) };
        heart.write()?;
        Ok(heart)
    }

    pub(super) fn beat(&mut self, at: Moment, resident: u64) -> io::Result<()> {
        self.run.beat = at;
        self.run.resident = resident;
        self.run.peak = self.run.peak.max(resident);
        self.write()
    }

    fn write(&mut self) -> io::Result<()> {
        let long = self.line.len();
        self.line.clear();
        serde_json::to_writer(&mut self.line, &self.run)?;
        let long = long.max(self.line.len());
        self.line.resize(long, b' ');
        self.file.rewind()?;
        self.file.write_all(&self.line)
    }

    /// The process ends, and was not killed.
    pub(super) fn end(mut self) {
        self.run.ended = true;
        // Then the next run says that it did not come to its end.
        let _ = self.write();
        let _ = fs::remove_file(&self.path);
    }
}

impl Run {
    /// Of this process.
    pub(super) fn new(kernel: &impl Kernel, at: Moment) -> Self {
        let word = |path| kernel.read(path).unwrap_or_default().trim().to_owned();
        let groups = crate::memory::groups(&word("/proc/self/cgroup"), &word("/proc/self/mountinfo"));
        let files = groups.into_iter().take(4);
        let kills = files.filter_map(|file| {
            let kills = kernel::kills(&kernel.read(&file)?)?;
            Some((file, kills))
        });
        Self {
            pid: std::process::id(),
            name: word("/proc/self/comm"),
            began: kernel::began(&word("/proc/self/stat")).unwrap_or(0),
            boot: word("/proc/sys/kernel/random/boot_id"),
            beat: at,
            resident: 0,
            peak: 0,
            kills: kills.collect(),
            ended: false,
        }
    }

    /// Whether it is there yet. Its number may be another's by now.
    fn lives(&self, kernel: &impl Kernel, now: &Self) -> bool {
        let stat = kernel.read(&std::format!("/proc/{}/stat", self.pid));
        self.boot == now.boot && stat.and_then(|stat| kernel::began(&stat)) == Some(self.began)
    }

    /// How it ended.
    fn end(self, kernel: &impl Kernel, log: &str) -> LastRun {
        let kill = kernel::killed(log, self.pid, &self.name);
        let counted = self.kills.iter().any(|(file, before)| {
            kernel.read(file).and_then(|events| kernel::kills(&events)).is_some_and(|kills| kills > *before)
        });
        LastRun {
            by: match (&kill, counted) {
                (Some(_), _) => Evidence::Log,
                (None, true) => Evidence::Counter,
                (None, false) => Evidence::None,
            },
            held: kill.as_ref().and_then(|kill| kill.held),
            line: kill.map(|kill| kill.line.to_owned()),
            run: self,
        }
    }
}

/// How the last run of the process came to its end, where that was not by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastRun {
    #[serde(flatten)]
    run: Run,
    by: Evidence,
    held: Option<u64>,
    line: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Evidence {
    /// The kernel's log names it.
    Log,
    /// The counter of kills of its control group has gone up.
    Counter,
    None,
}

impl LastRun {
    /// Whether the kernel says that it killed it because memory was used up. If not, nobody says what ended it: a signal, a crash,
    /// the machine, or an exit past all destructors.
    #[must_use]
    pub fn was_killed_for_memory(&self) -> bool {
        self.by != Evidence::None
    }

    /// How many bytes it held in memory: by the kernel's log, else as it last said itself, a second before its end or less.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.held.unwrap_or(self.run.resident).max(self.run.resident)
    }

    /// When it was last alive.
    #[must_use]
    pub fn last_alive(&self) -> std::time::SystemTime {
        std::time::UNIX_EPOCH
            .checked_add(core::time::Duration::from_millis(self.run.beat.0))
            .unwrap_or(std::time::UNIX_EPOCH)
    }
}

/// On one line.
impl fmt::Display for LastRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { pid, beat, peak, .. } = &self.run;
        let how = match self.by {
            Evidence::Log => "was killed because memory was used up, as the kernel's log says",
            Evidence::Counter => "was killed because memory was used up, as its control group counts",
            Evidence::None => "did not come to its end by itself",
        };
        let size = Size(self.bytes());
        write!(f, "the last run (process {pid}) {how}: last alive at {} UTC with {size} in memory", DateTime(*beat))?;
        if *peak > self.bytes() { write!(f, ", at most {}", Size(*peak)) } else { Ok(()) }
    }
}

/// The runs that left a file and live no more; the files are removed. The one that was alive last, if it was killed.
pub(super) fn find(folder: &Path, kernel: &impl Kernel, now: &Run, log: &str) -> io::Result<Option<LastRun>> {
    let mut last: Option<Run> = None;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(PREFIX) || !name.ends_with(".json") {
            continue;
        }
        let Some(run) = fs::read_to_string(entry.path()).ok().and_then(|text| serde_json::from_str::<Run>(&text).ok())
        else {
            // Half a line, of a disk that was full: it tells nothing.
            fs::remove_file(entry.path())?;
            continue;
        };
        if run.lives(kernel, now) {
            continue;
        }
        fs::remove_file(entry.path())?;
        if !run.ended && last.as_ref().is_none_or(|last| last.beat < run.beat) {
            last = Some(run);
        }
    }
    Ok(last.map(|run| run.end(kernel, log)))
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
#[path = "last_run/tests.rs"]
mod tests;
