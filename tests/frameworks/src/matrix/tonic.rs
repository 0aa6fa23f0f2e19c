//! tonic: the ways in which a message is given to a method, against what a client can put on the wire, byte by byte.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};

use portcullis::{Covered, zero_trust};
use prost::bytes::{Buf, BufMut};
use prost::encoding::{DecodeContext, WireType};
use prost::{DecodeError, Message, Oneof};
use tonic::body::Body;
use tonic::codegen::http;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::server::{NamedService, UnaryService};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Endpoint, Server};
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;
use tonic_types::StatusExt as _;
use tower_service::Service;

use crate::suite::assert_silent;

/// As the message of HTTP.
#[derive(Clone, PartialEq, Message, Covered)]
struct Booking {
    #[prost(string, tag = "1")]
    #[check(length(min = 1, max = 20), regex = r"^[\p{L} ]*$")]
    name: String,
    #[prost(int64, tag = "2")]
    #[check(range(min = 1, max = 9))]
    seats: i64,
    #[prost(double, tag = "3")]
    #[check(range(min = 0.0, max = 1.0))]
    share: f64,
}

#[derive(Clone, PartialEq, Message, Covered)]
struct Maybe {
    #[prost(message, optional, tag = "1")]
    #[check(nested)]
    booking: Option<Booking>,
}

#[derive(Clone, PartialEq, Message, Covered)]
struct List {
    #[prost(message, repeated, tag = "1")]
    #[check(length(max = 3), nested)]
    bookings: Vec<Booking>,
}

#[derive(Clone, PartialEq, Message, Covered)]
struct Named {
    #[prost(map = "string, message", tag = "1")]
    #[check(length(max = 3), keys(length(max = 9)), nested)]
    bookings: HashMap<String, Booking>,
}

#[derive(Clone, PartialEq, Message, Covered)]
struct Either {
    #[prost(oneof = "Which", tags = "1, 2")]
    #[check(nested)]
    which: Option<Which>,
}

#[derive(Clone, PartialEq, Oneof, Covered)]
enum Which {
    #[prost(message, tag = "1")]
    Booking(#[check(nested)] Booking),
    #[prost(bool, tag = "2")]
    Nothing(bool),
}

/// What each method answers when it ran.
#[derive(Clone, PartialEq, Message)]
struct Told {
    #[prost(string, tag = "1")]
    text: String,
}

type Answer = Result<Response<Told>, Status>;

fn told(booking: Option<&Booking>) -> Response<Told> {
    let text = booking.map_or("nothing".to_owned(), |booking| format!("{} {}", booking.name, booking.seats));
    Response::new(Told { text })
}

#[zero_trust]
async fn whole(request: Request<Booking>) -> Answer {
    Ok(told(Some(request.get_ref())))
}

#[zero_trust]
async fn step(#[check(via = get_ref, nested)] request: Request<Booking>) -> Answer {
    Ok(told(Some(&request.into_inner())))
}

#[zero_trust]
async fn opened(booking: Booking) -> Answer {
    Ok(told(Some(&booking)))
}

#[zero_trust]
async fn tried(booking: Result<&Booking, Status>) -> Answer {
    Ok(told(booking.ok()))
}

#[zero_trust]
async fn maybe(request: Request<Maybe>) -> Answer {
    Ok(told(request.into_inner().booking.as_ref()))
}

#[zero_trust]
async fn list(request: Request<List>) -> Answer {
    Ok(told(request.into_inner().bookings.first()))
}

#[zero_trust]
async fn named(request: Request<Named>) -> Answer {
    Ok(told(request.into_inner().bookings.values().next()))
}

#[zero_trust]
async fn either(request: Request<Either>) -> Answer {
    Ok(told(match &request.into_inner().which {
        Some(Which::Booking(booking)) => Some(booking),
        _ => None,
    }))
}

/// One of them as a method.
#[derive(Clone)]
struct Method<F>(F);

impl<M, F, R> UnaryService<M> for Method<F>
where
    F: Fn(Request<M>) -> R,
    R: Future<Output = Answer> + Send + 'static,
{
    type Response = Told;
    type Future = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn call(&mut self, request: Request<M>) -> Self::Future {
        Box::pin((self.0)(request))
    }
}

#[derive(Clone)]
struct Desk;

impl NamedService for Desk {
    const NAME: &'static str = "matrix.Desk";
}

async fn unary<M, F, R>(method: F, request: http::Request<Body>) -> http::Response<Body>
where
    M: Message + Default + 'static,
    F: Fn(Request<M>) -> R,
    R: Future<Output = Answer> + Send + 'static,
{
    tonic::server::Grpc::new(ProstCodec::<Told, M>::default()).unary(Method(method), request).await
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
            Ok(match request.uri().path() {
                "/matrix.Desk/Whole" => unary(whole, request).await,
                "/matrix.Desk/Step" => unary(step, request).await,
                "/matrix.Desk/Opened" => unary(|request: Request<Booking>| opened(request.into_inner()), request).await,
                "/matrix.Desk/Tried" => {
                    let method = |request: Request<Booking>| async move { tried(Ok(request.get_ref())).await };
                    unary(method, request).await
                }
                "/matrix.Desk/Maybe" => unary(maybe, request).await,
                "/matrix.Desk/List" => unary(list, request).await,
                "/matrix.Desk/Named" => unary(named, request).await,
                "/matrix.Desk/Either" => unary(either, request).await,
                _ => Status::unimplemented("").into_http(),
            })
        })
    }
}

/// Its server, until the process ends.
pub fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listens.send(listener.local_addr().unwrap().port()).unwrap();
        Server::builder().add_service(Desk).serve_with_incoming(TcpIncoming::from(listener)).await.unwrap();
    });
}

/// Bytes that no generated code would send.
#[derive(Clone, Debug, Default)]
struct Raw(Vec<u8>);

impl Message for Raw {
    fn encode_raw(&self, buffer: &mut impl BufMut) {
        buffer.put_slice(&self.0);
    }

    fn merge_field(&mut self, _: u32, _: WireType, _: &mut impl Buf, _: DecodeContext) -> Result<(), DecodeError> {
        Ok(())
    }

    fn encoded_len(&self) -> usize {
        self.0.len()
    }

    fn clear(&mut self) {}
}

/// A field that holds bytes: a text, a message.
fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let mut field = vec![tag << 3 | 2];
    prost::encoding::encode_varint(bytes.len() as u64, &mut field);
    field.extend(bytes);
    field
}

fn booking(name: &str, seats: i64, share: f64) -> Vec<u8> {
    Booking { name: name.to_owned(), seats, share }.encode_to_vec()
}

/// What has to come back for the bytes of a booking.
enum Expected {
    Passed(&'static str),
    /// By the field that broke its rule.
    Refused(&'static [&'static str]),
    /// tonic or prost refused it.
    Unread,
}

fn cases() -> Vec<(&'static str, Vec<u8>, Expected)> {
    use Expected::{Passed, Refused, Unread};

    let valid = booking("Ann", 2, 0.5);
    vec![
        ("valid", valid.clone(), Passed("Ann 2")),
        ("minus zero", booking("Ann", 2, -0.0), Passed("Ann 2")),
        ("a key twice, of which the last counts", [valid.clone(), vec![2 << 3, 3]].concat(), Passed("Ann 3")),
        ("a field that nobody knows", [valid.clone(), field(9, b"admin")].concat(), Passed("Ann 2")),
        ("too long", booking("abcdefghijklmnopqrstu", 2, 0.5), Refused(&["name"])),
        ("a control character", booking("a\u{7}", 2, 0.5), Refused(&["name"])),
        ("a bidirectional override", booking("a\u{202e}b", 2, 0.5), Refused(&["name"])),
        ("a missing field", booking("", 2, 0.5), Refused(&["name"])),
        ("another missing field", booking("Ann", 0, 0.5), Refused(&["seats"])),
        ("above", booking("Ann", 7_777, 0.5), Refused(&["seats"])),
        ("the least there is", booking("Ann", i64::MIN, 0.5), Refused(&["seats"])),
        ("not a number", booking("Ann", 2, f64::NAN), Refused(&["share"])),
        ("infinite", booking("Ann", 2, f64::INFINITY), Refused(&["share"])),
        ("beyond", booking("Ann", 2, 1.5), Refused(&["share"])),
        ("all wrong", booking("", 77, 7.7), Refused(&["name", "seats", "share"])),
        ("of another type", [valid.clone(), field(2, b"hunter")].concat(), Unread),
        ("no UTF-8", field(1, b"\xed\xa0\x80"), Unread),
        ("cut off", valid[..valid.len() - 1].to_vec(), Unread),
        ("200,000 levels", [9 << 3 | 3].repeat(200_000), Unread),
        ("10 MB", booking(&"a".repeat(10_000_000), 2, 0.5), Unread),
    ]
}

/// How a booking stands in the message of a method, and what its fields are told under there.
type Way = (&'static str, fn(&[u8]) -> Vec<u8>, &'static str);

/// Sends everything to one server.
///
/// # Panics
/// When an answer is not what it has to be.
pub fn run(base: &str) {
    let ways: [Way; 8] = [
        ("Whole", <[u8]>::to_vec, ""),
        ("Step", <[u8]>::to_vec, ""),
        ("Opened", <[u8]>::to_vec, ""),
        ("Tried", <[u8]>::to_vec, ""),
        ("Maybe", |booking| field(1, booking), "booking."),
        ("List", |booking| field(1, booking), "bookings[0]."),
        ("Named", |booking| field(1, &[field(1, b"key"), field(2, booking)].concat()), "bookings[*]."),
        ("Either", |booking| field(1, booking), "which.Booking."),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let send = async |way: &str, bytes: Vec<u8>| {
            // A connection for each: one that is refused too large a message may be closed.
            let channel = Endpoint::from_shared(base.to_owned()).unwrap().connect().await.unwrap();
            let mut client = tonic::client::Grpc::new(channel);
            client.ready().await.unwrap();
            let path = PathAndQuery::try_from(format!("/matrix.Desk/{way}")).unwrap();
            client.unary(Request::new(Raw(bytes)), path, ProstCodec::<Raw, Told>::default()).await
        };
        for (way, wrapped, prefix) in ways {
            for (what, bytes, expected) in cases() {
                let here = format!("{way}: {what}");
                let answer = send(way, wrapped(&bytes)).await;
                match expected {
                    Expected::Passed(text) => assert_eq!(answer.unwrap().into_inner().text, text, "{here}"),
                    Expected::Refused(fields) => {
                        let status = answer.expect_err(&here);
                        assert_eq!(status.code(), Code::InvalidArgument, "{here}: {status}");
                        let bad_request = status.get_details_bad_request().expect(&here);
                        let told: Vec<String> =
                            bad_request.field_violations.iter().map(|violation| violation.field.clone()).collect();
                        let expected: Vec<String> = fields.iter().map(|field| format!("{prefix}{field}")).collect();
                        assert_eq!(told, expected, "{here}");
                        let details = String::from_utf8_lossy(status.details()).into_owned();
                        for text in [status.message(), &details] {
                            assert_silent(text);
                            assert!(!text.contains("7777") && !text.contains("abcdefgh"), "{here}: {text}");
                        }
                    }
                    Expected::Unread => assert!(answer.is_err(), "{here}"),
                }
                // The server goes on.
                assert_eq!(send("Whole", booking("Ann", 2, 0.5)).await.unwrap().into_inner().text, "Ann 2");
            }
        }
    });
}
