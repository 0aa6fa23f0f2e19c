//! The drill itself, and each attack alone against the server without protection.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's way to fail")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const CARD_GAME: &str = env!("CARGO_BIN_EXE_card-game");
const SIGABRT: i32 = 6;

#[test]
fn the_unprotected_server_dies_and_the_protected_one_loses_nothing() {
    let output = Command::new(CARD_GAME).arg("--json").output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{report:#}");
    assert!(output.stderr.is_empty(), "no progress bar into a pipe: {}", String::from_utf8_lossy(&output.stderr));

    let (unprotected, protected) = (&report["unprotected"], &report["protected"]);
    let number = |outcome: &Value, field: &str| outcome[field].as_u64().unwrap();
    // 200 players of 40 turns, 40 attackers before and after their attack, and the last question.
    let honest = 200 * 40 + 40 * 2 + 1;

    assert_eq!(unprotected["ended"], format!("signal {SIGABRT}"));
    assert!(number(unprotected, "idle_pool_calls") > 1_000);
    // Each player had played half of its turns, and each attacker had logged in, before the first attack.
    assert!(number(unprotected, "honest_answered") >= 200 * 20 + 40);
    assert!(number(unprotected, "honest_lost") > 0);
    assert_eq!(number(unprotected, "honest_answered") + number(unprotected, "honest_lost"), honest);
    assert_eq!(unprotected["refused"], json!({}));

    assert_eq!(protected["ended"], "alive");
    assert_eq!(number(protected, "honest_answered"), honest);
    assert_eq!(number(protected, "honest_lost"), 0);
    assert_eq!(
        protected["refused"],
        json!({ "arithmetic.overflow": 5, "index.bounds": 5, "input.range": 15, "panic": 5, "recursion.depth": 10 })
    );

    for outcome in [unprotected, protected] {
        assert_eq!(outcome.as_object().unwrap().len(), 8, "{outcome}");
        assert!((1..512 << 20).contains(&number(outcome, "peak_rss_bytes")), "{outcome}");
        assert!((1..=number(outcome, "p99_us")).contains(&number(outcome, "p50_us")), "{outcome}");
    }
    // The death is in the calls: most of what the protected server never makes.
    assert!(number(unprotected, "idle_pool_calls") > 2 * number(protected, "idle_pool_calls"), "{report:#}");
}

/// A server started by hand, as a user would.
struct Server {
    process: Child,
    addr: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(CARD_GAME)
            .args(["serve", "--with-parent"])
            .args(arguments)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut addr = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut addr).unwrap();
        Self { process, addr: addr.trim().to_owned() }
    }

    /// What the attackers say of it.
    fn attack(&self, attack: &str) -> String {
        let output = Command::new(CARD_GAME).args(["attack", "--addr", &self.addr, "--only", attack]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Its end: by itself, or told.
    fn end(mut self) -> ExitStatus {
        drop(self.process.stdin.take());
        let told = Instant::now();
        while told.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("the server does not stop");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Dead already, most times; a test that fails leaves no server behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

macro_rules! kills {
    ($($attack:ident)*) => {$(
        #[test]
        fn $attack() {
            let server = Server::start(&["--unprotected"]);
            assert_eq!(server.attack(stringify!($attack)), "honest requests answered: 1, lost: 1\n");
            assert_eq!(server.end().signal(), Some(SIGABRT));
        }
    )*};
}

mod alone_kills_the_unprotected_server {
    use super::{SIGABRT, Server};
    use std::os::unix::process::ExitStatusExt as _;

    kills!(zero negative huge overflow tiny nested);
}

#[test]
fn a_panic_costs_the_unprotected_server_its_client() {
    let server = Server::start(&["--unprotected"]);
    for attack in ["slot", "line"] {
        assert_eq!(server.attack(attack), "honest requests answered: 1, lost: 1\n");
    }
    assert!(server.end().success());
}

#[test]
fn each_attack_is_refused_by_its_name_and_the_connection_goes_on() {
    let server = Server::start(&[]);
    for (attack, code) in [
        ("zero", "input.range"),
        ("negative", "input.range"),
        ("huge", "input.range"),
        ("overflow", "arithmetic.overflow"),
        ("tiny", "recursion.depth"),
        ("nested", "recursion.depth"),
        ("slot", "index.bounds"),
        ("line", "panic"),
    ] {
        let expected = format!("honest requests answered: 2, lost: 0\nrefused: {code}: 1\n");
        assert_eq!(server.attack(attack), expected, "{attack}");
    }
    assert!(server.end().success());
}
