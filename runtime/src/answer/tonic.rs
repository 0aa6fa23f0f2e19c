//! tonic: a status of gRPC, with the details of google.rpc.

use alloc::string::String;
use alloc::vec::Vec;
use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use super::hook::Hook;
use super::{AlreadySet, retry_after, split, tells_code, title};
use crate::{FieldError, Kind, Violation};

/// Details travel as a header, and a client takes 8 to 16 KiB of those. So many bytes of paths and words leave room for it, in
/// base64, and for others; field violations beyond it are left out.
const BYTES_OF_FIELDS: usize = 4_096;

/// tonic, with the feature `tonic`: a method returns `Result<T, Status>`.
///
/// ```
/// use portcullis::zero_trust;
/// use tonic::{Code, Response, Status};
/// use tonic_types::StatusExt;
///
/// #[zero_trust]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<Response<u32>, Status> {
///     Ok(Response::new(secs * 10))
/// }
///
/// let refused = collect(0).unwrap_err();
/// assert_eq!(refused.code(), Code::InvalidArgument);
/// let broken = &refused.get_details_bad_request().unwrap().field_violations[0];
/// assert_eq!((&*broken.field, &*broken.description), ("secs", "must be between 1 and 60"));
/// assert_eq!(refused.get_details_error_info().unwrap().reason, "INPUT_RANGE");
/// ```
///
/// | [`Kind`] | code | details |
/// |---|---|---|
/// | `Input` | `INVALID_ARGUMENT` | `BadRequest`, `ErrorInfo` |
/// | `Arithmetic`, `Index` | `OUT_OF_RANGE`: the arguments kept their rules, and what they led to, with the state of the server, did not | `ErrorInfo` |
/// | `Recursion`, `Steps`, `Allocation` | `RESOURCE_EXHAUSTED`, with no `RetryInfo`: the same request is refused again | `ErrorInfo` |
/// | `Deadline` | `DEADLINE_EXCEEDED` | `ErrorInfo`, `RetryInfo`: 1 second |
/// | `Capacity` | `RESOURCE_EXHAUSTED`, with no `RetryInfo` | `ErrorInfo` |
/// | `Memory` | `UNAVAILABLE` | `RetryInfo`: 3 to 6 seconds, not the same for all |
/// | `Busy` | `UNAVAILABLE` | `RetryInfo`: 1 or 2 seconds, not the same for all |
/// | `Closed`, `Panic` | `INTERNAL` | none |
///
/// The reason of `ErrorInfo` is [`Violation::code`] in its spelling, its domain `portcullis`. The field of a violation is the path
/// within the parameter, or the parameter's name where the value itself is at fault. As many of them are sent as
/// fit into 4 KiB: they travel as a header.
impl From<Violation> for Status {
    fn from(violation: Violation) -> Self {
        HOOK.answer(&violation, status)
    }
}

static HOOK: Hook<Status> = Hook::new();

/// Has `hook` make the statuses of gRPC, for the whole process and for good, as `set_answer` does for the
/// answers of HTTP. With the feature `tonic`.
///
/// ```
/// use portcullis::{Violation, set_status};
/// use tonic::Status;
///
/// fn status(violation: &Violation) -> Status {
///     eprintln!("{}", violation.internal());
///     Status::invalid_argument(violation.code())
/// }
///
/// set_status(status).unwrap();
/// let refused = Violation::field("secs", "range", "must be at least 1");
/// assert_eq!(Status::from(refused).message(), "input.range");
/// ```
///
/// The hook sees the violation whole, so that it can log; what it writes of [`Violation::internal`] into the status, the client
/// reads. Where it panics the status is that of the table (under `panic = "abort"` the process ends).
///
/// # Errors
/// When there is a hook already.
pub fn set_status(hook: fn(&Violation) -> Status) -> Result<(), AlreadySet> {
    HOOK.set(hook)
}

fn status(violation: &Violation) -> Status {
    let kind = violation.kind();
    let mut details = ErrorDetails::new();
    if tells_code(kind) {
        details.set_error_info(reason(violation.code()), "portcullis", HashMap::new());
    }
    if let Some(delay) = retry_after(kind) {
        details.set_retry_info(Some(delay));
    }
    let fields = field_violations(violation.fields());
    if !fields.is_empty() {
        details.set_bad_request(fields);
    }
    Status::with_error_details(code(kind), title(kind), details)
}

/// Exhaustive: a new kind chooses.
const fn code(kind: Kind) -> Code {
    match kind {
        Kind::Input => Code::InvalidArgument,
        Kind::Arithmetic | Kind::Index => Code::OutOfRange,
        Kind::Recursion | Kind::Steps | Kind::Capacity | Kind::Allocation => Code::ResourceExhausted,
        Kind::Deadline => Code::DeadlineExceeded,
        Kind::Memory | Kind::Busy => Code::Unavailable,
        Kind::Closed | Kind::Panic => Code::Internal,
    }
}

/// `input.range` as google.rpc spells a reason.
fn reason(code: &str) -> String {
    code.replace('.', "_").to_ascii_uppercase()
}

fn field_violations(fields: &[FieldError]) -> Vec<FieldViolation> {
    let mut bytes = 0_usize;
    let fields = fields.iter().map(|field| {
        let name = match split(&field.path) {
            (parameter, "") => parameter,
            (_, within) => within.strip_prefix('.').unwrap_or(within),
        };
        FieldViolation::new(name, &*field.detail)
    });
    let fit = fields.take_while(|field| {
        bytes = bytes.saturating_add(field.field.len()).saturating_add(field.description.len());
        bytes <= BYTES_OF_FIELDS
    });
    fit.collect()
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::vec::Vec;

    use tonic::{Code, Status};
    use tonic_types::StatusExt as _;

    use super::field_violations;
    use crate::memory::Threshold;
    use crate::violation::Cause;
    use crate::{FieldError, Violation};

    fn fields(bytes_of_path: usize) -> Vec<FieldError> {
        let path = format!("order{}", ".a".repeat(bytes_of_path.div_ceil(2)));
        (0..16).map(|_| FieldError { path: path.clone(), code: "range".into(), detail: "is at fault".into() }).collect()
    }

    #[test]
    fn distress_is_told_by_when_to_come_back_and_by_nothing_else() {
        let refused = Violation::new("memory", Cause::Memory { threshold: Some(Threshold::PERCENT_85), status: None });
        let status = Status::from(refused);
        assert_eq!((status.code(), status.message()), (Code::Unavailable, "Service Unavailable"));
        let details = status.get_error_details();
        let delay = details.retry_info().and_then(|info| info.retry_delay).map(|delay| delay.as_secs());
        assert!(delay.is_some_and(|delay| (3..=6).contains(&delay)));
        assert!(details.error_info().is_none() && details.bad_request().is_none());
    }

    #[test]
    fn details_fit_into_a_header() {
        assert_eq!(field_violations(&fields(100)).len(), 16);
        let fit = field_violations(&fields(1_000));
        assert_eq!(fit.len(), 4);
        assert!(fit.iter().all(|field| field.field.len() == 999));
        assert!(field_violations(&fields(5_000)).is_empty());
    }
}
