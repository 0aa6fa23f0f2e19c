//! Programs that are asked to prove: which link, and which do not.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]
// The linker of other systems names its errors otherwise, or has no name with a blank in it.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What every program is built with; `main` calls `handler`.
const HEAD: &str = "#![forbid(unsafe_code)]\n#![deny(warnings)]\nuse portcullis::{Violation, zero_trust};\n";
const MAIN: &str = "\nfn main() { let n = std::env::args().count(); println!(\"{:?}\", handler(&[1, 2, 3], n)); }\n";

/// A program with this handler.
fn written(name: &str, handler: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    // The versions that this workspace is locked to are on the machine already.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\nportcullis = {{ path = '{}', default-features = false, features = ['std'] }}\n",
        root.join("runtime").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), format!("{HEAD}{handler}{MAIN}")).unwrap();
    folder
}

/// Whether it links, and what was said.
fn build(folder: &Path, flags: &str, profile: &[(&str, &str)]) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--release"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("proof"))
        .env("RUSTFLAGS", flags)
        .envs(profile.iter().copied())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn prove(folder: &Path) -> (bool, String) {
    build(
        folder,
        "--cfg portcullis_prove",
        &[("CARGO_PROFILE_RELEASE_LTO", "fat"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")],
    )
}

const PARAMETERS: &str = "(#[trusted(reason = \"read by the server\")] items: &[u32], \
    #[check(range(max = 9))] at: usize) -> Result<u32, Violation>";

#[test]
fn a_body_whose_every_panic_is_checked_links() {
    let body = "{
        let mut total = 0;
        for item in items { total += item * 3; }
        let count = at as u32;
        let most = items.iter().max().copied().unwrap_or(0) as u8;
        let summed: u32 = items.iter().map(|item| item + 1).sum();
        total += (items[at] + items[at + 1]) * summed / (count - 1) + (1 << count);
        Ok(total % (most as u32 - 2) + (most as i8 as u32))
    }";
    let folder = written("proved", &format!("#[zero_trust(prove_no_panic)]\nfn handler{PARAMETERS} {body}"));
    let (linked, text) = prove(&folder);
    assert!(linked, "{text}");
}

/// The canary: the same proof, of what surely can panic.
#[test]
fn a_body_that_can_panic_does_not_link_and_is_named() {
    for (name, attribute, body) in [
        ("unproved-index", "prove_no_panic, without(checked_indexing)", "{ Ok(items[at]) }"),
        ("unproved-unwrap", "prove_no_panic", "{ Ok(*items.get(at).unwrap()) }"),
        ("unproved-list", "prove_no_panic", "{ let mut list = items.to_vec(); list.push(1); Ok(list[at]) }"),
    ] {
        let folder = written(name, &format!("#[zero_trust({attribute})]\nfn handler{PARAMETERS} {body}"));
        let (linked, text) = prove(&folder);
        assert!(!linked, "{name}");
        assert!(text.contains("PC0601") && text.contains("handler"), "{text}");
        assert!(text.contains("see https://docs.rs/portcullis/latest/portcullis/errors/PC0601/"), "{text}");
    }
}

#[test]
fn a_proof_that_would_show_nothing_is_refused() {
    let folder = written(
        "vacuous",
        &format!("#[zero_trust(prove_no_panic, without(catch_panic))]\nfn handler{PARAMETERS} {{ Ok(items[at]) }}"),
    );
    let abort = ("CARGO_PROFILE_RELEASE_PANIC", "abort");
    let (built, text) = build(&folder, "--cfg portcullis_prove", &[abort]);
    assert!(!built);
    assert!(text.contains("[PC0602]"), "{text}");
    // A build that proves nothing takes no notice.
    let (built, text) = build(&folder, "", &[abort]);
    assert!(built, "{text}");
}
