//! Lists behind a cell or a lock: a refusal lets go of the guard and poisons nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

struct Shared {
    mutex: Mutex<Vec<u8>>,
    lock: RwLock<Vec<Vec<u8>>>,
    cell: RefCell<HashMap<u8, Vec<u8>>>,
    cursor: usize,
}

fn shared() -> Shared {
    Shared {
        mutex: Mutex::new(vec![1, 2, 3]),
        lock: RwLock::new(vec![vec![4], vec![5, 6]]),
        cell: RefCell::new(HashMap::from([(7, vec![8, 9])])),
        cursor: 1,
    }
}

impl Shared {
    #[track_caller]
    fn assert_free(&self) {
        assert!(!self.mutex.is_poisoned() && self.mutex.try_lock().is_ok());
        assert!(!self.lock.is_poisoned() && self.lock.try_write().is_ok());
        assert!(self.cell.try_borrow_mut().is_ok());
    }

    #[checked_indexing]
    fn temporary(&self, i: usize) -> Result<u8, Violation> {
        self.mutex.lock().unwrap()[i] += 1;
        let sum = self.mutex.lock().unwrap()[i];
        self.mutex.lock().unwrap()[i] = sum * 2;
        Ok(self.mutex.lock().unwrap()[i])
    }

    #[checked_indexing]
    fn named(&self, i: usize) -> Result<u8, Violation> {
        let mut list = self.mutex.lock().unwrap();
        list[0] = list[i];
        let element = &mut list[i];
        *element += 1;
        list.swap(0, i);
        Ok(list[0])
    }

    #[checked_indexing]
    fn read_and_write(&self, i: usize, j: usize) -> Result<u8, Violation> {
        self.lock.write().unwrap()[i].push(7);
        self.lock.write().unwrap()[i][j] = 9;
        let mut list = self.lock.write().unwrap();
        list[self.cursor].push(8);
        list[self.cursor][j] += 1;
        drop(list);
        let length = self.lock.read().unwrap()[i].len() as u8;
        let list = self.lock.read().unwrap();
        Ok(list[i][j] + length)
    }

    #[checked_indexing]
    fn borrowed(&self, key: u8, i: usize) -> Result<u8, Violation> {
        let first = self.cell.borrow()[&key][i];
        let map = self.cell.borrow();
        Ok(first + map[&key][i])
    }

    #[checked_indexing]
    fn index_behind_a_lock(&self, i: usize) -> Result<u8, Violation> {
        Ok(self.lock.read().unwrap()[self.mutex.lock().unwrap()[i] as usize][0])
    }

    #[checked_indexing]
    fn methods(&self, i: usize) -> Result<u8, Violation> {
        self.mutex.lock().unwrap().insert(i, 5);
        Ok(self.mutex.lock().unwrap().remove(i))
    }
}

#[test]
fn a_temporary_guard() {
    let shared = shared();
    assert_eq!(shared.temporary(2).unwrap(), 8);
    refused(shared.temporary(3), "[]", at(3, 3));
    shared.assert_free();
}

#[test]
fn a_named_guard() {
    let shared = shared();
    assert_eq!(shared.named(2).unwrap(), 4);
    refused(shared.named(3), "[]", at(3, 3));
    shared.assert_free();
}

#[test]
fn guards_of_a_lock_for_many_readers() {
    let shared = shared();
    assert_eq!(shared.read_and_write(0, 0).unwrap(), 11);
    refused(shared.read_and_write(0, 9), "[]", at(9, 3));
    shared.assert_free();
    refused(shared.read_and_write(2, 0), "[]", at(2, 2));
    shared.assert_free();
}

#[test]
fn guards_of_a_cell() {
    let shared = shared();
    assert_eq!(shared.borrowed(7, 1).unwrap(), 18);
    refused(shared.borrowed(7, 2), "[]", at(2, 2));
    refused(shared.borrowed(8, 0), "[]", portcullis::Values::None);
    shared.assert_free();
}

#[test]
fn an_index_that_comes_from_behind_a_lock() {
    let shared = shared();
    assert_eq!(shared.index_behind_a_lock(0).unwrap(), 5);
    refused(shared.index_behind_a_lock(1), "[]", at(2, 2));
    refused(shared.index_behind_a_lock(3), "[]", at(3, 3));
    shared.assert_free();
}

#[test]
fn methods_on_a_guard() {
    let shared = shared();
    assert_eq!(shared.methods(3).unwrap(), 5);
    refused(shared.methods(4), "insert", at(4, 3));
    shared.assert_free();
}

#[test]
fn a_guard_is_held_no_longer_than_it_was() {
    #[checked_indexing(or(panic))]
    fn protected(list: &Mutex<Vec<u8>>) -> bool {
        let first = list.lock().unwrap()[0];
        let free = list.try_lock().is_ok();
        list.lock().unwrap()[0] = first + 1;
        free && list.try_lock().is_ok()
    }
    assert!(protected(&Mutex::new(vec![1])));
}

#[test]
fn a_panic_policy_under_a_named_guard_poisons_as_the_plain_panic_does() {
    twin! {
        fn plain, protected(list: &Mutex<Vec<u8>>, i: usize) -> u8 {
            let list = list.lock().unwrap();
            list[i]
        }
    }
    let lists = [Mutex::new(vec![1]), Mutex::new(vec![1])];
    crate::common::panic_of(|| plain(&lists[0], 1));
    crate::common::panic_of(|| protected(&lists[1], 1));
    assert_eq!(lists[0].is_poisoned(), lists[1].is_poisoned());
}
