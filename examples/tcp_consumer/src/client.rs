//! A client that waits, and sends whatever it is given.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A server that is silent for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Client(TcpStream);

impl Client {
    pub(crate) fn connect(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(stream))
    }

    /// Sends a message, and takes its reply.
    pub(crate) fn ask(&mut self, message: &[u8]) -> io::Result<Value> {
        let length = u32::try_from(message.len()).map_err(io::Error::other)?;
        self.send(&[&length.to_be_bytes()[..], message].concat())?;
        self.reply()
    }

    /// Sends bytes that need not be a message.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    /// An error of the kind `UnexpectedEof` where the server has left.
    pub(crate) fn reply(&mut self) -> io::Result<Value> {
        let mut length = [0; 4];
        self.0.read_exact(&mut length)?;
        let mut body = Vec::new();
        (&self.0).take(u32::from_be_bytes(length).into()).read_to_end(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }
}
