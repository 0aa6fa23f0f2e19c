//! `collect`, into what there is.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use portcullis::{Violation, bounded_allocation};

use super::refused;

/// The same as without the attribute, of an iterator that tells its length and of one that does not; refused of one that is
/// too long and of one that never ends.
macro_rules! into {
    ($($name:ident $of:ty = $item:expr;)*) => {$(
        #[test]
        fn $name() {
            twin! {
                fn plain, protected(items: impl Iterator<Item = usize>) -> $of {
                    items.map($item).collect()
                }
            }
            assert_eq!(plain(0..9), protected(0..9));
            assert_eq!(plain((0..9).filter(|at| at % 2 == 0)), protected((0..9).filter(|at| at % 2 == 0)));
            #[bounded_allocation(max = 400)]
            fn bounded(items: impl Iterator<Item = usize>) -> Result<$of, Violation> {
                Ok(items.map($item).collect())
            }
            assert_eq!(plain(0..9), bounded(0..9).unwrap());
            assert_eq!(plain(0..9), bounded((0..9).filter(|_| true)).unwrap());
            refused(bounded(0..1_000), "collect");
            refused(bounded(0..), "collect");
            refused(bounded((0..).filter(|_| true)), "collect");
        }
    )*};
}

into! {
    vector Vec<u32> = |at| at as u32;
    boxed_slice Box<[u32]> = |at| at as u32;
    counted_slice Rc<[u32]> = |at| at as u32;
    shared_slice Arc<[String]> = |at| at.to_string();
    borrowed_list Cow<'static, [u32]> = |at| at as u32;
    queue VecDeque<u32> = |at| at as u32;
    linked LinkedList<u32> = |at| at as u32;
    map HashMap<usize, u8> = |at| (at, 1);
    set HashSet<usize> = |at| at;
    sorted_map BTreeMap<usize, u8> = |at| (at, 1);
    sorted_set BTreeSet<usize> = |at| at;
    text_of_letters String = |at| char::from(b'a' + (at % 26) as u8);
    text_of_pieces String = |_| "some words";
    text_of_texts String = |at| at.to_string();
    text_of_either String = |at| if at % 2 == 0 { Cow::Borrowed("even") } else { Cow::Owned("odd".to_owned()) };
    text_of_boxes String = |_| Box::<str>::from("boxed");
    boxed_text Box<str> = |_| "boxed";
    system_text OsString = |_| OsString::from("system");
    path PathBuf = |_| "folder";
    optional Option<Vec<u32>> = |at| Some(at as u32);
    results Result<Vec<u32>, String> = |at| Ok(at as u32);
    results_of_maps Result<HashMap<usize, u8>, ()> = |at| Ok((at, 1));
    two_lists (Vec<u8>, Vec<u32>) = |at| (at as u8, at as u32);
}

#[test]
fn a_text_counts_its_bytes_and_a_list_of_texts_its_handles() {
    #[bounded_allocation(max = 100)]
    fn text(piece: &str, count: usize) -> Result<String, Violation> {
        Ok(std::iter::repeat_n(piece, count).collect())
    }
    assert_eq!(text("0123456789", 10).unwrap().len(), 100);
    refused(text("0123456789", 11), "collect");
    refused(text(&"x".repeat(101), 1), "collect");
    assert_eq!(text("", 1_000).unwrap(), "");
    #[bounded_allocation(max = 100)]
    fn letters(letter: char, count: usize) -> Result<String, Violation> {
        Ok(std::iter::repeat_n(letter, count).collect())
    }
    assert_eq!(letters('a', 100).unwrap().len(), 100);
    assert_eq!(letters('ä', 50).unwrap().len(), 100);
    refused(letters('ä', 51), "collect");
    refused(letters('a', 101), "collect");
    #[bounded_allocation(max = 100)]
    fn list(piece: &str, count: usize) -> Result<Vec<&str>, Violation> {
        Ok(std::iter::repeat_n(piece, count).collect())
    }
    assert_eq!(list("a long text that is somebody else's", 6).unwrap().len(), 6);
    refused(list("", 7), "collect");
}

#[test]
fn the_first_error_ends_it_before_the_limit_does() {
    #[bounded_allocation(max = 100)]
    fn parsed(text: &str) -> Result<Result<Vec<u8>, std::num::ParseIntError>, Violation> {
        Ok(text.split(',').map(str::parse).collect())
    }
    assert_eq!(parsed("1,2,3").unwrap().unwrap(), [1, 2, 3]);
    assert!(parsed(&format!("1,x{}", ",1".repeat(1_000))).unwrap().is_err());
    #[bounded_allocation(max = 100)]
    fn checked(count: usize) -> Result<Result<(), usize>, Violation> {
        Ok((0..count).map(|at| if at < 1_000 { Ok(()) } else { Err(at) }).collect())
    }
    // Nothing is kept of the units.
    assert_eq!(checked(999).unwrap(), Ok(()));
    assert_eq!(checked(usize::MAX).unwrap(), Err(1_000));
}

#[test]
fn what_was_collected_before_the_limit_is_dropped() {
    struct Counts<'a>(&'a Cell<i32>);
    impl Drop for Counts<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }
    #[bounded_allocation(max = 80)]
    fn ask(made: &Cell<i32>) -> Result<usize, Violation> {
        let all: Vec<Counts<'_>> = std::iter::repeat_with(|| {
            made.set(made.get() + 1);
            Counts(made)
        })
        .filter(|_| true)
        .collect();
        Ok(all.len())
    }
    let made = Cell::new(0);
    refused(ask(&made), "collect");
    assert_eq!(made.get(), 0);
}

#[test]
fn an_iterator_that_is_lent_goes_on() {
    twin! {
        fn plain, protected(items: &mut dyn Iterator<Item = u8>) -> (Vec<u8>, Vec<u8>, Option<u8>) {
            let head = items.take(2).collect();
            let mut rest = items.skip_while(|at| *at < 5).peekable();
            let next = rest.by_ref().take(2).collect();
            (head, next, rest.next())
        }
    }
    assert_eq!(plain(&mut (0..9)), protected(&mut (0..9)));
    twin! {
        fn by_place, protected_place(mut items: std::vec::IntoIter<u8>) -> (Vec<u8>, Option<u8>) {
            let lent = &mut items;
            let all = lent.collect();
            (all, items.next())
        }
    }
    assert_eq!(by_place(vec![1, 2].into_iter()), protected_place(vec![1, 2].into_iter()));
}

#[test]
fn memory_that_the_iterator_has_is_used_again_where_nothing_is_counted() {
    twin! {
        fn plain, protected(list: Vec<u32>) -> *const u32 {
            let list: Vec<u32> = list.into_iter().map(|at| at + 1).collect();
            list.as_ptr()
        }
    }
    let list = vec![1, 2, 3];
    let before = list.as_ptr();
    assert_eq!(protected(list), before);
    let list = vec![1, 2, 3];
    let before = list.as_ptr();
    assert_eq!(plain(list), before);
}

/// It takes the first, whatever comes after it.
#[derive(Debug, PartialEq)]
struct First(Option<u64>);

impl FromIterator<u64> for First {
    fn from_iter<I: IntoIterator<Item = u64>>(items: I) -> Self {
        Self(items.into_iter().next())
    }
}

#[test]
fn a_type_of_the_users_own_may_take_less() {
    #[bounded_allocation(max = 100)]
    fn first(count: u64) -> Result<First, Violation> {
        Ok((7..count).collect())
    }
    assert_eq!(first(u64::MAX).unwrap(), First(Some(7)));
}
