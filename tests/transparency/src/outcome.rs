//! A crate's own tests: which there are, and how each ended.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cargo::{Build, Cargo, TestProgram};

/// The text of those that failed.
pub(crate) enum End {
    Passed,
    Ignored,
    Failed(String),
}

/// By target and name.
pub(crate) type Ends = BTreeMap<String, End>;

pub(crate) fn run(programs: &[TestProgram], package: &Path, skipped: &[&str]) -> anyhow::Result<Ends> {
    let mut ends = Ends::new();
    for TestProgram { target, path } in programs {
        let output = Command::new(path)
            .args(skipped.iter().flat_map(|name| ["--skip", name]))
            .current_dir(package)
            .env("CARGO", env!("CARGO"))
            .env("CARGO_MANIFEST_DIR", package)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let found = ends_in(&printed, target);
        if found.is_empty() && !printed.contains("test result: ") {
            let end = if output.status.success() { End::Passed } else { End::Failed(output.status.to_string()) };
            ends.insert(format!("{target} (without libtest)"), end);
        }
        ends.extend(found);
    }
    Ok(ends)
}

pub(crate) fn run_doc_tests(cargo: &Cargo, package: &Path, build: Build) -> anyhow::Result<Ends> {
    let output = cargo.build_command(package, "test", build).args(["--doc", "--no-fail-fast"]).output()?;
    Ok(ends_in(&String::from_utf8_lossy(&output.stdout), "doc"))
}

fn ends_in(printed: &str, target: &str) -> Ends {
    printed.lines().filter_map(|line| line.strip_prefix("test ")?.rsplit_once(" ... ")).fold(
        Ends::new(),
        |mut ends, (name, word)| {
            let end = match word.split([',', ' ', '<']).next() {
                Some("ok") => End::Passed,
                Some("ignored") => End::Ignored,
                _ => End::Failed(failure(printed, name).to_owned()),
            };
            ends.insert(format!("{target}: {name}"), end);
            ends
        },
    )
}

/// What libtest shows of a test that failed.
fn failure<'a>(printed: &'a str, name: &str) -> &'a str {
    let name = name.trim_end_matches(" - should panic");
    let shown = printed.split_once(&format!("---- {name} stdout ----")).map(|(_, rest)| rest);
    shown.and_then(|rest| rest.split("\n----").next()?.split("\nfailures:").next()).unwrap_or_default().trim()
}

/// Each test that passed before and does not now, with the reason.
pub(crate) fn lost(before: &Ends, now: &Ends) -> Vec<(String, String)> {
    let passed = before.iter().filter(|(_, end)| matches!(end, End::Passed)).map(|(name, _)| name);
    passed
        .filter_map(|name| match now.get(name) {
            Some(End::Passed) => None,
            Some(End::Failed(why)) => Some((name.clone(), why.clone())),
            Some(End::Ignored) => Some((name.clone(), "is ignored now".to_owned())),
            None => Some((name.clone(), "did not report an end".to_owned())),
        })
        .collect()
}

pub(crate) fn passed(ends: &Ends) -> usize {
    ends.values().filter(|end| matches!(end, End::Passed)).count()
}

#[cfg(test)]
mod tests {
    use super::{End, ends_in, lost, passed};

    const PRINTED: &str = "\nrunning 4 tests\ntest a::b ... ok\ntest c - should panic ... ok\ntest d ... ignored, slow\n\
        test e ... FAILED\n\nfailures:\n\n---- e stdout ----\nno luck\n\n\nfailures:\n    e\n\ntest result: FAILED. 2 passed\n";

    #[test]
    fn the_ends_of_libtest_are_read() {
        let ends = ends_in(PRINTED, "lib x");
        assert_eq!((ends.len(), passed(&ends)), (4, 2));
        assert!(matches!(ends.get("lib x: e"), Some(End::Failed(why)) if why == "no luck"));
        assert!(matches!(ends.get("lib x: d"), Some(End::Ignored)));
    }

    #[test]
    fn a_test_is_lost_when_it_fails_or_is_gone() {
        let before = ends_in(PRINTED, "lib x");
        assert!(lost(&before, &before).is_empty());
        let now = ends_in("test a::b ... FAILED\ntest d ... FAILED\n", "lib x");
        let names: Vec<String> = lost(&before, &now).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["lib x: a::b", "lib x: c - should panic"]);
    }
}
