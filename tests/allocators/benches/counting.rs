//! What counting costs a workload of maps and strings, in instructions, over each of three allocators.

#![allow(missing_docs, reason = "a benchmark")]

use std::process::Command;

/// The programs, which are the same but for their allocator.
const PROGRAMS: [(&str, &str, &str); 3] = [
    ("system", env!("CARGO_BIN_EXE_workload_system"), env!("CARGO_BIN_EXE_workload_system_counted")),
    ("jemalloc", env!("CARGO_BIN_EXE_workload_jemalloc"), env!("CARGO_BIN_EXE_workload_jemalloc_counted")),
    ("mimalloc", env!("CARGO_BIN_EXE_workload_mimalloc"), env!("CARGO_BIN_EXE_workload_mimalloc_counted")),
];

const ROUNDS: u32 = 20;

fn main() {
    // `cargo test` builds benchmarks and runs them with this: nothing is measured.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    if !Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("valgrind is not installed, and times say nothing here");
        return;
    }
    println!("{:<12}{:>14}{:>14}", "a document", "plain", "counted");
    let counted = PROGRAMS.map(|(name, plain, counted)| {
        let (plain, counted) = (instructions(plain), instructions(counted));
        println!("{name:<12}{plain:>14.0}{counted:>14.0}");
        (name, counted / plain)
    });
    println!();
    for (name, ratio) in counted {
        println!("ratio: counting/{name} {ratio:.3}");
    }
}

/// Of one document: the slope between two runs, so that the start of the process drops out.
fn instructions(program: &str) -> f64 {
    let profile = std::env::temp_dir().join(format!("portcullis-callgrind-{}", std::process::id()));
    let collected = |rounds: u32| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--dump-instr=no"])
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .args([program, &rounds.to_string()])
            .output()
            .expect("valgrind starts");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = text.lines().find(|line| line.contains("Collected :")).unwrap_or_else(|| panic!("{text}"));
        line.rsplit(' ').next().and_then(|count| count.parse::<f64>().ok()).expect("callgrind counts instructions")
    };
    let both = [ROUNDS, ROUNDS.saturating_mul(2)].map(collected);
    // Nothing but a left-over if it fails.
    let _ = std::fs::remove_file(profile);
    (both[1] - both[0]) / f64::from(ROUNDS)
}
