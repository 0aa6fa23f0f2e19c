//! `checked_items`, `checked_iter`, `checked_bytes`: what arrives after the handler has begun is checked as it is pulled.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::marker::{PhantomData, PhantomPinned};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_util::stream::{self, FusedStream};
use futures_util::{FutureExt, Stream, StreamExt, TryStreamExt};
use portcullis::validator::{Validate, ValidationErrors};
use portcullis::{
    CheckedBytes, CheckedItems, Covered, Kind, Level, Violation, checked_bytes, checked_items, checked_iter, zero_trust,
};

#[derive(Debug, PartialEq, Validate)]
#[validate(crate = "portcullis::validator")]
struct Line {
    #[validate(range(min = 1, max = 99))]
    count: u32,
}

#[derive(Debug)]
enum Refused {
    Broken(Violation),
    Transport(&'static str),
}

impl From<Violation> for Refused {
    fn from(violation: Violation) -> Self {
        Self::Broken(violation)
    }
}

impl Refused {
    #[track_caller]
    fn violation(self) -> Violation {
        match self {
            Self::Broken(violation) => violation,
            Self::Transport(error) => panic!("{error}"),
        }
    }
}

type Item = Result<Line, Refused>;

fn line(count: u32) -> Item {
    Ok(Line { count })
}

/// What a test sees of the client.
#[derive(Default)]
struct Seen {
    pulled: Cell<u32>,
    dropped: Cell<bool>,
}

/// A client that sends what is in the list, one a poll, and is silent after it: also after an end, so that who asks again waits.
struct Client<T> {
    sends: VecDeque<Poll<Option<T>>>,
    seen: Rc<Seen>,
}

impl<T> Client<T> {
    fn new(sends: impl IntoIterator<Item = T>) -> (Self, Rc<Seen>) {
        let seen = Rc::<Seen>::default();
        let sends = sends.into_iter().map(|item| Poll::Ready(Some(item))).collect();
        (Self { sends, seen: seen.clone() }, seen)
    }

    /// And ends.
    fn ending(mut self) -> Self {
        self.sends.push_back(Poll::Ready(None));
        self
    }
}

impl<T> Drop for Client<T> {
    fn drop(&mut self) {
        self.seen.dropped.set(true);
    }
}

impl<T: Unpin> Stream for Client<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        let sent = self.sends.pop_front().unwrap_or(Poll::Pending);
        if sent.is_ready() {
            self.seen.pulled.set(self.seen.pulled.get() + 1);
        }
        sent
    }
}

/// What is there now, as far as anything is.
#[track_caller]
fn now<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    stream.next().now_or_never().expect("it waits")
}

#[track_caller]
fn told(item: Option<Item>) -> String {
    let violation = item.unwrap().unwrap_err().violation();
    assert_eq!(violation.kind(), Kind::Input);
    violation.fields().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_is_valid_passes_in_order_and_is_pulled_when_it_is_asked_for() {
    let (client, seen) = Client::new([line(1), line(99), line(5)]);
    let mut lines = checked_items(client.ending(), 3);
    for (asked, count) in [1, 99, 5].into_iter().enumerate() {
        assert_eq!(seen.pulled.get() as usize, asked);
        assert_eq!(now(&mut lines).unwrap().unwrap().count, count);
    }
    assert!(!seen.dropped.get() && !lines.is_terminated());
    assert!(now(&mut lines).is_none());
    assert!(seen.dropped.get() && lines.is_terminated());
    assert!(now(&mut lines).is_none());
}

#[test]
fn the_first_that_breaks_a_rule_ends_it() {
    let (client, seen) = Client::new([line(1), line(2), line(3), line(100), line(4)]);
    let mut lines = checked_items(client, 9);
    for _ in 0..3 {
        assert!(now(&mut lines).unwrap().is_ok());
    }
    let violation = now(&mut lines).unwrap().unwrap_err().violation();
    assert_eq!(violation.code(), "input.range");
    assert_eq!(violation.fields()[0].to_string(), "items[3].count must be at least 1 and at most 99");
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (4, true));
    assert!(lines.is_terminated());
    for _ in 0..3 {
        assert!(now(&mut lines).is_none());
    }
}

#[test]
fn the_first_may_be_the_bad_one() {
    let (client, seen) = Client::new([line(0)]);
    let mut lines = checked_items(client, 9).named("lines");
    assert_eq!(told(now(&mut lines)), "lines[0].count must be at least 1 and at most 99");
    assert!(seen.dropped.get() && now(&mut lines).is_none());
}

#[test]
fn one_too_many_ends_it_and_its_rules_are_not_asked() {
    let (client, seen) = Client::new([line(1), line(2), line(0), line(3)]);
    let mut lines = checked_items(client, 2).named("lines");
    assert!(now(&mut lines).unwrap().is_ok());
    assert!(now(&mut lines).unwrap().is_ok());
    let violation = now(&mut lines).unwrap().unwrap_err().violation();
    assert_eq!(violation.code(), "input.length");
    assert_eq!(violation.fields()[0].to_string(), "lines must have a length that is at most 2");
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (3, true));
    assert!(now(&mut lines).is_none());
}

#[test]
fn none_may_be_the_bound() {
    let (client, _) = Client::new([line(1)]);
    assert_eq!(told(now(&mut checked_items(client, 0))), "items must have a length that is at most 0");
    let (client, _) = Client::new([]);
    assert!(now(&mut checked_items::<_, Line, Refused>(client.ending(), 0)).is_none());
}

#[test]
fn an_error_of_the_stream_passes_and_ends_it() {
    let (client, seen) = Client::new([line(1), Err(Refused::Transport("reset")), line(0)]);
    let mut lines = checked_items(client, 9);
    assert!(now(&mut lines).unwrap().is_ok());
    assert!(matches!(now(&mut lines), Some(Err(Refused::Transport("reset")))));
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (2, true));
    assert!(now(&mut lines).is_none());
}

#[test]
fn what_is_not_there_yet_is_waited_for() {
    let (mut client, seen) = Client::new([line(1)]);
    client.sends.push_front(Poll::Pending);
    client.sends.push_back(Poll::Pending);
    let mut lines = checked_items(client, 1);
    assert!(lines.next().now_or_never().is_none());
    assert!(now(&mut lines).unwrap().is_ok());
    for _ in 0..3 {
        assert!(lines.next().now_or_never().is_none());
    }
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (1, false));
    assert!(!lines.is_terminated());
}

#[tokio::test]
async fn it_wakes_as_what_it_pulls_from_does() {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let receiver = stream::unfold(receiver, |mut receiver| async {
        let item: Item = receiver.recv().await?;
        Some((item, receiver))
    });
    let sends = tokio::spawn(async move {
        let mut sent = 0;
        while sender.send(line(u32::from(sent < 50))).await.is_ok() {
            sent += 1;
            tokio::task::yield_now().await;
        }
        sent
    });
    let mut lines = pin!(checked_items(receiver, 100));
    let mut got = 0;
    while let Some(Ok(_)) = lines.next().await {
        got += 1;
    }
    assert_eq!(got, 50);
    // The one that was refused, and one that was under way: the channel closed with the stream, which still stands.
    assert!((51..=52).contains(&sends.await.unwrap()));
}

#[test]
fn a_handler_that_is_cancelled_drops_the_stream() {
    let (client, seen) = Client::new([line(1)]);
    let mut total = Box::pin(async move {
        let mut lines = checked_items(client, 9);
        let mut total = 0;
        while let Some(line) = lines.next().await {
            total += line?.count;
        }
        Ok::<_, Refused>(total)
    });
    let mut context = Context::from_waker(Waker::noop());
    assert!(total.as_mut().poll(&mut context).is_pending());
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (1, false));
    drop(total);
    assert!(seen.dropped.get());
}

#[test]
fn the_stream_may_be_lent() {
    let (mut client, seen) = Client::new([line(1), line(0), line(2)]);
    let mut lines = checked_items(&mut client, 9);
    assert!(now(&mut lines).unwrap().is_ok());
    assert!(now(&mut lines).unwrap().is_err());
    assert!(now(&mut lines).is_none());
    assert!(!seen.dropped.get());
    assert_eq!(now(&mut client).unwrap().unwrap().count, 2);
}

#[test]
fn plain_items_are_made_results_first() {
    let plain = stream::iter([Line { count: 1 }, Line { count: 0 }]);
    let read: Result<Vec<Line>, Violation> = checked_items(plain.map(Ok), 9).try_collect().now_or_never().unwrap();
    assert_eq!(super::broken(read), ["items[1].count range"]);
}

/// A list as an item, and a type that contains itself.
#[test]
fn items_are_looked_into() {
    #[derive(Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Node {
        #[validate(nested)]
        lines: Vec<Line>,
        #[validate(nested)]
        next: Option<Box<Level<Node, 4>>>,
    }
    let node = |counts: &[u32]| Node { lines: counts.iter().map(|&count| Line { count }).collect(), next: None };
    let first = |node: Node| {
        let read: Result<Vec<Node>, Violation> = checked_iter([Ok(node)], 1).collect();
        super::broken(read)
    };
    assert_eq!(first(node(&[1, 0, 5, 100])), ["items[0].lines[1].count range", "items[0].lines[3].count range"]);
    assert_eq!(first(node(&[100; 1_000])).len(), 16);
    let deep = (0..6).fold(node(&[]), |inner, _| Node { lines: vec![], next: Some(Box::new(inner.into())) });
    assert_eq!(first(deep), ["items[0].next.next.next.next.next depth"]);

    let lists: Result<Vec<Vec<Line>>, Violation> = checked_iter([Ok(vec![Line { count: 0 }])], 1).collect();
    assert_eq!(super::broken(lists), ["items[0][0].count range"]);
}

/// Which makes the `Validate` itself.
#[test]
fn covered_items_are_walked() {
    #[derive(Covered)]
    struct Node {
        #[check(range(max = 1.0))]
        share: f64,
        #[check(length(max = 2), nested)]
        next: Vec<Node>,
    }
    let chain =
        |levels| (0..levels).fold(Node { share: 0.0, next: vec![] }, |inner, _| Node { share: 0.0, next: vec![inner] });
    let first = |node: Node| {
        let read: Result<Vec<Node>, Violation> = checked_iter([Ok(node)], 1).collect();
        super::broken(read)
    };
    let node = Node { share: 0.0, next: vec![chain(1), Node { share: f64::NAN, next: vec![] }] };
    assert_eq!(first(node), ["items[0].next[1].share range"]);
    assert_eq!(first(Node { share: 0.0, next: vec![chain(0), chain(0), chain(0)] }), ["items[0].next length"]);
    let refused = first(chain(64));
    assert!(refused.len() == 1 && refused[0].ends_with(" depth"), "{refused:?}");
    assert!(checked_iter([Ok::<_, Violation>(chain(63))], 1).all(|node| node.is_ok()));
}

/// What says no without a word is refused.
#[test]
fn a_validate_of_its_own_may_find_nothing_to_say() {
    struct No;
    impl Validate for No {
        fn validate(&self) -> Result<(), ValidationErrors> {
            Err(ValidationErrors::new())
        }
    }
    let read: Result<Vec<No>, Violation> = checked_iter([Ok(No)], 1).collect();
    let violation = read.err().unwrap();
    assert_eq!((violation.code(), violation.fields().len()), ("input", 0));
}

#[test]
fn the_log_knows_where_the_adapter_was_made_and_not_what_was_sent() {
    let (client, _) = Client::new([line(31_337)]);
    let (mut lines, made) = (checked_items(client, 9), line!());
    let violation = now(&mut lines).unwrap().unwrap_err().violation();
    let place = violation.internal().location().unwrap();
    assert_eq!((place.file(), place.line()), (file!(), made));
    for text in [violation.to_string(), format!("{violation:?}"), violation.internal().to_string()] {
        assert!(!text.contains("31337") && !text.contains("31_337"), "{text}");
    }

    let (client, _) = Client::new([line(1)]);
    let (mut lines, made) = (checked_items(client, 0), line!());
    let violation = now(&mut lines).unwrap().unwrap_err().violation();
    assert_eq!(violation.internal().location().unwrap().line(), made);
}

#[test]
fn it_says_how_many_there_may_be() {
    let items = |count: usize| stream::iter((0..count).map(|_| line(1)));
    assert_eq!(checked_items(items(3), 9).size_hint(), (1, Some(3)));
    // The one too many is an item too, as a refusal.
    assert_eq!(checked_items(items(30), 9).size_hint(), (1, Some(10)));
    assert_eq!(checked_items(items(30), u64::MAX).size_hint(), (1, Some(30)));
    assert_eq!(checked_items(items(0), 9).size_hint(), (0, Some(0)));
    assert_eq!(checked_items(stream::repeat_with(|| line(1)), 9).size_hint(), (1, Some(10)));
    assert_eq!(checked_items(stream::repeat_with(|| line(1)), u64::MAX).size_hint().0, 1);

    // It holds at each step, for whatever comes.
    for (count, bad, max) in [(5, 9, 9), (5, 2, 9), (5, 9, 5), (5, 9, 4), (5, 9, 0), (5, 0, 9)] {
        let source = || (0..count).map(|at| line(u32::from(at != bad)));
        let mut lines = checked_items(stream::iter(source()), max);
        let mut iter = checked_iter(source(), max);
        let mut left = checked_iter(source(), max).count();
        loop {
            for (least, most) in [Stream::size_hint(&lines), Iterator::size_hint(&iter)] {
                assert!(least <= left && most.is_none_or(|most| left <= most), "{least} {left} {most:?}");
            }
            let next = now(&mut lines);
            assert_eq!(next.is_some(), iter.next().is_some());
            if next.is_none() {
                break;
            }
            left -= 1;
        }
        assert_eq!((left, lines.size_hint(), iter.size_hint()), (0, (0, Some(0)), (0, Some(0))));
    }
}

#[test]
fn it_is_send_and_unpin_as_far_as_what_it_pulls_from_is() {
    /// Whether a type is: a constant of its own comes before one of a trait, where its bound holds.
    struct Is<T>(PhantomData<T>);
    trait IsNot {
        const SEND: bool = false;
        const SYNC: bool = false;
        const UNPIN: bool = false;
    }
    impl<T> IsNot for Is<T> {}
    impl<T: Send> Is<T> {
        const SEND: bool = true;
    }
    impl<T: Sync> Is<T> {
        const SYNC: bool = true;
    }
    impl<T: Unpin> Is<T> {
        const UNPIN: bool = true;
    }
    macro_rules! is {
        ($type:ty) => {
            (Is::<$type>::SEND, Is::<$type>::SYNC, Is::<$type>::UNPIN)
        };
    }
    assert_eq!(is!(CheckedItems<u8>), (true, true, true));
    assert_eq!(is!(CheckedItems<Rc<u8>>), (false, false, true));
    assert_eq!(is!(CheckedItems<Cell<u8>>), (true, false, true));
    assert_eq!(is!(CheckedItems<PhantomPinned>), (true, true, false));
    assert_eq!(is!(CheckedBytes<u8>), (true, true, true));
    assert_eq!(is!(CheckedBytes<Rc<u8>>), (false, false, true));
    assert_eq!(is!(CheckedBytes<PhantomPinned>), (true, true, false));
}

/// Of a million items one is alive at a time, and the adapter holds none.
#[test]
fn a_million_items_take_the_place_of_one() {
    #[derive(Validate)]
    #[validate(crate = "portcullis::validator")]
    struct Counted {
        #[validate(length(max = 4))]
        text: String,
        alive: Rc<Cell<u32>>,
    }
    impl Drop for Counted {
        fn drop(&mut self) {
            self.alive.set(self.alive.get() - 1);
        }
    }
    let alive = Rc::<Cell<u32>>::default();
    let source = stream::repeat_with(|| {
        alive.set(alive.get() + 1);
        Ok::<_, Violation>(Counted { text: "text".to_owned(), alive: alive.clone() })
    });
    let mut items = checked_items(source, 1_000_000);
    let mut passed = 0_u32;
    let last = loop {
        match now(&mut items) {
            Some(Ok(item)) => {
                passed += 1;
                assert_eq!((item.alive.get(), item.text.len()), (1, 4));
            }
            last => break last,
        }
    };
    assert_eq!(super::broken(last.unwrap()), ["items length"]);
    assert_eq!((passed, alive.get()), (1_000_000, 0));
}

#[test]
fn an_iterator_ends_in_the_same_ways() {
    let pulled = Cell::new(0);
    let frames = |counts: &'static [u32]| {
        pulled.set(0);
        counts.iter().map(|&count| {
            pulled.set(pulled.get() + 1);
            if count == 1_000 { Err(Refused::Transport("cut")) } else { line(count) }
        })
    };
    let mut lines = checked_iter(frames(&[1, 2, 0, 4]), 9).named("frames");
    assert_eq!(pulled.get(), 0);
    assert_eq!(lines.next().unwrap().unwrap().count, 1);
    assert_eq!(pulled.get(), 1);
    assert_eq!(lines.next().unwrap().unwrap().count, 2);
    assert_eq!(told(lines.next()), "frames[2].count must be at least 1 and at most 99");
    assert!(lines.next().is_none() && lines.next().is_none());
    assert_eq!(pulled.get(), 3);

    let mut lines = checked_iter(frames(&[1, 1_000, 3]), 9);
    assert!(lines.next().unwrap().is_ok());
    assert!(matches!(lines.next(), Some(Err(Refused::Transport("cut")))));
    assert!(lines.next().is_none());

    let mut lines = checked_iter(frames(&[1, 2, 3]), 2);
    assert!(lines.by_ref().take(2).all(|line| line.is_ok()));
    assert_eq!(told(lines.next()), "items must have a length that is at most 2");
    assert!(lines.next().is_none());

    assert_eq!(checked_iter(frames(&[1, 2, 3]), 3).flatten().count(), 3);
}

fn chunk(bytes: usize) -> Result<Vec<u8>, Refused> {
    Ok(vec![7; bytes])
}

#[test]
fn bytes_pass_up_to_the_bound() {
    let (client, seen) = Client::new([chunk(4), chunk(0), chunk(6)]);
    let mut body = checked_bytes(client.ending(), 10);
    for (asked, length) in [4, 0, 6].into_iter().enumerate() {
        assert_eq!(seen.pulled.get() as usize, asked);
        assert_eq!(now(&mut body).unwrap().unwrap().len(), length);
    }
    assert!(now(&mut body).is_none() && now(&mut body).is_none());
    assert!(seen.dropped.get() && body.is_terminated());
}

#[test]
fn the_chunk_with_one_byte_too_many_is_refused_whole() {
    let (client, seen) = Client::new([chunk(4), chunk(7), chunk(1)]);
    let mut body = checked_bytes(client, 10);
    assert!(now(&mut body).unwrap().is_ok());
    let violation = now(&mut body).unwrap().unwrap_err().violation();
    assert_eq!((violation.code(), violation.kind()), ("input.length", Kind::Input));
    assert_eq!(violation.fields()[0].to_string(), "body must have a number of bytes that is at most 10");
    assert_eq!((seen.pulled.get(), seen.dropped.get()), (2, true));
    assert!(now(&mut body).is_none());

    let (client, _) = Client::new([chunk(1)]);
    let violation = now(&mut checked_bytes(client, 0).named("file")).unwrap().unwrap_err().violation();
    assert_eq!(violation.fields()[0].path, "file");
}

#[test]
fn an_error_and_a_wait_in_a_body() {
    let (mut client, seen) = Client::new([chunk(1), Err(Refused::Transport("reset")), chunk(1)]);
    client.sends.push_front(Poll::Pending);
    let mut body = checked_bytes(client, 10);
    assert_eq!(body.size_hint(), (0, None));
    assert!(body.next().now_or_never().is_none());
    assert!(now(&mut body).unwrap().is_ok());
    assert!(matches!(now(&mut body), Some(Err(Refused::Transport("reset")))));
    assert!(seen.dropped.get() && now(&mut body).is_none());
    assert_eq!(body.size_hint(), (0, Some(0)));
    assert_eq!(checked_bytes(stream::iter([chunk(1), chunk(1)]), 1).size_hint(), (1, Some(2)));
}

/// A body that is counted, read, and looked at: one adapter stands on the other.
#[test]
fn a_decoder_stands_between_the_two() {
    let read = |chunks: Vec<Result<Vec<u8>, Refused>>| {
        let counts = checked_bytes(stream::iter(chunks), 4)
            .map_ok(|chunk| stream::iter(chunk).map(|byte| line(byte.into())))
            .try_flatten();
        let lines: Result<Vec<Line>, Refused> = checked_items(counts, 3).try_collect().now_or_never().unwrap();
        lines.map(|lines| lines.len()).map_err(Refused::violation)
    };
    assert_eq!(read(vec![Ok(vec![1, 2]), Ok(vec![3])]).unwrap(), 3);
    assert_eq!(super::broken(read(vec![Ok(vec![1, 2]), Ok(vec![3, 4])])), ["items length"]);
    assert_eq!(super::broken(read(vec![Ok(vec![1, 200])])), ["items[1].count range"]);
    assert_eq!(super::broken(read(vec![Ok(vec![1, 2]), Ok(vec![3, 4, 5])])), ["body length"]);
}

#[zero_trust]
async fn total(
    #[trusted(reason = "each line is checked as it is pulled")] lines: Client<Item>,
    #[trusted(reason = "of the test")] log: &RefCell<Vec<u32>>,
) -> Result<u32, Refused> {
    let mut lines = checked_items(lines, 3);
    let mut total = 0_u32;
    while let Some(line) = lines.next().await {
        let line = line?;
        log.borrow_mut().push(line.count);
        total += line.count;
    }
    Ok(total)
}

#[test]
fn under_zero_trust_what_came_before_the_refusal_stays() {
    let log = RefCell::default();
    let (client, _) = Client::new([line(1), line(2)]);
    assert_eq!(total(client.ending(), &log).now_or_never().unwrap().unwrap(), 3);
    let (client, seen) = Client::new([line(5), line(0)]);
    let refused = total(client, &log).now_or_never().unwrap().unwrap_err().violation();
    assert_eq!(refused.code(), "input.range");
    assert_eq!((&*log.borrow(), seen.dropped.get()), (&vec![1, 2, 5], true));
}
