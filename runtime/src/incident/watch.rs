//! The thread that keeps the history and writes the reports, and what it works on.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};
use core::time::Duration;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::folder;
use super::history::History;
use super::last_run::{Heart, LastRun};
use super::model::{Functions, Model, Past, Shown, Threads, name};
use super::page;
use super::smaps::{Smaps, Split};
use super::verdict::{self, Deepest, Mark, Owner, Verdict};
use super::words::{DateTime, Moment};
use crate::evidence::table::{self, Row};
use crate::evidence::{self, observer, threads};
use crate::memory::{self, State};

/// Points of the history while memory is calm, and while it is not.
const CALM: Duration = Duration::from_secs(1);
const BUSY: Duration = Duration::from_millis(250);
/// The mappings are listed so seldom, and at most for this part of the time: the kernel stops page faults while it lists them.
const WALK: Duration = Duration::from_secs(10);
const PART: u32 = 500;
/// A list that is older is no baseline.
const FRESH: u64 = 20_000;
/// Room for a report without its heap profile.
const ROOM: u64 = 1 << 20;

/// What the user has set.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) folder: PathBuf,
    pub(super) cool_down: Duration,
    pub(super) quota: u64,
}

pub(super) struct Watch {
    settings: Settings,
    history: History,
    heart: Option<Heart>,
    last_run: Option<LastRun>,
    statm: Option<File>,
    /// Bytes.
    page: u64,
    buffer: Vec<u8>,
    /// The stacks of the threads that are known, and these.
    stacks: Vec<(u64, u64)>,
    owners: Vec<threads::Thread>,
    /// At the start, when memory was last calm, and at the last list.
    first: Option<Mark>,
    before: Option<Mark>,
    last: Option<Mark>,
    walk_due: Instant,
    reported: Option<Instant>,
}

impl Watch {
    pub(super) fn new(settings: Settings, heart: Option<Heart>, last_run: Option<LastRun>) -> Self {
        let mut watch = Self {
            settings,
            history: History::new(),
            heart,
            last_run,
            statm: File::open("/proc/self/statm").ok(),
            page: std::fs::read("/proc/self/auxv").ok().and_then(|auxv| memory::page_size(&auxv)).unwrap_or(4_096),
            buffer: Vec::with_capacity(64 << 10),
            stacks: Vec::with_capacity(threads::SLOTS),
            owners: Vec::with_capacity(threads::SLOTS),
            first: None,
            before: None,
            last: None,
            walk_due: Instant::now(),
            reported: None,
        };
        watch.point(State::Normal);
        watch.first = watch.last;
        watch
    }

    /// For a look at the tables alone.
    pub(super) fn without_files() -> Self {
        let settings = Settings { folder: PathBuf::new(), cool_down: Duration::ZERO, quota: 0 };
        Self::new(settings, None, None)
    }

    /// Until the next point.
    pub(super) fn interval(state: State) -> Duration {
        if state == State::Normal { CALM } else { BUSY }
    }

    /// One more point of the history, and a sign of life.
    pub(super) fn point(&mut self, state: State) {
        let at = Moment::now();
        let resident = self.resident().unwrap_or(0);
        let due = state == State::Normal && Instant::now() >= self.walk_due;
        let split = due.then(|| self.walk()).flatten();
        self.history.add(at, state, resident, split);
        self.beat(resident);
    }

    fn beat(&mut self, resident: u64) {
        if let Some(heart) = &mut self.heart {
            // A disk that is full is no reason to stop.
            let _ = heart.beat(Moment::now(), resident);
        }
    }

    /// Memory grows: what comes from here on is compared with what was.
    pub(super) fn baseline(&mut self) {
        let fresh = self.last.filter(|last| Moment::now().0.saturating_sub(last.at.0) <= FRESH);
        if fresh.is_none() {
            self.walk();
        }
        self.compare_with_last();
    }

    /// Compares with how it is now.
    pub(super) fn baseline_now(&mut self) {
        self.walk();
        self.compare_with_last();
    }

    fn compare_with_last(&mut self) {
        self.before = self.last;
        for row in table::rows() {
            row.deepest.begin_at_list();
        }
    }

    /// Lists the mappings.
    fn walk(&mut self) -> Option<Split> {
        let started = Instant::now();
        // Of a page that is shown once nothing is compared.
        if self.heart.is_some() {
            table::rows().for_each(|row| row.deepest.begin_list());
        }
        let split = self.list().ok().flatten();
        let pause = started.elapsed().saturating_mul(PART).max(WALK);
        self.walk_due = started.checked_add(pause).unwrap_or(started);
        if let Some(split) = split {
            self.last = Some(Mark { at: Moment::now(), split });
        }
        split
    }

    fn list(&mut self) -> io::Result<Option<Split>> {
        self.owners.clear();
        self.owners.extend(threads::all().take(threads::SLOTS));
        self.stacks.clear();
        let address = |address: usize| u64::try_from(address).unwrap_or(u64::MAX);
        self.stacks.extend(self.owners.iter().map(|thread| (address(thread.low), address(thread.high))));
        let mut smaps = Smaps::new(&self.stacks);
        let mut lines = BufReader::with_capacity(32 << 10, File::open("/proc/self/smaps")?);
        loop {
            self.buffer.clear();
            if lines.read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(smaps.finish());
            }
            smaps.line(self.buffer.trim_ascii_end());
        }
    }

    fn resident(&mut self) -> Option<u64> {
        let file = self.statm.as_mut()?;
        let mut text = [0; 128];
        file.rewind().ok()?;
        let read = file.read(&mut text).ok()?;
        memory::resident(str::from_utf8(text.get(..read)?).ok()?, self.page)
    }

    /// What has grown since memory was calm; where that is nothing, since the start.
    fn verdict(&self) -> Verdict<'_> {
        let now = self.last;
        let grown = |before: &Mark| now.is_some_and(|now| verdict::has_grown(&before.split, &now.split));
        let before = self.before.filter(grown).or(self.first);
        let owner = now.and_then(|now| self.owners.get(now.split.largest?.thread?));
        Verdict {
            before,
            now,
            deepest: None,
            owner: owner.map(|thread| Owner {
                name: thread.name.as_str(),
                handler: table::numbered(thread.handler).map(Row::name),
            }),
        }
    }

    /// Runs `then` with what is known, as words and as data.
    fn tell<R>(&self, why: &'static str, then: impl FnOnce(&Model<'_>) -> R) -> R {
        let found = deepest();
        let deepest = found.as_ref().map(|(row, depth)| Deepest {
            function: row.name(),
            level: depth.level,
            future: depth.future,
            handler: table::numbered(depth.handler).map(Row::name),
            key: depth.key.as_str(),
        });
        let verdict = Verdict { deepest, ..self.verdict() };
        then(&Model {
            version: 1,
            why,
            at: Moment::now(),
            pid: std::process::id(),
            cause: Some(verdict.cause()),
            verdict: &verdict,
            memory: memory::status(),
            resident: self.history.points().last().map(|point| point.resident),
            before: verdict.before,
            now: verdict.now,
            tasks: evidence::tasks(),
            functions: Functions,
            threads: Threads,
            history: Past::of(&self.history),
            last_run: self.last_run.as_ref(),
            last_run_said: self.last_run.as_ref().map(|last| Shown(last)),
        })
    }

    /// The page of a moment, for the status page.
    pub(super) fn page(&self, to: &mut impl io::Write, refresh: u32) -> io::Result<()> {
        self.tell("asked", |model| page::write(to, model, Some(refresh)))
    }

    /// The last list, for a scrape.
    pub(super) fn split(&self) -> Option<Split> {
        self.last.map(|last| last.split)
    }

    /// Memory is critical: a report, unless there has been one.
    pub(super) fn critical(&mut self) {
        let recent = self.reported.is_some_and(|reported| reported.elapsed() < self.settings.cool_down);
        if recent {
            return;
        }
        self.reported = Some(Instant::now());
        if let Err(error) = self.report("critical") {
            memory::say(format_args!("no incident report: {error}"));
        }
    }

    /// Writes a report, and tells its folder.
    pub(super) fn report(&mut self, why: &'static str) -> io::Result<PathBuf> {
        // Before anything else: the list of mappings takes its time, of which there may be none.
        say(format_args!("incident, {why}: {Summary}"));
        let split = self.walk();
        let state = memory::status().map_or(State::Normal, |status| status.state);
        let resident = self.resident().unwrap_or(0);
        self.history.add(Moment::now(), state, resident, split);
        self.beat(resident);
        self.tell(why, |model| say(format_args!("{}", model.verdict)));
        let Settings { folder, quota, .. } = &self.settings;
        if !folder::make_room(folder, *quota, ROOM, None)? {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, format!("the quota is below {ROOM} bytes")));
        }
        let report = folder::begin(folder, &file_name(Moment::now()))?;
        self.tell(why, |model| write(&report, model))?;
        self.heap_profile(&report);
        folder::make_room(folder, *quota, 0, Some(&report))?;
        memory::say(format_args!("the report is in {}", report.display()));
        Ok(report)
    }

    #[cfg(feature = "heap-profile")]
    fn heap_profile(&self, report: &Path) {
        let used = report.read_dir().into_iter().flatten().flatten().flat_map(|file| file.metadata());
        let used = used.fold(0_u64, |used, file| used.saturating_add(file.len()));
        if let Err(error) = super::heap::write(&report.join("heap.pb"), self.settings.quota.saturating_sub(used)) {
            memory::say(format_args!("no heap profile: {error}"));
        }
    }

    #[cfg(not(feature = "heap-profile"))]
    #[allow(clippy::unused_self, reason = "as with the feature")]
    fn heap_profile(&self, _: &Path) {}

    pub(super) fn end(self) {
        if let Some(heart) = self.heart {
            heart.end();
        }
    }
}

/// The two files.
fn write(report: &Path, model: &Model<'_>) -> io::Result<()> {
    let mut json = BufWriter::new(folder::create(&report.join("report.json"))?);
    serde_json::to_writer(&mut json, model)?;
    json.flush()?;
    let mut page = BufWriter::new(folder::create(&report.join("report.html"))?);
    page::write(&mut page, model, None)?;
    page.flush()
}

/// `2026-11-28T09-37-10`
fn file_name(at: Moment) -> String {
    format!("{}", DateTime(at)).replace(' ', "T").replace(':', "-")
}

/// The function that has run deepest since memory was calm.
fn deepest() -> Option<(&'static Row, table::Depth)> {
    let depths = table::rows().filter_map(|row| Some((row, row.deepest.get()?)));
    // What no limit of a thousand lets through is no recursion that eats memory.
    depths.filter(|(_, depth)| depth.level >= crate::depth::MARK).max_by_key(|(_, depth)| depth.level)
}

/// What is known without a look at the mappings.
struct Summary;

impl Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match memory::status() {
            Some(status) => write!(f, "memory is {}, {status}", name(status.state))?,
            None => f.write_str("memory is not watched")?,
        }
        let Some((row, depth)) = deepest() else { return Ok(()) };
        let deepest = Deepest {
            function: row.name(),
            level: depth.level,
            future: depth.future,
            handler: table::numbered(depth.handler).map(Row::name),
            key: depth.key.as_str(),
        };
        write!(f, "; {deepest}")
    }
}

/// One line for the log, and for the user's observer.
fn say(what: fmt::Arguments<'_>) {
    let mut line = evidence::Short::<512>::default();
    let _ = fmt::Write::write_fmt(&mut line, what);
    memory::say(format_args!("{}", line.as_str()));
    observer::tell(&observer::Event::Incident(line.as_str()));
}
