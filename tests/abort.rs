//! `catch_panic` under `panic = "abort"`: a compile error in the user's crate, which names the way out.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds a crate of a user who aborts on panic.
fn build(attribute: &str) -> (bool, String) {
    let name = if attribute.contains("without") { "abort-without" } else { "abort-with" };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    // The versions that this workspace is locked to are on the machine already.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\nportcullis = {{ path = '{}', default-features = false }}\n\
         [profile.dev]\npanic = \"abort\"\n[workspace]\n",
        root.join("runtime").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let source = format!(
        "{attribute}\nfn handler() -> Result<u8, portcullis::Violation> {{ Ok(1) }}\nfn main() {{ assert_eq!(handler().unwrap(), 1); }}\n"
    );
    fs::write(folder.join("src/main.rs"), source).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("abort"))
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_boundary_is_refused_with_its_way_out() {
    let (built, text) = build("#[portcullis::zero_trust]");
    assert!(!built);
    assert!(text.contains("[PC0011]"), "{text}");
    assert!(text.contains("without(catch_panic)"), "{text}");
    assert_eq!(text.matches("error: [").count(), 1, "{text}");
}

#[test]
fn the_way_out_builds_and_runs() {
    let (built, text) = build("#[portcullis::zero_trust(without(catch_panic))]");
    assert!(built, "{text}");
}
