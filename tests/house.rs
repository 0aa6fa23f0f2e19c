//! The house checks itself: each rule has its entry in the index and its case, and the reverse.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// PC0011 and PC0014 speak only under `panic = "abort"`, PC0013 only without the feature `std`, and PC0016 only without `alloc-count`, which
/// trybuild does not build with: `user_crate.rs` has their cases.
const WITHOUT_UI_CASE: [&str; 4] = ["PC0011", "PC0013", "PC0014", "PC0016"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn codes(text: &str) -> BTreeSet<String> {
    let starts = text.match_indices("PC").map(|(at, _)| text.get(at..).and_then(|rest| rest.get(..6)));
    starts.flatten().filter(|code| code.bytes().skip(2).all(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}

/// The codes that macros and runtime can print.
fn printed() -> BTreeSet<String> {
    ["macros/src", "runtime/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .flat_map(|file| {
            let source = fs::read_to_string(file).unwrap();
            let code =
                source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            codes(&code)
        })
        .collect()
}

#[test]
fn each_rule_has_an_entry_in_the_index_and_the_reverse() {
    let index = fs::read_to_string(root().join("ERRORS.md")).unwrap();
    let entries: BTreeSet<String> = index.lines().filter(|line| line.starts_with("### ")).flat_map(codes).collect();
    assert_eq!(entries, printed());
}

#[test]
fn each_rule_has_a_case_that_shows_it() {
    let ui = files(&root().join("tests/ui"));
    let shown: BTreeSet<String> = ui
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "stderr"))
        .flat_map(|file| codes(&fs::read_to_string(file).unwrap()))
        .collect();
    let expected: BTreeSet<String> =
        printed().into_iter().filter(|code| !WITHOUT_UI_CASE.contains(&code.as_str())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_case_that_is_named_for_a_rule_shows_that_rule() {
    for file in files(&root().join("tests/ui")) {
        let name = file.file_stem().unwrap().to_string_lossy().to_uppercase();
        if name.starts_with("PC") && file.extension().is_some_and(|extension| extension == "stderr") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(codes(&text).contains(&name[..6]), "{}", file.display());
        }
    }
}

#[test]
fn passes_do_not_import_each_other() {
    let passes = root().join("macros/src/passes");
    let names = ["catch_panic", "bounded_recursion", "validated_input", "checked_indexing", "checked_arithmetic"];
    for file in files(&passes) {
        let source = fs::read_to_string(&file).unwrap();
        let own = file.strip_prefix(&passes).unwrap().to_string_lossy().into_owned();
        for name in names {
            assert!(
                own.starts_with(name) || !source.contains(&format!("passes::{name}")),
                "{} names {name}",
                file.display()
            );
        }
    }
}

#[test]
fn only_the_front_door_names_the_compilers_own_macro_crate() {
    for file in files(&root().join("macros/src")) {
        let source = fs::read_to_string(&file).unwrap();
        if !file.ends_with("src/lib.rs") {
            assert!(!source.contains("proc_macro::"), "{}", file.display());
        }
    }
}

/// The lines of a table of a `Cargo.toml`, without comments.
fn table(manifest: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let lines = text.lines().skip_while(|line| *line != name).skip(1).take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// A package that writes down one lint of its own inherits none: those of the runtime are the workspace's, but for `unsafe`.
#[test]
fn the_runtime_has_the_lints_of_the_workspace_but_for_one() {
    for name in ["rust", "clippy"] {
        let mut expected = table("Cargo.toml", &format!("[workspace.lints.{name}]"));
        assert!(!expected.is_empty());
        for line in &mut expected {
            *line = line.replace("unsafe_code = \"forbid\"", "unsafe_code = \"deny\"");
        }
        assert_eq!(table("runtime/Cargo.toml", &format!("[lints.{name}]")), expected);
    }
}

#[test]
fn few_files_are_allowed_to_be_unsafe_and_each_block_says_why_it_is_not() {
    let allowed = [
        "runtime/src/allocation/text.rs",
        "runtime/src/counting/allocator.rs",
        "runtime/src/counting/exit.rs",
        "runtime/src/stack/bounds.rs",
        "runtime/src/stack/pointer.rs",
    ];
    for file in ["runtime/src", "macros/src"].iter().flat_map(|folder| files(&root().join(folder))) {
        let source = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let allows = source.contains("allow(unsafe_code");
        assert_eq!(allows, allowed.contains(&&*name), "{name}");
        let blocks = source.matches("unsafe {").count() + source.matches("\nunsafe impl").count();
        assert!(!allows || blocks > 0, "{name}");
        if allows {
            assert_eq!(source.matches("// SAFETY: ").count(), blocks, "{name}");
        }
    }
}
