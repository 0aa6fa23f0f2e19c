//! Incident reports: of children that each use up memory in their own way (`src/bin/incidents.rs`), with numbers that are other ones each
//! time. A test of its own: the table of functions is of fixed size, and the other tests have more than it has rows.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test"
)]

mod death;
mod observer;
mod page;
mod status;
mod verdicts;

use std::future::Future;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Command, Output};
use std::task::{Context, Poll, Waker};
use std::{env, fs};

use serde_json::Value;

/// Of a future that never waits.
fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = env::temp_dir().join(format!("portcullis-incident-{:016x}", RandomState::new().hash_one(0)));
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Another one each time. A failure shows the child's arguments.
fn any(range: Range<u64>) -> u64 {
    range.start + RandomState::new().hash_one(1) % (range.end - range.start)
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_incidents"));
    command.arg(folder).args(arguments).env("RUST_BACKTRACE", "0").env_remove("KERNEL_LOG");
    command
}

/// A child that came to its end.
struct Child {
    folder: Folder,
    output: Output,
    arguments: String,
}

impl Child {
    fn run(arguments: &[&str]) -> Self {
        let folder = Folder::new();
        let output = command(&folder.0, arguments).output().unwrap();
        let child = Self { folder, output, arguments: format!("{arguments:?}") };
        assert!(child.output.status.success(), "{}: {}", child.arguments, child.said());
        child
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// Where its report is.
    fn report(&self) -> PathBuf {
        let printed = String::from_utf8_lossy(&self.output.stdout).into_owned();
        let path = PathBuf::from(printed.trim_end().lines().last().unwrap());
        assert!(path.starts_with(&self.folder.0), "{printed}");
        path
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&fs::read(self.report().join("report.json")).unwrap()).unwrap()
    }
}

/// Bytes of the part, less those before.
fn growth(report: &Value, part: &str) -> u64 {
    let bytes = |when: &str| report[when]["split"][part].as_u64().unwrap();
    bytes("now").saturating_sub(bytes("before"))
}
