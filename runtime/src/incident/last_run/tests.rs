use alloc::borrow::ToOwned as _;
use alloc::string::{String, ToString as _};
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use super::{Heart, Kernel, Run, find};
use crate::incident::folder;
use crate::incident::words::Moment;

struct Told(HashMap<String, String>);

impl Kernel for Told {
    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).cloned()
    }
}

fn told(files: &[(&str, &str)]) -> Told {
    Told(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

fn stat(began: u64) -> String {
    std::format!("9 (x) S 1 1 1 0 -1 1 1 0 0 0 0 0 0 0 20 0 1 0 {began} 1 1")
}

fn run(pid: u32, began: u64) -> Run {
    Run {
        pid,
        name: "card-game".into(),
        began,
        boot: "b".into(),
        // 2026-11-28 09:37:12
        beat: Moment(1_795_858_632_000),
        resident: 0,
        peak: 0,
        kills: alloc::vec![("/group/memory.events".into(), 4)],
        ended: false,
    }
}

struct Own(PathBuf);

impl Own {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(std::format!("portcullis-run-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        folder::open(&path).unwrap();
        Self(path)
    }

    /// A run that ends without a word.
    fn dies(&self, run: Run, resident: u64) {
        let at = run.beat;
        let mut heart = Heart::start(&self.0, run).unwrap();
        heart.beat(at, resident * 2).unwrap();
        heart.beat(at, resident).unwrap();
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const GIB: u64 = 1 << 30;

#[test]
fn a_kill_is_told_by_the_counter_by_the_log_or_not_at_all() {
    let log = "[88.1] Memory cgroup out of memory: Killed process 7 (card-game) total-vm:9kB, anon-rss:7340032kB, file-rss:0kB";
    for (events, log, expected) in [
        (
            "oom_kill 5\n",
            "",
            "was killed because memory was used up, as its control group counts: last alive at 2026-11-28 09:37:12 UTC with 6.0 GiB in memory, at most 12.0 GiB",
        ),
        (
            "oom_kill 4\n",
            log,
            "was killed because memory was used up, as the kernel's log says: last alive at 2026-11-28 09:37:12 UTC with 7.0 GiB in memory, at most 12.0 GiB",
        ),
        (
            "oom_kill 4\n",
            "",
            "did not come to its end by itself: last alive at 2026-11-28 09:37:12 UTC with 6.0 GiB in memory, at most 12.0 GiB",
        ),
        (
            "oom_kill 0\n",
            "\u{fffd}",
            "did not come to its end by itself: last alive at 2026-11-28 09:37:12 UTC with 6.0 GiB in memory, at most 12.0 GiB",
        ),
    ] {
        let own = Own::new("killed");
        own.dies(run(7, 100), 6 * GIB);
        let kernel = told(&[("/group/memory.events", events)]);
        let last = find(&own.0, &kernel, &run(8, 200), log).unwrap().unwrap();
        assert_eq!(last.to_string(), std::format!("the last run (process 7) {expected}"));
        assert_eq!(last.was_killed_for_memory(), expected.contains("killed"));
        assert!(find(&own.0, &kernel, &run(8, 200), log).unwrap().is_none(), "it is told once");
    }
}

#[test]
fn who_lives_and_who_ended_by_itself_is_no_death() {
    let own = Own::new("alive");
    own.dies(run(7, 100), GIB);
    let alive = told(&[("/proc/7/stat", &stat(100))]);
    assert!(find(&own.0, &alive, &run(8, 200), "").unwrap().is_none());
    let another = told(&[("/proc/7/stat", &stat(101))]);
    assert!(find(&own.0, &another, &run(8, 200), "").unwrap().is_some());
    Heart::start(&own.0, run(7, 100)).unwrap().end();
    assert!(find(&own.0, &another, &run(8, 200), "").unwrap().is_none());
    // After a boot of the machine the same ticks are another's.
    own.dies(run(7, 100), GIB);
    assert!(find(&own.0, &alive, &Run { boot: "c".into(), ..run(8, 200) }, "").unwrap().is_some());
}

#[test]
fn of_several_the_one_that_was_alive_last_is_told_and_what_is_broken_is_no_run() {
    let own = Own::new("several");
    own.dies(run(7, 100), GIB);
    own.dies(Run { beat: Moment(1_795_858_633_000), ..run(6, 50) }, 2 * GIB);
    fs::write(own.0.join("run-5.json"), "{\"pid\":5,").unwrap();
    fs::write(own.0.join("run-4.json"), [0xff]).unwrap();
    fs::write(own.0.join("other.json"), "{}").unwrap();
    let last = find(&own.0, &told(&[]), &run(8, 200), "").unwrap().unwrap();
    assert!(last.to_string().starts_with("the last run (process 6)"), "{last}");
    let left: alloc::vec::Vec<_> = fs::read_dir(&own.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["other.json"]);
}

#[test]
fn a_shorter_line_leaves_nothing_of_a_longer_one() {
    let own = Own::new("shorter");
    let mut heart = Heart::start(&own.0, run(7, 100)).unwrap();
    heart.beat(Moment(1), u64::MAX).unwrap();
    heart.beat(Moment(1), 1).unwrap();
    let text = fs::read_to_string(own.0.join("run-7.json")).unwrap();
    assert_eq!(serde_json::from_str::<Run>(&text).unwrap().resident, 1);
}

#[test]
fn this_process_knows_itself() {
    let now = Run::new(&super::System, Moment(1));
    assert_eq!(now.pid, std::process::id());
    if cfg!(target_os = "linux") {
        assert!(now.began > 0 && !now.name.is_empty());
        assert!(now.lives(&super::System, &now));
    }
}
