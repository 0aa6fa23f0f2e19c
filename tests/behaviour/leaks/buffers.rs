//! Slices that keep a large buffer alive.

use std::collections::VecDeque;

use bytes::Bytes;
use portcullis::{kept, kept_slice};

use crate::common::code;

/// Names cut out of bodies, as a session keeps them.
#[test]
fn a_slice_that_is_kept() {
    let plain: Vec<Bytes> = (0..8).map(|_| Bytes::from(vec![7; 1_000_000])).map(|body| body.slice(10..20)).collect();
    // The buffer is there still: what is left of it can be written to.
    let whole = plain.into_iter().map(|name| name.try_into_mut().unwrap().capacity()).sum::<usize>();
    assert!(whole > 7_000_000, "{whole}");

    for make in [|body: &Bytes| kept_slice(body, 10..20).unwrap(), |body: &Bytes| kept(body.slice(10..20))] {
        let body = Bytes::from(vec![7; 1_000_000]);
        let name = make(&body);
        assert_eq!(&*name, [7; 10]);
        assert!(body.is_unique());
        drop(body);
        assert!(name.try_into_mut().unwrap().capacity() < 100);
    }
}

#[test]
fn a_slice_that_is_most_of_it_is_shared() {
    let body = Bytes::from(vec![7; 1_000]);
    for (range, copied) in [(0..1_000, false), (0..500, false), (0..499, true), (990..1_000, true)] {
        let part = kept_slice(&body, range.clone()).unwrap();
        assert_eq!(part, body.slice(range));
        assert_eq!(body.is_unique(), copied);
    }
    let small = Bytes::from(vec![7; 60]);
    let part = kept_slice(&small, ..1).unwrap();
    assert!(!small.is_unique());
    drop(part);
}

#[test]
fn ranges() {
    use std::ops::Bound::{Excluded, Included};
    let body = Bytes::from_static(b"0123456789");
    assert_eq!(kept_slice(&body, ..).unwrap(), body);
    assert_eq!(kept_slice(&body, 3..=4).unwrap(), "34");
    assert_eq!(kept_slice(&body, (Excluded(3), Included(5))).unwrap(), "45");
    assert_eq!(kept_slice(&body, 10..).unwrap(), "");
    let refused = kept_slice(&body, 3..11).unwrap_err();
    assert!(refused.internal().to_string().starts_with("index.bounds: `kept_slice` at 3..11 of 10 at "));
    assert_eq!(code(kept_slice(&body, 11..)), "index.bounds");
    assert_eq!(code(kept_slice(&body, (Excluded(5), Excluded(3)))), "index.bounds");
    assert_eq!(code(kept_slice(&body, ..=usize::MAX)), "index.bounds");
    assert_eq!(code(kept_slice(&body, (Excluded(usize::MAX), Included(usize::MAX)))), "index.bounds");
}

#[test]
fn what_was_large_once() {
    fn sizes(capacity: usize, len: usize) -> [usize; 3] {
        let mut list = Vec::with_capacity(capacity);
        list.resize(len, 7_u8);
        let mut text = String::with_capacity(capacity);
        text.extend((0..len).map(|_| 'a'));
        let mut queue = VecDeque::with_capacity(capacity);
        queue.resize(len, 7_u8);
        let (list, text, queue) = (kept(list), kept(text), kept(queue));
        assert_eq!((&*list, &*text, queue.len()), (&*vec![7; len], &*"a".repeat(len), len));
        [list.capacity(), text.capacity(), queue.capacity()]
    }
    for kept in sizes(1_000_000, 10) {
        assert!(kept < 100, "{kept}");
    }
    assert_eq!(sizes(1_000_000, 0), [0; 3]);
    // Not worth a move.
    assert_eq!(sizes(1_000, 500), [1_000; 3]);
    assert_eq!(sizes(64, 1), [64; 3]);
}
