//! A scripted session: good and hostile requests through a real client, and how each of them has to end.

use std::io::Write;
use std::process::ExitCode;

use serde_json::Value;
use ureq::Agent;

use crate::Ended;
use crate::api::BODY_BYTES;

struct Step {
    what: &'static str,
    /// Of a `POST`.
    body: Option<String>,
    path: &'static str,
    /// The status, and the code where portcullis refuses.
    ends: (u16, Option<&'static str>),
}

fn steps() -> Vec<Step> {
    let get = |what, path, ends| Step { what, body: None, path, ends };
    let post = |what, body: &str, ends| Step { what, body: Some(body.to_owned()), path: "/orders", ends };
    let refused = |code| (422, Some(code));
    vec![
        post(
            "An order",
            r#"{"customer":"ada@example.org","lines":[{"item":0,"count":3},{"item":1,"count":1}]}"#,
            (201, None),
        ),
        get("What was ordered", "/orders/1", (200, None)),
        get("The first page of the catalogue", "/catalogue?number=0&size=3", (200, None)),
        post(
            "No address, and one line of two at fault",
            r#"{"customer":"ada","lines":[{"item":0,"count":3},{"item":1,"count":0}]}"#,
            refused("input.email"),
        ),
        post("No lines", r#"{"customer":"eve@example.org","lines":[]}"#, refused("input.length")),
        post(
            "An item that the rule allows, and the shop does not have",
            r#"{"customer":"eve@example.org","lines":[{"item":5,"count":1}]}"#,
            refused("index.bounds"),
        ),
        post(
            "Lines that keep their rules, and whose sum is too large",
            r#"{"customer":"eve@example.org","lines":[{"item":4,"count":61},{"item":4,"count":1}]}"#,
            refused("arithmetic.overflow"),
        ),
        get("A number outside of its rule", "/orders/0", refused("input.range")),
        get("A page whose place is no number", "/catalogue?number=999999999&size=50", refused("arithmetic.overflow")),
        get("A page behind the last", "/catalogue?number=9&size=3", refused("index.bounds")),
        get("A number that is none", "/orders/NaN", (400, None)),
        post(
            "A text for a number",
            r#"{"customer":"eve@example.org","lines":[{"item":"pen","count":1}]}"#,
            (400, None),
        ),
        post("No JSON at all", "\u{1}\u{2}\u{3}", (400, None)),
        post("More brackets than the limit lets in", &"[".repeat(BODY_BYTES + 1), (413, None)),
        get("The same good question as before", "/orders/1", (200, None)),
    ]
}

/// Tells the session as it goes. It fails where an answer is not the one that was due.
pub(crate) fn play(base: &str, out: &mut impl Write) -> Ended {
    let client: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let mut as_expected = true;
    for Step { what, body, path, ends } in steps() {
        let url = format!("{base}{path}");
        let mut response = match &body {
            None => client.get(&url).call()?,
            Some(body) => client.post(&url).content_type("application/json").send(body)?,
        };
        let status = response.status().as_u16();
        let answer = response.body_mut().read_to_string()?;
        let problem: Value = serde_json::from_str(&answer)?;
        let method = if body.is_some() { "POST" } else { "GET" };
        writeln!(out, "{what}\n  {method} {path} {:.60}\n  {status} {answer}", body.as_deref().unwrap_or(""))?;
        if (status, problem.get("code").and_then(Value::as_str)) != ends {
            as_expected = false;
            writeln!(out, "  THIS IS WRONG: it should have been {ends:?}")?;
        }
    }
    writeln!(
        out,
        "{}",
        if as_expected { "Every request was answered as it should be." } else { "The session failed." }
    )?;
    Ok(if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
