//! Indices, in one source for each edition.

use std::collections::HashMap;

use portcullis::{checked_indexing, Violation};

#[checked_indexing]
fn places(list: &mut Vec<Vec<u8>>, i: usize, j: usize) -> Result<u8, Violation> {
    list[i][j] += 1;
    (list[0][j], list[i][0]) = (list[i][j], 7);
    list[i].push(9);
    match list[i][j] {
        ref mut x if *x > 100 => *x = 0,
        ref mut x => *x += 1,
    }
    let row = &mut list[i];
    row[j] += 1;
    Ok(list[i][j..].len() as u8 + list[i].remove(j))
}

#[checked_indexing]
fn closures(list: &[u8], places: &[usize], names: &HashMap<String, u8>) -> Result<u8, Violation> {
    let pick = |i: &usize| list[*i];
    Ok(places.iter().map(pick).max().unwrap_or(0) + names["a"])
}

#[checked_indexing(or(return "none"))]
fn text(text: &'static str, i: usize) -> &'static str {
    assert!(text[i..].len() < 9, "{}", &text[i..]);
    &text[i..]
}

struct Table {
    rows: Vec<[u8; 2]>,
    cursor: usize,
}

impl Table {
    #[checked_indexing]
    fn step(&mut self) -> Result<&mut u8, Violation> {
        self.rows[self.cursor][0] += 1;
        self.cursor += 1;
        Ok(&mut self.rows[self.cursor - 1][1])
    }
}

fn place<T: std::fmt::Debug>(refused: Result<T, Violation>) -> String {
    let words = refused.unwrap_err().internal().to_string();
    words.split(" in ").next().unwrap_or_default().to_owned()
}

#[test]
fn indices() {
    let mut list = vec![vec![1, 2], vec![3, 4]];
    assert_eq!(places(&mut list, 1, 1).unwrap(), 9);
    assert_eq!(list, [vec![1, 5], vec![7, 9]]);
    assert_eq!(place(places(&mut list, 2, 0)), "index.bounds: `[]` at 2 of 2");
    assert_eq!(place(places(&mut list, 0, 5)), "index.bounds: `[]` at 5 of 2");
}

#[test]
fn indices_in_closures() {
    let mut names = HashMap::new();
    assert_eq!(place(closures(&[1, 2], &[0, 1], &names)), "index.bounds: `[]`");
    names.insert("a".to_owned(), 7);
    assert_eq!(closures(&[1, 2], &[0, 1], &names).unwrap(), 9);
    assert_eq!(place(closures(&[1, 2], &[0, 2], &names)), "index.bounds: `[]` at 2 of 2");
}

#[test]
fn indices_in_text() {
    assert_eq!((text("aß", 1), text("aß", 2), text("aß", 4)), ("ß", "none", "none"));
}

#[test]
fn indices_through_self() {
    let mut table = Table { rows: vec![[1, 2]], cursor: 0 };
    *table.step().unwrap() += 5;
    assert_eq!(table.rows, [[2, 7]]);
    assert_eq!(place(table.step()), "index.bounds: `[]` at 1 of 1");
}
