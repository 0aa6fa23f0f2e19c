//! The methods of slices that panic outside of their bounds, on what has them.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::sync::{Mutex, RwLock};

use super::{at, part, refused};
use portcullis::{Values, Violation, checked_indexing};

const PLACES: [usize; 6] = [0, 1, 3, 4, 5, usize::MAX];
const PAIRS: [(usize, usize); 7] = [(0, 0), (0, 3), (3, 1), (0, 4), (4, 0), (4, 4), (usize::MAX, 0)];

agreeing! {
    split_at "split_at" (list: &[u8] = &[1, 2, 3, 4], i: usize = PLACES) { list.split_at(i) }
    split_at_of_an_array "split_at" (list: [u8; 4] = [1, 2, 3, 4], i: usize = PLACES) { list.split_at(i) }
    split_at_of_a_vector "split_at" (list: Vec<u8> = vec![1, 2, 3, 4], i: usize = PLACES) { list.split_at(i) }
    split_at_of_a_box "split_at" (list: Box<[u8]> = Box::new([1, 2, 3, 4]), i: usize = PLACES) { list.split_at(i) }
    split_at_of_a_part "split_at" (list: &[u8] = &[1, 2, 3, 4, 5], i: usize = PLACES) { list[1..].split_at(i) }
    split_at_of_a_counted_list "split_at" (list: std::rc::Rc<Vec<u8>> = vec![1, 2, 3, 4].into(), i: usize = PLACES) { list.split_at(i) }
    split_at_of_a_shared_slice "split_at" (list: std::sync::Arc<[u8]> = vec![1, 2, 3, 4].into(), i: usize = PLACES) { list.split_at(i) }
    split_at_mut "split_at_mut" (list: &mut [u8] = &mut [1, 2, 3, 4], i: usize = PLACES) {
        let (a, b) = list.split_at_mut(i);
        a.reverse();
        b.fill(0)
    }
    split_at_mut_of_a_vector "split_at_mut" (list: Vec<u8> = vec![1, 2, 3, 4], i: usize = PLACES) { list.split_at_mut(i).1.fill(0) }
    copy_from_slice "copy_from_slice" (list: [u8; 3] = [1, 2, 3], i: usize = [0, 2, 3, 4]) { list.copy_from_slice(&[7, 8, 9, 10][..i]) }
    copy_into_a_part "copy_from_slice" (list: Vec<u8> = vec![1, 2, 3], i: usize = [0, 1, 2, 3]) { list[i..].copy_from_slice(&[8, 9]) }
    copy_of_a_vector "copy_from_slice" (list: Vec<u8> = vec![1, 2, 3], i: usize = [0, 2, 3, 4]) { list.copy_from_slice(&vec![7; i]) }
    clone_from_slice "clone_from_slice" (list: Vec<String> = vec![String::new(); 3], i: usize = [0, 2, 3, 4]) {
        list.clone_from_slice(&vec![String::from("a"); i])
    }
    swap "swap" (list: &mut [u8] = &mut [1, 2, 3, 4], p: (usize, usize) = PAIRS) { list.swap(p.0, p.1) }
    swap_in_an_array "swap" (list: [u8; 4] = [1, 2, 3, 4], p: (usize, usize) = PAIRS) { list.swap(p.0, p.1) }
    swap_in_a_vector "swap" (list: Vec<u8> = vec![1, 2, 3, 4], p: (usize, usize) = PAIRS) { list.swap(p.0, p.1) }
    swap_in_a_part "swap" (list: Vec<u8> = vec![1, 2, 3, 4, 5], p: (usize, usize) = PAIRS) { list[1..].swap(p.0, p.1) }
    swap_behind_a_cell "swap" (list: RefCell<Vec<u8>> = RefCell::new(vec![1, 2, 3, 4]), p: (usize, usize) = PAIRS) {
        list.borrow_mut().swap(p.0, p.1)
    }
    swap_behind_a_mutex "swap" (list: Mutex<Vec<u8>> = Mutex::new(vec![1, 2, 3, 4]), p: (usize, usize) = PAIRS) {
        let mut guard = list.lock().unwrap();
        guard.swap(p.0, p.1)
    }
    chunks "chunks" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.chunks(i).map(<[u8]>::len).collect::<Vec<_>>() }
    chunks_of_a_vector "chunks" (list: Vec<u8> = vec![1, 2, 3], i: usize = [0, 1, 2, 4]) { list.chunks(i).count() }
    chunks_mut "chunks_mut" (list: [u8; 3] = [1, 2, 3], i: usize = [0, 1, 2, 4]) { list.chunks_mut(i).for_each(|chunk| chunk[0] = 0) }
    chunks_exact "chunks_exact" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.chunks_exact(i).remainder() }
    chunks_exact_mut "chunks_exact_mut" (list: [u8; 3] = [1, 2, 3], i: usize = [0, 1, 2, 4]) {
        list.chunks_exact_mut(i).for_each(|chunk| chunk[0] = 0)
    }
    rchunks "rchunks" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.rchunks(i).map(<[u8]>::len).collect::<Vec<_>>() }
    rchunks_mut "rchunks_mut" (list: Vec<u8> = vec![1, 2, 3], i: usize = [0, 1, 2, 4]) { list.rchunks_mut(i).for_each(|chunk| chunk[0] = 0) }
    rchunks_exact "rchunks_exact" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.rchunks_exact(i).remainder() }
    rchunks_exact_mut "rchunks_exact_mut" (list: [u8; 3] = [1, 2, 3], i: usize = [0, 1, 2, 4]) { list.rchunks_exact_mut(i).len() }
    windows "windows" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.windows(i).map(|w| w[0]).collect::<Vec<_>>() }
    copy_within "copy_within" (list: Vec<u8> = vec![1, 2, 3, 4], p: (usize, usize) = PAIRS) { list.copy_within(p.0..2, p.1) }
    copy_within_of_all_ranges "copy_within" (list: [u8; 4] = [1, 2, 3, 4], p: (RangeInclusive<usize>, usize) = [
        (0..=0, 3), (0..=0, 4), (0..=3, 0), (0..=3, 1), (0..=4, 0), (1..=0, 4), (1..=0, 5), (3..=1, 0), (0..=usize::MAX, 0),
    ]) { list.copy_within(p.0, p.1) }
    rotate_left "rotate_left" (list: &mut [u8] = &mut [1, 2, 3, 4], i: usize = PLACES) { list.rotate_left(i) }
    rotate_right "rotate_right" (list: Vec<u8> = vec![1, 2, 3, 4], i: usize = PLACES) { list.rotate_right(i) }
    rotate_left_in_an_array "rotate_left" (list: [u8; 4] = [1, 2, 3, 4], i: usize = PLACES) { list.rotate_left(i) }
    select_nth_unstable_in_an_array "select_nth_unstable" (list: [u8; 4] = [4, 1, 3, 2], i: usize = PLACES) {
        *list.select_nth_unstable(i).1
    }
    windows_behind_a_cell "windows" (list: RefCell<[u8; 4]> = RefCell::new([1, 2, 3, 4]), i: usize = [0, 1, 2, 4]) {
        let list = list.borrow();
        list.windows(i).count()
    }
    windows_behind_a_lock_to_write "windows" (list: RwLock<Vec<u8>> = RwLock::new(vec![1, 2, 3, 4]), i: usize = [0, 1, 2, 4]) {
        let list = list.write().unwrap();
        list.windows(i).count()
    }
    windows_behind_a_lock "windows" (list: RwLock<Vec<u8>> = RwLock::new(vec![1, 2, 3, 4]), i: usize = [0, 1, 2, 4]) {
        let list = list.read().unwrap();
        list.windows(i).count()
    }
    select_nth_unstable "select_nth_unstable" (list: Vec<u8> = vec![4, 1, 3, 2], i: usize = PLACES) { *list.select_nth_unstable(i).1 }
    select_nth_unstable_by "select_nth_unstable_by" (list: Vec<u8> = vec![4, 1, 3, 2], i: usize = PLACES) {
        *list.select_nth_unstable_by(i, |a, b| b.cmp(a)).1
    }
    select_nth_unstable_by_key "select_nth_unstable_by_key" (list: Vec<i8> = vec![-4, 1, 3, -2], i: usize = PLACES) {
        *list.select_nth_unstable_by_key(i, |number| number.abs()).1
    }
    step_by "step_by" (list: &[u8] = &[1, 2, 3], i: usize = [0, 1, 2, 4]) { list.iter().step_by(i).collect::<Vec<_>>() }
    step_by_of_a_range "step_by" (list: () = (), i: usize = [0, 1, 2, 4]) { (0..5).step_by(i).collect::<Vec<_>>() }
    step_by_of_a_name "step_by" (list: std::vec::IntoIter<u8> = vec![1, 2, 3].into_iter(), i: usize = [0, 1, 2, 4]) {
        list.clone().step_by(i).collect::<Vec<_>>()
    }
}

#[test]
fn the_values_are_told() {
    #[checked_indexing]
    fn protected(list: &mut [u8], kind: u8, i: usize, j: usize) -> Result<(), Violation> {
        match kind {
            0 => list.swap(i, j),
            1 => list.copy_from_slice(&[0, 0][..i]),
            2 => list.copy_within(i..j, 0),
            3 => list.rotate_left(i),
            4 => drop(list.iter().step_by(i)),
            _ => drop(list.split_at(i)),
        }
        Ok(())
    }
    let mut list = [1, 2, 3];
    refused(protected(&mut list, 0, 5, 1), "swap", at(5, 3));
    refused(protected(&mut list, 0, 1, 3), "swap", at(3, 3));
    refused(protected(&mut list, 1, 2, 0), "copy_from_slice", at(2, 3));
    refused(protected(&mut list, 2, 1, 4), "copy_within", part(1, 4, 3));
    refused(protected(&mut list, 3, 4, 0), "rotate_left", at(4, 3));
    refused(protected(&mut list, 4, 0, 0), "step_by", Values::None);
    refused(protected(&mut list, 9, 4, 0), "split_at", at(4, 3));
    assert_eq!(list, [1, 2, 3]);
}

#[test]
fn an_argument_whose_type_only_the_method_tells() {
    twin! {
        fn plain, protected(list: &mut Vec<u8>, n: u8, bytes: impl AsRef<[u8]>) -> u8 {
            list.swap(n.into(), "0".parse().unwrap());
            list.rotate_left(n.into());
            list.copy_from_slice(bytes.as_ref());
            list.insert(n.into(), 9);
            list.truncate(u32::from(n).try_into().unwrap());
            list.remove(Default::default())
        }
    }
    let mut lists = [vec![1, 2, 3], vec![1, 2, 3]];
    assert_eq!(plain(&mut lists[0], 2, [7, 8, 9]), protected(&mut lists[1], 2, vec![7, 8, 9]));
    assert_eq!(lists[0], lists[1]);
}
