//! The methods of text that panic outside of it, and within a character.

use std::ops::Range;

use super::{at, part, refused};
use portcullis::{Violation, checked_indexing};

/// Characters of one, two, three and four bytes: boundaries at 0, 1, 3, 6 and 10.
const TEXT: &str = "aß€🦀";
const PLACES: Range<usize> = 0..12;

fn text() -> String {
    TEXT.to_owned()
}

fn pairs() -> impl Iterator<Item = Range<usize>> {
    PLACES.flat_map(|start| PLACES.map(move |end| start..end))
}

agreeing! {
    split_at "split_at" (list: &str = TEXT, i: usize = PLACES) { list.split_at(i) }
    split_at_of_a_string "split_at" (list: String = text(), i: usize = PLACES) { list.split_at(i) }
    split_at_mut "split_at_mut" (list: String = text(), i: usize = PLACES) { list.split_at_mut(i).0.make_ascii_uppercase() }
    remove "remove" (list: String = text(), i: usize = PLACES) { list.remove(i) }
    insert "insert" (list: String = text(), i: usize = PLACES) { list.insert(i, 'é') }
    insert_str "insert_str" (list: String = text(), i: usize = PLACES) { list.insert_str(i, "new") }
    split_off "split_off" (list: String = text(), i: usize = PLACES) { list.split_off(i) }
    truncate "truncate" (list: String = text(), i: usize = PLACES) { list.truncate(i) }
    drain "drain" (list: String = text(), r: Range<usize> = pairs()) { list.drain(r).collect::<String>() }
    drain_inclusive "drain" (list: String = text(), i: usize = PLACES) { list.drain(..=i).collect::<String>() }
    replace_range "replace_range" (list: String = text(), r: Range<usize> = pairs()) { list.replace_range(r, "new") }
    replace_range_from "replace_range" (list: String = text(), i: usize = PLACES) { list.replace_range(i.., "") }
    remove_behind_a_reference "remove" (list: &mut String = &mut text(), i: usize = PLACES) { list.remove(i) }
    remove_in_an_element "remove" (list: Vec<String> = vec![text()], i: usize = PLACES) { list[0].remove(i) }
    split_at_of_a_part "split_at" (list: &str = TEXT, i: usize = PLACES) { list[1..].split_at(i) }
}

#[test]
fn the_values_are_told() {
    #[checked_indexing]
    fn protected(text: &mut String, kind: u8, i: usize) -> Result<(), Violation> {
        match kind {
            0 => drop(text.remove(i)),
            1 => text.truncate(i),
            2 => drop(text.drain(i..)),
            _ => text.insert_str(i, ""),
        }
        Ok(())
    }
    let mut text = text();
    refused(protected(&mut text, 0, 2), "remove", at(2, 10));
    refused(protected(&mut text, 0, 10), "remove", at(10, 10));
    refused(protected(&mut text, 1, 2), "truncate", at(2, 10));
    refused(protected(&mut text, 2, 2), "drain", part(2, 10, 10));
    refused(protected(&mut text, 3, 11), "insert_str", at(11, 10));
    assert_eq!(text, TEXT);
}
