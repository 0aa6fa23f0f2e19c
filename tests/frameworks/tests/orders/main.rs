//! The order of the attributes: ours above and below those of each framework. The same is protected either way, and what the
//! other attribute reads from the function is still there.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "in which order attributes stand has nothing to do with gates"
)]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    clippy::unwrap_used,
    reason = "a test, of code as a user writes it"
)]

mod actix;
mod axum;
mod poem;
mod rocket;
mod spans;
mod tonic;
mod utoipa;

use portcullis_frameworks::suite::{Reply, assert_problem, order, post_to};
use serde_json::json;

/// Valid input passes; a rule of a parameter, a rule of a field, an operator of the body and a panic refuse, each by its code.
#[track_caller]
fn assert_works(base: &str, handler: &str) {
    let ask = |secs: u32, item| post_to(base, &format!("/{handler}/{secs}"), &order(item, &[1, 2]));
    let passes = || {
        let reply: Reply = ask(60, "pen");
        assert_eq!((reply.status, &*reply.body), (200, "3000002"), "{handler}");
    };
    passes();
    assert_problem(
        &ask(0, "pen"),
        &json!({
            "type": "urn:portcullis:invalid-request",
            "title": "The request is not valid",
            "status": 422,
            "code": "input.range",
            "errors": [{ "parameter": "secs", "code": "range", "detail": "must be between 1 and 86400" }],
        }),
    );
    assert_problem(
        &ask(60, ""),
        &json!({
            "type": "urn:portcullis:invalid-request",
            "title": "The request is not valid",
            "status": 422,
            "code": "input.length",
            "errors": [
                { "pointer": "#/item", "code": "length", "detail": "must have a length that is at least 1 and at most 20" },
            ],
        }),
    );
    assert_problem(
        &ask(86_399, "pen"),
        &json!({
            "type": "urn:portcullis:out-of-range",
            "title": "A number that the request leads to is out of range",
            "status": 422,
            "code": "arithmetic.overflow",
        }),
    );
    assert_problem(
        &ask(1_313, "pen"),
        &json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 }),
    );
    passes();
}
