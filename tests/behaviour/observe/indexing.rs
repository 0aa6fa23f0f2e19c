//! Indices: the native operation panics as it would, and its place was told before.

use std::collections::HashMap;

use super::{compare, outcome, told, twins};

twins! {
    []
    fn places(#[trusted(reason = "any will do")] rows: Vec<Vec<u8>>, #[trusted(reason = "any will do")] i: usize, #[trusted(reason = "any will do")] j: usize) -> Vec<Vec<u8>> {
        let mut rows = rows;
        rows[i][j] ^= 1;
        let row = &mut rows[i];
        row.swap(0, j);
        rows[i][j..].reverse();
        (rows[0][0], rows[i][j]) = (7, 8);
        rows
    }

    []
    fn lent(#[trusted(reason = "any will do")] text: String, #[trusted(reason = "any will do")] at: usize) -> (String, usize) {
        let part = &text[at..];
        (part.to_owned(), text[..at].len())
    }

    []
    fn keys(#[trusted(reason = "any will do")] ages: HashMap<String, u8>, #[trusted(reason = "any will do")] name: String) -> u8 {
        ages[&name]
    }

    []
    fn methods(#[trusted(reason = "any will do")] list: Vec<u8>, #[trusted(reason = "any will do")] at: usize) -> (u8, Vec<u8>) {
        let mut list = list;
        let gone = list.remove(at);
        list.insert(at, 9);
        list.truncate(at + 1);
        let tail = list.split_off(at);
        (gone, tail)
    }

    []
    fn chunks(#[trusted(reason = "any will do")] list: Vec<u8>, #[trusted(reason = "any will do")] size: usize) -> Vec<Vec<u8>> {
        list.chunks(size).map(<[u8]>::to_vec).collect()
    }

    []
    fn before(#[trusted(reason = "any will do")] list: Vec<u8>, #[trusted(reason = "any will do")] at: usize) -> u8 {
        let pick = |at: usize| list[at];
        pick(at)
    }
}

#[test]
fn each_place() {
    let rows = vec![vec![1, 2, 3], vec![4, 5], vec![]];
    for i in 0..4 {
        for j in 0..4 {
            let (a, b, c) = (rows.clone(), rows.clone(), rows.clone());
            compare(&(i, j), || places::plain(a, i, j), || places::observed(b, i, j), || places::refusing(c, i, j));
        }
    }
    for at in [0, 1, 2, 3, 4, 9] {
        let text = || "aé!".to_owned();
        compare(&at, || lent::plain(text(), at), || lent::observed(text(), at), || lent::refusing(text(), at));
        let list = || vec![1, 2, 3];
        compare(&at, || methods::plain(list(), at), || methods::observed(list(), at), || methods::refusing(list(), at));
        compare(&at, || chunks::plain(list(), at), || chunks::observed(list(), at), || chunks::refusing(list(), at));
        compare(&at, || before::plain(list(), at), || before::observed(list(), at), || before::refusing(list(), at));
    }
    for name in ["ann", "bob"] {
        let ages = || HashMap::from([("ann".to_owned(), 7)]);
        let name = || name.to_owned();
        compare(
            &name(),
            || keys::plain(ages(), name()),
            || keys::observed(ages(), name()),
            || keys::refusing(ages(), name()),
        );
    }
}

#[test]
fn it_is_told_once_with_its_place_and_the_panic_is_no_news() {
    let (ended, told) = told(|| outcome(|| before::observed(vec![1], 5)));
    assert_eq!(ended, Err("index out of bounds: the len is 1 but the index is 5".to_owned()));
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((told.code, told.function), ("index.bounds", "observed"));
    assert!(told.line.is_some());
}
