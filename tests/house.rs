//! The house checks itself: each rule has its page and its case, and the reverse.
//!
//! `UPDATE_EXPECT=1 cargo test -p portcullis-tests --test house` writes `ERRORS.md` anew, out of the pages.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// PC0011 and PC0014 speak only under `panic = "abort"`, and PC0013 only without the feature `std`, which trybuild does not build
/// with, and PC0016 without `alloc-count`: `user_crate.rs` has their cases. PC0601 and PC0602 are what a build says that proves: `proof.rs`.
const WITHOUT_UI_CASE: [&str; 6] = ["PC0011", "PC0013", "PC0014", "PC0016", "PC0601", "PC0602"];

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
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs") && !file.ends_with("src/errors.rs"))
        .flat_map(|file| {
            let source = fs::read_to_string(file).unwrap();
            let code =
                source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            codes(&code)
        })
        .collect()
}

/// The pages, by the codes that they are named for.
fn pages() -> BTreeMap<String, String> {
    let files = files(&root().join("runtime/src/errors")).into_iter();
    files
        .map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(file).unwrap()))
        .collect()
}

#[test]
fn each_rule_has_a_page_and_the_reverse() {
    let shown = fs::read_to_string(root().join("runtime/src/errors.rs")).unwrap();
    let pages: BTreeSet<String> = pages().into_keys().collect();
    assert_eq!(pages, printed());
    assert_eq!(pages, codes(&shown), "what `runtime/src/errors.rs` shows");
}

#[test]
fn each_page_says_what_and_why_with_a_bad_and_a_good_example_and_its_limits() {
    for (code, page) in pages() {
        assert!(page.starts_with(&format!("# {code}: ")), "{code}: its title");
        let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, ["Why", "Refused", "Accepted", "Limits"], "{code}");
        for section in page.split("\n## ") {
            assert!(section.lines().skip(1).any(|line| !line.is_empty()), "{code}: an empty section");
            // What the profile or a feature decides is compiled by `user_crate.rs`.
            let fence = match section.lines().next() {
                Some("Refused") if WITHOUT_UI_CASE.contains(&&*code) => "\n```rust,ignore\n",
                Some("Refused") => "\n```compile_fail\n",
                Some("Accepted") => "\n```\n",
                _ => continue,
            };
            assert!(section.contains(fence), "{code}: {fence}");
        }
    }
}

#[test]
fn the_catalogue_has_each_page() {
    let mut catalogue = "# The compile errors\n\n\
        What the compiler says with a code in brackets: each has a page with the reason, an example that is refused, one that is\n\
        accepted, and what the rule does not see. On docs.rs they are the modules of `portcullis::errors`; each message ends with\n\
        the address of its own.\n\n| code | |\n|---|---|\n"
        .to_owned();
    for (code, page) in pages() {
        let title = page.lines().next().and_then(|line| line.strip_prefix(&format!("# {code}: "))).unwrap();
        writeln!(catalogue, "| [{code}](runtime/src/errors/{code}.md) | {title} |").unwrap();
    }
    expect_test::expect_file![root().join("ERRORS.md")].assert_eq(&catalogue);
}

/// The messages with a code, as the compiler prints them: from the code to the place in the source, and the notes behind it.
fn messages() -> Vec<(String, String)> {
    let shown = files(&root().join("tests/ui")).into_iter();
    let shown = shown.filter(|file| file.extension().is_some_and(|extension| extension == "stderr"));
    let texts = shown.map(|file| fs::read_to_string(file).unwrap());
    let messages = texts.flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>());
    messages
        .filter_map(|text| Some((codes(&text).pop_first().filter(|code| text.contains(&format!("[{code}]")))?, text)))
        .collect()
}

#[test]
fn each_message_ends_with_the_address_of_its_page() {
    let messages = messages();
    assert!(messages.len() > 100);
    for (code, text) in messages {
        let page = format!("see https://docs.rs/portcullis/latest/portcullis/errors/{code}/\n");
        assert!(format!("{text}\n").replace("see: ", "see ").contains(&page), "{text}");
    }
}

/// But for a text to paste, which stays whole, and what the compiler writes: types, and lines about the source.
#[test]
fn no_message_is_wider_than_a_terminal() {
    for (_, text) in messages() {
        let ours = |line: &&str| {
            let text = line.trim_start();
            // A note of ours has no path of the compiler's in it; other lines have the source, the help lists of traits.
            line.starts_with("       ")
                || line.contains("[PC")
                || (text.starts_with("= note: ") && !line.contains(" macro "))
        };
        let head = text.split("\n --> ").next().unwrap().split("\n  --> ").next().unwrap();
        for line in head.lines().filter(ours).filter(|line| line.chars().count() > 80) {
            let text = line.trim_start();
            let text = ["error: ", "= note: ", "help: "]
                .iter()
                .fold(text, |text, label| text.strip_prefix(label).unwrap_or(text));
            let text = text.strip_prefix("[PC").and_then(|text| text.split_once("] ")).map_or(text, |(_, text)| text);
            let outside: String = text.split('`').step_by(2).collect();
            // The type of a value is as long as it is.
            let by_the_compiler = line.starts_with("error[") && text.contains('`');
            assert!(!outside.contains(' ') || by_the_compiler, "{line}");
        }
    }
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
    let name = |file: PathBuf| file.file_stem().unwrap().to_string_lossy().into_owned();
    let names: Vec<String> = files(&passes).into_iter().map(name).filter(|name| name != "mod").collect();
    assert!(names.len() > 9, "{names:?}");
    for file in files(&passes) {
        let source = fs::read_to_string(&file).unwrap();
        let own = file.strip_prefix(&passes).unwrap().to_string_lossy().into_owned();
        for name in &names {
            assert!(
                own.starts_with(name.as_str()) || own == "mod.rs" || !source.contains(&format!("passes::{name}")),
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
fn eight_files_are_allowed_to_be_unsafe_and_each_block_says_why_it_is_not() {
    let allowed = [
        "runtime/src/allocation/text.rs",
        "runtime/src/counting/allocator.rs",
        "runtime/src/counting/exit.rs",
        "runtime/src/incident/heap/control.rs",
        "runtime/src/late.rs",
        "runtime/src/proof.rs",
        "runtime/src/stack/bounds.rs",
        "runtime/src/stack/pointer.rs",
    ];
    for file in ["runtime/src", "macros/src"].iter().flat_map(|folder| files(&root().join(folder))) {
        let source = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let allows = source.contains("allow(unsafe_code");
        assert_eq!(allows, allowed.contains(&&*name), "{name}");
        let blocks = source.matches("unsafe {").count()
            + source.matches("unsafe extern ").count()
            + source.matches("unsafe impl").count();
        assert!(!allows || blocks > 0, "{name}");
        if allows {
            assert_eq!(source.matches("// SAFETY: ").count(), blocks, "{name}");
        }
    }
}

/// Features unify: a dependency that switches a limit of recursion off does so for the servers of the whole program, whose clients
/// then overflow the stack.
#[test]
fn no_dependency_switches_a_limit_of_recursion_off() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--locked", "--prefix=none", "--format={p}\t{f}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    for (package, expected, forbidden) in
        [("prost", "derive", "no-recursion-limit"), ("serde_json", "std", "unbounded_depth")]
    {
        let lines = tree.lines().filter_map(|line| line.strip_prefix(package)?.strip_prefix(" v")?.split_once('\t'));
        let features: BTreeSet<_> =
            lines.flat_map(|(_, features)| features.trim_end_matches(" (*)").split(',')).collect();
        assert!(features.contains(expected), "{package}: {features:?}");
        assert!(!features.contains(forbidden), "{package} has `{forbidden}`");
    }
}
