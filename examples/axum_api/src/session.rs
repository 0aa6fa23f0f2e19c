//! A scripted session: good and hostile requests through a real client, and how each of them has to end.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use serde_json::Value;
use ureq::Agent;

use axum_api::api::BODY_BYTES;

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
    let post = |what, body: &str, ends| Step { what, body: Some(body.to_owned()), path: "/bookings", ends };
    let refused = |code| (422, Some(code));
    let ada = r#"{"guest":"Ada","room":1,"arrival":40,"nights":3}"#;
    vec![
        post("A booking", ada, (201, None)),
        get("What was booked", "/bookings/1", (200, None)),
        get("Who arrives in that month", "/bookings?from=32&to=60", (200, None)),
        get("A group of twenty", "/rooms/0/quote?nights=3&guests=20", (200, None)),
        post(
            "No name, and a stay of no nights",
            r#"{"guest":"","room":1,"arrival":40,"nights":0}"#,
            refused("input.length"),
        ),
        post(
            "A room that the rule allows, and the hotel does not have",
            r#"{"guest":"Eve","room":7,"arrival":40,"nights":3}"#,
            refused("index.bounds"),
        ),
        get("A number outside of its rule", "/bookings/0", refused("input.range")),
        get("A period that ends before it begins", "/bookings?from=60&to=32", refused("input.require")),
        get(
            "Numbers that keep their rules, and whose product is too large",
            "/rooms/2/quote?nights=365&guests=500",
            refused("arithmetic.overflow"),
        ),
        get("What other hotels have, whose answer takes its time", "/rooms/2/elsewhere", (200, None)),
        get("A number that is none", "/bookings/NaN", (400, None)),
        post("A text for a number", r#"{"guest":"Eve","room":"one","arrival":40,"nights":3}"#, (422, None)),
        post("No JSON at all", "\u{1}\u{2}\u{3}", (400, None)),
        post("More brackets than the limit lets in", &"[".repeat(BODY_BYTES + 1), (413, None)),
        get("The same good question as before", "/bookings/1", (200, None)),
    ]
}

/// Tells the session as it goes. It fails where an answer is not the one that was due.
pub(crate) fn play(base: &str, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
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
