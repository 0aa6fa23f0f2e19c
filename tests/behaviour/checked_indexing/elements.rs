//! What is done with an element: methods, copies, operators, calls, loops.

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

const PLACES: [usize; 4] = [0, 1, 2, usize::MAX];

fn names() -> Vec<String> {
    vec!["a".to_owned(), "bb".to_owned()]
}

agreeing! {
    a_method_that_changes_it "[]" (list: Vec<Vec<u8>> = vec![vec![1], vec![2]], i: usize = PLACES) { list[i].push(9) }
    a_method_that_looks_at_it "[]" (list: Vec<Vec<u8>> = vec![vec![1], vec![]], i: usize = PLACES) { list[i].len() }
    a_method_that_takes_a_copy "[]" (list: Vec<u32> = vec![1, 2], i: usize = PLACES) { list[i].wrapping_add(9) }
    a_clone "[]" (list: Vec<String> = names(), i: usize = PLACES) { list[i].clone() }
    a_chain_of_methods "[]" (list: Vec<String> = names(), i: usize = PLACES) { list[i].chars().rev().map(|c| c as u32).max() }
    a_method_of_a_field "[]" (list: Vec<(u8, String)> = vec![(1, "a".into()), (2, "b".into())], i: usize = PLACES) {
        list[i].1.push('z')
    }
    an_option_that_is_taken "[]" (list: Vec<Option<String>> = vec![Some("a".into()), None], i: usize = PLACES) { list[i].take() }
    an_argument_from_the_same_list "[]" (list: Vec<Vec<usize>> = vec![vec![1], vec![2]], i: usize = PLACES) {
        let n = list.len();
        list[i].push(n)
    }
    a_question_mark "[]" (list: [Result<u8, Violation>; 2] = [Ok(1), Ok(2)], i: usize = PLACES) { list[i].is_ok() }
    an_operand "[]" (list: [u8; 2] = [1, 2], i: usize = PLACES) { 1 + list[i] * 2 - list[0] }
    a_comparison "[]" (list: Vec<String> = names(), i: usize = PLACES) { list[i] == "bb" || list[i] > list[0] }
    a_negation "[]" (list: [i8; 2] = [1, -2], i: usize = PLACES) { -list[i] }
    a_cast "[]" (list: [u8; 2] = [1, 2], i: usize = PLACES) { list[i] as u64 }
    an_argument "[]" (list: [u8; 2] = [1, 2], i: usize = PLACES) { u64::from(list[i]).min(list[0].into()) }
    an_element_of_a_struct "[]" (list: [u8; 2] = [1, 2], i: usize = PLACES) { Some((list[i], [list[i]; 2])) }
    the_ends_of_a_range "[]" (list: [u8; 2] = [1, 2], i: usize = PLACES) { (list[0]..list[i]).count() }
    a_loop_over_it "[]" (list: Vec<Vec<u8>> = vec![vec![1], vec![2, 3]], i: usize = PLACES) {
        for x in &mut list[i] {
            *x += 1;
        }
        let mut sum = 0;
        for x in &list[i] {
            sum += x;
        }
        sum
    }
    a_condition "[]" (list: [bool; 2] = [false, true], i: usize = PLACES) { if list[i] { 1 } else { 2 } }
    a_function_in_a_list "[]" (list: [Function; 2] = [Function(|n| n + n), Function(u8::reverse_bits)], i: usize = PLACES) {
        (list[i].0)(7)
    }
}

/// The address of a function is not the same in each function that names it.
struct Function(fn(u8) -> u8);

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a function")
    }
}

#[test]
fn functions_that_change_what_they_hold() {
    #[checked_indexing]
    fn protected(list: &mut Vec<Box<dyn FnMut(u8) -> u8>>, i: usize, j: usize) -> Result<u8, Violation> {
        let first = list[i](1);
        Ok((list[j])(first))
    }
    let mut sum = 0;
    let add = move |n| {
        sum += n;
        sum
    };
    let mut list: Vec<Box<dyn FnMut(u8) -> u8>> = vec![Box::new(add), Box::new(|n| n * 2)];
    assert_eq!(protected(&mut list, 0, 1).unwrap(), 2);
    assert_eq!(protected(&mut list, 0, 0).unwrap(), 4);
    refused(protected(&mut list, 0, 2), "[]", at(2, 2));
}

#[test]
fn the_place_is_refused_before_the_arguments_are_made() {
    let log = super::Log::default();
    #[checked_indexing]
    fn called(log: &super::Log, list: &[fn(u8) -> u8], i: usize) -> Result<u8, Violation> {
        Ok(list[i](log.on("argument", 1)))
    }
    #[checked_indexing]
    fn method(log: &super::Log, list: &mut Vec<Vec<u8>>, i: usize) -> Result<(), Violation> {
        Ok(list[i].push(log.on("argument", 1)))
    }
    refused(called(&log, &[], 0), "[]", at(0, 0));
    refused(method(&log, &mut vec![], 0), "[]", at(0, 0));
    assert!(log.taken().is_empty());
    assert_eq!(called(&log, &[u8::reverse_bits], 0).unwrap(), 128);
    assert_eq!(log.taken(), ["argument"]);
}

#[test]
fn loops_by_number() {
    twin! {
        fn plain, protected(list: &mut [u32], text: &str) -> u32 {
            let mut sum = 0;
            for i in 0..list.len() {
                sum += list[i];
                list[i] = sum;
            }
            let mut i = list.len();
            while i > 0 && list[i - 1] > 3 {
                i -= 1;
            }
            let bytes = text.as_bytes();
            loop {
                if i >= bytes.len() || bytes[i] == b'z' {
                    break;
                }
                sum += u32::from(bytes[i]);
                i += 1;
            }
            sum
        }
    }
    let mut lists = [[1, 2, 3, 4], [1, 2, 3, 4]];
    assert_eq!(plain(&mut lists[0], "aaaabczx"), protected(&mut lists[1], "aaaabczx"));
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn an_exit_from_the_index() {
    twin! {
        fn plain, protected(list: &[u8], tries: &[Option<usize>]) -> Option<u8> {
            let mut sum = 0;
            for i in tries {
                sum += list[match i {
                    Some(9) => break,
                    Some(8) => continue,
                    Some(i) => *i,
                    None => return None,
                }];
            }
            Some(sum + list[tries.len().checked_sub(1)?])
        }
    }
    for tries in [&[][..], &[Some(0), None], &[Some(0), Some(8), Some(1)], &[Some(1), Some(9), None]] {
        assert_eq!(plain(&[1, 2, 4], tries), protected(&[1, 2, 4], tries));
    }
}
