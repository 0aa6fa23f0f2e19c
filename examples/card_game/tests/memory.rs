//! The drill of the memory. A test of its own: it wants the machine for itself, and 2 GiB.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

const LIMIT: u64 = 2 << 30;

/// One drill at a time.
static MACHINE: Mutex<()> = Mutex::new(());

fn number(outcome: &Value, field: &str) -> u64 {
    outcome[field].as_u64().unwrap_or_else(|| panic!("{field}: {outcome:#}"))
}

/// Taken to its limit, and killed by it.
fn died(outcome: &Value, ended: &str) {
    assert_eq!(outcome["ended"], ended, "{outcome:#}");
    assert!(number(outcome, "peak_bytes") > LIMIT / 100 * 90, "{outcome:#}");
    // Nothing was refused, and all 40 players lost it.
    assert!(number(outcome, "honest_answered") > 40 && number(outcome, "honest_lost") >= 40, "{outcome:#}");
    assert_eq!((number(outcome, "honest_refused"), number(outcome, "probes_lost")), (0, 1), "{outcome:#}");
    assert!(outcome["incident"].is_null() && outcome["open_after_ms"].is_null(), "{outcome:#}");
}

fn held(outcome: &Value, cause: &[&str], verdict: &str) {
    assert_eq!((&outcome["ended"], &outcome["last_words"]), (&"alive".into(), &Value::Null), "{outcome:#}");
    let peak = number(outcome, "peak_bytes");
    // It was let grow, and not refused for nothing: growth is looked ahead from 60 % on.
    assert!((LIMIT / 100 * 60..LIMIT).contains(&peak), "{outcome:#}");
    assert_eq!((number(outcome, "honest_lost"), number(outcome, "probes_lost")), (0, 0), "{outcome:#}");
    assert!(number(outcome, "honest_answered") > 1_000 && number(outcome, "probes_answered") > 100, "{outcome:#}");
    assert!(number(outcome, "honest_refused") > 0 && number(outcome, "attacks_refused") > 0, "{outcome:#}");
    // What was in flight: by its depth, and when memory was nearly gone.
    let stopped = outcome["attacks_stopped"].as_object().unwrap();
    assert!(stopped.keys().all(|code| ["memory", "recursion.depth"].contains(&&**code)), "{outcome:#}");
    assert!(!stopped.is_empty(), "{outcome:#}");
    let (open, for_all) = (number(outcome, "open_after_ms"), number(outcome, "open_for_all_after_ms"));
    assert!(open <= 5_000 && for_all <= 5_000, "{outcome:#}");
    let incident = &outcome["incident"];
    assert!(cause.iter().any(|cause| incident["cause"] == *cause), "{outcome:#}");
    let said = incident["verdict"].as_str().unwrap();
    assert!(said.contains(verdict) && said.contains("deepest `idle_pool` at "), "{said}");
    // Who it was: an account of the attackers.
    assert!(said.contains(" in handler `collect_idle`, key 900"), "{said}");
}

/// The report of the drill.
fn drill(arguments: &[&str]) -> Value {
    let _machine = MACHINE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new(env!("CARGO_BIN_EXE_card-game"));
    let output = command.args(["drill", "memory", "--json"]).args(arguments).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{report:#}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    for recursion in ["boxed", "growing"] {
        for twin in ["unprotected", "protected"] {
            let outcome = &report[recursion][twin];
            assert_eq!(number(outcome, "limit_bytes"), LIMIT);
            assert!(number(outcome, "peak_rss_bytes") > LIMIT / 4, "{outcome:#}");
        }
    }
    held(&report["boxed"]["protected"], &["futures"], "unbounded recursion of futures");
    // Before Linux 6.7 a segment looks like any other stack.
    held(&report["growing"]["protected"], &["segments", "stacks"], "unbounded recursion");
    report
}

#[test]
fn the_unprotected_server_takes_all_addresses_and_aborts_and_the_protected_one_shuts_its_door() {
    let report = drill(&[]);
    // `stacker` may be the one who gets nothing, or the heap.
    for (recursion, words) in [("boxed", "memory allocation of "), ("growing", "alloc")] {
        let outcome = &report[recursion]["unprotected"];
        died(outcome, "signal 6");
        assert!(outcome["last_words"].as_str().unwrap().contains(words), "{outcome:#}");
    }
}

/// A control group that goes with the test.
struct Group(PathBuf);

impl Group {
    /// Where the machine lets us make one, of version 1 or 2.
    fn make() -> Option<Self> {
        let hierarchies = [("memory", "memory.limit_in_bytes"), ("", "memory.max")];
        hierarchies.into_iter().find_map(|(folder, limit)| {
            let name = format!("card-game-{}", std::process::id());
            let group = Self(Path::new("/sys/fs/cgroup").join(folder).join(name));
            fs::create_dir(&group.0).ok()?;
            let file = group.0.join(limit);
            (file.exists() && fs::write(file, LIMIT.to_string()).is_ok()).then_some(group)
        })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.0);
    }
}

#[test]
fn the_kernel_kills_the_unprotected_server_in_a_control_group_and_the_protected_one_shuts_its_door() {
    let Some(group) = Group::make() else {
        eprintln!("no control group can be made here, so this is not tested");
        return;
    };
    let report = drill(&["--cgroup", group.0.to_str().unwrap()]);
    for recursion in ["boxed", "growing"] {
        died(&report[recursion]["unprotected"], "signal 9");
    }
}
