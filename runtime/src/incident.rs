//! Incident reports: who is to blame when memory runs out, written down before it has. Needs the feature `incident`.
//!
//! ```no_run
//! # fn main() -> std::io::Result<()> {
//! let reports = portcullis::incident::Reports::into("/var/lib/game/incidents").start()?;
//! if let Some(last) = reports.last_run() {
//!     eprintln!("{last}");
//! }
//! // Serve, and keep `reports` until the end.
//! # Ok(())
//! # }
//! ```
//!
//! **What you get.** When memory becomes critical for a [`shed_load`](crate::shed_load), a line on standard error and for the
//! [observer](crate::set_observer), at once; then a folder `incident-<time>` with
//!
//! | file | |
//! |---|---|
//! | `report.html` | the verdict in words; memory over the last minutes, split into heap, stacks, segments of growing stacks, and mapped files; depth, requests in flight and refusals of each function, with the feature `alloc-count` what its requests have asked for; one file, to be opened in any browser |
//! | `report.json` | the same as data |
//! | `heap.pb` | with the feature `heap-profile`, and jemalloc (`tikv-jemallocator` with its feature `profiling`) as the allocator with `prof:true` in its configuration: what the heap holds, for `pprof` |
//!
//! The verdict blames what has grown most since memory was last calm: `stacks grew 5.1 GiB since 09:37:10, heap 0.2 GiB: unbounded
//! recursion, deepest idle_pool at 243,204 in handler collect_idle, key player 1000009`. Times are those of UTC.
//!
//! Folders are for their owner alone (0700, files 0600). A second report follows after the cool-down at the soonest, and the oldest
//! reports are removed before the quota is passed. When a process was killed, the next one that is started with the same folder says so:
//! [`Running::last_run`].
//!
//! **Where the numbers come from.** A function is in the table from its first refusal, its first mark of depth, or its first request: one
//! that begins at a function with a limit of a whole request (`shed_load`, `deadline`, ..). A recursion leaves a mark each
//! 1,024 levels on its way down; one whose `max` is less has none, and costs nothing for it; its depth is that of its refusals. A
//! thread's stack is known from its first protected function with a bound on recursion.
//!
//! **What it costs.** A thread that wakes each second, four times a second while memory is not calm, with half a MiB for itself. It has
//! the kernel list the mappings each 10 seconds, for at most 1/500 of its time (12 ms at 200 MB, 50 ms at 2 GiB).
//!
//! **What it cannot see.** Recursion that is not protected is found by the growth of its stack, with no name. A single segment
//! of a growing stack is heap, and so are segments on a kernel before 6.7, which are stacks. The stacks of other languages'
//! runtimes are heap. Only Linux lists the mappings. More than 511 functions, or 1,024 threads, and the rest has no row of its own.
//! The key of a report is what a client may have sent.

#[cfg(feature = "axum")]
pub(crate) mod axum;
mod folder;
#[cfg(feature = "heap-profile")]
mod heap;
mod history;
mod kernel;
mod last_run;
mod model;
mod page;
mod prometheus;
mod smaps;
mod verdict;
mod watch;
mod words;

use alloc::string::String;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};
use core::time::Duration;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, Thread};

pub use self::last_run::LastRun;
use self::last_run::{Heart, Run, System};
pub use self::prometheus::prometheus;
use self::watch::{Settings, Watch};
use self::words::Moment;
use crate::evidence::observer;
use crate::memory::{self, State};

static WATCH: Mutex<Option<Watch>> = Mutex::new(None);
/// Whom a change of the memory's state wakes.
static THREAD: Mutex<Option<Thread>> = Mutex::new(None);
/// What has happened since the thread last looked.
static HAPPENED: AtomicU8 = AtomicU8::new(0);
const ELEVATED: u8 = 1;
const CRITICAL: u8 = 2;
const END: u8 = 4;

/// How reports are written.
#[derive(Clone, Debug)]
pub struct Reports {
    settings: Settings,
    kernel_log: String,
}

impl Reports {
    /// Into this folder, which is made if it is not there, and from which the rights of others are taken. Several processes may share it.
    #[must_use]
    pub fn into(folder: impl Into<PathBuf>) -> Self {
        let settings = Settings { folder: folder.into(), cool_down: Duration::from_mins(5), quota: 64 << 20 };
        Self { settings, kernel_log: String::new() }
    }

    /// The least time between two reports that nobody asked for. 5 minutes if it is not said.
    #[must_use]
    pub fn cool_down(mut self, time: Duration) -> Self {
        self.settings.cool_down = time;
        self
    }

    /// The most that all reports together may take on the disk, of bytes: at least 1 MiB. 64 MiB if it is not said.
    #[must_use]
    pub fn quota(mut self, bytes: u64) -> Self {
        self.settings.quota = bytes;
        self
    }

    /// The text of the kernel's log, as `dmesg` or `journalctl --dmesg` prints it, where the program may read that: it names the
    /// process that was killed, and its size.
    #[must_use]
    pub fn kernel_log(mut self, text: impl Into<String>) -> Self {
        self.kernel_log = text.into();
        self
    }

    /// Looks how the last run ended, and starts to watch.
    ///
    /// # Errors
    /// When the folder cannot be written to, no thread can be started, or reports are written already.
    pub fn start(self) -> io::Result<Running> {
        let mut watch = locked()?;
        if watch.is_some() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "this process writes incident reports already"));
        }
        folder::open(&self.settings.folder)?;
        let run = Run::new(&System, Moment::now());
        let last_run = last_run::find(&self.settings.folder, &System, &run, &self.kernel_log)?;
        let heart = Heart::start(&self.settings.folder, run)?;
        let mut begun = Watch::new(self.settings, Some(heart), last_run.clone());
        if let Some(last) = &last_run {
            memory::say(format_args!("{last}"));
            // What it was in the middle of stands in its own reports; this one is for who looks for the newest.
            begun.report("death")?;
        }
        HAPPENED.store(0, Relaxed);
        let thread = thread::Builder::new().name("portcullis-report".into()).spawn(run_thread)?;
        *THREAD.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread.thread().clone());
        *watch = Some(begun);
        Ok(Running { last_run, thread: Some(thread) })
    }
}

/// While it is there, reports are written. Dropping it says that the process comes to its end by itself.
#[derive(Debug)]
#[must_use = "reports are written until it is dropped"]
pub struct Running {
    last_run: Option<LastRun>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// How the last run ended, if it did not do so by itself. A report about it has been written.
    #[must_use]
    pub fn last_run(&self) -> Option<&LastRun> {
        self.last_run.as_ref()
    }

    /// Writes a report now, and tells its folder.
    ///
    /// # Errors
    /// When it cannot be written, or the quota has no room for it.
    pub fn report(&self) -> io::Result<PathBuf> {
        watching(|watch| watch.report("asked"))?
    }

    /// The memory as it is now is what a report compares with, until memory is no longer calm. Else that is how it was at the start.
    ///
    /// # Errors
    /// When the observer calls this.
    pub fn baseline(&self) -> io::Result<()> {
        watching(Watch::baseline_now)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        HAPPENED.fetch_or(END, Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // It has nothing to say but that it panicked, which it has said.
            let _ = thread.join();
        }
        *THREAD.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let watch = locked().ok().and_then(|mut watch| watch.take());
        if let Some(watch) = watch {
            watch.end();
        }
    }
}

/// A page that shows how it is now: the state of memory and who uses it, requests in flight, depths and refusals of each protected function, with the
/// last minutes. It asks for itself anew each 5 seconds. Without [`Reports::start`] it has no history.
///
/// **Not for the public**: it names functions, and the keys of who called them. Everything in it is escaped. With the feature `axum`,
/// `portcullis::axum::status_page` is a handler for it.
#[must_use]
pub fn page() -> String {
    const REFRESH: u32 = 5;
    let mut page = Vec::new();
    let written = watching(|watch| watch.page(&mut page, REFRESH)).flatten().or_else(|_| {
        page.clear();
        // Of a process that writes no reports there is no past.
        Watch::without_files().page(&mut page, REFRESH)
    });
    // Into a `Vec` nothing fails, and all of it is text.
    written.ok().and_then(|()| String::from_utf8(page).ok()).unwrap_or_default()
}

/// The lock, unless it is this thread that has it, and tells the observer something.
fn locked() -> io::Result<MutexGuard<'static, Option<Watch>>> {
    if observer::is_told() {
        return Err(io::Error::new(io::ErrorKind::WouldBlock, "called by the observer"));
    }
    Ok(WATCH.lock().unwrap_or_else(PoisonError::into_inner))
}

fn watching<R>(then: impl FnOnce(&mut Watch) -> R) -> io::Result<R> {
    let mut watch = locked()?;
    watch.as_mut().map(then).ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no incident reports are written"))
}

/// Memory has come into another state. Called by the thread that samples it, which must not wait.
pub(crate) fn changed(state: State) {
    let happened = match state {
        State::Normal => 0,
        State::Elevated => ELEVATED,
        State::Critical => CRITICAL,
    };
    HAPPENED.fetch_or(happened, Relaxed);
    if let Ok(thread) = THREAD.try_lock()
        && let Some(thread) = &*thread
    {
        thread.unpark();
    }
}

fn run_thread() {
    let mut calm = true;
    loop {
        let state = memory::status().map_or(State::Normal, |status| status.state);
        thread::park_timeout(Watch::interval(state));
        let happened = HAPPENED.swap(0, Relaxed);
        if happened & END != 0 {
            return;
        }
        let state = memory::status().map_or(State::Normal, |status| status.state);
        let _ = watching(|watch| {
            // A critical state that follows at once is no other baseline.
            if happened & (ELEVATED | CRITICAL) != 0 && calm {
                watch.baseline();
            }
            calm = state == State::Normal;
            if happened & CRITICAL != 0 {
                watch.critical();
            }
            watch.point(state);
        });
    }
}
