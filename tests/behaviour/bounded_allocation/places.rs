//! Receivers, and what is evaluated when.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use portcullis::{Violation, bounded_allocation, checked_indexing, zero_trust};

use super::refused;
use crate::common::{Log, Noisy};

#[test]
fn each_place_and_each_pointer() {
    struct Holder {
        list: Vec<u8>,
        lists: [Vec<u8>; 2],
        nested: Box<Option<Vec<u8>>>,
    }
    impl Holder {
        twin! {
            fn plain, protected(&mut self, by: &mut &mut Vec<u8>, shared: &Arc<str>, text: &Cow<'_, str>, n: usize) -> usize {
                self.list.reserve(n);
                self.list.resize(self.list.len() + n, 1);
                self.lists[0].resize(n, 2);
                let at = 1;
                self.lists[at].resize_with(self.lists[0].len() * 2, || 3);
                self.nested.as_mut().as_mut().unwrap().resize(n, 4);
                by.resize(n, 5);
                let boxed = &mut Box::new(vec![1]);
                #[rustfmt::skip]
                boxed.reserve_exact(n,);
                (*boxed).resize(n, 6);
                let cell = Rc::new(RefCell::new(vec![1]));
                cell.borrow_mut().resize(n, 7);
                let mut guard = cell.borrow_mut();
                let length = guard.len();
                guard.resize(length + n, 8);
                let mutex = Mutex::new(String::new());
                mutex.lock().unwrap().reserve(n);
                self.list.len() + self.lists[1].len() + by.len() + boxed.len() + guard.len()
                    + shared.repeat(n).len() + text.repeat(n).len()
            }
        }
    }
    let make = || Holder { list: vec![], lists: [vec![], vec![]], nested: Box::new(Some(vec![])) };
    let (mut a, mut b) = (vec![], vec![]);
    let (shared, text) = (Arc::from("ab"), Cow::from("abc"));
    assert_eq!(make().plain(&mut &mut a, &shared, &text, 3), make().protected(&mut &mut b, &shared, &text, 3));
    assert_eq!(a, b);
}

/// As the guards of other crates.
struct Guard(Vec<u8>);

impl Deref for Guard {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Guard {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

#[test]
fn a_guard_of_another_crate() {
    #[bounded_allocation(max = 100)]
    fn ask(mut guard: Guard, n: usize) -> Result<usize, Violation> {
        guard.reserve(n);
        guard.resize(n, 1);
        Ok(guard.repeat(2).len())
    }
    assert_eq!(ask(Guard(vec![]), 50).unwrap(), 100);
    refused(ask(Guard(vec![]), 51), "repeat");
    refused(ask(Guard(vec![]), 101), "reserve");
}

#[test]
fn in_the_order_of_the_source() {
    twin! {
        fn plain, protected(log: &Log) -> usize {
            let list = vec![log.on("element", 1_u8); log.on("count", 2)];
            let mut made = Vec::with_capacity(log.on("capacity", 2));
            log.on("receiver", &mut made).resize(log.on("length", 2), log.on("value", 7_u8));
            log.on("into", &mut made).extend(log.on("items", list));
            let _noisy = Noisy(log, "dropped last");
            let text = Noisy(log, "temporary").1.repeat(log.on("times", 2));
            log.on("whole", made.len() + text.len())
        }
    }
    let (a, b) = (Log::default(), Log::default());
    assert_eq!(plain(&a), protected(&b));
    assert_eq!(a.taken(), b.taken());
}

#[test]
fn nothing_after_the_refused_call_runs() {
    #[bounded_allocation(max = 100)]
    fn ask(log: &Log, n: usize) -> Result<(), Violation> {
        let mut list = vec![1_u8];
        list.resize(log.on("length", n), log.on("value", 7));
        log.note("after");
        Ok(())
    }
    let log = Log::default();
    refused(ask(&log, 101), "resize");
    assert_eq!(log.taken(), ["length"]);
}

#[test]
fn beside_the_checks_of_indices_and_of_arithmetic() {
    #[bounded_allocation(max = 100)]
    #[checked_indexing]
    fn both(lists: &mut [Vec<u8>], at: usize, n: usize) -> Result<usize, Violation> {
        lists[at].resize(n, 1);
        lists[at].extend(std::iter::repeat_n(2, n));
        Ok(lists[at].repeat(2).len())
    }
    #[zero_trust(bounded_allocation(max = 100))]
    fn all(
        #[trusted(reason = "the test's own")] lists: &mut [Vec<u8>],
        #[trusted(reason = "the test's own")] at: usize,
        #[trusted(reason = "the test's own")] n: usize,
    ) -> Result<usize, Violation> {
        lists[at].resize(n * 2 - n, 1);
        lists[at].extend(std::iter::repeat_n(2, n));
        let all: Vec<u8> = lists[at].repeat(2).into_iter().map(|byte| byte + 1).collect();
        Ok(all.len())
    }
    for ask in [both, all] {
        let lists = &mut [vec![], vec![]];
        assert_eq!(ask(lists, 1, 25).unwrap(), 100);
        assert_eq!(ask(lists, 2, 25).unwrap_err().code(), "index.bounds");
        refused(ask(lists, 1, 101), "resize");
        refused(ask(lists, 0, 51), "extend");
        refused(ask(lists, 0, 26), "repeat");
    }
    assert_eq!(all(&mut [vec![]], 0, usize::MAX).unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn elements_behind_an_index_that_is_not_checked() {
    #[bounded_allocation(max = 100)]
    fn ask(lists: &mut Vec<Vec<u8>>, at: usize, n: usize) -> Result<(), Violation> {
        lists[at].reserve(n);
        lists[at..][0].extend([1, 2]);
        Ok(())
    }
    let mut lists = vec![vec![], vec![]];
    ask(&mut lists, 1, 98).unwrap();
    refused(ask(&mut lists, 1, 101), "reserve");
    assert!(std::panic::catch_unwind(move || ask(&mut lists, 2, 1)).is_err(), "as it does without");
}
