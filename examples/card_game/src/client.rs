//! A client: one connection, one request at a time.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::codec::{Framed, LengthDelimitedCodec};

use crate::wire::{self, Reply, Request};

/// A server that is silent for so long is lost to its player.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Client(Framed<TcpStream, LengthDelimitedCodec>);

impl Client {
    pub(crate) async fn connect(addr: SocketAddr) -> anyhow::Result<Self> {
        let stream = timeout(PATIENCE, TcpStream::connect(addr)).await.context("no connection in time")??;
        stream.set_nodelay(true)?;
        Ok(Self(wire::frames(stream)))
    }

    pub(crate) async fn ask(&mut self, request: &Request) -> anyhow::Result<Reply> {
        timeout(PATIENCE, self.exchange(request)).await.context("no answer in time")?
    }

    /// However long it takes.
    pub(crate) async fn exchange(&mut self, request: &Request) -> anyhow::Result<Reply> {
        self.0.send(wire::encode(request)?).await?;
        let frame = self.0.next().await.context("the server left")??;
        Ok(postcard::from_bytes(&frame)?)
    }
}
