//! Elements that are written to.

use std::collections::VecDeque;

use super::{at, refused};
use portcullis::{Violation, checked_indexing};

const PLACES: [usize; 4] = [0, 2, 3, usize::MAX];

fn names() -> Vec<String> {
    ["a", "b", "c"].map(str::to_owned).to_vec()
}

agreeing! {
    an_assignment "[]" (list: [u8; 3] = [1, 2, 3], i: usize = PLACES) { list[i] = 9 }
    an_assignment_through_a_reference "[]" (list: &mut Vec<u8> = &mut vec![1, 2, 3], i: usize = PLACES) { list[i] = 9 }
    an_assignment_behind_a_star "[]" (list: &mut [u8] = &mut [1, 2, 3], i: usize = PLACES) { (*list)[i] = 9 }
    an_assignment_in_a_deque "[]" (list: VecDeque<u8> = VecDeque::from([1, 2, 3]), i: usize = PLACES) { list[i] = 9 }
    an_assignment_that_drops "[]" (list: Vec<String> = names(), i: usize = PLACES) { list[i] = String::from("new") }
    an_assignment_in_parentheses "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { (list[i]) = 9 }
    a_sum "[]" (list: [u8; 3] = [1, 2, 3], i: usize = PLACES) { list[i] += 9 }
    a_sum_in_a_vector "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { list[i] += 9 }
    a_sum_in_a_deque "[]" (list: VecDeque<u8> = VecDeque::from([1, 2, 3]), i: usize = PLACES) { list[i] -= 1 }
    bits "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { list[i] |= 8; list[i] ^= 1; list[i] <<= 2 }
    a_sum_of_text "[]" (list: Vec<String> = names(), i: usize = PLACES) { list[i] += "z" }
    a_field "[]" (list: Vec<(u8, u8)> = vec![(1, 2), (3, 4), (5, 6)], i: usize = PLACES) { list[i].1 = list[i].0 }
    a_sum_in_a_field "[]" (list: Vec<(u8, u8)> = vec![(1, 2), (3, 4), (5, 6)], i: usize = PLACES) { list[i].1 += 1 }
    a_mutable_reference "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { let x = &mut list[i]; *x = 9 }
    a_mutable_part "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { let x = &mut list[i..]; x.reverse() }
    a_mutable_field "[]" (list: Vec<(u8, u8)> = vec![(1, 2); 3], i: usize = PLACES) { let x = &mut list[i].1; *x = 9 }
    behind_a_boxed_element "[]" (list: Vec<Box<u8>> = vec![Box::new(1); 3], i: usize = PLACES) { *list[i] = 9; *list[i] |= 4 }
    a_pair_of_places "[]" (list: Vec<u8> = vec![1, 2, 3], i: usize = PLACES) { (list[i], list[0]) = (list[0], list[i]) }
    an_array_of_places "[]" (list: VecDeque<u8> = VecDeque::from([1, 2, 3]), i: usize = PLACES) { [list[i], _, list[1]] = [7, 8, 9] }
    a_boxed_slice "[]" (list: Box<[u8]> = Box::new([1, 2, 3]), i: usize = PLACES) { list[i] = 9 }
    a_swap_of_std "[]" (list: Vec<String> = names(), i: usize = PLACES) { let mut x = String::new(); std::mem::swap(&mut list[i], &mut x); x }
    a_replacement "[]" (list: Vec<String> = names(), i: usize = PLACES) { std::mem::replace(&mut list[i], String::new()) }
    a_taken_element "[]" (list: Vec<String> = names(), i: usize = PLACES) { std::mem::take(&mut list[i]) }
}

#[test]
fn behind_an_element_that_is_a_reference() {
    #[checked_indexing]
    fn protected(list: &mut Vec<&mut u8>, i: usize) -> Result<(), Violation> {
        *list[i] = 5;
        *list[i] += 1;
        let x = &mut *list[i];
        *x *= 2;
        Ok(())
    }
    let (mut a, mut b) = (1, 2);
    let mut list = vec![&mut a, &mut b];
    protected(&mut list, 1).unwrap();
    refused(protected(&mut list, 2), "[]", at(2, 2));
    assert_eq!((a, b), (1, 12));
}

#[test]
fn places_in_a_struct_and_in_a_tuple_struct() {
    struct Pair {
        x: u8,
        y: u8,
    }
    struct Two(u8, u8);
    twin! {
        fn plain, protected(list: &mut Vec<u8>, i: usize) {
            Pair { x: list[i], y: list[0] } = Pair { x: 7, y: 8 };
            Two(list[1], list[i + 1]) = Two(9, 10);
        }
    }
    let mut lists = [vec![0; 4], vec![0; 4]];
    plain(&mut lists[0], 2);
    protected(&mut lists[1], 2);
    assert_eq!(lists[0], [8, 9, 7, 10]);
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn a_refused_write_writes_nothing_and_what_came_before_stays() {
    #[checked_indexing]
    fn protected(list: &mut [u8], i: usize) -> Result<(), Violation> {
        list[0] = 7;
        list[i] = 9;
        list[1] = 8;
        Ok(())
    }
    let mut list = [1, 2, 3];
    refused(protected(&mut list, 3), "[]", at(3, 3));
    assert_eq!(list, [7, 2, 3]);
}

#[test]
fn the_first_of_several_places_is_written_when_the_second_is_refused() {
    #[checked_indexing]
    fn protected(list: &mut Vec<u8>, i: usize, j: usize) -> Result<(), Violation> {
        (list[i], list[j]) = (8, 9);
        Ok(())
    }
    let mut list = vec![1, 2];
    refused(protected(&mut list, 0, 2), "[]", at(2, 2));
    assert_eq!(list, [8, 2]);
}
