//! Locks that are held when a violation leaves: a `return` releases them, an unwinding also poisons those of `std`.

use std::cell::{Cell, RefCell};
use std::sync::{Mutex, Once, OnceLock, RwLock};

use portcullis::{Violation, checked_arithmetic};

use crate::common::{code, run};

#[test]
fn a_return_poisons_nothing() {
    #[checked_arithmetic]
    fn protected(total: &Mutex<u8>, v: &[u8]) -> Result<(), Violation> {
        let mut total = total.lock().unwrap();
        for x in v {
            *total += x;
        }
        Ok(())
    }
    let total = Mutex::new(0);
    assert_eq!(code(protected(&total, &[255, 1])), "arithmetic.overflow");
    assert!(!total.is_poisoned());
    assert_eq!(*total.lock().unwrap(), 255, "a refusal undoes nothing");
}

#[test]
fn an_unwinding_poisons_the_mutex_that_the_body_holds_and_releases_it() {
    #[checked_arithmetic]
    fn protected(total: &Mutex<u8>, v: &[u8]) -> Result<(), Violation> {
        let mut total = total.lock().unwrap();
        v.iter().for_each(|x| *total += x);
        Ok(())
    }
    let total = Mutex::new(0);
    protected(&total, &[254]).unwrap();
    assert!(!total.is_poisoned());
    assert_eq!(code(protected(&total, &[1, 1])), "arithmetic.overflow");
    assert!(total.is_poisoned());
    assert_eq!(*total.try_lock().unwrap_err_poisoned(), 255);
    total.clear_poison();
    assert_eq!(code(protected(&total, &[1])), "arithmetic.overflow");
}

/// What `lock` gives after a poisoning.
trait Poisoned<T> {
    fn unwrap_err_poisoned(self) -> T;
}

impl<T> Poisoned<T> for std::sync::TryLockResult<T> {
    #[track_caller]
    fn unwrap_err_poisoned(self) -> T {
        match self {
            Err(std::sync::TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) => panic!("it is still held"),
            Ok(_) => panic!("it is not poisoned"),
        }
    }
}

#[test]
fn a_guard_that_is_dropped_before_the_closure_runs_poisons_nothing() {
    #[checked_arithmetic]
    fn protected(total: &Mutex<u8>, v: &[u8]) -> Result<u8, Violation> {
        let start = *total.lock().unwrap();
        let sum = v.iter().fold(start, |sum, x| sum + x);
        *total.lock().unwrap() = sum;
        Ok(sum)
    }
    let total = Mutex::new(1);
    assert_eq!(code(protected(&total, &[255])), "arithmetic.overflow");
    assert!(!total.is_poisoned());
    assert_eq!(protected(&total, &[2]).unwrap(), 3);
}

#[test]
fn a_guard_of_the_caller_outside_of_the_boundary_stays_clean() {
    #[checked_arithmetic]
    fn protected(total: &mut u8, v: &[u8]) -> Result<(), Violation> {
        v.iter().for_each(|x| *total += x);
        Ok(())
    }
    let total = Mutex::new(0);
    let mut guard = total.lock().unwrap();
    assert_eq!(code(protected(&mut guard, &[255, 1])), "arithmetic.overflow");
    drop(guard);
    assert!(!total.is_poisoned());
}

#[test]
fn of_a_rw_lock_the_writer_poisons_and_the_reader_does_not() {
    #[checked_arithmetic]
    fn read(lock: &RwLock<u8>, v: &[u8]) -> Result<u8, Violation> {
        let start = lock.read().unwrap();
        Ok(v.iter().fold(*start, |sum, x| sum + x))
    }
    #[checked_arithmetic]
    fn write(lock: &RwLock<u8>, v: &[u8]) -> Result<(), Violation> {
        let mut total = lock.write().unwrap();
        v.iter().for_each(|x| *total += x);
        Ok(())
    }
    let lock = RwLock::new(1);
    assert_eq!(code(read(&lock, &[255])), "arithmetic.overflow");
    assert!(!lock.is_poisoned());
    assert_eq!(code(write(&lock, &[255])), "arithmetic.overflow");
    assert!(lock.is_poisoned());
}

#[test]
fn a_once_is_poisoned_and_a_once_lock_and_the_cells_are_not() {
    #[checked_arithmetic]
    fn once(once: &Once, x: u8) -> Result<(), Violation> {
        once.call_once_force(|_| assert_ne!(x + 1, 0));
        Ok(())
    }
    #[checked_arithmetic]
    fn once_lock(lock: &OnceLock<u8>, x: u8) -> Result<u8, Violation> {
        Ok(*lock.get_or_init(|| x + 1))
    }
    #[checked_arithmetic]
    fn cells(ref_cell: &RefCell<u8>, cell: &Cell<u8>, x: u8) -> Result<u8, Violation> {
        let mut total = ref_cell.borrow_mut();
        cell.set(x);
        [x].iter().for_each(|x| *total += x);
        Ok(*total)
    }
    let (flag, lock) = (Once::new(), OnceLock::new());
    assert_eq!(code(once(&flag, 255)), "arithmetic.overflow");
    assert!(!flag.is_completed());
    assert_eq!(crate::common::panic_of(|| flag.call_once(|| ())), "Once instance has previously been poisoned");
    once(&flag, 1).unwrap();
    assert!(flag.is_completed());
    assert_eq!(code(once_lock(&lock, 255)), "arithmetic.overflow");
    assert_eq!(once_lock(&lock, 1).unwrap(), 2);
    let (total, last) = (RefCell::new(1), Cell::new(0));
    assert_eq!(code(cells(&total, &last, 255)), "arithmetic.overflow");
    assert_eq!(cells(&total, &last, 2).unwrap(), 3, "it is not borrowed any more");
}

#[test]
fn in_a_future_too() {
    #[checked_arithmetic]
    async fn returned(total: &Mutex<u8>, x: u8) -> Result<(), Violation> {
        *total.lock().unwrap() += x;
        Ok(())
    }
    #[checked_arithmetic]
    async fn unwound(total: &Mutex<u8>, x: u8) -> Result<(), Violation> {
        let add = async { *total.lock().unwrap() += x };
        add.await;
        Ok(())
    }
    let total = Mutex::new(1);
    assert_eq!(code(run(returned(&total, 255))), "arithmetic.overflow");
    assert!(!total.is_poisoned());
    assert_eq!(code(run(unwound(&total, 255))), "arithmetic.overflow");
    assert!(total.is_poisoned());
}
