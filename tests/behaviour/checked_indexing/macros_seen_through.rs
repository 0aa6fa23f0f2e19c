//! Indices in the arguments of macros: those of std are seen through, all others are left alone.

use std::fmt::Write as _;

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

const PLACES: [usize; 4] = [0, 1, 2, usize::MAX];

fn names() -> Vec<String> {
    vec!["a".to_owned(), "bb".to_owned()]
}

agreeing! {
    format_macro "[]" (list: Vec<String> = names(), i: usize = PLACES) { format!("{} {:>3}", list[i], list[0]) }
    format_with_names "[]" (list: Vec<String> = names(), i: usize = PLACES) { format!("{x} {x:?}", x = list[i]) }
    format_of_a_reference "[]" (list: Vec<String> = names(), i: usize = PLACES) { format!("{}", &list[i][..1]) }
    write_macro "[]" (list: Vec<String> = names(), i: usize = PLACES) {
        let mut out = String::new();
        write!(out, "{}", list[i]).unwrap();
        out
    }
    write_macro_into_an_element "[]" (list: Vec<String> = names(), i: usize = PLACES) { write!(list[i], "{}", 7).unwrap() }
    vec_macro "[]" (list: Vec<String> = names(), i: usize = PLACES) { vec![list[i].clone(), list[0].clone()] }
    vec_macro_that_repeats "[]" (list: Vec<usize> = vec![1, 2], i: usize = PLACES) { vec![list[i]; list[0]] }
    matches_macro_with_a_guard "[]" (list: Vec<usize> = vec![1, 2], i: usize = PLACES) { matches!(Some(i), Some(n) if list[n] == 2) }
    assertions "[]" (list: Vec<String> = names(), i: usize = PLACES) {
        assert!(!list[i].is_empty());
        assert_ne!(list[i], "", "{}", list[i]);
        assert_eq!(list[i], list[i].clone());
        debug_assert!(list[i].len() < 9, "{}", list[0]);
    }
    macros_in_macros "[]" (list: Vec<String> = names(), i: usize = PLACES) { format!("{}", vec![list[i].len()].len()) }
}

#[test]
fn arguments_of_other_macros_are_left_alone() {
    macro_rules! element {
        ($list:ident[$i:expr]) => {
            $list.get($i).copied().unwrap_or(7)
        };
    }
    twin! { fn plain, protected(list: &[u8]) -> u8 { element!(list[9]) + element!(list[0]) } }
    assert_eq!(plain(&[1]), protected(&[1]));
}

#[test]
fn the_text_of_an_assertion_is_that_of_the_source() {
    twin! { fn plain, protected(list: &[u8], i: usize) { assert!(list[i] == 7) } }
    let (plain, protected) =
        (crate::common::panic_of(|| plain(&[1], 0)), crate::common::panic_of(|| protected(&[1], 0)));
    assert_eq!(plain, protected);
    assert_eq!(protected, "assertion failed: list[i] == 7");
}

#[test]
fn the_index_is_evaluated_once() {
    let log = super::Log::default();
    #[checked_indexing]
    fn protected(log: &super::Log, list: &[u8], i: usize) -> Result<String, Violation> {
        Ok(format!("{0} {0} {0}", list[log.on("index", i)]))
    }
    assert_eq!(protected(&log, &[7], 0).unwrap(), "7 7 7");
    assert_eq!(log.taken(), ["index"]);
    refused(protected(&log, &[7], 1), "[]", at(1, 1));
}
