//! The connections. A message is four bytes of length, the most significant first, and that many bytes of JSON.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use portcullis::{FromViolation as _, Violation};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::station::{Reply, Station};

/// The longest message, in bytes.
pub(crate) const MESSAGE_BYTES: u32 = 1 << 18;
/// How many are served at once: with the length above, this bounds the memory.
const CONNECTIONS: usize = 64;
/// A client has so long for a message, and so long to take its reply.
const PATIENCE: Duration = Duration::from_secs(10);

/// Goes on until it is dropped: no client can end it.
pub(crate) async fn run(listener: TcpListener) {
    let station = Arc::new(Mutex::new(Station::default()));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // Nobody closes the semaphore.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let station = Arc::clone(&station);
                tokio::spawn(async move {
                    // Whatever ended it, it is this client's affair.
                    let _ = converse(stream, &station).await;
                    drop(place);
                });
            }
            // Out of file descriptors, most likely: it passes when a client leaves.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

enum Frame {
    Message(Vec<u8>),
    TooLong,
    End,
}

async fn converse(mut stream: TcpStream, station: &Mutex<Station>) -> io::Result<()> {
    loop {
        match timeout(PATIENCE, read(&mut stream)).await?? {
            Frame::Message(bytes) => {
                // A refusal in mid-handler leaves no half of a change here, nor does a panic, which is a refusal too.
                let reply = station.lock().unwrap_or_else(PoisonError::into_inner).answer(&bytes);
                timeout(PATIENCE, write(&mut stream, &reply)).await??;
            }
            Frame::TooLong => {
                let violation = Violation::field("message", "length", format!("must be at most {MESSAGE_BYTES} bytes"));
                timeout(PATIENCE, write(&mut stream, &Reply::from_violation(violation))).await??;
                // Where the next message would begin nobody knows. What still comes is thrown away for a while: a connection that
                // is closed with bytes unread is reset, and a reset may overtake the reply.
                stream.shutdown().await?;
                timeout(PATIENCE, copy(&mut stream.take(MESSAGE_BYTES.into()), &mut sink())).await??;
                return Ok(());
            }
            Frame::End => return Ok(()),
        }
    }
}

/// The memory grows with what has come, and not with the length that a client claims.
async fn read(stream: &mut TcpStream) -> io::Result<Frame> {
    let Ok(length) = stream.read_u32().await else { return Ok(Frame::End) };
    if length > MESSAGE_BYTES {
        return Ok(Frame::TooLong);
    }
    let mut bytes = Vec::new();
    let read = stream.take(length.into()).read_to_end(&mut bytes).await?;
    Ok(if u32::try_from(read) == Ok(length) { Frame::Message(bytes) } else { Frame::End })
}

async fn write(stream: &mut TcpStream, reply: &Reply) -> io::Result<()> {
    let body = serde_json::to_vec(reply)?;
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes()[..], &body].concat()).await
}
