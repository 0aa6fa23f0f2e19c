//! The drill of the memory. A test of its own: it wants the machine for itself, and 2 GiB.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

use std::process::Command;

use serde_json::Value;

const LIMIT: u64 = 2 << 30;

fn number(outcome: &Value, field: &str) -> u64 {
    outcome[field].as_u64().unwrap_or_else(|| panic!("{field}: {outcome:#}"))
}

/// Taken to its limit, and killed by it.
fn died(outcome: &Value, last_words: &str) {
    assert_eq!(outcome["ended"], "signal 6", "{outcome:#}");
    assert!(number(outcome, "peak_addresses_bytes") > LIMIT / 100 * 90, "{outcome:#}");
    assert!(outcome["last_words"].as_str().unwrap().contains(last_words), "{outcome:#}");
    // Nothing was refused, and all 40 players lost it.
    assert!(number(outcome, "honest_answered") > 40 && number(outcome, "honest_lost") >= 40, "{outcome:#}");
    assert_eq!((number(outcome, "honest_refused"), number(outcome, "probes_lost")), (0, 1), "{outcome:#}");
    assert!(outcome["incident"].is_null() && outcome["open_after_ms"].is_null(), "{outcome:#}");
}

fn held(outcome: &Value, cause: &[&str], verdict: &str) {
    assert_eq!((&outcome["ended"], &outcome["last_words"]), (&"alive".into(), &Value::Null), "{outcome:#}");
    let peak = number(outcome, "peak_addresses_bytes");
    // It was let grow, and not refused for nothing: growth is looked ahead from 65 % on.
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

#[test]
fn the_unprotected_server_runs_to_its_limit_and_the_protected_one_shuts_its_door() {
    let output = Command::new(env!("CARGO_BIN_EXE_card-game")).args(["drill", "memory", "--json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{report:#}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    for recursion in ["boxed", "growing"] {
        for twin in ["unprotected", "protected"] {
            let outcome = &report[recursion][twin];
            assert_eq!(number(outcome, "limit_bytes"), LIMIT);
            assert!((LIMIT / 4..LIMIT).contains(&number(outcome, "peak_rss_bytes")), "{outcome:#}");
        }
    }
    // The heap cannot give, or `stacker` gets no segment; std aborts, and so does the handler.
    died(&report["boxed"]["unprotected"], "memory allocation of ");
    let growing = &report["growing"]["unprotected"];
    assert!(growing["last_words"].as_str().is_some_and(|words| words.contains("alloc")), "{growing:#}");
    died(growing, "");
    held(&report["boxed"]["protected"], &["futures"], "unbounded recursion of futures");
    // Before Linux 6.7 a segment looks like any other stack.
    held(&report["growing"]["protected"], &["segments", "stacks"], "unbounded recursion");
}
