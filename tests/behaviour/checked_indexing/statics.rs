//! Lists that are constants and statics. Those that take `unsafe` are in `tests/editions`.

use std::sync::{LazyLock, Mutex};

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

static TABLE: [u8; 3] = [1, 2, 3];
const NAMES: [&str; 2] = ["a", "bc"];
const LIST: &[u8] = &[4, 5];
static TEXT: &str = "aß";
static LAZY: LazyLock<Vec<u8>> = LazyLock::new(|| vec![6, 7]);
static LOCKED: Mutex<Vec<u8>> = Mutex::new(Vec::new());
const GRID: [[u8; 1]; 2] = [[1], [2]];
const FIRST: usize = 0;

const PLACES: [usize; 5] = [0, 1, 2, 3, usize::MAX];

agreeing! {
    a_static "[]" (list: () = (), i: usize = PLACES) { TABLE[i] }
    a_constant "[]" (list: () = (), i: usize = PLACES) { NAMES[i] }
    a_constant_slice "[]" (list: () = (), i: usize = PLACES) { LIST[i] }
    a_part_of_a_static "[]" (list: () = (), i: usize = PLACES) { &TEXT[i..] }
    a_static_made_late "[]" (list: () = (), i: usize = PLACES) { LAZY[i] }
    a_reference_to_an_element "[]" (list: () = (), i: usize = PLACES) { &TABLE[i] }
    a_method_of_an_element "[]" (list: () = (), i: usize = PLACES) { NAMES[i].len() }
    an_associated_constant "[]" (list: () = (), i: usize = PLACES) { Own::LIST[i] }
    two_deep "[]" (list: () = (), i: usize = PLACES) { NAMES[0].as_bytes()[TABLE[i] as usize - 1] }
}

struct Own;

impl Own {
    const LIST: [u8; 2] = [1, 2];
}

#[test]
fn an_element_of_a_constant_lives_for_ever() {
    twin! {
        fn plain, protected() -> (&'static u8, &'static str, &'static [u8], std::slice::Iter<'static, u8>) {
            (&Own::LIST[FIRST], &NAMES[1], &LIST[1..], GRID[1].iter())
        }
    }
    assert_eq!(format!("{:?}", plain()), format!("{:?}", protected()));
}

#[test]
fn a_static_behind_a_lock() {
    #[checked_indexing]
    fn protected(i: usize) -> Result<u8, Violation> {
        LOCKED.lock().unwrap().push(1);
        LOCKED.lock().unwrap()[i] += 1;
        let list = LOCKED.lock().unwrap();
        Ok(list[i])
    }
    assert_eq!(protected(0).unwrap(), 2);
    refused(protected(2), "[]", at(2, 2));
    assert!(LOCKED.try_lock().is_ok());
}

#[test]
#[allow(non_snake_case, reason = "names in upper case that are no constants")]
fn names_in_upper_case_that_are_no_constants() {
    #[checked_indexing]
    fn parameter(ITEMS: &[u8]) -> Result<u8, Violation> {
        Ok(ITEMS[0])
    }
    #[checked_indexing]
    fn generic<const N: usize>(list: &[u8]) -> Result<&u8, Violation> {
        Ok(&list[N])
    }
    refused(parameter(&[]), "[]", at(0, 0));
    assert_eq!(generic::<1>(&[1, 2]).unwrap(), &2);
    refused(generic::<2>(&[1, 2]), "[]", at(2, 2));
}

#[test]
fn a_constant_index_into_a_static_that_is_not_there() {
    static SHORT: LazyLock<Vec<String>> = LazyLock::new(Vec::new);
    #[checked_indexing]
    fn value() -> Result<bool, Violation> {
        Ok(SHORT[FIRST] == "a")
    }
    #[checked_indexing]
    fn reference() -> Result<&'static String, Violation> {
        Ok(&SHORT[FIRST])
    }
    #[checked_indexing]
    fn method() -> Result<usize, Violation> {
        Ok(SHORT[FIRST].len())
    }
    #[checked_indexing]
    fn method_that_is_checked() -> Result<(&'static str, &'static str), Violation> {
        Ok(SHORT[FIRST].split_at(0))
    }
    refused(value(), "[]", at(0, 0));
    refused(reference(), "[]", at(0, 0));
    refused(method(), "[]", at(0, 0));
    refused(method_that_is_checked(), "[]", at(0, 0));
}
