//! What a violation is to the clients of each framework.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

/// `place` is where the parameter of `/coins` is said to be.
macro_rules! suite {
    ($framework:ident, $member:literal: $place:literal) => {
        mod $framework {
            use std::sync::LazyLock;

            use portcullis_frameworks::{start, suite, $framework::serve};

            pub(super) static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

            #[test]
            fn what_is_valid_passes() {
                suite::passes(&BASE);
            }

            #[test]
            fn fields_that_broke_a_rule_have_pointers() {
                suite::fields_have_pointers(&BASE);
            }

            #[test]
            fn errors_are_capped() {
                suite::errors_are_capped(&BASE);
            }

            #[test]
            fn a_parameter_that_broke_a_rule_has_its_name() {
                suite::a_parameter_has_its_name(&BASE, $member, $place);
            }

            #[test]
            fn what_the_body_refuses_is_told_by_its_code() {
                suite::the_body_refuses(&BASE);
            }

            #[test]
            fn a_panic_is_answered_and_says_nothing() {
                suite::a_panic_is_generic(&BASE);
            }

            #[test]
            fn the_server_goes_on_after_every_refusal() {
                for _ in 0..3 {
                    suite::fields_have_pointers(&BASE);
                    suite::the_body_refuses(&BASE);
                    suite::a_panic_is_generic(&BASE);
                    suite::passes(&BASE);
                }
            }
        }
    };
}

suite!(actix, "pointer": "#/secs");
suite!(axum, "parameter": "secs");
suite!(poem, "parameter": "secs");
suite!(rocket, "parameter": "secs");
suite!(warp, "parameter": "secs");

#[test]
fn what_is_no_violation_is_warps_own_to_answer() {
    assert_eq!(portcullis_frameworks::suite::get(&warp::BASE, "/nowhere").status, 404);
}

mod tonic {
    use std::sync::LazyLock;

    use portcullis_frameworks::start;
    use portcullis_frameworks::suite::assert_silent;
    use portcullis_frameworks::tonic::{Client, order, serve};
    use tonic::{Code, Status};
    use tonic_types::StatusExt;

    static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

    fn passes(client: &Client) {
        assert_eq!(client.order(order("pen", &[1, 99])).unwrap(), 2);
        assert_eq!(client.number("Coins", 60).unwrap(), 3_000_000);
        assert_eq!(client.number("Cards", 2).unwrap(), 9);
        assert_eq!(client.number("Nest", 8).unwrap(), 8);
        assert_eq!(client.number("Panic", 1).unwrap(), 1);
    }

    fn fields(status: &Status) -> Vec<(String, String)> {
        let bad_request = status.get_details_bad_request().unwrap();
        bad_request.field_violations.into_iter().map(|field| (field.field, field.description)).collect()
    }

    /// The code, the message, the reason; and nothing of the server's own in any part of the status.
    fn told(status: &Status) -> (Code, &str, Option<String>) {
        assert_silent(status.message());
        assert_silent(&String::from_utf8_lossy(status.details()));
        assert_silent(&format!("{:?}", status.metadata()));
        let details = status.get_error_details();
        assert!(details.debug_info().is_none() && details.retry_info().is_none());
        let reason = details.error_info().map(|info| info.reason.clone());
        assert!(details.error_info().is_none_or(|info| info.domain == "portcullis" && info.metadata.is_empty()));
        (status.code(), status.message(), reason)
    }

    #[test]
    fn what_is_valid_passes() {
        passes(&Client::new(&BASE));
    }

    #[test]
    fn fields_that_broke_a_rule_are_a_bad_request() {
        let status = Client::new(&BASE).order(order("a pen with the text 0xC0FFEE", &[5, 777])).unwrap_err();
        assert_eq!(told(&status), (Code::InvalidArgument, "The request is not valid", Some("INPUT_LENGTH".into())));
        assert_eq!(
            fields(&status),
            [
                ("item".to_owned(), "must have a length that is at least 1 and at most 20".to_owned()),
                ("lines[1].count".to_owned(), "must be at least 1 and at most 99".to_owned()),
            ],
        );
    }

    #[test]
    fn a_parameter_that_broke_a_rule_has_its_name() {
        let status = Client::new(&BASE).number("Coins", 90_001).unwrap_err();
        assert_eq!(told(&status), (Code::InvalidArgument, "The request is not valid", Some("INPUT_RANGE".into())));
        assert_eq!(fields(&status), [("secs".to_owned(), "must be at most 86400".to_owned())]);
    }

    fn the_body_refuses(client: &Client) {
        for (method, number, code, message, reason) in [
            (
                "Coins",
                86_399,
                Code::OutOfRange,
                "A number that the request leads to is out of range",
                "ARITHMETIC_OVERFLOW",
            ),
            ("Cards", 7, Code::OutOfRange, "A position that the request leads to does not exist", "INDEX_BOUNDS"),
            ("Nest", 9, Code::ResourceExhausted, "The request is nested too deeply", "RECURSION_DEPTH"),
        ] {
            let status = client.number(method, number).unwrap_err();
            assert_eq!(told(&status), (code, message, Some(reason.into())));
            assert!(status.get_details_bad_request().is_none());
        }
    }

    fn a_panic_is_generic(client: &Client) {
        let status = client.number("Panic", 1_313).unwrap_err();
        assert_eq!(told(&status), (Code::Internal, "Internal Server Error", None));
    }

    #[test]
    fn what_the_body_refuses_is_told_by_its_code() {
        the_body_refuses(&Client::new(&BASE));
    }

    #[test]
    fn a_panic_is_answered_and_says_nothing() {
        a_panic_is_generic(&Client::new(&BASE));
    }

    #[test]
    fn the_server_goes_on_after_every_refusal() {
        let client = Client::new(&BASE);
        for _ in 0..3 {
            the_body_refuses(&client);
            a_panic_is_generic(&client);
            passes(&client);
        }
    }
}
