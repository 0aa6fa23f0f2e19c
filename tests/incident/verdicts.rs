//! The verdict of a report is what its process did.

use serde_json::Value;

use super::{Child, any, growth};

const MIB: u64 = 1 << 20;
/// What a level of the children keeps.
const FRAME: u64 = 2048;

/// The parts that did not grow by more than the noise of a small process.
fn assert_still(child: &Child, report: &Value, parts: &[&str]) {
    for part in parts {
        assert!(growth(report, part) < 8 * MIB, "{}: {part}: {report:#}", child.arguments);
    }
}

fn assert_about(child: &Child, bytes: u64, expected: u64) {
    assert!((expected..expected * 3 + 4 * MIB).contains(&bytes), "{}: {bytes} of {expected}", child.arguments);
}

#[test]
fn a_heap_that_is_filled_is_the_heap() {
    let mib = any(40..300);
    let child = Child::run(&["heap", &mib.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "heap", "{report:#}");
    assert_about(&child, growth(&report, "heap"), mib * MIB);
    assert_still(&child, &report, &["stacks", "segments", "files"]);
    assert!(report["verdict"].as_str().unwrap().starts_with("heap grew "), "{report:#}");
}

#[test]
fn a_recursion_of_protected_functions_is_named_with_its_handler_and_its_key() {
    let (levels, player) = (any(20_000..120_000), any(1..2_000_000));
    let child = Child::run(&["registered", &levels.to_string(), &player.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "stacks", "{report:#}");
    assert_about(&child, growth(&report, "stacks"), levels * FRAME);
    assert_still(&child, &report, &["heap", "segments", "files"]);
    // A mark is left each 1,024 levels; the first call is a level too.
    let marked = (levels + 1) / 1024 * 1024;
    let (thousands, rest) = (marked / 1000, marked % 1000);
    let named = format!(
        ": unbounded recursion, deepest `idle_pool` at {thousands},{rest:03} in handler `collect_idle`, key player {player}"
    );
    assert!(report["verdict"].as_str().unwrap().ends_with(&named), "{named}: {report:#}");
    let thread = report["threads"].as_array().unwrap().iter().find(|thread| thread["name"] == "worker").unwrap();
    assert_eq!(thread["level"], marked);
    assert!(thread["handler"].as_str().unwrap().ends_with("::collect_idle"), "{thread}");
    let handler = report["functions"].as_array().unwrap().iter().find(|row| row["name"] == thread["handler"]).unwrap();
    assert_eq!(handler["in_flight"], 1);
    // The first line comes before the look at the mappings, and knows as much.
    let first = child.said();
    let first = first.lines().next().unwrap();
    assert!(first.starts_with("portcullis: incident, asked: memory is ") && first.contains("`idle_pool`"), "{first}");
}

#[test]
fn memory_that_becomes_critical_has_its_report_without_being_asked() {
    let mib = any(600..1200);
    let child = Child::run(&["critical", &mib.to_string()]);
    // It is there before its last byte is.
    let said = child.said();
    let report = child.json();
    assert_eq!((&report["why"], &report["cause"]), (&"critical".into(), &"heap".into()), "{report:#}");
    assert_eq!(report["memory"]["source"], "address space");
    let summary = said.lines().find(|line| line.contains("incident, critical: memory is critical, ")).unwrap();
    let verdict = said.lines().find(|line| line.starts_with("portcullis: heap grew ")).unwrap();
    assert!(said.find(summary) < said.find(verdict), "{said}");
    let refusals =
        report["functions"].as_array().unwrap().iter().find(|row| row["name"] == "incidents::honest").unwrap();
    assert_eq!(refusals["refusals"]["memory"], 1, "{report:#}");
    // One, whatever the memory does next.
    assert_eq!(said.matches("incident, critical").count(), 1, "{said}");
}

#[test]
fn a_recursion_that_nobody_protects_is_told_by_its_stack() {
    let levels = any(20_000..120_000);
    let child = Child::run(&["unregistered", &levels.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "stacks", "{report:#}");
    assert_about(&child, growth(&report, "stacks"), levels * FRAME);
    assert_still(&child, &report, &["heap", "segments", "files"]);
    let verdict = report["verdict"].as_str().unwrap();
    assert!(verdict.ends_with("unbounded recursion on a thread that no protected function has run on"), "{verdict}");
}

#[test]
fn a_growing_stack_is_told_by_its_segments() {
    let (levels, player, kib) = (any(20_000..60_000), any(1..2_000_000), any(64..1024) / 4 * 4);
    let child = Child::run(&["segments", &levels.to_string(), &player.to_string(), &kib.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "segments", "{report:#}");
    assert_about(&child, growth(&report, "segments"), levels * FRAME);
    assert_still(&child, &report, &["stacks", "files"]);
    let verdict = report["verdict"].as_str().unwrap();
    assert!(verdict.contains("unbounded recursion through a growing stack of "), "{verdict}");
    assert!(verdict.contains("deepest `growing` at ") && verdict.ends_with(&format!("key {player}")), "{verdict}");
}

#[test]
fn futures_that_nest_are_recursion_in_the_heap() {
    let (levels, player) = (any(20_000..60_000), any(1..2_000_000));
    let child = Child::run(&["futures", &levels.to_string(), &player.to_string()]);
    let report = child.json();
    assert!(report["functions"].to_string().contains("\"future\":true"), "{report:#}");
    assert_eq!(report["cause"], "futures", "{report:#}");
    let verdict = report["verdict"].as_str().unwrap();
    assert!(verdict.contains("unbounded recursion of futures, deepest `nested` at "), "{verdict}");
}

#[test]
fn futures_that_are_refused_at_their_bound_are_futures() {
    let player = any(1..2_000_000);
    let child = Child::run(&["refused", &player.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "futures", "{report:#}");
    let verdict = report["verdict"].as_str().unwrap();
    assert!(verdict.contains("deepest `refused` at 1,500") && verdict.ends_with(&format!("key {player}")), "{verdict}");
}

/// Its last mark is older than the news that memory grows.
#[test]
fn who_ran_deep_before_memory_was_found_to_grow_is_named() {
    let (levels, player, mib) = (any(1_100..2_000), any(1..2_000_000), any(600..1_200));
    let child = Child::run(&["sudden", &levels.to_string(), &player.to_string(), &mib.to_string()]);
    let report = child.json();
    assert_eq!((&report["why"], &report["cause"]), (&"critical".into(), &"futures".into()), "{report:#}");
    let verdict = report["verdict"].as_str().unwrap();
    assert!(verdict.contains("deepest `nested` at 1,024") && verdict.ends_with(&format!("key {player}")), "{verdict}");
}

#[test]
fn threads_that_wait_are_not_to_blame() {
    let threads = any(200..400);
    let child = Child::run(&["idle", &threads.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "nothing", "{report:#}");
    let count = |when: &str| report[when]["split"]["stack_count"].as_u64().unwrap();
    assert!(count("now") - count("before") >= threads, "{report:#}");
    assert_still(&child, &report, &["heap", "stacks", "segments", "files"]);
    assert!(report["verdict"].as_str().unwrap().starts_with("nothing has grown by much since "));
}

#[test]
fn files_that_are_mapped_are_files() {
    let mib = any(40..200);
    let child = Child::run(&["files", &mib.to_string()]);
    let report = child.json();
    assert_eq!(report["cause"], "files", "{report:#}");
    assert_about(&child, growth(&report, "files"), mib * MIB);
    assert_still(&child, &report, &["heap", "stacks", "segments"]);
}
