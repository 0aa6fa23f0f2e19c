//! The examples of the pages on the compile errors, as programs: the refused one says its own code and nothing else of ours, and
//! to the accepted one the compiler has nothing to say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::written;

/// A line of cargo's is a message about one of the programs.
#[derive(Default)]
struct Said {
    errors: Vec<String>,
    warnings: Vec<String>,
}

#[test]
fn the_examples_of_each_page_are_refused_and_accepted() {
    let folder = written("pages", "edition = \"2024\"", "'std', 'validator'", "main.rs", "fn main() {}");
    let bins = folder.join("src/bin");
    let _ = fs::remove_dir_all(&bins);
    fs::create_dir_all(&bins).unwrap();
    let mut expected = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for entry in fs::read_dir(root.join("runtime/src/errors")).unwrap() {
        let file = entry.unwrap().path();
        let code = file.file_stem().unwrap().to_string_lossy().into_owned();
        let page = fs::read_to_string(&file).unwrap();
        for (section, verdict) in [("## Refused\n\n```compile_fail\n", "refused"), ("## Accepted\n\n```\n", "accepted")]
        {
            // What only another profile or other features refuse has its own test.
            let Some((_, example)) = page.split_once(section) else { continue };
            let name = format!("{}-{verdict}", code.to_lowercase());
            let (example, _) = example.split_once("\n```").unwrap();
            fs::write(bins.join(format!("{name}.rs")), program(example)).unwrap();
            expected.insert(name, (code.clone(), verdict));
        }
    }
    assert!(expected.len() > 60);
    let said = checked(&folder);
    for (name, (code, verdict)) in &expected {
        let said = said.get(name).unwrap_or_else(|| panic!("cargo said nothing of {name}"));
        if *verdict == "accepted" {
            assert!(said.errors.is_empty() && said.warnings.is_empty(), "{name}: {:?}{:?}", said.errors, said.warnings);
            continue;
        }
        let ours: Vec<&String> = said.errors.iter().filter(|error| error.contains("[PC")).collect();
        assert!(!ours.is_empty(), "{name}: {:?}", said.errors);
        for error in ours {
            assert!(error.contains(&format!("[{code}]")), "{name}: {error}");
            assert!(error.contains(&format!("/errors/{code}/")), "{name}: {error}");
        }
    }
}

/// As rustdoc makes one of an example.
fn program(example: &str) -> String {
    let (attributes, rest): (Vec<&str>, Vec<&str>) = example.lines().partition(|line| line.starts_with("#!["));
    format!("#![allow(unused)]\n{}\nfn main() {{\n{}\n}}\n", attributes.join("\n"), rest.join("\n"))
}

/// What the compiler says of each program.
fn checked(folder: &Path) -> BTreeMap<String, Said> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--bins", "--keep-going", "--offline", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("user_crate"))
        .output()
        .unwrap();
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(name) = text_at(&line, "/target/name") else { continue };
        let said = said.entry(name.to_owned()).or_default();
        let text = text_at(&line, "/message/rendered").unwrap_or_default().to_owned();
        match text_at(&line, "/message/level") {
            Some("error") => said.errors.push(text),
            Some("warning") => said.warnings.push(text),
            _ => {}
        }
    }
    said
}

fn text_at<'a>(line: &'a Value, pointer: &str) -> Option<&'a str> {
    line.pointer(pointer)?.as_str()
}
