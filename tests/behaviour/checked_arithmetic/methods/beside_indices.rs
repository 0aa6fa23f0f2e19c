//! Methods on elements, where `checked_indexing` asks for the indices too.

use std::collections::HashMap;

use portcullis::{Violation, checked_arithmetic, checked_indexing, zero_trust};

use crate::checked_arithmetic::Log;
use crate::common::code;

struct Row {
    cells: Vec<i32>,
}

#[test]
fn both_are_refused() {
    #[checked_arithmetic]
    #[checked_indexing]
    fn first(values: &[i32], i: usize) -> Result<i32, Violation> {
        Ok(values[i].pow(2))
    }
    #[checked_indexing]
    #[checked_arithmetic]
    fn second(values: &[i32], i: usize) -> Result<i32, Violation> {
        Ok(values[i + 0].pow(2))
    }
    #[zero_trust]
    fn all(
        #[trusted(reason = "only the tests call it")] values: &[i32],
        #[trusted(reason = "only the tests call it")] i: usize,
    ) -> Result<i32, Violation> {
        Ok(values[i].pow(2))
    }
    for protected in [first as fn(&[i32], usize) -> Result<i32, Violation>, second, all] {
        assert_eq!(protected(&[3, 4], 1).unwrap(), 16);
        assert_eq!(code(protected(&[3, 4], 2)), "index.bounds");
        assert_eq!(code(protected(&[3, 1 << 16], 1)), "arithmetic.overflow");
    }
}

#[test]
fn along_a_path_of_fields_indices_and_dereferences() {
    #[zero_trust]
    fn protected(
        #[trusted(reason = "only the tests call it")] rows: &mut Vec<Row>,
        #[trusted(reason = "only the tests call it")] map: &HashMap<&str, Box<i32>>,
        #[trusted(reason = "only the tests call it")] at: [usize; 2],
    ) -> Result<[i32; 3], Violation> {
        rows[at[0]].cells[at[1]] = rows[at[0]].cells[at[1] + 1].abs();
        Ok([rows[at[0]].cells[at[1]].pow(2), (*map["a"]).abs(), rows[0].cells.iter().sum()])
    }
    let map = HashMap::from([("a", Box::new(-7))]);
    let rows = || vec![Row { cells: vec![1, -2, 3] }];
    assert_eq!(protected(&mut rows(), &map, [0, 0]).unwrap(), [4, 7, 3]);
    assert_eq!(code(protected(&mut rows(), &map, [0, 2])), "index.bounds");
    assert_eq!(code(protected(&mut rows(), &map, [1, 0])), "index.bounds");
    assert_eq!(code(protected(&mut rows(), &HashMap::new(), [0, 0])), "index.bounds");
    let smallest = HashMap::from([("a", Box::new(i32::MIN))]);
    assert_eq!(code(protected(&mut rows(), &smallest, [0, 0])), "arithmetic.overflow");
}

#[test]
fn a_users_method_on_an_element() {
    struct Deck(Vec<u8>);
    impl Deck {
        fn pow(&mut self, by: u8) -> &mut Self {
            self.0.push(by);
            self
        }
        fn abs(&self) -> usize {
            self.0.len()
        }
    }
    #[zero_trust]
    fn protected(
        #[trusted(reason = "only the tests call it")] decks: &mut [Deck],
        #[trusted(reason = "only the tests call it")] i: usize,
        #[trusted(reason = "only the tests call it")] boxed: &mut Box<[Deck; 1]>,
    ) -> Result<(usize, usize), Violation> {
        decks[i].pow(3).pow(4);
        (**boxed)[i].pow(5);
        Ok((decks[i].abs(), boxed[i].abs()))
    }
    let (mut decks, mut boxed) = ([Deck(Vec::new())], Box::new([Deck(vec![1])]));
    assert_eq!(protected(&mut decks, 0, &mut boxed).unwrap(), (2, 2));
    assert_eq!(decks[0].0, [3, 4]);
    assert_eq!(code(protected(&mut decks, 1, &mut boxed)), "index.bounds");
}

#[test]
fn indices_once_and_before_the_arguments() {
    #[zero_trust]
    fn protected(
        #[trusted(reason = "only the tests call it")] log: &Log,
        #[trusted(reason = "only the tests call it")] rows: &[Row],
        #[trusted(reason = "only the tests call it")] i: usize,
        #[trusted(reason = "only the tests call it")] j: usize,
    ) -> Result<i32, Violation> {
        Ok(rows[log.on("row", i)].cells[log.on("cell", j)].pow(log.on("argument", 2)))
    }
    let (log, rows) = (Log::default(), [Row { cells: vec![5] }]);
    assert_eq!(protected(&log, &rows, 0, 0).unwrap(), 25);
    assert_eq!(log.taken(), ["row", "cell", "argument"]);
    assert_eq!(code(protected(&log, &rows, 0, 1)), "index.bounds");
    assert_eq!(log.taken(), ["row", "cell"]);
}

#[test]
fn an_argument_may_change_what_the_method_is_called_on() {
    #[zero_trust]
    fn protected(
        #[trusted(reason = "only the tests call it")] values: &mut Vec<u32>,
        #[trusted(reason = "only the tests call it")] i: usize,
    ) -> Result<u32, Violation> {
        Ok(values[i].pow({
            values.clear();
            2
        }))
    }
    assert_eq!(protected(&mut vec![3, 4], 1).unwrap(), 16);
    assert_eq!(code(protected(&mut vec![3, 4], 2)), "index.bounds");
}

#[test]
fn ranges_as_indices() {
    trait Norm {
        fn abs(&self) -> usize;
    }
    impl Norm for [i32] {
        fn abs(&self) -> usize {
            self.len()
        }
    }
    #[zero_trust]
    fn protected(
        #[trusted(reason = "only the tests call it")] values: &[i32],
        #[trusted(reason = "only the tests call it")] range: std::ops::Range<usize>,
    ) -> Result<(usize, usize, i32), Violation> {
        Ok((values[1..].abs(), values[range.clone()].abs(), values[range][0].abs()))
    }
    assert_eq!(protected(&[1, -2, 3], 1..3).unwrap(), (2, 2, 2));
    assert_eq!(code(protected(&[1, -2, 3], 1..4)), "index.bounds");
    assert_eq!(code(protected(&[1, i32::MIN], 1..2)), "arithmetic.overflow");
}
