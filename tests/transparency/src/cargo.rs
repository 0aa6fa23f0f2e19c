//! Cargo, and what it says in JSON.

use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use wait4::Wait4 as _;

use crate::crates::Crate;
use crate::source::rust_files;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Debug,
    Release,
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Debug => "debug",
            Self::Release => "release",
        })
    }
}

/// What is built of a crate.
#[derive(Clone, Copy)]
pub(crate) struct Build {
    pub(crate) subject: Crate,
    pub(crate) mode: Mode,
}

pub(crate) struct Cargo {
    /// Shared by all crates, whose dependencies are much the same.
    pub(crate) target: PathBuf,
    pub(crate) jobs: Option<u32>,
}

#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-message")]
    Diagnostic { message: Diagnostic },
    #[serde(rename = "compiler-artifact")]
    Artifact { target: Target, executable: Option<PathBuf> },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Diagnostic {
    level: String,
    message: String,
    rendered: Option<String>,
    pub(crate) spans: Vec<Span>,
}

#[derive(Deserialize)]
pub(crate) struct Span {
    pub(crate) file_name: PathBuf,
    pub(crate) byte_start: usize,
    pub(crate) is_primary: bool,
    pub(crate) expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
pub(crate) struct Expansion {
    pub(crate) span: Span,
}

impl Diagnostic {
    /// As a person sees it.
    pub(crate) fn text(&self) -> &str {
        self.rendered.as_deref().unwrap_or(&self.message)
    }
}

pub(crate) enum Built {
    Tests(Vec<TestProgram>),
    Errors(Vec<Diagnostic>),
}

pub(crate) struct TestProgram {
    pub(crate) target: String,
    pub(crate) path: PathBuf,
}

impl Cargo {
    pub(crate) fn command(&self, package: &Path, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .arg(verb)
            .current_dir(package)
            .stdin(Stdio::null())
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env_remove("RUSTFLAGS");
        command
    }

    pub(crate) fn build_command(&self, package: &Path, verb: &str, build: Build) -> Command {
        let mut command = self.command(package, verb);
        command.args(["--features", &build.subject.features.join(",")]);
        command.args(self.jobs.map(|jobs| format!("--jobs={jobs}")));
        if build.mode == Mode::Release {
            command.arg("--release");
        }
        command
    }

    pub(crate) fn build_tests(&self, package: &Path, build: Build) -> anyhow::Result<Built> {
        touch(package)?;
        let mut command = self.build_command(package, "test", build);
        command.args(["--tests", "--no-run", "--no-fail-fast", "--message-format=json"]);
        let output = command.output()?;
        let (mut programs, mut errors) = (Vec::new(), Vec::new());
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            match serde_json::from_str(line).with_context(|| format!("cargo says {line}"))? {
                Message::Diagnostic { message } if message.level == "error" => errors.push(message),
                Message::Artifact { target, executable: Some(path) }
                    if path.parent().and_then(Path::file_name) == Some(OsStr::new("deps")) =>
                {
                    let kind = target.kind.first().map_or("lib", String::as_str);
                    programs.push(TestProgram { target: format!("{kind} {}", target.name), path });
                }
                _ => {}
            }
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success() || !errors.is_empty(), "cargo cannot build the tests: {stderr}");
        Ok(if output.status.success() { Built::Tests(programs) } else { Built::Errors(errors) })
    }

    /// User CPU time of a build of the library alone, its dependencies being built.
    pub(crate) fn compile_time(&self, package: &Path, build: Build) -> anyhow::Result<Duration> {
        self.build_library(package, build)?;
        let idle = self.build_library(package, build)?;
        let mut best = Duration::MAX;
        for _ in 0..3 {
            touch(package)?;
            best = best.min(self.build_library(package, build)?);
        }
        Ok(best.saturating_sub(idle))
    }

    fn build_library(&self, package: &Path, build: Build) -> anyhow::Result<Duration> {
        let mut command = self.build_command(package, "build", build);
        let child = command.arg("--lib").stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let used = child.wait4()?;
        ensure!(used.status.success(), "the library does not build");
        Ok(used.rusage.utime)
    }
}

/// Has cargo build the package anew: the two copies of a crate are one to it, whose files changed or did not.
fn touch(package: &Path) -> anyhow::Result<()> {
    for file in rust_files(&package.join("src"))? {
        File::options().append(true).open(file)?.set_modified(SystemTime::now())?;
    }
    Ok(())
}
