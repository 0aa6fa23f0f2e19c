//! Known faults, each written from a published advisory or post-mortem, and each beside the same handler mended.
//!
//! A file of `faults/` is a kind. In its `faulty` half the line that is at fault ends with the code that has to stand there, and
//! nowhere else may one; in the `mended` half nothing may be said at all. Both halves go through the real macros, in a
//! crate of a user's.

#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARK: &str = "//~ ";

/// What a case begins with: where the fault has been published.
const SOURCES: [&str; 3] = ["// RUSTSEC-", "// CVE-", "// Post-mortem: "];

/// A file, a line of it, and the code of a rule.
type Finding = (String, usize, String);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("faults")
}

/// The kinds by their names, with their sources.
fn kinds() -> Vec<(String, String)> {
    let mut kinds: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .filter(|(name, _)| name != "shared")
        .collect();
    kinds.sort();
    kinds
}

/// The crate of all kinds.
fn written() -> PathBuf {
    let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(written.join("src")).unwrap();
    // The versions that this workspace is locked to are on the machine already.
    fs::copy(root.join("Cargo.lock"), written.join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"faults\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[lints.rust]\nunexpected_cfgs = \"allow\"\n\
         [dependencies]\nportcullis = {{ path = '{}', features = [\"tokio\"] }}\nfutures-util = {{ version = \"*\", default-features = false }}\n\
         parking_lot = \"*\"\n\
         tokio = {{ version = \"1\", features = [\"fs\", \"io-util\", \"macros\", \"rt-multi-thread\", \"sync\", \"time\"] }}\n",
        root.join("runtime").display()
    );
    fs::write(written.join("Cargo.toml"), manifest).unwrap();
    let mut library = "#![allow(dead_code, unused)]\n".to_owned();
    for name in kinds().iter().map(|(name, _)| name.as_str()).chain(["shared"]) {
        writeln!(library, "#[path = '{}']\npub mod {name};", folder().join(name).with_extension("rs").display())
            .unwrap();
    }
    fs::write(written.join("src/lib.rs"), library.replace('\'', "\"")).unwrap();
    written
}

/// What the compiler says of one half: the findings, and whatever else there is, as it shows it.
fn checked(half: &str) -> (BTreeSet<Finding>, String) {
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--quiet", "--offline", "--profile", "check", "--message-format", "json", "--", "--cfg", half])
        .current_dir(written())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user_crate"))
        .output()
        .unwrap();
    let mut findings = BTreeSet::new();
    let mut other = String::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let message = &message["message"];
        let Some(text) = message["message"].as_str() else { continue };
        let span = message["spans"].as_array().unwrap().iter().find(|span| span["is_primary"] == true);
        let code = text.strip_prefix("[").and_then(|text| text.split_once(']')).map(|(code, _)| code);
        if let (Some(code), Some(span)) = (code, span) {
            let file = Path::new(span["file_name"].as_str().unwrap()).file_stem().unwrap().to_str().unwrap();
            let line = usize::try_from(span["line_start"].as_u64().unwrap()).unwrap();
            findings.insert((file.to_owned(), line, code.to_owned()));
        } else if message["level"] == "warning" || message["level"] == "error" && !text.starts_with("aborting due to") {
            other.push_str(message["rendered"].as_str().unwrap());
        }
    }
    if !output.status.success() && findings.is_empty() {
        other.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    (findings, other)
}

/// The marked lines.
fn expected() -> BTreeSet<Finding> {
    let mut marks = BTreeSet::new();
    for (name, source) in kinds() {
        for (at, line) in (1..).zip(source.lines()) {
            if let Some((_, code)) = line.split_once(MARK) {
                marks.insert((name.clone(), at, code.to_owned()));
            }
        }
    }
    marks
}

fn shown(findings: &BTreeSet<Finding>) -> String {
    let lines = findings.iter().map(|(file, line, code)| format!("faults/{file}.rs:{line} {code}\n"));
    lines.collect::<Vec<_>>().concat()
}

#[test]
fn every_fault_is_found_where_it_is() {
    let (found, other) = checked("faulty");
    let expected = expected();
    let (missed, unmarked) = (shown(&(&expected - &found)), shown(&(&found - &expected)));
    assert!(
        missed.is_empty() && unmarked.is_empty() && other.is_empty(),
        "missed:\n{missed}not marked:\n{unmarked}{other}"
    );
}

#[test]
fn nothing_is_said_of_what_is_mended() {
    let (found, other) = checked("mended");
    assert!(found.is_empty() && other.is_empty(), "{}{other}", shown(&found));
}

/// What an item is called.
fn item(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.find(|word| ["fn", "struct", "enum", "mod"].contains(word))?;
    words.next()
}

/// Each with where it was published, and with a twin of its name.
#[test]
fn there_are_two_hundred_of_thirty_kinds() {
    let mut codes = BTreeSet::new();
    let mut count = 0;
    for (name, source) in kinds() {
        let (faulty, mended) = source.split_once("#[cfg(mended)]").unwrap_or_else(|| panic!("{name}"));
        assert!(!mended.contains(MARK), "{name}");
        let mut published = None;
        let mut case = None;
        for line in faulty.lines().map(str::trim_start) {
            if SOURCES.iter().any(|source| line.starts_with(source)) {
                assert_eq!(published, None, "{name}: nothing is marked under this");
                published = Some(line);
                case = None;
            }
            if published.is_some() && case.is_none() {
                case = item(line).filter(|_| !line.starts_with('/'));
            }
            if let Some((_, code)) = line.split_once(MARK) {
                let published = published.take();
                assert!(published.is_some(), "{name}: no source for `{line}`");
                let case = case.unwrap_or_else(|| panic!("{name}: {published:?}"));
                assert!(mended.lines().filter_map(item).any(|twin| twin == case), "{name}: `{case}` has no twin");
                codes.insert(code.to_owned());
                count += 1;
            }
        }
        assert_eq!(published, None, "{name}: nothing is marked under this");
    }
    assert!(count >= 200 && codes.len() >= 30, "{count} faults of {} kinds", codes.len());
}
