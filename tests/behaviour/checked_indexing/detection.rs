//! What a refusal says beside operator and values: which place in the source, which function.

use portcullis::{Violation, checked_indexing};

use super::{at, part, refused};

fn line(answer: Result<u8, Violation>) -> u32 {
    let violation = answer.expect_err("a refusal");
    let place = violation.internal().location().expect("a place");
    assert!(place.file().ends_with("checked_indexing/detection.rs"), "{place}");
    place.line()
}

#[test]
fn the_line_is_that_of_the_bracket_or_of_the_method() {
    const FIRST: u32 = line!() + 3;
    #[checked_indexing]
    fn protected(list: &mut Vec<Vec<u8>>, i: usize, j: usize) -> Result<u8, Violation> {
        let value = list[i] // The place is not the statement's.
            [j];
        list[i].swap(0, value as usize);
        list[0][usize::from(value)] = list.remove(value as usize - 1)[0];
        list[0][9] += 1;
        Ok(value)
    }
    assert_eq!(line(protected(&mut vec![], 0, 0)), FIRST);
    assert_eq!(line(protected(&mut vec![vec![]], 0, 0)), FIRST + 1);
    assert_eq!(line(protected(&mut vec![vec![1]], 0, 0)), FIRST + 2);
    assert_eq!(line(protected(&mut vec![vec![2, 0, 0]], 0, 0)), FIRST + 3);
    assert_eq!(line(protected(&mut vec![vec![1, 0]], 0, 0)), FIRST + 3);
    assert_eq!(line(protected(&mut vec![vec![2, 0, 0], vec![1]], 0, 0)), FIRST + 4);
}

#[test]
fn the_first_index_that_leads_nowhere_is_the_one_that_is_named() {
    #[checked_indexing]
    fn protected(grid: &[[u8; 2]], text: &str, i: usize, j: usize) -> Result<usize, Violation> {
        Ok(grid[i][j] as usize + text[i..].len() + text[j..][i..].len())
    }
    let grid = [[1; 2]; 4];
    refused(protected(&grid, "ab", 4, 2), "[]", at(4, 4));
    refused(protected(&grid, "ab", 3, 2), "[]", at(2, 2));
    refused(protected(&grid, "ab", 3, 1), "[]", part(3, 2, 2));
    refused(protected(&grid, "ab", 2, 1), "[]", part(2, 1, 1));
    assert_eq!(protected(&grid, "ab", 1, 1).unwrap(), 2);
}

#[test]
fn the_function_is_named_with_its_module() {
    #[checked_indexing]
    fn protected(list: &[u8]) -> Result<u8, Violation> {
        Ok(list[0])
    }
    let violation = protected(&[]).unwrap_err();
    assert_eq!(violation.internal().function(), concat!(module_path!(), "::protected"));
}

#[test]
fn the_public_half_holds_no_value_and_no_place() {
    #[checked_indexing]
    fn protected(list: &[u8], i: usize) -> Result<u8, Violation> {
        Ok(list[i])
    }
    let violation = protected(&[1; 55], 77).unwrap_err();
    let public = format!("{violation} {violation:?}");
    assert!(public.contains("index.bounds"), "{public}");
    assert!(!["77", "55", "detection", "protected"].iter().any(|secret| public.contains(secret)), "{public}");
    let internal = violation.internal().to_string();
    assert!(internal.starts_with("index.bounds: `[]` at 77 of 55 in "), "{internal}");
}

#[test]
fn the_words_of_a_range_and_of_a_method() {
    #[checked_indexing]
    fn protected(list: &mut Vec<u8>, i: usize) -> Result<u8, Violation> {
        Ok(list[i..][0] + list.remove(i))
    }
    let words = |list: &mut Vec<u8>, i| protected(list, i).unwrap_err().internal().to_string();
    assert!(words(&mut vec![], 3).starts_with("index.bounds: `[]` at 3..0 of 0 in "));
    assert!(words(&mut vec![], 0).starts_with("index.bounds: `[]` at 0 of 0 in "));
    #[checked_indexing(or(panic))]
    fn method(list: &mut Vec<u8>) -> u8 {
        list.remove(7)
    }
    let message = crate::common::panic_of(|| method(&mut vec![1]));
    assert!(message.starts_with("portcullis: index.bounds: `remove` at 7 of 1 in "), "{message}");
}
