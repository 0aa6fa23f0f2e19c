//! `async_trait`, on the implementation of a service of tonic: ours above and below it, and on a method, also with `instrument`.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};

use portcullis::zero_trust;
use portcullis_frameworks::suite::assert_silent;
use portcullis_frameworks::tonic::{Client, Number};
use portcullis_frameworks::{secret_panic, start};
use tonic::body::Body;
use tonic::codegen::http;
use tonic::server::NamedService;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;
use tonic_types::StatusExt;
use tower::service_fn;
use tower_service::Service;
use tracing::instrument;

#[tonic::async_trait]
trait Coins: Send + Sync + 'static {
    async fn coins(&self, request: Request<Number>) -> Result<Response<Number>, Status>;
}

struct OursAbove;

#[zero_trust]
#[tonic::async_trait]
impl Coins for OursAbove {
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct OursBelow;

#[tonic::async_trait]
#[zero_trust]
impl Coins for OursBelow {
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct OnTheMethod;

#[tonic::async_trait]
impl Coins for OnTheMethod {
    #[zero_trust]
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct MethodAboveSpan;

#[tonic::async_trait]
impl Coins for MethodAboveSpan {
    #[zero_trust]
    #[instrument(skip_all)]
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct MethodBelowSpan;

#[tonic::async_trait]
impl Coins for MethodBelowSpan {
    #[instrument(skip_all)]
    #[zero_trust]
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct AboveSpans;

#[zero_trust]
#[tonic::async_trait]
impl Coins for AboveSpans {
    #[instrument(skip_all)]
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

struct BelowSpans;

#[tonic::async_trait]
#[zero_trust]
impl Coins for BelowSpans {
    #[instrument(skip_all)]
    async fn coins(
        &self,
        #[check(via = get_ref, field = value, range(min = 1, max = 86_400))] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let value = secret_panic(request.into_inner().value) * 50_000;
        Ok(Response::new(Number { value }))
    }
}

/// Its method `OursAbove` is that of `OursAbove`, and so on.
#[derive(Clone)]
struct Desk;

impl NamedService for Desk {
    const NAME: &'static str = "desk.Desk";
}

impl Service<http::Request<Body>> for Desk {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move {
            let method = request.uri().path().to_owned();
            let unary = service_fn(move |request| {
                let coins = coins(&method);
                async move { coins.ok_or_else(|| Status::unimplemented(""))?.coins(request).await }
            });
            Ok(tonic::server::Grpc::new(ProstCodec::<Number, Number>::default()).unary(unary, request).await)
        })
    }
}

fn coins(method: &str) -> Option<&'static dyn Coins> {
    Some(match method {
        "/desk.Desk/OursAbove" => &OursAbove,
        "/desk.Desk/OursBelow" => &OursBelow,
        "/desk.Desk/OnTheMethod" => &OnTheMethod,
        "/desk.Desk/MethodAboveSpan" => &MethodAboveSpan,
        "/desk.Desk/MethodBelowSpan" => &MethodBelowSpan,
        "/desk.Desk/AboveSpans" => &AboveSpans,
        "/desk.Desk/BelowSpans" => &BelowSpans,
        _ => return None,
    })
}

fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        Server::builder().add_service(Desk).serve_with_incoming(TcpIncoming::from(listener)).await.unwrap();
    });
}

static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

#[track_caller]
fn assert_works(method: &str) {
    let client = Client::new(&BASE);
    let refused = |number| {
        let status = client.number(method, number).unwrap_err();
        assert_silent(status.message());
        let reason = status.get_details_error_info().map(|info| info.reason);
        (status.code(), reason)
    };
    assert_eq!(client.number(method, 60).unwrap(), 3_000_000, "{method}");
    assert_eq!(refused(0), (Code::InvalidArgument, Some("INPUT_RANGE".to_owned())), "{method}");
    assert_eq!(refused(86_399), (Code::OutOfRange, Some("ARITHMETIC_OVERFLOW".to_owned())), "{method}");
    assert_eq!(refused(1_313), (Code::Internal, None), "{method}");
    assert_eq!(client.number(method, 60).unwrap(), 3_000_000, "{method}");
}

#[test]
fn ours_may_stand_above() {
    assert_works("OursAbove");
}

#[test]
fn ours_may_stand_below() {
    assert_works("OursBelow");
}

#[test]
fn ours_may_stand_on_the_method() {
    assert_works("OnTheMethod");
}

#[test]
fn instrument_may_be_there_too() {
    for method in ["MethodAboveSpan", "MethodBelowSpan", "AboveSpans", "BelowSpans"] {
        assert_works(method);
    }
}
