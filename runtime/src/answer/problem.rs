//! The answer in HTTP: problem+json of RFC 9457, or what the user's hook makes instead.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use core::time::Duration;

use serde::Serialize;

use super::hook::Hook;
use super::{AlreadySet, retry_after, split, tells_code, title};
use crate::{FieldError, Kind, Violation};

const PROBLEM: &str = "application/problem+json";

/// What a client hears of a [`Violation`] in HTTP, before a framework makes its response of it. With the feature
/// `problem-json`.
///
/// ```
/// use portcullis::validator::Validate;
/// use portcullis::{Violation, validated_input};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Order {
///     #[validate(length(min = 1, max = 20))]
///     item: String,
/// }
///
/// #[validated_input]
/// fn place(#[check(range(max = 9))] table: u8, order: Order) -> Result<(), Violation> {
///     Ok(())
/// }
///
/// let refused = place(12, Order { item: String::new() }).unwrap_err();
/// let answer = refused.answer();
/// assert_eq!(answer.status(), 422);
/// assert_eq!(answer.content_type(), "application/problem+json");
/// assert_eq!(
///     str::from_utf8(answer.body()).unwrap(),
///     r##"{"type":"urn:portcullis:invalid-request","title":"The request is not valid","status":422,"code":"input.length","errors":["##.to_owned()
///         + r##"{"pointer":"#/item","code":"length","detail":"must have a length that is at least 1 and at most 20"},"##
///         + r##"{"parameter":"table","code":"range","detail":"must be at most 9"}]}"##,
/// );
/// ```
///
/// | [`Kind`] | status | `type` | `code` |
/// |---|---|---|---|
/// | `Input` | 422 | `urn:portcullis:invalid-request` | `input.*` |
/// | `Arithmetic` | 422 | `urn:portcullis:out-of-range` | `arithmetic.*`, `cast.lossy` |
/// | `Index` | 422 | `urn:portcullis:no-such-position` | `index.bounds` |
/// | `Recursion` | 422 | `urn:portcullis:too-deep` | `recursion.*` |
/// | `Steps` | 422 | `urn:portcullis:too-much-work` | `steps` |
/// | `Deadline` | 503, with `Retry-After: 1` | `urn:portcullis:too-slow` | `deadline` |
/// | `Allocation` | 422 | `urn:portcullis:too-much-memory` | `allocation` |
/// | `Capacity` | 507 | `urn:portcullis:no-room` | `capacity` |
/// | `Memory` | 503, with `Retry-After`: 3 to 6 seconds, not the same for all | `about:blank`, as for any other error of a server | none |
/// | `Busy` | 503, with `Retry-After`: 1 or 2 seconds, not the same for all | the same | none |
/// | `Closed`, `Panic` | 500 | the same | none |
///
/// `errors` are the [`fields`](Violation::fields), and `errors_omitted` are the [others](Violation::fields_omitted); where there
/// are none, neither stands.
/// An error in a parameter itself has its name, as `parameter`. One inside its value has a `pointer`, a JSON pointer in the
/// form of a URI fragment, which starts where that value does: the document, when the parameter is the body.
///
/// **What it cannot see.** Which part of the request a parameter came from: a field of a `Query<T>` has a pointer too, and a
/// parameter from the path is answered with 422 like any other. That `serde` knows a field by another name. The key of a
/// map, of which `validator` tells the position of the entry. A dot or a bracket within a name of [`Violation::field`]:
/// it is taken for the end of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    content_type: &'static str,
    body: Vec<u8>,
    retry_after: Option<u64>,
}

impl Answer {
    /// The answer as this crate makes it, whatever [`set_answer`] has been given.
    #[must_use]
    pub fn of(violation: &Violation) -> Self {
        let kind = violation.kind();
        let (status, of) = problem(kind);
        let problem = Problem {
            of,
            title: title(kind),
            status,
            code: tells_code(kind).then(|| violation.code()),
            errors: violation.fields().iter().map(Fault::of).collect(),
            errors_omitted: violation.fields_omitted(),
        };
        // Texts and numbers alone are always JSON.
        let answer = Self::new(status, PROBLEM, serde_json::to_vec(&problem).unwrap_or_default());
        match retry_after(kind) {
            Some(delay) => answer.with_retry_after(delay),
            None => answer,
        }
    }

    /// An answer of your own, for the hook of [`set_answer`].
    ///
    /// A status outside of 200 to 599 is no answer, and becomes 500. A content type that no header can hold becomes
    /// `application/octet-stream`.
    #[must_use]
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let status = if (200..600).contains(&status) { status } else { 500 };
        let holds = content_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        let content_type = if holds { content_type } else { "application/octet-stream" };
        Self { status, content_type, body: body.into(), retry_after: None }
    }

    /// When the client may try again, as the header `Retry-After`: in whole seconds, rounded up, at least 1. For what
    /// passes by itself, as with the statuses 429 and 503.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        let part = u64::from(delay.subsec_nanos() > 0);
        self.retry_after = Some(delay.as_secs().saturating_add(part).max(1));
        self
    }

    /// The status of HTTP.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body, without a copy.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// The header `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }
}

/// With the feature `problem-json`.
impl Violation {
    /// What the client hears of it: by the hook of [`set_answer`] where there is one, else [`Answer::of`]. For a framework
    /// that has no feature here.
    #[must_use]
    pub fn answer(&self) -> Answer {
        HOOK.answer(self, Answer::of)
    }
}

static HOOK: Hook<Answer> = Hook::new();

/// Has `hook` make the answers of HTTP, for the whole process and for good. With the feature `problem-json`.
///
/// ```
/// use portcullis::{Answer, Violation, set_answer};
///
/// fn answer(violation: &Violation) -> Answer {
///     eprintln!("{}", violation.internal());
///     match violation.code() {
///         "input.range" => Answer::new(400, "text/plain", "out of range"),
///         _ => Answer::of(violation),
///     }
/// }
///
/// set_answer(answer).unwrap();
/// let refused = Violation::field("secs", "range", "must be at least 1");
/// assert_eq!(refused.answer().body(), b"out of range");
/// ```
///
/// The hook sees the violation whole, so that it can log; what it writes of [`Violation::internal`] into the answer, the client
/// reads. It is called on the thread that makes the response; of actix and poem it may be called again, by whoever asks an
/// error for its status. Where it panics the answer is [`Answer::of`] (under `panic = "abort"` the process ends), and so is
/// [`Violation::answer`] within the hook.
///
/// # Errors
/// When there is a hook already.
pub fn set_answer(hook: fn(&Violation) -> Answer) -> Result<(), AlreadySet> {
    HOOK.set(hook)
}

/// The status and the `type` of a kind. Exhaustive: a new kind chooses.
const fn problem(kind: Kind) -> (u16, &'static str) {
    match kind {
        Kind::Input => (422, "urn:portcullis:invalid-request"),
        Kind::Arithmetic => (422, "urn:portcullis:out-of-range"),
        Kind::Index => (422, "urn:portcullis:no-such-position"),
        Kind::Recursion => (422, "urn:portcullis:too-deep"),
        Kind::Steps => (422, "urn:portcullis:too-much-work"),
        // Of 504 a gateway is said to be; this server is the one that was too slow.
        Kind::Deadline => (503, "urn:portcullis:too-slow"),
        Kind::Allocation => (422, "urn:portcullis:too-much-memory"),
        Kind::Capacity => (507, "urn:portcullis:no-room"),
        // The RFC's own for what has no meaning beyond its status.
        Kind::Memory | Kind::Busy => (503, "about:blank"),
        Kind::Closed | Kind::Panic => (500, "about:blank"),
    }
}

/// The body.
#[derive(Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    of: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault<'a>>,
    #[serde(skip_serializing_if = "is_none")]
    errors_omitted: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct Fault<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    code: &'a str,
    detail: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Place<'a> {
    Parameter(&'a str),
    Pointer(String),
}

impl<'a> Fault<'a> {
    fn of(field: &'a FieldError) -> Self {
        let place = match split(&field.path) {
            (parameter, "") => Place::Parameter(parameter),
            (_, within) => Place::Pointer(pointer(within)),
        };
        Self { place, code: &field.code, detail: &field.detail }
    }
}

/// `.items[3].name` as `#/items/3/name`.
fn pointer(within: &str) -> String {
    let mut pointer = "#".to_owned();
    for step in within.split(['.', '[']).skip(1) {
        pointer.push('/');
        for byte in step.strip_suffix(']').unwrap_or(step).bytes() {
            // Into a `String` nothing fails.
            let _ = match byte {
                b'~' => pointer.write_str("~0"),
                b'/' => pointer.write_str("~1"),
                b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => pointer.write_char(byte.into()),
                _ => write!(pointer, "%{byte:02X}"),
            };
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use core::time::Duration;

    use super::{Answer, pointer};
    use crate::Violation;
    use crate::memory::Threshold;
    use crate::violation::Cause;

    #[test]
    fn a_path_as_a_pointer_in_a_fragment() {
        assert_eq!(pointer(".items[3].name"), "#/items/3/name");
        assert_eq!(pointer("[3][4]"), "#/3/4");
        assert_eq!(pointer(".a/b~c d.\u{e9}"), "#/a~1b~0c%20d/%C3%A9");
    }

    #[test]
    fn distress_is_told_by_when_to_come_back_and_by_nothing_else() {
        let refused =
            || Violation::new("memory", Cause::Memory { threshold: Some(Threshold::PERCENT_85), status: None });
        let answers = [(); 8].map(|()| Answer::of(&refused()));
        for answer in &answers {
            assert_eq!(answer.status(), 503);
            let body = br#"{"type":"about:blank","title":"Service Unavailable","status":503}"#;
            assert_eq!(answer.body(), body);
        }
        let mut after = answers.map(|answer| answer.retry_after().unwrap()).to_vec();
        assert!(after.iter().all(|after| (3..=6).contains(after)), "{after:?}");
        // Not all clients at once.
        after.sort_unstable();
        after.dedup();
        assert!(after.len() >= 3, "{after:?}");
    }

    #[test]
    fn whole_seconds_and_at_least_one() {
        let after = |delay| Answer::new(503, "text/plain", "").with_retry_after(delay).retry_after();
        assert_eq!(after(Duration::ZERO), Some(1));
        assert_eq!(after(Duration::from_millis(2_001)), Some(3));
        assert_eq!(after(Duration::MAX), Some(u64::MAX));
    }

    #[test]
    fn what_http_cannot_carry_is_no_answer() {
        assert_eq!(Answer::new(101, "text/plain", "").status(), 500);
        assert_eq!(Answer::new(600, "text/plain", "").status(), 500);
        assert_eq!(Answer::new(404, "text/plain; charset=utf-8", "").content_type(), "text/plain; charset=utf-8");
        assert_eq!(Answer::new(404, "text/plain\r\nSet-Cookie: a=b", "").content_type(), "application/octet-stream");
    }
}
