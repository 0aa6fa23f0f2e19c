//! Indices in closures. A violation there unwinds to the function and comes out of it as itself.

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

#[test]
fn a_closure_that_reads() {
    #[checked_indexing]
    fn protected(list: &[u8], places: &[usize]) -> Result<u32, Violation> {
        Ok(places.iter().map(|&i| u32::from(list[i])).sum())
    }
    assert_eq!(protected(&[1, 2], &[0, 1, 1]).unwrap(), 5);
    refused(protected(&[1, 2], &[0, 2]), "[]", at(2, 2));
}

#[test]
fn a_closure_that_writes_to_what_it_captures() {
    #[checked_indexing]
    fn protected(counts: &mut Vec<u32>, bytes: &[usize]) -> Result<u32, Violation> {
        let mut count = |i: usize| {
            counts[i] += 1;
            counts[0] = counts[i];
        };
        bytes.iter().for_each(|&i| count(i));
        Ok(counts[0])
    }
    let mut counts = vec![0; 3];
    assert_eq!(protected(&mut counts, &[1, 2, 2]).unwrap(), 2);
    refused(protected(&mut counts, &[1, 3, 2]), "[]", at(3, 3));
    assert_eq!(counts, [2, 2, 2]);
}

#[test]
fn a_closure_captures_only_the_field_that_it_indexes() {
    struct Game {
        hands: Vec<Vec<u8>>,
        names: Vec<String>,
    }
    twin! {
        fn plain, protected(game: &mut Game) -> usize {
            let mut play = |i: usize| game.hands[i].push(1);
            let name = &mut game.names[0];
            play(0);
            name.push('!');
            play(1);
            game.hands[1].len() + game.names[0].len()
        }
    }
    let make = || Game { hands: vec![vec![], vec![]], names: vec!["a".to_owned()] };
    assert_eq!(plain(&mut make()), protected(&mut make()));
}

#[test]
fn a_closure_that_moves_its_list() {
    #[checked_indexing]
    fn protected(list: Vec<String>, i: usize) -> Result<String, Violation> {
        let pick = move |i: usize| list[i].clone();
        Ok(pick(i))
    }
    assert_eq!(protected(vec!["a".to_owned()], 0).unwrap(), "a");
    refused(protected(vec![], 0), "[]", at(0, 0));
}

#[test]
fn a_closure_with_a_slot_of_its_own() {
    #[checked_indexing]
    fn protected(grid: &[Vec<u8>], places: &[(usize, usize)]) -> Result<Vec<u8>, Violation> {
        let read = |&(i, j): &(usize, usize)| grid[i][j];
        let lengths: usize = places.iter().map(|place| grid[place.0][place.1..].len()).sum();
        let mut all: Vec<u8> = places.iter().map(read).collect();
        all.push(lengths as u8);
        Ok(all)
    }
    let grid = [vec![1, 2], vec![3]];
    assert_eq!(protected(&grid, &[(0, 1), (1, 0)]).unwrap(), [2, 3, 2]);
    refused(protected(&grid, &[(0, 0), (1, 1)]), "[]", at(1, 1));
}

#[test]
fn a_closure_that_is_returned_panics_as_itself() {
    #[checked_indexing(or(panic))]
    fn protected(list: Vec<u8>) -> impl Fn(usize) -> u8 {
        move |i| list[i]
    }
    let pick = protected(vec![7]);
    assert_eq!(pick(0), 7);
    assert!(crate::common::panic_of(|| pick(1)).starts_with("portcullis: index.bounds: `[]` at 1 of 1"));
}

#[test]
fn a_closure_in_an_index() {
    twin! {
        fn plain, protected(list: &[u8], tries: &[usize]) -> u8 {
            list[tries.iter().copied().find(|&i| list[i] == 2).map_or(0, |i| tries[i])]
        }
    }
    assert_eq!(plain(&[1, 2], &[0, 1]), protected(&[1, 2], &[0, 1]));
}

#[test]
fn methods_in_a_closure() {
    #[checked_indexing]
    fn protected(lists: &mut [Vec<u8>], i: usize) -> Result<Vec<u8>, Violation> {
        Ok(lists.iter_mut().map(|list| list.remove(i)).collect())
    }
    assert_eq!(protected(&mut [vec![1, 2], vec![3, 4]], 1).unwrap(), [2, 4]);
    refused(protected(&mut [vec![1, 2], vec![3]], 1), "remove", at(1, 1));
}
