//! Routes through gates, and what their clients find.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use portcullis::{Violation, gated, rules_of, zero_trust};
use portcullis_frameworks::{start, suite};

#[test]
fn axum_serves_what_the_gates_let_through() {
    let base = start(portcullis_frameworks::axum::serve);
    let reply = |path: &str| {
        let reply = suite::get(&base, path);
        (reply.status, reply.body)
    };
    // Two methods on one route, each with its own handler.
    assert_eq!(reply("/orders"), (200, "many".to_owned()));
    assert_eq!(suite::post(&base, &suite::order("pen", &[1, 2])).body, "2");
    assert_eq!(suite::post(&base, &suite::order("", &[1])).status, 422);
    // A path with type arguments.
    assert_eq!(reply("/lists/7"), (200, "107".to_owned()));
    assert_eq!(reply("/lists/10").0, 422);
    assert_eq!(reply("/health"), (200, "ok".to_owned()));
}

#[test]
fn rocket_serves_what_is_unprotected_for_a_reason() {
    let base = start(portcullis_frameworks::rocket::serve);
    assert_eq!(suite::get(&base, "/health").body, "ok");
}

/// A handler of a library, whose import takes the type along.
#[test]
fn a_handler_of_another_crate_passes() {
    use portcullis_frameworks::secret_coins;
    assert_eq!(gated!(secret_coins)(1).unwrap(), 50_000);
    assert_eq!(rules_of!(portcullis_frameworks::secret_coins)[0].rule, "range(max = 86_400)");
}

/// actix's attribute makes a service of the function, and has it inside.
mod actix {
    use actix_web::http::StatusCode;
    use actix_web::{App, get, test, web};

    use super::{Violation, gated, rules_of, zero_trust};

    #[derive(serde::Deserialize, portcullis::validator::Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Coins {
        #[validate(range(max = 9))]
        secs: u32,
    }

    #[zero_trust(route)]
    #[get("/coins/{secs}")]
    async fn coins(path: web::Path<Coins>) -> Result<String, Violation> {
        Ok(path.secs.to_string())
    }

    #[::core::prelude::v1::test]
    fn a_service_by_attribute_passes() {
        actix_web::rt::System::new().block_on(async {
            let app = test::init_service(App::new().service(gated!(coins))).await;
            for (path, status) in [("/coins/9", StatusCode::OK), ("/coins/10", StatusCode::UNPROCESSABLE_ENTITY)] {
                let request = test::TestRequest::get().uri(path).to_request();
                assert_eq!(test::call_service(&app, request).await.status(), status);
            }
        });
        assert_eq!(rules_of!(coins)[0].ty, "web::Path<Coins>");
    }
}
