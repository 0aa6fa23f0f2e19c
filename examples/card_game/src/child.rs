//! A server in a process of its own, and how that process ended.

use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use tempfile::NamedTempFile;
use wait4::{ResUse, Wait4 as _};

use crate::server::Twin;

/// How long a server may take to end after it was told to.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Server {
    process: Process,
    pub(crate) addr: SocketAddr,
    calls: NamedTempFile,
    last_words: JoinHandle<Option<String>>,
}

/// What is known of a server afterwards.
pub(crate) struct End {
    pub(crate) status: ExitStatus,
    pub(crate) peak_rss_bytes: u64,
    pub(crate) idle_pool_calls: u64,
    /// What Rust's runtime said of a stack that overflowed, or of memory that there was not.
    pub(crate) last_words: Option<String>,
}

impl Server {
    pub(crate) fn start(twin: Twin) -> anyhow::Result<Self> {
        Self::start_with(twin, |_| {})
    }

    /// With more arguments, or another environment.
    pub(crate) fn start_with(twin: Twin, more: impl FnOnce(&mut Command)) -> anyhow::Result<Self> {
        let calls = NamedTempFile::with_prefix("card-game-calls-")?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", "--with-parent", "--calls-file"]).arg(calls.path());
        more(&mut command);
        if matches!(twin, Twin::Unprotected) {
            command.arg("--unprotected");
        }
        // The symbols for a backtrace of each panic would be most of the memory and time that the drill measures.
        command.env("RUST_BACKTRACE", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = Process(Some(command.spawn().context("cannot start a server")?));
        let child = process.child()?;
        let stderr = child.stderr.take().context("the server has no standard error")?;
        let last_words = std::thread::spawn(move || last_words(stderr));
        let mut first_line = String::new();
        let stdout = child.stdout.take().context("the server has no standard output")?;
        BufReader::new(stdout).read_line(&mut first_line)?;
        let addr = first_line.trim().parse().context("the server does not say where it listens")?;
        Ok(Self { process, addr, calls, last_words })
    }

    pub(crate) fn pid(&self) -> anyhow::Result<u32> {
        self.process.0.as_ref().map(Child::id).context("the server is reaped")
    }

    /// Tells it to stop, if it still runs, and waits for its end.
    pub(crate) fn stop(mut self) -> anyhow::Result<End> {
        drop(self.process.child()?.stdin.take());
        let ResUse { status, rusage } = self.process.reap()?;
        Ok(End {
            status,
            peak_rss_bytes: rusage.maxrss,
            idle_pool_calls: self.calls.as_file().metadata()?.len(),
            last_words: self.last_words.join().ok().flatten(),
        })
    }
}

/// Holds the child until it is reaped. Never leaves it behind, however the drill ends.
struct Process(Option<Child>);

impl Process {
    fn child(&mut self) -> anyhow::Result<&mut Child> {
        self.0.as_mut().context("the server is reaped")
    }

    fn reap(mut self) -> anyhow::Result<ResUse> {
        let told = Instant::now();
        loop {
            if let Some(end) = self.child()?.try_wait4()? {
                // From here on its number may be another's: nothing may kill it.
                self.0 = None;
                return Ok(end);
            }
            ensure!(told.elapsed() < PATIENCE, "the server does not stop");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            // It may be dead already, which is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What std says before it aborts, and `stacker` before it panics.
const FATAL: [&str; 3] = ["overflowed its stack", "memory allocation of", "mmap failed to allocate stack"];

/// Reads until the server is gone, so that it never waits for a reader.
fn last_words(stderr: impl Read) -> Option<String> {
    let lines = BufReader::new(stderr).lines().map_while(Result::ok);
    lines.filter(|line| FATAL.iter().any(|fatal| line.contains(fatal))).last()
}
