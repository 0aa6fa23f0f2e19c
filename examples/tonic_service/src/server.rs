//! The service as a build script would print it, by hand: the trait, and which path leads to which method.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::body::Body;
use tonic::codegen::http;
use tonic::server::{Grpc, NamedService};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use tower::service_fn;
use tower_service::Service;

use crate::wire::{Account, Number, Opening, Order, Rate};

#[tonic::async_trait]
pub(crate) trait Bank: Clone + Send + Sync + 'static {
    async fn open(&self, request: Request<Opening>) -> Result<Response<Account>, Status>;
    async fn find(&self, request: Request<Number>) -> Result<Response<Account>, Status>;
    async fn transfer(&self, request: Request<Order>) -> Result<Response<Account>, Status>;
    async fn interest(&self, request: Request<Rate>) -> Result<Response<Account>, Status>;
}

/// The largest message, in bytes: an honest one is far below. It is decoded before any method is asked, so this limit is tonic's.
pub(crate) const MESSAGE_BYTES: usize = 4_096;

#[derive(Clone)]
pub(crate) struct BankServer<B>(pub(crate) B);

impl<B> NamedService for BankServer<B> {
    const NAME: &'static str = "bank.Bank";
}

impl<B: Bank> Service<http::Request<Body>> for BankServer<B> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        macro_rules! unary {
            ($bank:ident.$method:ident) => {{
                let method = service_fn(move |request| {
                    let bank = $bank.clone();
                    async move { bank.$method(request).await }
                });
                let codec = ProstCodec::default();
                Grpc::new(codec).max_decoding_message_size(MESSAGE_BYTES).unary(method, request).await
            }};
        }
        let bank = self.0.clone();
        Box::pin(async move {
            Ok(match request.uri().path() {
                "/bank.Bank/Open" => unary!(bank.open),
                "/bank.Bank/Find" => unary!(bank.find),
                "/bank.Bank/Transfer" => unary!(bank.transfer),
                "/bank.Bank/Interest" => unary!(bank.interest),
                _ => Status::unimplemented("").into_http(),
            })
        })
    }
}
