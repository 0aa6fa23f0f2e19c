//! Takes one check at a time out of a copy of the workspace, and shows that a test of `behaviour` fails for it.
//!
//! `cargo run -p portcullis-tests --bin mutants [word]`: all of them, or those whose description or file holds the
//! word. Exits with 1 when a mutant survives, or when an edit does not fit the source any more.

mod list;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use list::{Mutant, mutants};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A mutant may leave a loop without its end. The tests take seconds.
const PATIENCE: Duration = Duration::from_secs(90);

enum Verdict {
    Killed(String),
    Survived,
    /// The edit is at fault: it does not fit, or what it makes of the product does not compile.
    NotApplied(String),
}

fn main() -> ExitCode {
    let word = std::env::args().nth(1).unwrap_or_default();
    match all(&word) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("mutants: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every mutant was killed.
fn all(word: &str) -> Outcome<bool> {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let copy = Copy(std::env::temp_dir().join(format!("portcullis-mutants-{}", std::process::id())));
    copy_folder(&original, &copy.0)?;
    let behaviour = Behaviour::of(&copy.0)?;
    let Tested::Ran(known) = test(&copy.0)? else { return Err("the tests do not pass or compile as they are".into()) };
    println!("unchanged: {} tests fail already {known:?}", known.len());
    let (mut total, mut good) = (0_u32, true);
    let named = |mutant: &Mutant| mutant.what.contains(word) || mutant.file.contains(word);
    for (room, mutant) in mutants().filter(|(_, mutant)| named(mutant)) {
        behaviour.keep_only(room)?;
        let mut verdict = one(mutant, &copy.0, &known)?;
        if matches!(verdict, Verdict::Survived) {
            behaviour.keep_all()?;
            verdict = one(mutant, &copy.0, &known)?;
        }
        let (text, killed) = match &verdict {
            Verdict::Killed(by) => (format!("KILLED      {}  ({by})", mutant.what), true),
            Verdict::Survived => (format!("SURVIVED    {}", mutant.what), false),
            Verdict::NotApplied(why) => (format!("NOT APPLIED {}  ({why})", mutant.what), false),
        };
        println!("{text}");
        good &= killed;
        total = total.saturating_add(1);
    }
    println!("{total} mutants, {}", if good { "all killed" } else { "NOT all killed" });
    Ok(good && total > 0)
}

/// The list of the rooms of `behaviour`, most of which is nothing to most mutants, and takes long to compile.
struct Behaviour {
    path: PathBuf,
    source: String,
}

impl Behaviour {
    fn of(copy: &Path) -> Outcome<Self> {
        let path = copy.join("tests/behaviour/main.rs");
        Ok(Self { source: fs::read_to_string(&path)?, path })
    }

    fn keep_only(&self, room: &str) -> Outcome<()> {
        let kept = |line: &&str| !line.starts_with("mod ") || ["mod common;", &format!("mod {room};")].contains(line);
        let lines: Vec<&str> = self.source.lines().filter(kept).collect();
        Ok(fs::write(&self.path, lines.join("\n"))?)
    }

    fn keep_all(&self) -> Outcome<()> {
        Ok(fs::write(&self.path, &self.source)?)
    }
}

fn one(mutant: &Mutant, copy: &Path, known: &BTreeSet<String>) -> Outcome<Verdict> {
    let path = copy.join(mutant.file);
    let source = fs::read_to_string(&path)?;
    let places = source.matches(mutant.from).count();
    if places != 1 {
        return Ok(Verdict::NotApplied(format!("its text stands {places} times in {}", mutant.file)));
    }
    fs::write(&path, source.replace(mutant.from, mutant.to))?;
    let tested = test(copy);
    fs::write(&path, source)?;
    Ok(match tested? {
        Tested::ProductBroken => Verdict::NotApplied("the mutant itself does not compile".to_owned()),
        Tested::TestsBroken => Verdict::Killed("the tests do not compile".to_owned()),
        Tested::Hung => Verdict::Killed("a test never ends".to_owned()),
        Tested::Died => Verdict::Killed("a test ends the process".to_owned()),
        Tested::Ran(failed) => match failed.difference(known).collect::<Vec<_>>().as_slice() {
            [] => Verdict::Survived,
            [only] => Verdict::Killed((*only).clone()),
            [first, others @ ..] => Verdict::Killed(format!("{first} and {} more", others.len())),
        },
    })
}

enum Tested {
    /// The names of the tests that failed.
    Ran(BTreeSet<String>),
    Hung,
    Died,
    TestsBroken,
    ProductBroken,
}

fn test(workspace: &Path) -> Outcome<Tested> {
    if !cargo(workspace, &["build", "-p", "portcullis"])?.0 {
        return Ok(Tested::ProductBroken);
    }
    let (compiled, printed) = cargo(workspace, &["test", "-p", "portcullis-tests", "--test", "behaviour", "--no-run"])?;
    if !compiled {
        return Ok(Tested::TestsBroken);
    }
    let program = printed.rsplit_once("Executable ").and_then(|(_, rest)| rest.split_once('(')?.1.split_once(')'));
    let (program, _) = program.ok_or("cargo names no test program")?;
    // Started by itself and not by cargo, so that the one that hangs is the one that is stopped.
    let output = workspace.join("test-output");
    let mut running = Command::new(workspace.join(program))
        .current_dir(workspace.join("tests"))
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(File::create(&output)?)
        .stderr(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while running.try_wait()?.is_none() {
        if start.elapsed() > PATIENCE {
            running.kill()?;
            running.wait()?;
            return Ok(Tested::Hung);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let status = running.wait()?;
    // Of a stack that ended.
    if status.code().is_none() {
        return Ok(Tested::Died);
    }
    let succeeded = status.success();
    let printed = String::from_utf8_lossy(&fs::read(&output)?).into_owned();
    let failed: BTreeSet<String> = printed.lines().filter_map(failed_test).map(str::to_owned).collect();
    if !printed.contains("test result: ") || succeeded != failed.is_empty() {
        return Err(format!("the test program ended in a way that says nothing: {printed}").into());
    }
    Ok(Tested::Ran(failed))
}

fn failed_test(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// Whether it succeeded, and what it printed.
fn cargo(workspace: &Path, arguments: &[&str]) -> Outcome<(bool, String)> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        // What the copy needs was there to build this program.
        .arg("--offline")
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .output()?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// The copy, removed at the end.
struct Copy(PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("mutants: {} stays behind: {error}", self.0.display());
        }
    }
}

fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        if name == "target" || name == ".git" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
