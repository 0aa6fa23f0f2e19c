//! Collections that are appended to and never cleared.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{LazyLock, Mutex};

use portcullis::{Bounded, Kind, Violation, zero_trust};
use proptest::prelude::*;

use crate::common::{code, panic_of};

#[test]
fn a_static_that_every_request_adds_to() {
    static PLAIN: Mutex<Vec<u64>> = Mutex::new(Vec::new());
    static SEEN: Mutex<Bounded<Vec<u64>>> = Mutex::new(Bounded::new(100));
    static NAMES: LazyLock<Mutex<Bounded<HashMap<u64, String>>>> = LazyLock::new(|| Mutex::new(Bounded::hashed(100)));

    #[zero_trust]
    fn visit(#[trusted(reason = "of the test")] player: u64) -> Result<usize, Violation> {
        let mut seen = SEEN.lock().unwrap();
        seen.push(player)?;
        NAMES.lock().unwrap().entry(player).or_insert_with(|| format!("player {player}"))?;
        Ok(seen.len())
    }
    let mut refused = 0;
    for player in 0..10_000 {
        PLAIN.lock().unwrap().push(player);
        if let Err(violation) = visit(player) {
            assert_eq!((violation.code(), violation.kind()), ("capacity", Kind::Capacity));
            assert!(violation.internal().to_string().contains("no room for more than 100"));
            assert_eq!(violation.internal().location().unwrap().file(), file!());
            refused += 1;
        }
    }
    assert_eq!((PLAIN.lock().unwrap().len(), refused), (10_000, 9_900));
    let mut seen = SEEN.lock().unwrap();
    assert_eq!((seen.len(), NAMES.lock().unwrap().len(), seen.capacity() <= 100), (100, 100, true));
    // It is a list, to read.
    assert_eq!((seen[99], seen.iter().max(), seen.windows(2).count()), (99, Some(&99), 99));
    assert_eq!((seen.pop(), seen.swap_remove(0), seen.drain(..10).count()), (Some(99), 0, 10));
    seen.clear();
    assert_eq!(seen.room(), 100);
    seen.shrink_to_fit();
    assert_eq!(seen.capacity(), 0);
}

/// Whatever is done: never longer than the bound, in content as the plain one until the first refusal, and a refusal exactly where
/// there is no room.
#[derive(Clone, Debug)]
enum Step {
    Push(u8),
    Insert(usize, u8),
    Extend(Vec<u8>),
    Slice(Vec<u8>),
    Resize(usize),
    Append(Vec<u8>),
    Reserve(usize),
    Pop,
    Truncate(usize),
    Retain(u8),
    Shrink,
}

fn step() -> impl Strategy<Value = Step> {
    let some = || proptest::collection::vec(any::<u8>(), 0..9);
    prop_oneof![
        any::<u8>().prop_map(Step::Push),
        any::<u8>().prop_map(Step::Push),
        (0..20_usize, any::<u8>()).prop_map(|(at, value)| Step::Insert(at, value)),
        some().prop_map(Step::Extend),
        some().prop_map(Step::Slice),
        (0..40_usize).prop_map(Step::Resize),
        some().prop_map(Step::Append),
        (0..40_usize).prop_map(Step::Reserve),
        Just(Step::Pop),
        (0..20_usize).prop_map(Step::Truncate),
        any::<u8>().prop_map(Step::Retain),
        Just(Step::Shrink),
    ]
}

proptest! {
    #[test]
    fn lists(max in 0..20_usize, steps in proptest::collection::vec(step(), 0..60)) {
        let (mut plain, mut bounded) = (Vec::new(), Bounded::<Vec<u8>>::new(max));
        let (mut plain_queue, mut queue) = (VecDeque::new(), Bounded::<VecDeque<u8>>::new(max));
        for step in steps {
            let room = max - plain.len();
            // How much it would add, and whether what fits is added.
            let (ended, ended_queue, more, parts) = match step {
                Step::Push(value) => (bounded.push(value), queue.push_back(value), vec![value], false),
                Step::Insert(at, value) => {
                    let at = at.min(plain.len());
                    let ended = (bounded.insert(at, value), queue.insert(at, value));
                    if room > 0 {
                        plain.insert(at, value);
                        plain_queue.insert(at, value);
                    }
                    prop_assert_eq!((ended.0.is_ok(), ended.1.is_ok()), (room > 0, room > 0));
                    continue;
                }
                Step::Extend(values) => {
                    (bounded.extend(values.iter().copied()), queue.extend(values.iter().copied()), values, true)
                }
                Step::Slice(values) => {
                    let ended = queue.append(&mut values.iter().copied().collect());
                    (bounded.extend_from_slice(&values), ended, values, false)
                }
                Step::Append(values) => {
                    let (mut one, mut other) = (values.clone(), values.iter().copied().collect::<VecDeque<_>>());
                    let ended = (bounded.append(&mut one), queue.append(&mut other));
                    // None is lost.
                    let left = if ended.0.is_ok() { 0 } else { values.len() };
                    prop_assert_eq!((one.len(), other.len()), (left, left));
                    (ended.0, ended.1, values, false)
                }
                Step::Resize(len) => {
                    let more = vec![9; len.saturating_sub(plain.len())];
                    plain.truncate(len);
                    plain_queue.truncate(len);
                    queue.truncate(len);
                    (bounded.resize(len, 9), queue.append(&mut more.iter().copied().collect()), more, false)
                }
                Step::Reserve(more) => {
                    prop_assert_eq!(bounded.reserve(more).is_ok(), more <= room);
                    prop_assert_eq!(queue.reserve(more).is_ok(), more <= room);
                    prop_assert!(more > room || bounded.capacity() - bounded.len() >= more);
                    continue;
                }
                Step::Pop => {
                    prop_assert_eq!((bounded.pop(), queue.pop_back()), (plain.pop(), plain_queue.pop_back()));
                    continue;
                }
                Step::Truncate(len) => {
                    bounded.truncate(len);
                    queue.truncate(len);
                    plain.truncate(len);
                    plain_queue.truncate(len);
                    continue;
                }
                Step::Retain(least) => {
                    bounded.retain(|value| *value >= least);
                    queue.retain(|value| *value >= least);
                    plain.retain(|value| *value >= least);
                    plain_queue.retain(|value| *value >= least);
                    continue;
                }
                Step::Shrink => {
                    bounded.shrink_to_fit();
                    queue.shrink_to_fit();
                    continue;
                }
            };
            prop_assert_eq!((ended.is_ok(), ended_queue.is_ok()), (more.len() <= room, more.len() <= room));
            if more.len() <= room || parts {
                plain.extend(more.iter().copied().take(room));
                plain_queue.extend(more.iter().copied().take(room));
            }
            prop_assert_eq!((&*bounded, &*queue), (&plain, &plain_queue));
            prop_assert!(bounded.len() <= max && bounded.capacity() <= max && queue.capacity() <= max);
        }
    }

    #[test]
    fn maps(max in 0..9_usize, steps in proptest::collection::vec((any::<bool>(), 0..12_u8, any::<u8>()), 0..60)) {
        let mut plain = BTreeMap::new();
        let mut sorted = Bounded::<BTreeMap<u8, u8>>::new(max);
        let mut hashed = Bounded::<HashMap<u8, u8>>::hashed(max);
        let (mut sorted_set, mut hashed_set) = (Bounded::<BTreeSet<u8>>::new(max), Bounded::<HashSet<u8>>::hashed(max));
        for (add, key, value) in steps {
            if !add {
                let removed = plain.remove(&key);
                prop_assert_eq!((sorted.remove(&key), hashed.remove(&key)), (removed, removed));
                prop_assert_eq!((sorted_set.remove(&key), hashed_set.remove(&key)), (removed.is_some(), removed.is_some()));
                continue;
            }
            let fits = plain.contains_key(&key) || plain.len() < max;
            let before = if fits { plain.insert(key, value) } else { None };
            for replaced in [sorted.insert(key, value), hashed.insert(key, value)] {
                prop_assert_eq!(replaced.ok(), fits.then_some(before));
            }
            for added in [sorted_set.insert(key), hashed_set.insert(key)] {
                prop_assert_eq!(added.ok(), fits.then_some(before.is_none()));
            }
            prop_assert_eq!(sorted.entry(key).or_insert(0).is_ok(), fits);
            prop_assert_eq!(hashed.entry(key).or_default().is_ok(), fits);
            prop_assert_eq!(&*sorted, &plain);
            prop_assert_eq!(hashed.iter().map(|(key, value)| (*key, *value)).collect::<BTreeMap<_, _>>(), plain.clone());
            prop_assert!(sorted_set.iter().eq(plain.keys()) && hashed_set.len() == plain.len());
        }
    }

    #[test]
    fn texts(max in 0..20_usize, pieces in proptest::collection::vec("[aß€😀]{0,4}", 0..20)) {
        let (mut plain, mut bounded) = (String::new(), Bounded::<String>::new(max));
        for piece in pieces {
            let fits = piece.len() <= max - plain.len();
            prop_assert_eq!(bounded.push_str(&piece).is_ok(), fits);
            if fits {
                plain.push_str(&piece);
            }
            prop_assert_eq!(&**bounded, &*plain);
            prop_assert!(bounded.capacity() <= max);
            if let Some(character) = piece.chars().next() {
                let fits = character.len_utf8() <= max - plain.len();
                prop_assert_eq!(bounded.insert(0, character).is_ok(), fits);
                if fits {
                    plain.insert(0, character);
                }
            }
        }
    }
}

#[test]
fn an_iterator_without_an_end() {
    let mut list = Bounded::<Vec<u64>>::new(5);
    assert_eq!(code(list.extend(0..)), "capacity");
    assert_eq!(*list, [0, 1, 2, 3, 4]);
    let mut heap = Bounded::<BinaryHeap<u64>>::new(5);
    assert_eq!(code(heap.extend(0..)), "capacity");
    assert_eq!((heap.pop(), heap.len(), heap.capacity() <= 5), (Some(4), 4, true));
    let mut text = Bounded::<String>::new(5);
    assert_eq!(code(text.extend(std::iter::repeat('€'))), "capacity");
    assert_eq!(**text, *"€");
    let mut set = Bounded::<BTreeSet<u64>>::new(5);
    assert_eq!(code(set.extend(0..)), "capacity");
    let mut map = Bounded::<HashMap<u64, u64>>::hashed(5);
    assert_eq!(code(map.extend((0..).map(|key| (key, key)))), "capacity");
    assert_eq!((set.len(), map.len()), (5, 5));
}

#[test]
fn a_log_of_the_latest() {
    let mut log = Bounded::<VecDeque<u32>>::new(3);
    let evicted: Vec<_> = (0..6).map(|entry| log.push_back_evicting(entry)).collect();
    assert_eq!(evicted, [None, None, None, Some(0), Some(1), Some(2)]);
    assert_eq!(*log, [3, 4, 5]);
    assert_eq!(Bounded::<VecDeque<u32>>::new(0).push_back_evicting(7), Some(7));
}

#[test]
fn what_is_written() {
    let mut text = Bounded::<String>::new(8);
    write!(text, "{}-{}", 123, 456).unwrap();
    assert!(write!(text, "!!").is_err());
    assert_eq!(text.to_string(), "123-456");
    let mut bytes = Bounded::<Vec<u8>>::new(8);
    bytes.write_all(b"12345678").unwrap();
    let error = bytes.write_all(b"9").unwrap_err();
    assert_eq!(error.get_ref().unwrap().downcast_ref::<Violation>().unwrap().code(), "capacity");
}

#[test]
fn from_one_that_is_there_and_back() {
    assert_eq!(code(Bounded::from_inner(vec![1, 2, 3], 2)), "capacity");
    let mut list = Bounded::from_inner(vec![1, 2, 3], 3).unwrap();
    for element in &mut list {
        *element *= 2;
    }
    list.as_mut_slice()[0] = 9;
    assert_eq!((&list).into_iter().sum::<i32>(), 19);
    assert_eq!(panic_of(|| list.clone().remove(3)), "removal index (is 3) should be < len (is 3)");
    assert_eq!((list.bound(), list.clone().into_iter().count(), list.into_inner()), (3, 3, vec![9, 4, 6]));
    // A capacity that was there may be larger, and is not made larger.
    let wide = Bounded::from_inner(Vec::<u8>::with_capacity(100), 3).unwrap();
    assert_eq!(wide.capacity(), 100);
}

/// More memory than there is.
#[test]
fn no_memory_is_a_refusal() {
    let mut list = Bounded::<Vec<u64>>::new(usize::MAX);
    assert_eq!(code(list.reserve(usize::MAX / 16)), "capacity");
    assert_eq!(code(list.resize(usize::MAX / 2, 0)), "capacity");
    list.push(7).unwrap();
    assert_eq!(*list, [7]);
}
