//! What a client hears of limits on what goes on at once.

use crate::Violation;
use crate::violation::Cause;

fn busy() -> Violation {
    Violation::new("busy", Cause::Busy { max: 7 })
}

fn full() -> Violation {
    Violation::new("capacity", Cause::Capacity { max: 7 })
}

#[cfg(feature = "problem-json")]
#[test]
fn in_http() {
    use crate::Answer;
    use alloc::collections::BTreeSet;

    let delays: BTreeSet<_> = (0..4).map(|_| Answer::of(&busy()).retry_after()).collect();
    assert_eq!(delays, BTreeSet::from([Some(1), Some(2)]));
    let answer = Answer::of(&busy());
    assert_eq!(answer.body(), br#"{"type":"about:blank","title":"Service Unavailable","status":503}"#);
    let answer = Answer::of(&full());
    assert_eq!((answer.status(), answer.retry_after()), (507, None));
    assert!(answer.body().ends_with(br#""code":"capacity"}"#));
}

#[cfg(feature = "tonic")]
#[test]
fn in_grpc() {
    use tonic::{Code, Status};
    use tonic_types::StatusExt as _;

    let status = Status::from(busy());
    assert_eq!((status.code(), status.get_details_error_info().is_none()), (Code::Unavailable, true));
    let delay = status.get_details_retry_info().and_then(|info| info.retry_delay);
    assert!(delay.is_some_and(|delay| (1..=2).contains(&delay.as_secs())));
    let status = Status::from(full());
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert!(status.get_details_retry_info().is_none());
}
