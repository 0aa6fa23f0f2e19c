//! Every type of range, into slices and into text.

use std::ops::{Bound, Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};

use super::{part, refused};
use portcullis::{Violation, checked_indexing};

/// Starts and ends: inside, at the end, behind it, the wrong way round. Text below has its boundaries at 0, 1, 3 and 4.
const PAIRS: [(usize, usize); 12] =
    [(0, 0), (0, 4), (1, 3), (4, 4), (1, 5), (5, 5), (3, 1), (5, 4), (2, 3), (1, 2), (0, usize::MAX), (usize::MAX, 0)];

fn ranges() -> [Range<usize>; 12] {
    PAIRS.map(|(start, end)| start..end)
}

fn inclusive() -> [RangeInclusive<usize>; 12] {
    PAIRS.map(|(start, end)| start..=end)
}

fn bounds() -> Vec<(Bound<usize>, Bound<usize>)> {
    let of = |at| [Bound::Included(at), Bound::Excluded(at), Bound::Unbounded];
    PAIRS
        .iter()
        .flat_map(|&(start, end)| of(start).into_iter().flat_map(move |from| of(end).map(|to| (from, to))))
        .collect()
}

agreeing! {
    a_range "[]" (list: [u8; 4] = [1, 2, 3, 4], r: Range<usize> = ranges()) { &list[r] }
    a_range_of_two_ends "[]" (list: Vec<u8> = vec![1, 2, 3, 4], r: (usize, usize) = PAIRS) { &list[r.0..r.1] }
    a_range_from "[]" (list: &[u8] = &[1, 2, 3, 4], r: RangeFrom<usize> = [0.., 4.., 5.., usize::MAX..]) { &list[r] }
    a_range_from_an_end "[]" (list: &[u8] = &[1, 2, 3, 4], i: usize = [0, 4, 5]) { &list[i..] }
    a_range_to "[]" (list: &[u8] = &[1, 2, 3, 4], r: RangeTo<usize> = [..0, ..4, ..5]) { &list[r] }
    a_range_to_an_end "[]" (list: &[u8] = &[1, 2, 3, 4], i: usize = [0, 4, 5]) { list[..i].len() }
    an_inclusive_range "[]" (list: [u8; 4] = [1, 2, 3, 4], r: RangeInclusive<usize> = inclusive()) { &list[r] }
    an_inclusive_range_of_two_ends "[]" (list: [u8; 4] = [1, 2, 3, 4], r: (usize, usize) = PAIRS) { &list[r.0..=r.1] }
    an_inclusive_range_to "[]" (list: &[u8] = &[1, 2, 3, 4], r: RangeToInclusive<usize> = [..=0, ..=3, ..=4, ..=usize::MAX]) {
        &list[r]
    }
    a_pair_of_bounds "[]" (list: &[u8] = &[1, 2, 3, 4], r: (Bound<usize>, Bound<usize>) = bounds()) { &list[r] }
    a_mutable_range "[]" (list: [u8; 4] = [1, 2, 3, 4], r: Range<usize> = ranges()) { (&mut list[r]).fill(0) }
    a_filled_range "[]" (list: Vec<u8> = vec![1, 2, 3, 4], r: Range<usize> = ranges()) { list[r].fill(0) }
    a_range_of_a_range "[]" (list: &[u8] = &[1, 2, 3, 4], i: usize = [0, 1, 2, 3, 4]) { &list[i..][1..][..1] }
    an_element_of_a_range "[]" (list: &[u8] = &[1, 2, 3, 4], i: usize = [0, 2, 3, 4]) { list[i..][1] }
    text "[]" (list: &str = "aßz", r: Range<usize> = ranges()) { &list[r] }
    text_from "[]" (list: String = "aßz".to_owned(), i: usize = [0, 1, 2, 3, 4, 5]) { &list[i..] }
    text_to "[]" (list: Box<str> = "aßz".into(), i: usize = [0, 1, 2, 3, 4, 5]) { &list[..i] }
    text_of_an_inclusive_range "[]" (list: String = "aßz".to_owned(), r: RangeInclusive<usize> = inclusive()) { &list[r] }
    text_of_an_inclusive_range_to "[]" (list: &str = "aßz", i: usize = [0, 1, 2, 3, 4, usize::MAX]) { &list[..=i] }
    text_of_a_pair_of_bounds "[]" (list: &str = "aßz", r: (Bound<usize>, Bound<usize>) = bounds()) { &list[r] }
    text_of_a_part "[]" (list: &str = "aßz", i: usize = [0, 1, 2, 3, 4]) { list[i..].chars().next() }
    mutable_text "[]" (list: String = "aßz".to_owned(), r: Range<usize> = ranges()) { list[r].make_ascii_uppercase() }
}

#[test]
fn an_inclusive_range_that_was_run_through() {
    twin! {
        fn plain, protected(list: &[u8]) -> usize {
            let mut range = 0..=2;
            while range.next().is_some() {}
            list[range].len()
        }
    }
    assert_eq!(plain(&[1, 2, 3]), protected(&[1, 2, 3]));
}

#[test]
fn the_whole_is_never_outside() {
    twin! { fn plain, protected(list: &[u8], text: &str) -> usize { list[..].len() + text[..].len() } }
    assert_eq!(plain(&[], ""), protected(&[], ""));
    assert_eq!(plain(&[1], "a"), protected(&[1], "a"));
}

#[test]
fn the_ends_are_told() {
    #[checked_indexing]
    fn slices(list: &[u8], kind: u8, i: usize, j: usize) -> Result<usize, Violation> {
        Ok(match kind {
            0 => list[i..j].len(),
            1 => list[i..=j].len(),
            2 => list[i..].len(),
            3 => list[..j].len(),
            4 => list[..=j].len(),
            5 => list[(Bound::Unbounded, Bound::Included(j))].len(),
            6 => list[(Bound::Excluded(i), Bound::Unbounded)].len(),
            _ => list[(Bound::Excluded(i), Bound::Included(j))].len(),
        })
    }
    let list = [0; 4];
    refused(slices(&list, 0, 2, 5), "[]", part(2, 5, 4));
    refused(slices(&list, 0, 3, 1), "[]", part(3, 1, 4));
    refused(slices(&list, 1, 2, 4), "[]", part(2, 5, 4));
    refused(slices(&list, 1, 0, usize::MAX), "[]", part(0, usize::MAX, 4));
    refused(slices(&list, 2, 5, 0), "[]", part(5, 4, 4));
    refused(slices(&list, 3, 0, 5), "[]", part(0, 5, 4));
    refused(slices(&list, 4, 0, 4), "[]", part(0, 5, 4));
    refused(slices(&list, 5, 0, 4), "[]", part(0, 5, 4));
    refused(slices(&list, 6, 4, 0), "[]", part(5, 4, 4));
    refused(slices(&list, 9, 4, 4), "[]", part(5, 5, 4));
}

#[test]
fn the_middle_of_a_character_is_no_place() {
    #[checked_indexing]
    fn protected(text: &str, start: usize, end: usize) -> Result<&str, Violation> {
        Ok(&text[start..end])
    }
    assert_eq!(protected("aßz", 1, 3).unwrap(), "ß");
    refused(protected("aßz", 1, 2), "[]", part(1, 2, 4));
    refused(protected("aßz", 2, 3), "[]", part(2, 3, 4));
}
