//! Places behind a guard or a getter of std.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::AtomicU32;

use portcullis::{Violation, checked_arithmetic};

#[test]
fn what_a_mutable_getter_returns() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut cell: Cell<u8>, mut atomic: AtomicU32) -> (u8, u32) {
        *cell.get_mut() += 1;
        *atomic.get_mut() -= 1;
        (cell.into_inner(), atomic.into_inner())
    }
    assert_eq!(protected(Cell::new(1), AtomicU32::new(1)), (2, 0));
}

#[test]
fn a_ref_cell() {
    #[checked_arithmetic]
    fn protected(cell: &RefCell<u8>) -> Result<u8, Violation> {
        *cell.borrow_mut() += 1;
        *cell.borrow_mut() += {
            let now = *cell.borrow();
            now
        };
        Ok(*cell.borrow() + 1)
    }
    let cell = RefCell::new(3);
    assert_eq!(protected(&cell).unwrap(), 9);
    cell.replace(255);
    assert!(protected(&cell).is_err());
    assert!(cell.try_borrow_mut().is_ok(), "the refusal let go of the cell");
}

#[test]
fn a_mutex() {
    #[checked_arithmetic]
    fn protected(mutex: &Mutex<u8>) -> Result<u8, Violation> {
        *mutex.lock().unwrap() += 1;
        Ok(*mutex.try_lock().unwrap() * 2)
    }
    let mutex = Mutex::new(3);
    assert_eq!(protected(&mutex).unwrap(), 8);
    *mutex.lock().unwrap() = 255;
    assert!(protected(&mutex).is_err());
    assert!(!mutex.is_poisoned() && mutex.try_lock().is_ok(), "a refusal is a return");
}

#[test]
fn a_hash_map_entry() {
    #[checked_arithmetic]
    fn protected(map: &mut HashMap<&'static str, u8>, key: &'static str) -> Result<u8, Violation> {
        *map.entry(key).or_insert(253) += 1;
        *map.get_mut(key).unwrap() += 1;
        Ok(map[key])
    }
    let mut map = HashMap::new();
    assert_eq!(protected(&mut map, "a").unwrap(), 255);
    assert!(protected(&mut map, "a").is_err());
    assert_eq!(map["a"], 255);
}

#[test]
fn a_tree_map_entry_as_the_tail_of_a_loop_body() {
    #[checked_arithmetic(or(panic))]
    fn protected(words: &[&'static str]) -> BTreeMap<&'static str, u32> {
        let mut counts = BTreeMap::new();
        for word in words {
            *counts.entry(*word).or_default() += 1
        }
        counts
    }
    assert_eq!(protected(&["a", "b", "a"]), [("a", 2), ("b", 1)].into());
}
