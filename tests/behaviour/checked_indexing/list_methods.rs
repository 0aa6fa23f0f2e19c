//! The methods of growing lists that panic outside of their bounds.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ops::{Bound, Range};

use super::{at, part, refused};
use portcullis::{Violation, checked_indexing};

const PLACES: [usize; 5] = [0, 2, 3, 4, usize::MAX];

fn list() -> Vec<String> {
    ["a", "b", "c"].map(str::to_owned).to_vec()
}

fn deque() -> VecDeque<u8> {
    let mut deque = VecDeque::from([2, 3]);
    deque.push_front(1);
    deque
}

fn ranges() -> [Range<usize>; 8] {
    [0..0, 0..3, 3..3, 1..2, 0..4, 4..4, 2..1, 0..usize::MAX].map(|range: Range<usize>| range)
}

agreeing! {
    remove "remove" (list: Vec<String> = list(), i: usize = PLACES) { list.remove(i) }
    swap_remove "swap_remove" (list: Vec<String> = list(), i: usize = PLACES) { list.swap_remove(i) }
    insert "insert" (list: Vec<String> = list(), i: usize = PLACES) { list.insert(i, String::from("new")) }
    split_off "split_off" (list: Vec<String> = list(), i: usize = PLACES) { list.split_off(i) }
    drain "drain" (list: Vec<String> = list(), r: Range<usize> = ranges()) { list.drain(r).collect::<Vec<_>>() }
    drain_from "drain" (list: Vec<String> = list(), i: usize = PLACES) { list.drain(i..).count() }
    drain_between_bounds "drain" (list: Vec<String> = list(), i: usize = PLACES) { list.drain((Bound::Excluded(i), Bound::Unbounded)).count() }
    splice "splice" (list: Vec<String> = list(), r: Range<usize> = ranges()) { list.splice(r, [String::from("new")]).collect::<Vec<_>>() }
    extend_from_within "extend_from_within" (list: Vec<String> = list(), r: Range<usize> = ranges()) { list.extend_from_within(r) }
    remove_behind_a_reference "remove" (list: &mut Vec<u8> = &mut vec![1, 2, 3], i: usize = PLACES) { list.remove(i) }
    remove_in_a_box "remove" (list: Box<Vec<u8>> = Box::new(vec![1, 2, 3]), i: usize = PLACES) { list.remove(i) }
    remove_in_an_element "remove" (list: Vec<Vec<u8>> = vec![vec![], vec![1, 2, 3]], i: usize = PLACES) { list[1].remove(i) }
    remove_in_a_missing_element "[]" (list: Vec<Vec<u8>> = vec![vec![1], vec![2]], i: usize = [1, 2]) { list[i].remove(0) }
    remove_in_a_field "remove" (list: (u8, Vec<u8>) = (0, vec![1, 2, 3]), i: usize = PLACES) { list.1.remove(i) }
    remove_by_a_computed_index "remove" (list: Vec<u8> = vec![1, 2], i: usize = [0, 1]) { list.remove(list.len() - i) }
    insert_in_a_deque "insert" (list: VecDeque<u8> = deque(), i: usize = PLACES) { list.insert(i, 9) }
    split_off_a_deque "split_off" (list: VecDeque<u8> = deque(), i: usize = PLACES) { list.split_off(i) }
    drain_of_a_deque "drain" (list: VecDeque<u8> = deque(), r: Range<usize> = ranges()) { list.drain(r).collect::<Vec<_>>() }
    swap_in_a_deque "swap" (list: VecDeque<u8> = deque(), i: usize = PLACES) { list.swap(1, i) }
    rotate_left_a_deque "rotate_left" (list: VecDeque<u8> = deque(), i: usize = PLACES) { list.rotate_left(i) }
    rotate_right_a_deque "rotate_right" (list: VecDeque<u8> = deque(), i: usize = PLACES) { list.rotate_right(i) }
    range_of_a_deque "range" (list: VecDeque<u8> = deque(), r: Range<usize> = ranges()) { list.range(r).collect::<Vec<_>>() }
    range_mut_of_a_deque "range_mut" (list: VecDeque<u8> = deque(), r: Range<usize> = ranges()) { list.range_mut(r).for_each(|x| *x = 0) }
    split_off_a_linked_list "split_off" (list: LinkedList<u8> = LinkedList::from([1, 2, 3]), i: usize = PLACES) { list.split_off(i) }
}

#[test]
fn the_values_are_told() {
    #[checked_indexing]
    fn protected(list: &mut Vec<u8>, kind: u8, i: usize) -> Result<(), Violation> {
        match kind {
            0 => drop(list.remove(i)),
            1 => list.insert(i, 0),
            2 => drop(list.drain(i..=i)),
            _ => list.extend_from_within(i..),
        }
        Ok(())
    }
    let mut list = vec![1, 2, 3];
    refused(protected(&mut list, 0, 3), "remove", at(3, 3));
    refused(protected(&mut list, 1, 4), "insert", at(4, 3));
    refused(protected(&mut list, 2, 3), "drain", part(3, 4, 3));
    refused(protected(&mut list, 3, 4), "extend_from_within", part(4, 3, 3));
    assert_eq!(list, [1, 2, 3]);
}

#[test]
fn methods_of_these_names_that_never_panic() {
    twin! {
        fn plain, protected(i: usize) -> String {
            let mut deque = VecDeque::from([1, 2, 3]);
            let mut list = vec![1, 2, 3];
            let removed = deque.remove(i);
            deque.truncate(i);
            list.truncate(i);
            let mut map = HashMap::from([(1, 'a'), (7, 'b')]);
            let (old, gone) = (map.insert(7, 'c'), map.remove(&i));
            let drained = map.drain().count();
            let mut set = HashSet::from([1]);
            let fresh = (set.insert(i), set.remove(&1));
            let mut tree = BTreeMap::from([(1, 'a'), (7, 'b')]);
            let rest = tree.split_off(&i);
            let mut leaves = BTreeSet::from([1, 7]);
            let more = leaves.split_off(&i);
            let between: Vec<_> = rest.range(i..).collect();
            let cell = std::sync::atomic::AtomicUsize::new(5);
            let before = cell.swap(i, std::sync::atomic::Ordering::Relaxed);
            let mut option = Some(1);
            let mine = option.insert(i);
            format!("{removed:?} {deque:?} {list:?} {old:?} {gone:?} {drained} {fresh:?} {tree:?} {between:?} {leaves:?} {more:?} {before} {mine}")
        }
    }
    for i in [0, 1, 3, 7, 100] {
        assert_eq!(plain(i), protected(i));
    }
}

#[test]
fn the_rest_of_the_arguments_comes_after_the_place_and_only_once() {
    let log = super::Log::default();
    #[checked_indexing]
    fn protected(log: &super::Log, list: &mut Vec<u8>, i: usize) -> Result<(), Violation> {
        log.on("list", list).insert(log.on("place", i), log.on("value", 9));
        Ok(())
    }
    let mut list = vec![1];
    protected(&log, &mut list, 1).unwrap();
    assert_eq!((log.taken(), &*list), (vec!["list", "place", "value"], &[1, 9][..]));
    refused(protected(&log, &mut list, 3), "insert", at(3, 2));
}
