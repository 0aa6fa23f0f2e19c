//! What only the crate of a user shows: another panic strategy, an old edition.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs a crate of its own; whether it built and ran, and what it said.
fn run(name: &str, package: &str, source: &str) -> (bool, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    // The versions that this workspace is locked to are on the machine already.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\n{package}\n[workspace]\n\
         [dependencies]\nportcullis = {{ path = '{}', default-features = false }}\n",
        root.join("runtime").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), source).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user_crate"))
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

const ABORT: &str = "edition = \"2024\"\n[profile.dev]\npanic = \"abort\"";

fn handler(attribute: &str) -> String {
    format!(
        "{attribute}\nfn handler() -> Result<u8, portcullis::Violation> {{ Ok(1) }}\nfn main() {{ assert_eq!(handler().unwrap(), 1); }}\n"
    )
}

#[test]
fn a_boundary_that_would_catch_nothing_is_refused_with_its_way_out() {
    let (built, text) = run("abort-with", ABORT, &handler("#[portcullis::zero_trust]"));
    assert!(!built);
    assert!(text.contains("[PC0011]"), "{text}");
    assert!(text.contains("without(catch_panic)"), "{text}");
    assert_eq!(text.matches("error: [").count(), 1, "{text}");
}

#[test]
fn the_way_out_builds_and_runs() {
    let (built, text) = run("abort-without", ABORT, &handler("#[portcullis::zero_trust(without(catch_panic))]"));
    assert!(built, "{text}");
}

/// `::core`, by which syn names the macro, is no path there.
#[test]
fn an_old_edition_shows_our_words() {
    let source = "extern crate portcullis;\n".to_owned() + &handler("#[portcullis::bounded_recursion(max = 0)]");
    let (built, text) = run("edition-2015", "edition = \"2015\"", &source);
    assert!(!built);
    assert!(text.contains("[PC0006] `max = 0` would refuse every call"), "{text}");
    assert_eq!(text.matches("error: [").count(), 1, "{text}");
    assert!(!text.contains("cannot find"), "{text}");
}
