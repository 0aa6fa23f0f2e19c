//! The last size that is admitted, and the first that is not, of each way to ask.

use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::ffi::OsString;
use std::hash::RandomState;
use std::io::{BufReader, BufWriter};
use std::path::PathBuf;

use portcullis::{Violation, bounded_allocation};

use super::refused;

/// Each admits `most` and nothing beyond.
macro_rules! bounds {
    ($($name:ident $operator:literal $most:literal ($count:ident) { $($body:tt)* })*) => {$(
        #[test]
        #[allow(unused_qualifications)]
        fn $name() {
            #[bounded_allocation(max = "1KiB")]
            fn ask($count: usize) -> Result<(), Violation> {
                $($body)*
                Ok(())
            }
            ask(0).unwrap();
            ask($most).unwrap();
            refused(ask($most + 1), $operator);
            refused(ask(usize::MAX / 2), $operator);
            refused(ask(usize::MAX), $operator);
        }
    )*};
}

bounds! {
    list_of_bytes "vec!" 1_024 (n) { let _ = vec![7_u8; n]; }
    list_of_pairs "vec!" 64 (n) { let _ = vec![(1_u64, 2_u64); n]; }
    list_by_its_path "vec!" 512 (n) { let _ = std::vec![1_u16; n]; }
    list_of_lists "vec!" 32 (n) { let _ = vec![vec![1_u64; 1]; n]; }
    lists_within_lists "vec!" 11 (n) { let _ = vec![vec![vec![0_u8; 10]; 2]; n]; }
    vector "with_capacity" 256 (n) { let _ = Vec::<u32>::with_capacity(n); }
    vector_by_its_path "with_capacity" 256 (n) { let _: Vec<u32> = ::std::vec::Vec::with_capacity(n); }
    vector_of_a_qualified_type "with_capacity" 256 (n) { let _ = <Vec<u32>>::with_capacity(n); }
    text "with_capacity" 1_024 (n) { let _ = String::with_capacity(n); }
    queue "with_capacity" 256 (n) { let _ = VecDeque::<u32>::with_capacity(n); }
    heap "with_capacity" 256 (n) { let _ = BinaryHeap::<u32>::with_capacity(n); }
    map "with_capacity" 64 (n) { let _ = HashMap::<u64, u64>::with_capacity(n); }
    map_with_a_hasher "with_capacity_and_hasher" 64 (n) {
        let _ = HashMap::<u64, u64, _>::with_capacity_and_hasher(n, RandomState::new());
    }
    set "with_capacity" 128 (n) { let _ = HashSet::<u64>::with_capacity(n); }
    system_text "with_capacity" 1_024 (n) { let _ = OsString::with_capacity(n); }
    path "with_capacity" 1_024 (n) { let _ = PathBuf::with_capacity(n); }
    reader "with_capacity" 1_024 (n) { let _ = BufReader::with_capacity(n, std::io::empty()); }
    writer "with_capacity" 1_024 (n) { let _ = BufWriter::with_capacity(n, std::io::sink()); }
    room "reserve" 256 (n) { Vec::<u32>::new().reserve(n); }
    room_beyond_what_there_is "reserve" 250 (n) { let mut list = vec![1_u32; 6]; list.reserve(n); }
    exact_room "reserve_exact" 256 (n) { let mut list = Vec::<u32>::new(); list.reserve_exact(n); }
    room_in_a_text "reserve" 1_021 (n) { let mut text = String::from("abc"); text.reserve(n); }
    room_in_a_map "reserve" 63 (n) { let mut map = HashMap::from([(1_u64, 1_u64)]); map.reserve(n); }
    room_in_a_queue "reserve" 256 (n) { let mut queue = VecDeque::<u32>::new(); queue.reserve(n); }
    room_that_may_fail "try_reserve" 256 (n) { let _ = Vec::<u32>::new().try_reserve(n); }
    exact_room_that_may_fail "try_reserve_exact" 256 (n) { let _ = Vec::<u32>::new().try_reserve_exact(n); }
    length "resize" 256 (n) { let mut list = vec![1_u32; 6]; list.resize(n, 7); }
    length_with_a_function "resize_with" 256 (n) { let mut list = vec![1_u32; 6]; list.resize_with(n, || 7); }
    length_of_a_queue "resize" 256 (n) { let mut queue = VecDeque::from([1_u32; 6]); queue.resize(n, 7); }
    repeated_text "repeat" 341 (n) { let _ = "abc".repeat(n); }
    repeated_owned_text "repeat" 341 (n) { let text = String::from("abc"); let _ = text.repeat(n); }
    repeated_list "repeat" 64 (n) { let _ = [1_u64, 2].repeat(n); }
    repeated_slice "repeat" 64 (n) { let list = vec![1_u64, 2]; let _ = list[..].repeat(n); }
    collected_range "collect" 128 (n) { let _ = (0..n).collect::<Vec<_>>(); }
    collected_without_a_hint "collect" 128 (n) { let _: Vec<u64> = (0..).take_while(|at| *at < n as u64).collect(); }
    extended_list "extend" 125 (n) { let mut list = vec![1_u64; 3]; list.extend((0..n).map(|at| at as u64)); }
    extended_without_a_hint "extend" 125 (n) {
        let mut list = vec![1_u64; 3];
        list.extend((0..).take_while(|at| *at < n as u64));
    }
}

#[test]
fn what_has_no_size_may_be_as_many_as_you_like() {
    #[bounded_allocation(max = 1)]
    fn units(count: usize) -> Result<usize, Violation> {
        let mut list = vec![(); count];
        list.reserve(count);
        list.resize(count, ());
        let list: Vec<()> = list.into_iter().collect();
        Ok(list.len())
    }
    assert_eq!(units(usize::MAX / 4).unwrap(), usize::MAX / 4);
}

#[test]
fn memory_that_is_there_is_not_asked_for() {
    #[bounded_allocation(max = 16)]
    fn fill(list: &mut Vec<u8>) -> Result<(), Violation> {
        list.reserve(100);
        list.resize(90, 0);
        list.extend(std::iter::repeat_n(1, 10));
        Ok(())
    }
    let mut list = Vec::with_capacity(100);
    fill(&mut list).unwrap();
    assert_eq!(list.len(), 100);
    refused(fill(&mut list), "reserve");
}

#[test]
fn the_limit_is_a_text_a_number_a_constant_or_an_expression() {
    const LIMIT: u16 = 10;
    static SIZES: [usize; 2] = [10, 20];
    fn limit() -> i32 {
        10
    }
    #[bounded_allocation(max = "10 B")]
    fn text(n: usize) -> Result<Vec<u8>, Violation> {
        Ok(vec![0; n])
    }
    #[bounded_allocation(max = 10)]
    fn number(n: usize) -> Result<Vec<u8>, Violation> {
        Ok(vec![0; n])
    }
    #[bounded_allocation(max = LIMIT)]
    fn constant(n: usize) -> Result<Vec<u8>, Violation> {
        Ok(vec![0; n])
    }
    #[bounded_allocation(max = limit())]
    fn call(n: usize) -> Result<Vec<u8>, Violation> {
        let inner = || vec![0; n];
        Ok(inner())
    }
    #[bounded_allocation(max = SIZES[0] * 1)]
    fn expression(n: usize) -> Result<Vec<u8>, Violation> {
        Ok(vec![0; n])
    }
    #[bounded_allocation(max = limit)]
    fn parameter(n: usize, limit: usize) -> Result<Vec<u8>, Violation> {
        Ok(vec![0; n])
    }
    for ask in [text, number, constant, call, expression, |n| parameter(n, 10)] {
        assert_eq!(ask(10).unwrap().len(), 10);
        refused(ask(11), "vec!");
    }
}

#[test]
fn the_log_names_the_call_and_the_numbers() {
    #[bounded_allocation(max = "1KiB")]
    fn ask(n: usize) -> Result<Vec<u32>, Violation> {
        Ok(Vec::with_capacity(n))
    }
    let line = line!() - 2;
    let violation = ask(300).unwrap_err();
    assert_eq!(violation.to_string(), "the request is refused: allocation");
    let text = violation.internal().to_string();
    assert!(text.starts_with("allocation: `with_capacity` of 1200 bytes, where 1024 are the limit in "), "{text}");
    assert_eq!(violation.internal().location().unwrap().line(), line);
}
