//! Processes that grow as fast as they can (`src/bin/memory.rs`), under limits that they would die of.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output};

const SIGABRT: i32 = 6;
const PAGE: u64 = 4_096;
const ADDRESSES: u64 = 2 << 30;

fn run(how: &str, limit: &str) -> (Output, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_memory")).args([how, limit]).output().unwrap();
    let [said, warned] = [&output.stdout, &output.stderr].map(|text| String::from_utf8(text.clone()).unwrap());
    (output, said, warned)
}

/// The number behind a word.
fn number(text: &str, word: &str) -> u64 {
    let (_, rest) = text.split_once(word).unwrap_or_else(|| panic!("no {word} in {text}"));
    rest.split_ascii_whitespace().next().unwrap().parse().unwrap()
}

/// It lived through all that `main` there asserts: refused, the probe answered, nobody else admitted, the hook called, and traffic
/// taken again within 5 s.
#[track_caller]
fn lives(how: &str, limit: &str) -> String {
    let (output, said, warned) = run(how, limit);
    assert!(output.status.success(), "{:?}\n{said}\n{warned}", output.status);
    assert!(said.starts_with("refused memory after "), "{said}");
    assert_eq!(number(&said, "samplers "), u64::from(how != "inline"), "{said}");
    assert_eq!(warned.matches("portcullis: memory is critical: ").count(), 1, "{warned}");
    assert_eq!(warned.matches("portcullis: memory is no longer critical: ").count(), 1, "{warned}");
    assert_eq!(warned.lines().count(), 2, "{warned}");
    let (shut, all) = (number(&said, "open again after "), number(&said, "for all after "));
    // That a gate stays shut for a second is shown with a clock of the tests' own: here the memory falls while the time begins.
    assert!(all >= shut && all <= 5_000, "{said}");
    said
}

#[test]
fn an_address_space_is_never_used_up() {
    let (output, said, warned) = run("plain", "addresses");
    assert_eq!(output.status.signal(), Some(SIGABRT), "{said}{warned}");
    for how in ["thread", "inline"] {
        let said = lives(how, "addresses");
        assert!(said.contains("(address space)"), "{said}");
        let taken = number(&said, "taken ") * PAGE;
        assert!(taken < ADDRESSES, "{said}");
        // It was let grow, and not refused for nothing: growth is looked ahead from 65 % on.
        assert!(taken > ADDRESSES / 100 * 65, "{said}");
    }
}

#[test]
fn a_size_is_held_where_nothing_limits_the_process() {
    for how in ["thread", "inline"] {
        let said = lives(how, "process");
        let resident = number(&said, "touched ") * PAGE;
        assert!(resident > 256 << 20 && resident < 512 << 20, "{said}");
    }
}

/// It is past its gate, which was open when it came.
#[test]
fn a_request_in_flight_stops_before_memory_ends() {
    let said = lives("flight", "addresses");
    assert!(said.contains("nearly gone"), "{said}");
    let taken = number(&said, "taken ") * PAGE;
    assert!(taken < ADDRESSES && taken > ADDRESSES / 100 * 65, "{said}");
}
