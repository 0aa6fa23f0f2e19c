//! tonic, with a service as its build script would print it, but by hand: that needs no `protoc`.

use std::convert::Infallible;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt};
use portcullis::validator::Validate;
use portcullis::{checked_items, zero_trust};
use tokio::runtime::Runtime;
use tonic::body::Body;
use tonic::codegen::http;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::server::NamedService;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;
use tower::service_fn;
use tower_service::Service;

use crate::{secret_coins, secret_nest, secret_panic};

/// As the message of HTTP.
#[derive(Clone, PartialEq, prost::Message, Validate)]
#[validate(crate = "portcullis::validator")]
pub struct Order {
    /// A rule on a field.
    #[prost(string, tag = "1")]
    #[validate(length(min = 1, max = 20))]
    pub item: String,
    /// Rules in a list.
    #[prost(message, repeated, tag = "2")]
    #[validate(nested)]
    pub lines: Vec<Line>,
}

/// A part of it.
#[derive(Clone, PartialEq, prost::Message, Validate)]
#[validate(crate = "portcullis::validator")]
pub struct Line {
    /// A rule further in.
    #[prost(uint32, tag = "1")]
    #[validate(range(min = 1, max = 99))]
    pub count: u32,
}

/// What the other methods take, and what all of them give.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Number {
    /// It.
    #[prost(uint32, tag = "1")]
    pub value: u32,
}

/// An order of so many of each line.
#[must_use]
pub fn order(item: &str, counts: &[u32]) -> Order {
    Order { item: item.to_owned(), lines: counts.iter().map(|&count| Line { count }).collect() }
}

/// The service.
#[tonic::async_trait]
trait Desk: Clone + Send + Sync + 'static {
    async fn order(&self, request: Request<Order>) -> Result<Response<Number>, Status>;
    async fn orders(&self, request: Request<Streaming<Order>>) -> Result<Response<Number>, Status>;
    async fn coins(&self, request: Request<Number>) -> Result<Response<Number>, Status>;
    async fn cards(&self, request: Request<Number>) -> Result<Response<Number>, Status>;
    async fn nest(&self, request: Request<Number>) -> Result<Response<Number>, Status>;
    async fn panics(&self, request: Request<Number>) -> Result<Response<Number>, Status>;
}

#[derive(Clone)]
struct SecretDesk;

#[zero_trust]
#[tonic::async_trait]
impl Desk for SecretDesk {
    async fn order(&self, request: Request<Order>) -> Result<Response<Number>, Status> {
        Ok(Response::new(Number { value: request.into_inner().lines.len() as u32 }))
    }

    async fn orders(
        &self,
        #[trusted(reason = "each order is checked as it is pulled")] request: Request<Streaming<Order>>,
    ) -> Result<Response<Number>, Status> {
        let mut orders = checked_items(request.into_inner(), 1_000).named("orders");
        let mut lines = 0_u32;
        while let Some(order) = orders.next().await {
            lines += order?.lines.len() as u32;
        }
        Ok(Response::new(Number { value: lines }))
    }

    async fn coins(
        &self,
        #[trusted(reason = "what it holds is checked where it is used")] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        Ok(Response::new(Number { value: secret_coins(request.into_inner().value)? }))
    }

    async fn cards(
        &self,
        #[trusted(reason = "every number has its card, or is refused")] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        let slot = request.into_inner().value as usize;
        Ok(Response::new(Number { value: black_box([7, 8, 9])[slot] }))
    }

    async fn nest(
        &self,
        #[trusted(reason = "what it holds is checked where it is used")] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        Ok(Response::new(Number { value: secret_nest(request.into_inner().value)? }))
    }

    async fn panics(
        &self,
        #[trusted(reason = "every number is fine, but for one")] request: Request<Number>,
    ) -> Result<Response<Number>, Status> {
        Ok(Response::new(Number { value: secret_panic(request.into_inner().value) }))
    }
}

#[derive(Clone)]
struct DeskServer<D>(D);

impl<D> NamedService for DeskServer<D> {
    const NAME: &'static str = "desk.Desk";
}

impl<D: Desk> Service<http::Request<Body>> for DeskServer<D> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        /// One method, which owns what it is called on.
        macro_rules! unary {
            ($desk:ident.$method:ident of $message:ty) => {
                tonic::server::Grpc::new(ProstCodec::default())
                    .unary(
                        service_fn(move |request: Request<$message>| {
                            let desk = $desk.clone();
                            async move { desk.$method(request).await }
                        }),
                        request,
                    )
                    .await
            };
        }
        let desk = self.0.clone();
        Box::pin(async move {
            Ok(match request.uri().path() {
                "/desk.Desk/Order" => unary!(desk.order of Order),
                "/desk.Desk/Orders" => {
                    tonic::server::Grpc::new(ProstCodec::default())
                        .client_streaming(
                            service_fn(move |request: Request<Streaming<Order>>| {
                                let desk = desk.clone();
                                async move { desk.orders(request).await }
                            }),
                            request,
                        )
                        .await
                }
                "/desk.Desk/Coins" => unary!(desk.coins of Number),
                "/desk.Desk/Cards" => unary!(desk.cards of Number),
                "/desk.Desk/Nest" => unary!(desk.nest of Number),
                "/desk.Desk/Panic" => unary!(desk.panics of Number),
                _ => Status::unimplemented("").into_http(),
            })
        })
    }
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    runtime().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        let server = Server::builder().add_service(DeskServer(SecretDesk));
        server.serve_with_incoming(TcpIncoming::from(listener)).await.unwrap();
    });
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// A client that waits.
#[derive(Debug)]
pub struct Client {
    runtime: Runtime,
    channel: Channel,
}

impl Client {
    /// Connects.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let runtime = runtime();
        let channel = runtime.block_on(Endpoint::from_shared(base.to_owned()).unwrap().connect()).unwrap();
        Self { runtime, channel }
    }

    /// `Order`.
    pub fn order(&self, order: Order) -> Result<u32, Status> {
        self.call("/desk.Desk/Order".to_owned(), order)
    }

    /// `Orders`, which are sent as they come.
    pub fn orders(&self, orders: impl Stream<Item = Order> + Send + 'static) -> Result<u32, Status> {
        let mut client = tonic::client::Grpc::new(self.channel.clone());
        self.runtime.block_on(async {
            client.ready().await.unwrap();
            let (codec, path) =
                (ProstCodec::<Order, Number>::default(), PathAndQuery::from_static("/desk.Desk/Orders"));
            Ok(client.client_streaming(Request::new(orders), path, codec).await?.into_inner().value)
        })
    }

    /// Any other method of one message.
    pub fn number(&self, method: &str, value: u32) -> Result<u32, Status> {
        self.call(format!("/desk.Desk/{method}"), Number { value })
    }

    fn call<M: prost::Message + 'static>(&self, path: String, message: M) -> Result<u32, Status> {
        let mut client = tonic::client::Grpc::new(self.channel.clone());
        self.runtime.block_on(async {
            client.ready().await.unwrap();
            let codec = ProstCodec::<M, Number>::default();
            let response = client.unary(Request::new(message), PathAndQuery::try_from(path).unwrap(), codec).await?;
            Ok(response.into_inner().value)
        })
    }
}
