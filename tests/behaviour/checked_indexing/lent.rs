//! Ranges of texts and keys of maps, where the check is the access: the same lifetimes, the same methods, and other types as
//! before.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{Index, Range};
use std::rc::Rc;

use portcullis::{Violation, checked_indexing};

use crate::common::code;

#[checked_indexing(or(panic))]
fn tail(text: &str) -> &str {
    &text[1..]
}

#[checked_indexing(or(panic))]
fn tail_of_a_string<'a>(text: &'a String, other: &str) -> &'a str {
    let part = &text[..other.len()];
    part
}

#[checked_indexing(or(panic))]
fn tail_of_mutable<'a>(text: &'a mut String, list: &'a mut [u8]) -> (&'a str, &'a [u8]) {
    text.push('!');
    (&text[1..], &list[1..])
}

struct Document {
    text: String,
    kept: &'static str,
    lines: Vec<String>,
}

impl Document {
    #[checked_indexing]
    fn part(&self, range: Range<usize>) -> Result<&str, Violation> {
        Ok(&self.text[range.start..range.end])
    }

    #[checked_indexing]
    fn kept(&self, from: usize) -> Result<&'static str, Violation> {
        Ok(&self.kept[from..])
    }

    #[checked_indexing]
    fn of_a_line(&self, line: usize, from: usize) -> Result<usize, Violation> {
        Ok(self.lines[line][from..].len() + self.lines[line][..from].chars().count())
    }
}

#[test]
fn what_is_lent_lives_as_long_as_it_did() {
    assert_eq!(tail("abc"), "bc");
    let text = String::from("abc");
    assert_eq!(tail_of_a_string(&text, "x"), "a");
    assert_eq!(tail_of_mutable(&mut String::from("ab"), &mut [1, 2]), ("b!", &[2_u8][..]));
    let document = Document { text: "text".into(), kept: "kept", lines: vec!["äöü".into()] };
    let kept = document.kept(2).unwrap();
    assert_eq!(document.part(1..3).unwrap(), "ex");
    assert_eq!(document.of_a_line(0, 2).unwrap(), 5);
    assert_eq!(code(document.of_a_line(0, 1)), "index.bounds");
    assert_eq!(code(document.of_a_line(1, 0)), "index.bounds");
    drop(document);
    assert_eq!(kept, "pt");
}

#[test]
fn a_boundary_of_characters_and_both_ends() {
    #[checked_indexing]
    fn part(text: &str, start: usize, end: usize) -> Result<usize, Violation> {
        Ok(text[start..end].len())
    }
    for text in ["", "a", "äb", "aä", "日本", "a\u{301}é"] {
        for start in 0..=text.len() + 1 {
            for end in 0..=text.len() + 1 {
                match (part(text, start, end), text.get(start..end)) {
                    (Ok(length), Some(part)) => assert_eq!(length, part.len()),
                    (Err(violation), None) => {
                        let shown = violation.internal().to_string();
                        let expected = format!("index.bounds: `[]` at {start}..{end} of {} in", text.len());
                        assert!(shown.starts_with(&expected), "{shown}");
                    }
                    other => panic!("{text:?}[{start}..{end}]: {other:?}"),
                }
            }
        }
    }
    assert!(part("ab", usize::MAX, 0).is_err());
}

#[test]
fn every_form_of_a_range_and_every_holder() {
    #[checked_indexing]
    fn ranges(text: &str, at: usize) -> Result<[usize; 6], Violation> {
        Ok([
            text[at..].len(),
            text[..at].len(),
            text[..=at].len(),
            text[at..=at].len(),
            text[..].len(),
            (text)[at..at + 1].trim().len(),
        ])
    }
    assert_eq!(ranges("abc", 1).unwrap(), [2, 1, 2, 1, 3, 1]);
    assert_eq!(code(ranges("abc", 3)), "index.bounds");
    assert_eq!(code(ranges("äbc", 1)), "index.bounds");

    #[checked_indexing]
    fn holders(at: usize) -> Result<Vec<String>, Violation> {
        let (boxed, counted): (Box<str>, Rc<str>) = ("boxed".into(), "counted".into());
        let (cow, nested, mut owned) = (Cow::Borrowed("cow"), &&"nested", String::from("owned"));
        let mutable = &mut owned;
        let list = [String::from("listed")];
        let (bytes, map) = (vec![1_u8, 2, 3, 4, 5], HashMap::from([("k", String::from("mapped"))]));
        Ok(vec![
            boxed[at..].to_owned(),
            counted[at..].to_uppercase(),
            cow[at..].to_string(),
            nested[at..].replace('e', "E"),
            mutable[at..].trim_start_matches('w').to_owned(),
            list[0][at..].to_owned(),
            map["k"][at..].to_owned(),
            format!("{:?} {}", &bytes[at..], bytes[at..].len()),
        ])
    }
    let expected = ["xed", "UNTED", "w", "stEd", "ned", "sted", "pped", "[3, 4, 5] 3"];
    assert_eq!(holders(2).unwrap(), expected);
    assert_eq!(code(holders(4)), "index.bounds");
}

/// What writes to it stays a place that can be written to.
#[test]
fn methods_that_write() {
    #[checked_indexing]
    fn write(text: &mut String, list: &mut [u8], at: usize) -> Result<(), Violation> {
        text[at..].make_ascii_uppercase();
        list[at..].reverse();
        list[..at].fill(0);
        let _ = list[at..].first_mut().map(|first| *first = 9);
        Ok(())
    }
    let (mut text, mut list) = (String::from("abc"), [1, 2, 3]);
    write(&mut text, &mut list, 1).unwrap();
    assert_eq!((&*text, list), ("aBC", [0, 9, 2]));
    assert_eq!(code(write(&mut text, &mut list, 4)), "index.bounds");
}

/// An operator of one's own is called as before, and so are methods of one's own on `str`.
#[test]
fn own_types_and_traits() {
    struct Rope(Vec<String>);
    impl Index<Range<usize>> for Rope {
        type Output = [String];
        fn index(&self, range: Range<usize>) -> &[String] {
            &self.0[range]
        }
    }
    trait Vowels {
        fn vowels(&self) -> usize;
    }
    impl Vowels for str {
        fn vowels(&self) -> usize {
            self.chars().filter(|letter| "aeiou".contains(*letter)).count()
        }
    }
    #[checked_indexing]
    fn own(rope: &Rope, text: &str, at: usize) -> Result<(usize, usize, usize), Violation> {
        Ok((rope[at..2].len(), text[at..].vowels(), text[at..].chars().count()))
    }
    let rope = Rope(vec!["a".into(), "b".into()]);
    assert_eq!(own(&rope, "aeb", 1).unwrap(), (1, 1, 2));
}

/// The ranges are evaluated once, before the text is looked at, and what they hold drops where it did.
#[test]
fn order() {
    #[checked_indexing(or(panic))]
    fn once(text: &str, asked: &mut Vec<u8>) -> usize {
        let mut ask = |n: usize| {
            asked.push(u8::try_from(n).unwrap());
            n
        };
        text[ask(1)..ask(2)].replace(&text[ask(1)..ask(2)], &text[ask(0)..]).len()
    }
    let mut asked = Vec::new();
    assert_eq!(once("abc", &mut asked), 3);
    assert_eq!(asked, [1, 2, 1, 2, 0]);
}

#[test]
fn keys() {
    use std::collections::BTreeMap;

    struct Table(BTreeMap<String, Vec<u8>>);
    impl Index<&str> for Table {
        type Output = Vec<u8>;
        fn index(&self, key: &str) -> &Vec<u8> {
            &self.0[key]
        }
    }
    impl std::ops::IndexMut<&str> for Table {
        fn index_mut(&mut self, key: &str) -> &mut Vec<u8> {
            self.0.entry(key.to_owned()).or_default()
        }
    }
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Row {
        count: u32,
    }

    #[checked_indexing(or(panic))]
    fn kept<'a>(map: &'a HashMap<u32, String>, key: u32) -> &'a str {
        &map[&key]
    }
    #[checked_indexing]
    fn reads(
        map: &HashMap<u32, Row>,
        tree: &BTreeMap<String, Vec<u8>>,
        table: &mut Table,
    ) -> Result<(u32, Row, usize, u8), Violation> {
        table["a"].push(7);
        table["b"] = vec![1, 2];
        table["b"][1] += 1;
        let list = &mut table["b"];
        list.push(9);
        let length = tree["k"].len() + table["a"].len() + table["b"].len();
        let matched = match map[&1] {
            Row { count } if count > 100 => 0,
            row => row.count + map[&1].count,
        };
        assert!(map[&1] == map[&1] && tree["k"][0] == table["a"][0]);
        Ok((matched, map[&1], length, tree["k"].iter().sum()))
    }
    #[checked_indexing]
    fn missing(map: &HashMap<u32, Row>, key: u32, read: u8) -> Result<u32, Violation> {
        Ok(match read {
            0 => map[&key].count,
            1 => (&map[&key]).count,
            2 => map[&key].clone().count,
            _ => {
                let row = map[&key];
                row.count
            }
        })
    }
    let map = HashMap::from([(1, Row { count: 4 })]);
    let tree = BTreeMap::from([("k".to_owned(), vec![7])]);
    let mut table = Table(BTreeMap::new());
    assert_eq!(reads(&map, &tree, &mut table).unwrap(), (8, Row { count: 4 }, 5, 7));
    assert_eq!(table.0["b"], [1, 3, 9]);
    for read in 0..4 {
        assert_eq!(missing(&map, 1, read).unwrap(), 4);
        assert_eq!(code(missing(&map, 2, read)), "index.bounds");
    }
    assert_eq!(kept(&HashMap::from([(3, "three".to_owned())]), 3), "three");
}
