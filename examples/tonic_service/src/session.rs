//! A scripted session: good and hostile requests through a real client, and how each of them has to end.

use std::error::Error;
use std::fmt::Debug;
use std::io::Write;
use std::process::ExitCode;

use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::server::MESSAGE_BYTES;
use crate::wire::{Account, Client, Number, Opening, Order, Rate};

/// The code, and the reason where portcullis refuses.
type End = (Code, Option<&'static str>);

const GOOD: End = (Code::Ok, None);

struct Session<'a, W> {
    client: Client,
    out: &'a mut W,
    as_expected: bool,
}

impl<W: Write> Session<'_, W> {
    async fn step(
        &mut self,
        what: &str,
        method: &str,
        message: impl prost::Message + Debug + 'static,
        ends: End,
    ) -> std::io::Result<()> {
        writeln!(self.out, "{what}\n  {method} {:.70}", format!("{message:?}"))?;
        let answer = self.client.ask(method, message).await;
        match &answer {
            Ok(Account { number, owner, coins }) => {
                writeln!(self.out, "  OK: {owner} has {coins} in account {number}")
            }
            Err(status) => writeln!(self.out, "  {}", told(status)),
        }?;
        let reason = answer.as_ref().err().and_then(reason);
        if (answer.map_or_else(|status| status.code(), |_| Code::Ok), reason.as_deref()) != ends {
            self.as_expected = false;
            writeln!(self.out, "  THIS IS WRONG: it should have been {ends:?}")?;
        }
        Ok(())
    }
}

/// What the client may tell its user.
fn told(status: &Status) -> String {
    let mut line = format!("{:?}: {}", status.code(), status.message());
    line.extend(reason(status).map(|reason| format!(", {reason}")));
    for field in status.get_details_bad_request().into_iter().flat_map(|request| request.field_violations) {
        line.extend([", ", &field.field, " ", &field.description]);
    }
    line
}

fn reason(status: &Status) -> Option<String> {
    status.get_details_error_info().map(|info| info.reason)
}

/// Tells the session as it goes. It fails where an answer is not the one that was due.
pub(crate) async fn play(base: String, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let mut session = Session { client: Client::connect(base).await?, out, as_expected: true };
    let invalid = |reason| (Code::InvalidArgument, Some(reason));
    let no_number = (Code::OutOfRange, Some("ARITHMETIC_OVERFLOW"));

    let opening = |owner: &str, coins| Opening { owner: owner.to_owned(), coins };
    session.step("An account", "Open", opening("Ada", 500_000_000), GOOD).await?;
    session.step("Another", "Open", opening("Eve", 4_000_000_000), GOOD).await?;
    session.step("A transfer", "Transfer", Order { payer: 1, payee: 2, coins: 10 }, GOOD).await?;
    session.step("Interest", "Interest", Rate { number: 1, percent: 2.5 }, GOOD).await?;

    session.step("An owner without a name", "Open", opening("", 1), invalid("INPUT_LENGTH")).await?;
    session.step("A number outside of its rule", "Find", Number { number: 0 }, invalid("INPUT_RANGE")).await?;
    session.step("An account that is not there", "Find", Number { number: 9 }, (Code::NotFound, None)).await?;
    let order = Order { payer: 1, payee: 1, coins: 5 };
    session.step("From an account to itself", "Transfer", order, invalid("INPUT_REQUIRE")).await?;
    let order = Order { payer: 1, payee: 2, coins: 4_000_000_000 };
    session.step("More than there is", "Transfer", order, no_number).await?;
    let order = Order { payer: 2, payee: 1, coins: 4_000_000_000 };
    session.step("More than the payee can hold", "Transfer", order, no_number).await?;
    let rate = Rate { number: 1, percent: f64::NAN };
    session.step("A rate that is no number", "Interest", rate, invalid("INPUT_RANGE")).await?;
    let rate = Rate { number: 2, percent: 1_000_000.0 };
    session.step("A gain that no account holds", "Interest", rate, (Code::OutOfRange, Some("CAST_LOSSY"))).await?;

    session.step("A message of another type", "Open", Number { number: 7 }, (Code::Internal, None)).await?;
    let long = opening(&"a".repeat(MESSAGE_BYTES), 1);
    session.step("More bytes than the limit lets in", "Open", long, (Code::OutOfRange, None)).await?;
    session.step("A good question after all that", "Find", Number { number: 1 }, GOOD).await?;

    let Session { out, as_expected, .. } = session;
    writeln!(
        out,
        "{}",
        if as_expected { "Every request was answered as it should be." } else { "The session failed." }
    )?;
    Ok(if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
