//! An index by number into every collection of std that has one.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use super::{at, refused};
use portcullis::{Violation, checked_indexing};

const PLACES: [usize; 6] = [0, 1, 2, 3, 4, usize::MAX];

agreeing! {
    an_array "[]" (list: [u8; 3] = [7, 8, 9], i: usize = PLACES) { list[i] }
    a_slice "[]" (list: &[u8] = &[7, 8, 9], i: usize = PLACES) { list[i] }
    a_mutable_slice "[]" (list: &mut [u8] = &mut [7, 8, 9], i: usize = PLACES) { list[i] }
    a_reference_to_an_array "[]" (list: &[u8; 3] = &[7, 8, 9], i: usize = PLACES) { list[i] }
    a_vector "[]" (list: Vec<u8> = vec![7, 8, 9], i: usize = PLACES) { list[i] }
    a_reference_to_a_vector "[]" (list: &Vec<u8> = &vec![7, 8, 9], i: usize = PLACES) { list[i] }
    references_to_references "[]" (list: &&mut &[u8] = &&mut &[7, 8, 9][..], i: usize = PLACES) { list[i] }
    a_deque "[]" (list: VecDeque<u8> = VecDeque::from([7, 8, 9]), i: usize = PLACES) { list[i] }
    a_boxed_slice "[]" (list: Box<[u8]> = Box::new([7, 8, 9]), i: usize = PLACES) { list[i] }
    a_boxed_array "[]" (list: Box<[u8; 3]> = Box::new([7, 8, 9]), i: usize = PLACES) { list[i] }
    a_boxed_vector "[]" (list: Box<Vec<u8>> = Box::new(vec![7, 8, 9]), i: usize = PLACES) { list[i] }
    a_counted_slice "[]" (list: Rc<[u8]> = Rc::new([7, 8, 9]), i: usize = PLACES) { list[i] }
    a_counted_vector "[]" (list: Rc<Vec<u8>> = Rc::new(vec![7, 8, 9]), i: usize = PLACES) { list[i] }
    a_shared_slice "[]" (list: Arc<[u8]> = Arc::new([7, 8, 9]), i: usize = PLACES) { list[i] }
    a_shared_deque "[]" (list: Arc<VecDeque<u8>> = Arc::new(VecDeque::from([7, 8, 9])), i: usize = PLACES) { list[i] }
    a_borrowed_cow "[]" (list: Cow<'_, [u8]> = Cow::Borrowed(&[7, 8, 9]), i: usize = PLACES) { list[i] }
    an_owned_cow "[]" (list: Cow<'_, [u8]> = Cow::Owned(vec![7, 8, 9]), i: usize = PLACES) { list[i] }
    pointers_in_pointers "[]" (list: Rc<Box<Arc<[u8]>>> = Rc::new(Box::new(Arc::new([7, 8, 9]))), i: usize = PLACES) {
        list[i]
    }
    behind_a_star "[]" (list: &Vec<u8> = &vec![7, 8, 9], i: usize = PLACES) { (*list)[i] }
    behind_two_stars "[]" (list: &Box<[u8]> = &Box::from([7, 8, 9]), i: usize = PLACES) { (**list)[i] }
    a_star_of_an_element "[]" (list: Vec<&u8> = vec![&7, &8], i: usize = PLACES) { *list[i] }
    a_borrowed_cell "[]" (list: RefCell<Vec<u8>> = RefCell::new(vec![7, 8, 9]), i: usize = PLACES) { list.borrow()[i] }
    as_bytes "[]" (list: String = "añz".to_owned(), i: usize = PLACES) { list.as_bytes()[i] }
    a_collected_list "[]" (list: &str = "añz", i: usize = PLACES) { list.chars().collect::<Vec<_>>()[i] }
    an_array_of_constants "[]" (list: () = (), i: usize = PLACES) { [7, 8, 9][i] }
    bytes_of_a_literal "[]" (list: () = (), i: usize = PLACES) { b"abc"[i] }
    a_computed_index "[]" (list: [u8; 4] = [1, 2, 3, 4], i: usize = PLACES) { list[(i >> 1) | 2] }
}

#[test]
fn an_empty_list_has_no_element() {
    #[checked_indexing]
    fn vector(list: Vec<u8>) -> Result<u8, Violation> {
        Ok(list[0])
    }
    #[checked_indexing]
    fn array(list: [u8; 0], i: usize) -> Result<u8, Violation> {
        Ok(list[i])
    }
    #[checked_indexing]
    fn deque(list: VecDeque<u8>) -> Result<u8, Violation> {
        Ok(list[0])
    }
    refused(vector(Vec::new()), "[]", at(0, 0));
    refused(array([], 0), "[]", at(0, 0));
    refused(deque(VecDeque::new()), "[]", at(0, 0));
}

#[test]
fn elements_without_a_size() {
    #[checked_indexing]
    fn protected(list: &[()], i: usize) -> Result<(), Violation> {
        Ok(list[i])
    }
    let list = [(); 5];
    protected(&list, 4).unwrap();
    refused(protected(&list, 5), "[]", at(5, 5));
}

#[test]
fn a_deque_that_wraps_around() {
    #[checked_indexing]
    fn protected(list: &VecDeque<u8>, i: usize) -> Result<u8, Violation> {
        Ok(list[i])
    }
    let mut list = VecDeque::with_capacity(4);
    list.extend([0, 1, 2, 3]);
    list.rotate_left(2);
    list.push_front(9);
    assert_eq!([0, 1, 4].map(|i| protected(&list, i).unwrap()), [9, 2, 1]);
    refused(protected(&list, 5), "[]", at(5, 5));
}
