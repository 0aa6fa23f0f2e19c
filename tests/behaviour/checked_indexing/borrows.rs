//! Shapes that the borrow checker accepts, and goes on accepting.

use std::collections::VecDeque;

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

#[test]
fn an_index_that_asks_the_list_itself() {
    twin! {
        fn plain, protected(list: &mut Vec<u8>, slice: &mut [u8]) -> u8 {
            let last = list[list.len() - 1];
            slice[slice.len() - 1] = last;
            slice.swap(0, slice.len() - 1);
            slice.swap(slice.len() - 2, 0);
            list.insert(list.len(), 7);
            list.remove(list.len() - 1) + list[list.len() / 2..].iter().sum::<u8>() + slice[slice[0] as usize]
        }
    }
    let mut lists = [(vec![1, 2, 3], [0, 1, 2]), (vec![1, 2, 3], [0, 1, 2])];
    let [(a, b), (c, d)] = &mut lists;
    assert_eq!(plain(a, b), protected(c, d));
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn an_element_from_two_others() {
    twin! {
        fn plain, protected(list: &mut Vec<u8>, array: &mut [u8; 3], (i, j, k): (usize, usize, usize)) {
            list[i] = list[j] + list[k];
            list[i] += list[j] * list[k];
            array[array[i] as usize] = array[j] + array[k];
        }
    }
    let (mut a, mut b) = ((vec![1, 2, 3], [1, 2, 0]), (vec![1, 2, 3], [1, 2, 0]));
    plain(&mut a.0, &mut a.1, (0, 1, 2));
    protected(&mut b.0, &mut b.1, (0, 1, 2));
    assert_eq!(a, (vec![11, 2, 3], [1, 2, 0]));
    assert_eq!(a, b);
}

#[test]
fn swaps_between_an_element_and_something_else() {
    twin! {
        fn plain, protected(list: &mut Vec<String>, i: usize, other: &mut String, others: &mut [String]) {
            std::mem::swap(&mut list[i], other);
            std::mem::swap(&mut list[0], &mut others[i]);
            let (left, right) = list.split_at_mut(1);
            std::mem::swap(&mut left[0], &mut right[i - 1]);
        }
    }
    let make = || (vec!["a".to_owned(), "b".to_owned()], "c".to_owned(), ["d".to_owned(), "e".to_owned()]);
    let (mut a, mut b) = (make(), make());
    plain(&mut a.0, 1, &mut a.1, &mut a.2);
    protected(&mut b.0, 1, &mut b.1, &mut b.2);
    assert_eq!(a, b);
}

#[test]
fn a_list_behind_two_mutable_references() {
    #[checked_indexing]
    fn protected(list: &mut &mut [u8], i: usize) -> Result<u8, Violation> {
        list[i] = 7;
        list[i] += 1;
        let part = &mut list[i..];
        part[0] += 1;
        let again = &mut *list;
        again[0] += again[i];
        Ok(list[0])
    }
    let mut list = [1, 2];
    assert_eq!(protected(&mut &mut list[..], 1).unwrap(), 10);
    refused(protected(&mut &mut list[..], 2), "[]", at(2, 2));
}

#[test]
fn a_slice_that_is_eaten_from_the_front() {
    twin! {
        fn plain, protected(bytes: &mut &[u8], out: &mut &mut [u8]) -> u8 {
            let first = bytes[0];
            *bytes = &bytes[1..];
            let taken = std::mem::take(out);
            taken[0] = first;
            *out = &mut taken[1..];
            bytes[0]
        }
    }
    let (mut a, mut b) = ([0; 2], [0; 2]);
    assert_eq!(plain(&mut &[1, 2][..], &mut &mut a[..]), protected(&mut &[1, 2][..], &mut &mut b[..]));
    assert_eq!(a, b);
}

#[test]
fn a_shared_borrow_of_one_field_beside_a_mutable_one_of_another() {
    struct Table {
        rows: Vec<Vec<u8>>,
        order: Vec<usize>,
        cursor: usize,
    }
    impl Table {
        #[checked_indexing]
        fn step(&mut self) -> Result<u8, Violation> {
            let order = &self.order;
            let row = &mut self.rows[order[self.cursor]];
            row[self.cursor] += 1;
            self.cursor += 1;
            row.push(self.order[0] as u8);
            self.rows[self.order[0]][0] += 1;
            Ok(self.rows[self.order[0]][0])
        }
    }
    let mut table = Table { rows: vec![vec![1], vec![2]], order: vec![1, 0], cursor: 0 };
    assert_eq!(table.step().unwrap(), 4);
    refused(table.step(), "[]", at(1, 1));
    table.cursor = 2;
    refused(table.step(), "[]", at(2, 2));
}

#[test]
fn references_that_leave_the_function() {
    #[checked_indexing]
    fn element<'a>(list: &'a mut Vec<String>, _other: &str, i: usize) -> Result<&'a mut String, Violation> {
        Ok(&mut list[i])
    }
    #[checked_indexing]
    fn part<'a>(text: &'a str, list: &[usize]) -> Result<&'a str, Violation> {
        Ok(&text[list[0]..list[1]])
    }
    #[checked_indexing]
    fn longest<'a>(list: &[&'a str], i: usize) -> Result<&'a str, Violation> {
        Ok(list[i])
    }
    #[checked_indexing(or(return None))]
    fn kept(text: &'static str, i: usize) -> Option<&'static str> {
        Some(&text[i..])
    }
    let mut list = vec!["a".to_owned()];
    element(&mut list, "", 0).unwrap().push('b');
    assert_eq!(list, ["ab"]);
    assert_eq!(part("abc", &[1, 3]).unwrap(), "bc");
    refused(part("abc", &[1]), "[]", at(1, 1));
    assert_eq!(longest(&["x"], 0).unwrap(), "x");
    assert_eq!((kept("abc", 2), kept("abc", 4)), (Some("c"), None));
}

#[test]
fn parts_of_what_lives_for_ever() {
    #[checked_indexing(or(panic))]
    fn numbers(n: usize) -> &'static [u8] {
        &[1, 2, 3][..n]
    }
    #[checked_indexing(or(panic))]
    fn number(n: usize) -> &'static u8 {
        &[1, 2, 3][n]
    }
    #[checked_indexing(or(panic))]
    fn text(n: usize) -> &'static str {
        &"abc"[n..]
    }
    assert_eq!((numbers(2), number(2), text(2)), (&[1, 2][..], &3, "c"));
}

#[test]
fn a_place_that_is_borrowed_after_its_use() {
    twin! {
        fn plain, protected(list: &mut VecDeque<Vec<u8>>, i: usize) -> usize {
            let first = &list[i];
            let length = first.len();
            let element = &mut list[i];
            element.push(1);
            element.extend_from_slice(&[2, 3]);
            let shared: &Vec<u8> = element;
            length + shared.len() + list[i].len()
        }
    }
    let (mut a, mut b) = (VecDeque::from([vec![]]), VecDeque::from([vec![]]));
    assert_eq!(plain(&mut a, 0), protected(&mut b, 0));
}

#[test]
fn a_list_that_is_moved_after_its_use() {
    twin! {
        fn plain, protected(list: Vec<String>, pair: (Vec<String>, String), i: usize) -> (Vec<String>, String, usize) {
            let length = list[i].len();
            let (first, second) = (pair.0[i].len(), pair.1);
            let last = &pair.0[i];
            (list, second, length + first + last.len())
        }
    }
    let make = || (vec!["a".to_owned()], (vec!["b".to_owned()], "c".to_owned()));
    let ((a, b), (c, d)) = (make(), make());
    assert_eq!(plain(a, b, 0), protected(c, d, 0));
}

#[test]
fn a_list_made_in_an_argument_lives_as_long_as_the_statement() {
    struct Choice<'a>(&'a mut [&'static str]);
    fn choice<'a>(of: &'a mut [&'static str]) -> Choice<'a> {
        Choice(of)
    }
    impl Choice<'_> {
        fn last(&mut self) -> &'static str {
            self.0.last().unwrap()
        }
    }
    #[checked_indexing]
    fn protected(end: usize) -> Result<&'static str, Violation> {
        Ok(choice(&mut ["a", "bc", "def"][..end]).last())
    }
    assert_eq!(protected(2).unwrap(), "bc");
    assert_eq!(protected(4).unwrap_err().code(), "index.bounds");
}
