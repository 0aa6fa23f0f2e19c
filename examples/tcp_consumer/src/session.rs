//! A scripted session: good and hostile messages through a real connection, and how each of them has to end.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use serde_json::Value;

use crate::client::Client;
use crate::server::MESSAGE_BYTES;

/// What is sent, and the code where it is refused.
fn messages() -> Vec<(&'static str, String, Option<&'static str>)> {
    let nested = |levels| {
        let when = format!("{}{{\"above\":20}}{}", r#"{"not":"#.repeat(levels), "}".repeat(levels));
        format!(r#"{{"alarm":{{"sensor":0,"when":{when}}}}}"#)
    };
    let whole = |text: &str| text.to_owned();
    vec![
        ("A reading", whole(r#"{"reading":{"sensor":0,"celsius":21.5}}"#), None),
        ("Rain", whole(r#"{"rain":{"drops":1000000000}}"#), None),
        ("An alarm", whole(r#"{"alarm":{"sensor":0,"when":{"all":[{"above":20},{"not":{"above":30}}]}}}"#), None),
        ("Hotter than any place", whole(r#"{"reading":{"sensor":0,"celsius":400}}"#), Some("input.range")),
        ("Hotter than any number", whole(r#"{"reading":{"sensor":0,"celsius":1e39}}"#), Some("input.range")),
        (
            "A sensor that the rule allows, and the station does not have",
            whole(r#"{"reading":{"sensor":4,"celsius":1}}"#),
            Some("index.bounds"),
        ),
        ("NaN", whole(r#"{"reading":{"sensor":0,"celsius":NaN}}"#), Some("input.custom")),
        ("A text for a number", whole(r#"{"rain":{"drops":"many"}}"#), Some("input.custom")),
        ("A number below zero", whole(r#"{"rain":{"drops":-1}}"#), Some("input.custom")),
        ("As much rain again", whole(r#"{"rain":{"drops":1000000000}}"#), None),
        ("And again", whole(r#"{"rain":{"drops":1000000000}}"#), None),
        ("And again", whole(r#"{"rain":{"drops":1000000000}}"#), None),
        ("More than the sum can hold", whole(r#"{"rain":{"drops":1000000000}}"#), Some("arithmetic.overflow")),
        ("A rule of 16 levels", nested(15), None),
        ("A rule of 17 levels", nested(16), Some("recursion.depth")),
        ("A rule of 101 levels", nested(100), Some("input.depth")),
        ("A rule of 20,001 levels, which the parser does not read", nested(20_000), Some("input.custom")),
        ("No JSON at all", whole("\u{1}\u{2}\u{3}"), Some("input.custom")),
        ("Nothing", whole(""), Some("input.custom")),
        (
            "A good message after all that, on the same connection",
            whole(r#"{"reading":{"sensor":1,"celsius":8}}"#),
            None,
        ),
    ]
}

/// Tells the session as it goes. It fails where a reply is not the one that was due.
pub(crate) fn play(address: &str, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let mut as_expected = true;
    let mut told = |what: &str, sent: &str, reply: &Value, due: Option<&str>| {
        writeln!(out, "{what}\n  {sent:.80}\n  {reply}")?;
        if code(reply) != due {
            as_expected = false;
            writeln!(out, "  THIS IS WRONG: it should have been {due:?}")?;
        }
        std::io::Result::Ok(())
    };
    let mut client = Client::connect(address)?;
    for (what, message, due) in messages() {
        told(what, &message, &client.ask(message.as_bytes())?, due)?;
    }
    // After these the server leaves, since it cannot know where the next message begins.
    let mut liar = Client::connect(address)?;
    liar.send(&(MESSAGE_BYTES + 1).to_be_bytes())?;
    told("The length of a message that never comes", "..", &liar.reply()?, Some("input.length"))?;
    let request = "GET / HTTP/1.1\r\n\r\n";
    let mut lost = Client::connect(address)?;
    lost.send(request.as_bytes())?;
    told("A client of HTTP", request.trim_end(), &lost.reply()?, Some("input.length"))?;

    let message = r#"{"reading":{"sensor":2,"celsius":8}}"#;
    told("And the first client again", message, &client.ask(message.as_bytes())?, None)?;
    writeln!(
        out,
        "{}",
        if as_expected { "Every message was answered as it should be." } else { "The session failed." }
    )?;
    Ok(if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn code(reply: &Value) -> Option<&str> {
    reply.get("refused")?.get("code")?.as_str()
}
