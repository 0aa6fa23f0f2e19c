//! The program as its user runs it, and a client over a real connection.

#![allow(clippy::unwrap_used, reason = "a test's way to fail")]

#[path = "../src/wire.rs"]
mod wire;

use std::fmt::Debug;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use tokio::runtime::Runtime;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::wire::{Account, Client, Number, Opening, Order, Rate};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tonic-service");

/// A server of its own for each test, since it remembers.
struct Server {
    process: Child,
    runtime: Runtime,
    client: Client,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(PROGRAM).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut base = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut base).unwrap();
        let runtime = Runtime::new().unwrap();
        let client = runtime.block_on(Client::connect(base.trim().to_owned())).unwrap();
        Self { process, runtime, client }
    }

    fn ask(&mut self, method: &str, message: impl prost::Message + 'static) -> Result<Account, Status> {
        self.runtime.block_on(self.client.ask(method, message))
    }

    #[track_caller]
    fn passes(&mut self, method: &str, message: impl prost::Message + 'static) -> u32 {
        self.ask(method, message).unwrap().coins
    }

    /// The code and the reason.
    #[track_caller]
    fn refused(&mut self, method: &str, message: impl prost::Message + Debug + 'static) -> (Code, String) {
        let status = self.ask(method, message).unwrap_err();
        (status.code(), status.get_details_error_info().map_or_else(String::new, |info| info.reason))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to put in order.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn opening(owner: &str, coins: u32) -> Opening {
    Opening { owner: owner.to_owned(), coins }
}

fn invalid(reason: &str) -> (Code, String) {
    (Code::InvalidArgument, reason.to_owned())
}

#[test]
fn accounts_are_opened_and_found_and_paid_from() {
    let mut server = Server::start();
    assert_eq!(server.passes("Open", opening("Ada", 100)), 100);
    assert_eq!(server.passes("Open", opening("Eve", 50)), 50);
    assert_eq!(server.passes("Transfer", Order { payer: 1, payee: 2, coins: 30 }), 70);
    assert_eq!(server.passes("Interest", Rate { number: 1, percent: 10.0 }), 77);
    let eve = server.ask("Find", Number { number: 2 }).unwrap();
    assert_eq!(eve, Account { number: 2, owner: "Eve".to_owned(), coins: 80 });
}

#[test]
fn broken_rules_are_told_with_their_fields() {
    let mut server = Server::start();
    let status = server.ask("Open", opening("", 4_000_000_001)).unwrap_err();
    let fields = status.get_details_bad_request().unwrap().field_violations;
    let fields: Vec<(&str, &str)> = fields.iter().map(|field| (&*field.field, &*field.description)).collect();
    assert_eq!(
        fields,
        [("coins", "must be at most 4000000000"), ("owner", "must have a length that is between 1 and 40"),],
    );
    assert_eq!(server.refused("Find", Number { number: 0 }), invalid("INPUT_RANGE"));
    assert_eq!(server.refused("Find", Number { number: u64::MAX }), invalid("INPUT_RANGE"));
    assert_eq!(server.refused("Transfer", Order { payer: 1, payee: 1, coins: 1 }), invalid("INPUT_REQUIRE"));
    for percent in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(server.refused("Interest", Rate { number: 1, percent }), invalid("INPUT_RANGE"));
    }
}

#[test]
fn a_sum_that_no_account_holds_changes_neither() {
    let mut server = Server::start();
    server.passes("Open", opening("Ada", 500_000_000));
    server.passes("Open", opening("Eve", 4_000_000_000));
    let no_number = (Code::OutOfRange, "ARITHMETIC_OVERFLOW".to_owned());
    let (poor, rich) =
        (Order { payer: 1, payee: 2, coins: 500_000_001 }, Order { payer: 2, payee: 1, coins: 4_000_000_000 });
    assert_eq!(server.refused("Transfer", poor), no_number);
    assert_eq!(server.refused("Transfer", rich), no_number);
    let rate = Rate { number: 2, percent: 1_000.0 };
    assert_eq!(server.refused("Interest", rate), (Code::OutOfRange, "CAST_LOSSY".to_owned()));
    assert_eq!(server.passes("Find", Number { number: 1 }), 500_000_000);
    assert_eq!(server.passes("Find", Number { number: 2 }), 4_000_000_000);
}

/// What tonic refuses by itself has no reason of ours.
#[test]
fn the_server_goes_on_after_messages_that_are_none() {
    let mut server = Server::start();
    let by_tonic = |code| (code, String::new());
    assert_eq!(server.refused("Open", Number { number: 7 }), by_tonic(Code::Internal));
    assert_eq!(server.refused("Open", opening(&"a".repeat(5_000), 1)), by_tonic(Code::OutOfRange));
    assert_eq!(server.refused("Close", Number { number: 7 }), by_tonic(Code::Unimplemented));
    assert_eq!(server.refused("Find", Number { number: 7 }), by_tonic(Code::NotFound));
    assert_eq!(server.passes("Open", opening("Ada", 1)), 1);
}

#[test]
fn the_session_ends_well() {
    let output = Command::new(PROGRAM).output().unwrap();
    let transcript = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{transcript}");
    assert!(transcript.ends_with("Every request was answered as it should be.\n"));
}
