//! What only the crate of a user shows: another panic strategy, an old edition, other features than this workspace has.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

#[path = "user_crate/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate of a user's, whose `Cargo.toml` goes on with `package`, and these features of portcullis.
fn written(name: &str, package: &str, features: &str, file: &str, source: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    // The versions that this workspace is locked to are on the machine already.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\n{package}\n[workspace]\n\
         [dependencies]\nportcullis = {{ path = '{}', default-features = false, features = [{features}] }}\n",
        root.join("runtime").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src").join(file), source).unwrap();
    folder
}

/// Whether it did, and what it said.
fn cargo(command: &str, folder: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user_crate"))
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn run(name: &str, package: &str, source: &str) -> (bool, String) {
    cargo("run", &written(name, package, "'std'", "main.rs", source))
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

const SUMMED: &str = "fn handler(list: &[u8]) -> Result<u8, portcullis::Violation> { \
    let mut sum = 0; list.iter().for_each(|n| sum += n); Ok(sum) }\n\
    fn main() { assert_eq!(handler(&[1, 2]).unwrap(), 3); }\n";

#[test]
fn a_violation_that_could_not_unwind_is_refused_with_its_way_out() {
    let (built, text) = run("abort-closure", ABORT, &format!("#[portcullis::checked_arithmetic]\n{SUMMED}"));
    assert!(!built);
    assert!(text.contains("[PC0014]"), "{text}");
    assert_eq!(text.matches("error: [").count(), 1, "{text}");
    let (ran, text) =
        run("abort-closure-panic", ABORT, &format!("#[portcullis::checked_arithmetic(or(panic))]\n{SUMMED}"));
    assert!(ran, "{text}");
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

/// With its text and its place in the source, and its values handed on.
#[test]
fn dbg_prints_what_it_always_did() {
    let body = "let (b, c) = dbg!(a + 1, a * 2); dbg!(b - 1); dbg!(); dbg!(dbg!(b + c) + 1,) + 1";
    let source = format!(
        "fn plain(a: u8) -> u8 {{\n{body}\n}}\n\
         #[portcullis::checked_arithmetic(or(panic))] fn protected(a: u8) -> u8 {{\n{body}\n}}\n\
         #[portcullis::checked_arithmetic] fn refused(a: u8) -> Result<u8, portcullis::Violation> {{ Ok(dbg!(a + 1)) }}\n\
         fn main() {{ assert_eq!(plain(3), 12); assert_eq!(protected(3), 12); assert!(refused(255).is_err()); }}\n"
    );
    let (ran, text) = run("dbg", "edition = \"2021\"", &source);
    assert!(ran, "{text}");
    let (plain, protected) = text.split_at(text.len() / 2);
    assert!(plain.starts_with("[src/main.rs:2:14] a + 1 = 4\n[src/main.rs:2:14] a * 2 = 6\n"), "{text}");
    assert_eq!(plain.replace(":2:", ":5:"), protected);
}

/// Built, its panic handler shows that nothing of `std` is there; tested, it has the harness's.
fn builds_and_passes(name: &str, features: &str, source: &str) {
    let folder = written(name, "edition = \"2024\"", features, "lib.rs", source);
    for command in ["build", "test"] {
        let (good, text) = cargo(command, &folder);
        assert!(good, "{command}: {text}");
    }
}

#[test]
fn core_is_enough_for_arithmetic_and_rules() {
    builds_and_passes("core-only", "", include_str!("no_std/core_only.rs"));
}

#[test]
fn alloc_is_enough_for_lists_and_values() {
    builds_and_passes("with-alloc", "'alloc'", include_str!("no_std/with_alloc.rs"));
}

/// On core and on alloc, also in an old edition and where nothing unwinds, as on most targets that have no `std`.
#[test]
fn what_needs_std_and_has_none_is_refused_once_with_its_way_out() {
    const ASYNC: &str = "pub async fn handler() -> Result<u8, portcullis::Violation> { Ok(1) }";
    const SYNC: &str = "pub fn handler() -> Result<u8, portcullis::Violation> { Ok(1) }";
    const OLD: &str = "edition = \"2015\"";
    const NEW: &str = "edition = \"2024\"";
    let cases = [
        (NEW, "", "zero_trust", SYNC, "without(catch_panic, bounded_recursion)"),
        (NEW, "'alloc'", "zero_trust", SYNC, "without(catch_panic, bounded_recursion)"),
        (ABORT, "", "zero_trust", SYNC, "without(catch_panic, bounded_recursion)"),
        (OLD, "", "zero_trust", SYNC, "without(catch_panic, bounded_recursion)"),
        (NEW, "", "zero_trust", ASYNC, "without(catch_panic)"),
        (NEW, "", "zero_trust(without(catch_panic))", SYNC, "without(bounded_recursion)"),
        (NEW, "", "catch_panic", SYNC, "without(catch_panic)"),
        (NEW, "", "catch_panic", ASYNC, "without(catch_panic)"),
        (NEW, "", "bounded_recursion(max = 8)", SYNC, "without(bounded_recursion)"),
        (NEW, "", "bounded_recursion(max = 8, mode = both)", SYNC, "without(bounded_recursion)"),
        (NEW, "'alloc'", "bounded_recursion(mode = stack)", ASYNC, "without(bounded_recursion)"),
        (OLD, "", "bounded_recursion(mode = stack, or(panic))", "pub fn handler() {}", "without(bounded_recursion)"),
        (NEW, "", "shed_load(memory = \"85%\")", SYNC, "without(shed_load)"),
        (OLD, "'alloc'", "shed_load(memory = \"512MiB\", or(panic))", "pub fn handler() {}", "without(shed_load)"),
        (NEW, "", "shed_load(priority = probe)", ASYNC, "without(shed_load)"),
        (OLD, "", "bounded_recursion(or(panic))", "pub fn handler() {}", "without(bounded_recursion)"),
        (NEW, "", "bounded_steps(max = 8)", SYNC, "without(bounded_steps)"),
        (NEW, "'alloc'", "bounded_steps(max = 8)", ASYNC, "without(bounded_steps)"),
        (NEW, "", "deadline(\"2s\")", SYNC, "without(deadline)"),
        (NEW, "", "bounded_concurrency(max = 8)", SYNC, "without(bounded_concurrency)"),
        (NEW, "'alloc'", "bounded_concurrency(max = 8)", ASYNC, "without(bounded_concurrency)"),
        (OLD, "", "bounded_concurrency(max = 8, or(panic))", "pub fn handler() {}", "without(bounded_concurrency)"),
        (NEW, "", "deadline(\"2s\")", ASYNC, "without(deadline)"),
        (OLD, "", "deadline(\"2s\", or(panic))", "pub fn handler() { loop {} }", "without(deadline)"),
    ];
    for (package, features, attribute, function, way_out) in cases {
        let source = format!("#![no_std]\nextern crate portcullis;\n#[portcullis::{attribute}]\n{function}\n");
        let (built, text) = cargo("check", &written("without-std", package, features, "lib.rs", &source));
        assert!(!built, "{attribute}");
        assert!(text.contains("error: [PC0013]"), "{text}");
        assert!(text.contains(way_out), "{text}");
        assert!(text.contains("due to 1 previous error\n"), "{text}");
        assert!(!text.contains("warning"), "{text}");
    }
}

#[test]
fn a_budget_where_nothing_counts_is_refused_with_its_way_out() {
    for function in ["fn handler()", "async fn handler()"] {
        let budget = "#[portcullis::zero_trust(allocation_budget = \"1MiB\")]";
        let source = handler(budget)
            .replace("fn handler()", function)
            .replace("assert_eq!(handler().unwrap(), 1)", "drop(handler())");
        let (built, text) = cargo("build", &written("no-counting", "edition = \"2024\"", "'std'", "main.rs", &source));
        assert!(!built);
        assert!(text.contains("error: [PC0016]"), "{text}");
        assert!(text.contains("features = [\"alloc-count\"]"), "{text}");
        assert!(text.contains("due to 1 previous error\n"), "{text}");
        let features = "'std', 'alloc-count'";
        let (built, text) = cargo("build", &written("counting", "edition = \"2024\"", features, "main.rs", &source));
        assert!(built, "{text}");
    }
}

#[test]
fn a_crate_without_std_has_all_of_it_with_the_feature() {
    let source = format!("#![no_std]\n{}", handler("#[portcullis::zero_trust]").replace("fn main", "#[test] fn all"));
    let (good, text) = cargo("test", &written("std-by-feature", "edition = \"2024\"", "'std'", "lib.rs", &source));
    assert!(good, "{text}");
}

/// The macro reads the sources, and reads them again when they change.
#[test]
fn all_escapes_of_a_crate_are_listed() {
    let source = |reason: &str| {
        format!(
            "//! #[trusted(reason = \"only a comment\")]\nuse portcullis::{{Violation, zero_trust}};\n\
             #[zero_trust(strict)]\n\
             fn first(#[trusted(reason = \"the server's own\")] table: &[u8]) -> Result<u8, Violation> {{\n\
             #[portcullis::allow(unwrap, reason = \"{reason}\")]\nlet first = table.first().unwrap();\nOk(*first)\n}}\n\
             const ESCAPES: &[portcullis::Escape] = portcullis::escapes!();\n\
             fn main() {{ first(&[1]).unwrap(); \
             for at in ESCAPES {{ println!(\"{{}}:{{}} {{}}: {{}}\", at.file, at.line, at.rule, at.reason); }} }}\n"
        )
    };
    for reason in ["it is never empty", "a table has a first"] {
        let (ran, text) = run("escapes", "edition = \"2024\"", &source(reason));
        assert!(ran, "{text}");
        let expected = format!("src/main.rs:4 trusted: the server's own\nsrc/main.rs:5 unwrap: {reason}\n");
        assert_eq!(text, expected);
    }
}

/// The assembly of a crate of a user's, in a release build.
fn assembly(name: &str, source: &str) -> String {
    let folder = written(name, "edition = \"2024\"", "'std'", "lib.rs", source);
    let assembly = folder.join("crate.s");
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--quiet", "--offline", "--release", "--lib", "--", "-Ccodegen-units=1"])
        .arg(format!("--emit=asm={}", assembly.display()))
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user_crate"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(assembly).unwrap()
}

/// A function in the assembly: from its label, which it begins with, to its end.
fn body<'a>(assembly: &'a str, module: &str, function: &str) -> &'a str {
    let name = format!("{}{module}{}{function}", module.len(), function.len());
    let body = assembly.split("\n_").find(|body| body.split_once(':').is_some_and(|(label, _)| label.contains(&name)));
    let body = body.unwrap_or_else(|| panic!("no {name} in the assembly"));
    body.split(".Lfunc_end").next().unwrap()
}

/// What a function of the crate calls when an index of std's own check is outside: by the symbols in its assembly.
fn panics(assembly: &str, module: &str, function: &str) -> Vec<String> {
    let fails = |line: &&str| line.contains("panic") || line.contains("fail") || line.contains("expect");
    body(assembly, module, function).lines().filter(fails).map(|line| line.trim().to_owned()).collect()
}

/// Ranges of text are not among them: the second look for the boundaries of characters stays.
#[test]
fn behind_our_check_of_an_index_that_of_std_is_gone() {
    const KERNELS: [&str; 9] = ["sum", "gather", "matrix", "prefix", "windows", "histogram", "deque", "scan", "swaps"];
    let assembly = assembly("kernels", include_str!("benches/indexing/kernels.rs"));
    for kernel in KERNELS {
        assert!(!panics(&assembly, "plain", kernel).is_empty(), "{kernel}: nothing to be dropped");
        assert_eq!(panics(&assembly, "protected", kernel), [""; 0], "{kernel}");
    }
}

/// It keeps nothing for the end of the call, where `mode = count` has a count to give back.
#[test]
fn the_check_of_the_stack_leaves_a_call_in_tail_position_a_jump() {
    let assembly = assembly("tail_calls", include_str!("user_crate/tail_calls.rs"));
    // The lines of a function that name another, its address among them.
    let named = |module: &str, function: &str, other: &str| -> Vec<&str> {
        let name = format!("{}{module}{}{other}17h", module.len(), other.len());
        body(&assembly, module, function)
            .lines()
            .skip(1)
            .map(str::trim_start)
            .filter(|line| line.contains(&name))
            .collect()
    };
    for module in ["plain", "stack"] {
        assert_eq!(named(module, "last", "last"), [""; 0], "{module}: a loop");
        for (function, other) in [("even", "odd"), ("odd", "even")] {
            let named = named(module, function, other);
            assert!(!named.is_empty() && named.iter().all(|line| line.starts_with('j')), "{module}: {named:?}");
        }
    }
    assert!(body(&assembly, "stack", "last").contains("5stack7outside"), "it asks");
    for (function, other) in [("last", "last"), ("even", "odd")] {
        let named = named("count", function, other);
        assert!(named.iter().any(|line| !line.starts_with('j')), "{named:?}");
    }
}
