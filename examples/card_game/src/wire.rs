//! What goes over the wire: one request a frame, and for each exactly one reply, in order.

use portcullis::{FromViolation, Violation};
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio_util::bytes::Bytes;
use tokio_util::codec::{Framed, LengthDelimitedCodec};

/// What a client may ask for. Every value in it is the client's choice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    Login {
        account: u32,
    },
    /// Plays the card in this place of the hand.
    Play {
        slot: u8,
    },
    /// Collects what the idle pool holds since the last time. The client says how long a reward period lasts.
    CollectIdle {
        secs: i32,
    },
    /// Offers cards, as an encoded [`Offer`](crate::protected::offer::Offer) of its own.
    Trade {
        offer: Vec<u8>,
    },
    Say {
        text: String,
    },
    /// As `CollectIdle`, by the idle pool that is boxed.
    CollectBoxed {
        secs: i32,
    },
    /// As `CollectIdle`, by the idle pool on a stack that grows.
    CollectGrowing {
        secs: i32,
    },
    /// What the one who may kill the server asks.
    Health,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reply {
    Welcome {
        level: i32,
        gold: i32,
    },
    Played {
        card: u16,
    },
    Gold(i32),
    Offered {
        cards: u32,
    },
    Said {
        lines: u32,
    },
    NotLoggedIn,
    Refused {
        code: String,
        message: String,
    },
    /// Begun, and not done. Who is refused at the door may simply come again.
    Stopped {
        code: String,
    },
    Healthy,
}

/// Only the public half: the client learns what it broke, and nothing about the server.
impl FromViolation for Reply {
    fn from_violation(violation: Violation) -> Self {
        Self::Refused { code: violation.code().to_owned(), message: violation.to_string() }
    }
}

/// The longest frame. An honest one is far below; a nested offer of 100,000 levels fits, since no limit on the bytes is a
/// limit on the depth.
const FRAME_BYTES: usize = 1 << 18;

pub(crate) fn frames(stream: TcpStream) -> Framed<TcpStream, LengthDelimitedCodec> {
    LengthDelimitedCodec::builder().max_frame_length(FRAME_BYTES).new_framed(stream)
}

/// The bytes of one message.
pub(crate) fn encode(message: &impl Serialize) -> postcard::Result<Bytes> {
    postcard::to_stdvec(message).map(Bytes::from)
}
