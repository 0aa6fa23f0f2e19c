//! The run after one that was killed.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use super::{Child, Folder, any, command};

/// A child that is killed, as the kernel kills: its process number, and how large it was.
fn killed(folder: &Folder) -> (u32, u64) {
    let mib = any(30..90);
    let mut child = command(&folder.0, &["waits", &mib.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(9));
    (child.id(), mib)
}

fn next(folder: &Folder, log: &str) -> String {
    let output = command(&folder.0, &["nothing"]).env("KERNEL_LOG", log).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_run_that_was_killed_is_told_by_the_next_one_once() {
    let folder = Folder::new();
    let (pid, mib) = killed(&folder);
    let said = next(&folder, "");
    let line = said.lines().next().unwrap();
    assert!(
        line.starts_with(&format!("the last run (process {pid}) did not come to its end by itself: last alive at 20")),
        "{said}"
    );
    // Its last report says how large it was.
    let size = line.split(" with ").nth(1).and_then(|size| size.split(' ').next()).unwrap().parse::<f64>().unwrap();
    assert!(size >= f64::from(u32::try_from(mib).unwrap()) && line.contains("MiB in memory"), "{line}");
    let reports: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().path()).collect();
    let about: Vec<_> = reports
        .iter()
        .filter_map(|report| fs::read_to_string(report.join("report.json")).ok())
        .filter(|json| json.contains("\"why\":\"death\"") && json.contains(line))
        .collect();
    assert_eq!(about.len(), 1, "{reports:?}");
    assert!(!next(&folder, "").contains("the last run"), "told once");
}

#[test]
fn the_log_of_the_kernel_says_who_killed_it() {
    let folder = Folder::new();
    let (pid, _) = killed(&folder);
    let log = format!(
        "[  88.123456] Memory cgroup out of memory: Killed process {pid} (incidents) total-vm:8126464kB, anon-rss:7340032kB, \
        file-rss:2048kB, shmem-rss:0kB, UID:0 pgtables:14kB oom_score_adj:0"
    );
    let said = next(&folder, &log);
    assert!(said.starts_with(&format!(
        "the last run (process {pid}) was killed because memory was used up, as the kernel's log says"
    )));
    assert!(said.contains(" with 7.0 GiB in memory"), "{said}");
}

#[test]
fn what_ended_by_itself_leaves_nothing_but_its_report_and_that_for_its_owner() {
    let child = Child::run(&["nothing"]);
    let left: Vec<_> = fs::read_dir(&child.folder.0).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, [child.report()]);
    let rights = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((rights(&child.folder.0), rights(&left[0])), (0o700, 0o700));
    let mut files: Vec<_> = fs::read_dir(&left[0]).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files, [left[0].join("report.html"), left[0].join("report.json")]);
    assert!(files.iter().all(|file| rights(file) == 0o600));
}
