//! `extend`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::sync::{Mutex, RwLock};

use portcullis::{Violation, bounded_allocation};

use super::refused;

/// The same as without the attribute; refused where the items are too many.
macro_rules! extended {
    ($($name:ident $of:ty = $item:expr;)*) => {$(
        #[test]
        fn $name() {
            twin! {
                fn plain, protected(items: impl Iterator<Item = usize>, into: &mut $of) {
                    into.extend(items.map($item));
                }
            }
            let run = |extend: fn(std::ops::Range<usize>, &mut $of)| {
                let mut all = <$of>::default();
                extend(0..3, &mut all);
                extend(2..9, &mut all);
                format!("{all:?}").len()
            };
            assert_eq!(run(plain), run(protected));
            #[bounded_allocation(max = 400)]
            fn bounded(items: impl Iterator<Item = usize>, into: &mut $of) -> Result<(), Violation> {
                into.extend(items.map($item));
                Ok(())
            }
            bounded(0..9, &mut <$of>::default()).unwrap();
            bounded((0..9).filter(|_| true), &mut <$of>::default()).unwrap();
            refused(bounded(0..1_000, &mut <$of>::default()), "extend");
            refused(bounded((0..).filter(|_| true), &mut <$of>::default()), "extend");
            let mut nearly = <$of>::default();
            // In steps, since it counts what is there already.
            let steps = (0..1_000).map(|at| bounded(at * 3..at * 3 + 3, &mut nearly));
            refused(steps.collect::<Result<Vec<()>, _>>(), "extend");
        }
    )*};
}

extended! {
    vector Vec<u32> = |at| at as u32;
    text String = |at| char::from(b'a' + (at % 26) as u8);
    text_of_pieces String = |_| "some words";
    queue VecDeque<u32> = |at| at as u32;
    heap BinaryHeap<u32> = |at| at as u32;
    linked LinkedList<u32> = |at| at as u32;
    map HashMap<usize, u8> = |at| (at, 1);
    set HashSet<usize> = |at| at;
    sorted_map BTreeMap<usize, u8> = |at| (at, 1);
    sorted_set BTreeSet<usize> = |at| at;
}

#[test]
fn what_came_before_the_limit_stays() {
    #[bounded_allocation(max = 100)]
    fn add(list: &mut Vec<u8>, items: impl Iterator<Item = u8>) -> Result<(), Violation> {
        list.extend(items);
        Ok(())
    }
    let mut list = vec![1; 90];
    refused(add(&mut list, std::iter::repeat(7).filter(|_| true)), "extend");
    assert!(list.len() >= 100 && list.ends_with(&[7]), "a refusal undoes nothing");
    let mut list = vec![1; 90];
    refused(add(&mut list, std::iter::repeat_n(7, 1_000)), "extend");
    assert_eq!(list.len(), 90, "and what is known to be too much is not begun");
}

#[test]
fn elements_that_are_copied_from_references_are_as_large_as_they_are() {
    #[bounded_allocation(max = 1_000)]
    fn add(list: &mut Vec<[u8; 100]>, items: &[[u8; 100]]) -> Result<(), Violation> {
        list.extend(items);
        Ok(())
    }
    add(&mut Vec::new(), &[[0; 100]; 10]).unwrap();
    refused(add(&mut Vec::new(), &[[0; 100]; 11]), "extend");
}

#[test]
fn receivers_that_are_made_for_the_call() {
    #[bounded_allocation(max = 100)]
    fn add(all: &mut HashMap<u8, Vec<u8>>, guarded: &Mutex<Vec<u8>>, count: usize) -> Result<(), Violation> {
        all.entry(1).or_default().extend(std::iter::repeat_n(7, count));
        guarded.lock().unwrap().extend(std::iter::repeat_n(7, count).filter(|_| true));
        Ok(())
    }
    let (mut all, guarded) = (HashMap::new(), Mutex::new(Vec::new()));
    add(&mut all, &guarded, 40).unwrap();
    assert_eq!((all[&1].len(), guarded.lock().unwrap().len()), (40, 40));
    refused(add(&mut all, &guarded, 61), "extend");
    assert_eq!((all[&1].len(), guarded.lock().unwrap().len()), (40, 40));
    assert!(!guarded.is_poisoned());
}

#[test]
fn places_and_guards_and_what_is_given() {
    struct Holder {
        list: Vec<u8>,
        lists: Vec<Vec<u8>>,
        boxed: Box<String>,
    }
    twin! {
        fn plain, protected(holder: &mut Holder, cell: &RefCell<Vec<u8>>, lock: &RwLock<Vec<u8>>, more: Vec<u8>) -> usize {
            holder.list.extend([1, 2]);
            #[rustfmt::skip]
            holder.list.extend(
                &[3, 4],
            );
            #[rustfmt::skip]
            holder.lists.first_mut().unwrap().extend(more.clone(),);
            holder.lists[0].extend(more.iter());
            holder.lists[holder.list.len() - 3].extend(more.clone());
            holder.boxed.extend(["a", "b"]);
            holder.boxed.extend(Some('c'));
            let mut borrowed = cell.borrow_mut();
            borrowed.extend(more.iter().copied());
            let mut written = lock.write().unwrap();
            written.extend(more);
            let lengths = [holder.list.len(), holder.lists[0].len(), holder.lists[1].len(), holder.boxed.len()];
            lengths.iter().sum::<usize>() + borrowed.len() + written.len()
        }
    }
    let run = |extend: fn(&mut Holder, &RefCell<Vec<u8>>, &RwLock<Vec<u8>>, Vec<u8>) -> usize| {
        let mut holder = Holder { list: vec![], lists: vec![vec![], vec![]], boxed: Box::default() };
        extend(&mut holder, &RefCell::default(), &RwLock::default(), vec![5; 6])
    };
    assert_eq!(run(plain), run(protected));
}
