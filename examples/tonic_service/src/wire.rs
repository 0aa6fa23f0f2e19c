//! The messages, and a client: what a build script would print of the service's `.proto`, by hand, since that needs no `protoc`.
//! With one, `prost_build::Config::type_attribute` and `field_attribute` add `Covered` and its rules.

use portcullis::Covered;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};
use tonic_prost::ProstCodec;

/// `rpc Open(Opening) returns (Account)`.
#[derive(Clone, PartialEq, prost::Message, Covered)]
pub(crate) struct Opening {
    #[prost(string, tag = "1")]
    #[check(length(min = 1, max = 40), non_control)]
    pub(crate) owner: String,
    #[prost(uint32, tag = "2")]
    #[check(range(max = 4_000_000_000_u32))]
    pub(crate) coins: u32,
}

/// `rpc Find(Number) returns (Account)`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Number {
    #[prost(uint64, tag = "1")]
    pub(crate) number: u64,
}

/// `rpc Transfer(Order) returns (Account)`: of the payer, afterwards.
#[derive(Clone, PartialEq, prost::Message, Covered)]
pub(crate) struct Order {
    #[prost(uint64, tag = "1")]
    #[check(range(min = 1, max = 999_999))]
    pub(crate) payer: u64,
    #[prost(uint64, tag = "2")]
    #[check(range(min = 1, max = 999_999))]
    pub(crate) payee: u64,
    #[prost(uint32, tag = "3")]
    #[check(range(min = 1, max = 4_000_000_000_u32))]
    pub(crate) coins: u32,
}

/// `rpc Interest(Rate) returns (Account)`.
#[derive(Clone, PartialEq, prost::Message, Covered)]
pub(crate) struct Rate {
    #[prost(uint64, tag = "1")]
    #[check(range(min = 1, max = 999_999))]
    pub(crate) number: u64,
    /// A float of the wire may be NaN, which is in no range.
    #[prost(double, tag = "2")]
    #[check(range(min = 0.0, max = 1_000_000.0))]
    pub(crate) percent: f64,
}

/// What every method gives.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Account {
    #[prost(uint64, tag = "1")]
    pub(crate) number: u64,
    #[prost(string, tag = "2")]
    pub(crate) owner: String,
    #[prost(uint32, tag = "3")]
    pub(crate) coins: u32,
}

pub(crate) struct Client(tonic::client::Grpc<Channel>);

impl Client {
    pub(crate) async fn connect(base: String) -> Result<Self, tonic::transport::Error> {
        let channel = Endpoint::from_shared(base)?.connect().await?;
        Ok(Self(tonic::client::Grpc::new(channel)))
    }

    /// Calls any method with any message, also with one that is not the method's.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        message: impl prost::Message + 'static,
    ) -> Result<Account, Status> {
        let path = PathAndQuery::try_from(format!("/bank.Bank/{method}"));
        let path = path.map_err(|_| Status::invalid_argument("no method can have this name"))?;
        self.0.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let answer = self.0.unary(Request::new(message), path, ProstCodec::default()).await?;
        Ok(answer.into_inner())
    }
}
