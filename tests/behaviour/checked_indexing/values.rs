//! Elements whose value is read: what the check finds is the element.

use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{BuildHasher, DefaultHasher};
use std::ops::Index;
use std::rc::Rc;
use std::slice::SliceIndex;

use portcullis::{Values, Violation, checked_indexing};

use super::refused;

/// Counts how often a map is searched.
#[derive(Clone, Default)]
struct Counted(Rc<Cell<u32>>);

impl BuildHasher for Counted {
    type Hasher = DefaultHasher;
    fn build_hasher(&self) -> DefaultHasher {
        self.0.set(self.0.get() + 1);
        DefaultHasher::new()
    }
}

struct Prices {
    of: HashMap<String, u32, Counted>,
}

type Nested = HashMap<String, HashMap<String, u32, Counted>, Counted>;

fn prices(counted: &Counted) -> Prices {
    let mut of = HashMap::with_hasher(counted.clone());
    of.insert("a".to_owned(), 3);
    Prices { of }
}

#[test]
fn a_map_is_searched_once() {
    #[checked_indexing]
    fn operands(prices: &Prices, key: &str) -> Result<u32, Violation> {
        Ok(prices.of[key] ^ 1)
    }
    #[checked_indexing]
    fn compared(prices: &Prices, key: &str) -> Result<u32, Violation> {
        Ok(u32::from(prices.of[key] == 3) + 1)
    }
    #[checked_indexing]
    fn given_to_a_method(prices: &Prices, key: &str) -> Result<u32, Violation> {
        Ok(0_u32.wrapping_add(prices.of[key]))
    }
    #[checked_indexing]
    fn bound(prices: &Prices, key: &str) -> Result<u32, Violation> {
        let price = prices.of[key];
        Ok(price)
    }
    #[checked_indexing]
    fn assigned(prices: &Prices, key: &str) -> Result<u32, Violation> {
        let mut price = 1;
        price += prices.of[key];
        price ^= 1;
        let last;
        last = price;
        Ok(last)
    }
    #[checked_indexing]
    fn cast(prices: &Prices, key: &str) -> Result<u32, Violation> {
        Ok(prices.of[key] as u32)
    }
    #[checked_indexing]
    fn lent<'a>(prices: &'a Prices, key: &str) -> Result<&'a u32, Violation> {
        Ok(&prices.of[key])
    }
    #[checked_indexing]
    fn lent_by_a_field<'a>(prices: &'a Prices, key: &(&str,)) -> Result<&'a u32, Violation> {
        Ok(&prices.of[key.0])
    }
    #[checked_indexing]
    fn by_a_temporary(prices: &Prices, key: &str) -> Result<u32, Violation> {
        Ok(prices.of[key.to_lowercase().as_str()] + prices.of[&*key.to_owned()] - 3)
    }
    let counted = Counted::default();
    let prices = prices(&counted);
    let once = |searched: u32, answer: Result<u32, Violation>, value: u32| {
        assert_eq!(answer.unwrap(), value);
        assert_eq!(counted.0.take(), searched);
    };
    counted.0.set(0);
    once(1, operands(&prices, "a"), 2);
    once(1, compared(&prices, "a"), 2);
    once(1, given_to_a_method(&prices, "a"), 3);
    once(1, bound(&prices, "a"), 3);
    once(1, assigned(&prices, "a"), 5);
    once(1, cast(&prices, "a"), 3);
    once(1, lent(&prices, "a").copied(), 3);
    once(1, lent_by_a_field(&prices, &("a",)).copied(), 3);
    once(2, by_a_temporary(&prices, "a"), 3);
    for answer in [operands(&prices, "b"), bound(&prices, "b"), lent(&prices, "b").copied()] {
        refused(answer, "[]", Values::None);
    }
}

#[test]
fn a_map_of_maps_is_searched_once_each() {
    #[checked_indexing]
    fn protected(maps: &Nested, outer: &str, inner: &str) -> Result<u32, Violation> {
        Ok(maps[outer][inner] + 1)
    }
    let counted = Counted::default();
    let mut maps = HashMap::with_hasher(counted.clone());
    maps.insert("x".to_owned(), prices(&counted).of);
    counted.0.set(0);
    assert_eq!(protected(&maps, "x", "a").unwrap(), 4);
    assert_eq!(counted.0.get(), 2);
    refused(protected(&maps, "y", "a"), "[]", Values::None);
    refused(protected(&maps, "x", "b"), "[]", Values::None);
}

#[repr(C, packed)]
#[derive(Clone, Copy)]
struct Packed {
    tag: u8,
    value: u32,
}

#[test]
fn a_field_of_a_packed_element_is_copied() {
    twin! {
        fn plain, protected(list: &[Packed], i: usize) -> u32 {
            let value = list[i].value;
            value + list[i].value + u32::from(list[i].tag)
        }
    }
    let list = [Packed { tag: 1, value: 5 }];
    assert_eq!((plain(&list, 0), protected(&list, 0)), (11, 11));
    crate::common::panic_of(|| protected(&list, 1));
}

#[test]
fn parts_are_compared_where_they_lie() {
    twin! {
        fn plain, protected(text: &str, list: &[u8]) -> [bool; 4] {
            [text[..2] == *"ab", list[1..] == list[..1], text[1..] < text[..1], !list[..].is_empty() && list[0] != list[1]]
        }
    }
    assert_eq!(plain("abc", &[1, 1]), protected("abc", &[1, 1]));
    assert_eq!(protected("abc", &[1, 1]), [true, true, false, false]);
}

#[test]
fn behind_boxes_counts_and_references() {
    twin! {
        fn plain, protected(boxes: Vec<Box<u32>>, counts: &[Rc<u32>], mutable: &mut [&mut u32], i: usize) -> u32 {
            *mutable[i] += *boxes[i];
            let sum = *boxes[i] + *counts[i] + *mutable[i];
            sum
        }
    }
    let counts = [Rc::new(2)];
    assert_eq!(plain(vec![Box::new(1)], &counts, &mut [&mut 4], 0), 8);
    assert_eq!(protected(vec![Box::new(1)], &counts, &mut [&mut 4], 0), 8);
}

#[test]
fn a_list_that_grows_by_its_own_element() {
    twin! {
        fn plain, protected(mut list: Vec<u8>) -> Vec<u8> {
            list.push(list[0]);
            list.insert(list[0] as usize, list[list[0] as usize]);
            let last = list.len() - 1;
            list[last] = list[last - 1];
            let mut held = &mut list;
            let first = held[0];
            held = &mut *held;
            held.push(first + held[1]);
            list
        }
    }
    assert_eq!(plain(vec![1, 2, 3]), protected(vec![1, 2, 3]));
}

#[test]
fn what_a_type_parameter_stands_for() {
    fn plain<I: SliceIndex<[u8], Output = u8>>(list: &[u8], i: I) -> u8 {
        list[i] + 1
    }
    #[checked_indexing(or(panic))]
    fn protected<I: SliceIndex<[u8], Output = u8>>(list: &[u8], i: I) -> u8 {
        list[i] + 1
    }
    #[checked_indexing(or(panic))]
    fn any<L: Index<usize, Output = u32> + ?Sized>(list: &L, i: usize) -> u32 {
        let value = list[i];
        value + list[i]
    }
    assert_eq!((plain(&[1], 0_usize), protected(&[1], 0_usize), any(&vec![2_u32], 0)), (2, 2, 4));
    assert_eq!(any(&[3_u32][..], 0), 6);
}

#[test]
fn an_index_that_the_rest_gives_its_type() {
    twin! {
        fn plain, protected(rows: &[[u16; 2]; 2]) -> u16 {
            let (mut i, mut sum) = (0, 0);
            while i < 2 {
                sum += rows[i][1 - i] * rows[1][i];
                i += 1;
            }
            let pick = |row: &[u16; 2], at| row[at];
            sum + pick(&rows[0], 1)
        }
    }
    let rows = [[2, 3], [5, 7]];
    assert_eq!(plain(&rows), protected(&rows));
}

#[test]
fn elements_that_are_mutable_references_are_reborrowed() {
    fn fill(part: &mut [u8]) {
        part.fill(7);
    }
    struct Held<'a> {
        next: &'a mut [u8],
    }
    impl Held<'_> {
        fn swap(&mut self, with: &mut [u8]) {
            self.next.swap_with_slice(with);
        }
    }
    twin! {
        fn plain, protected(parts: &mut [&mut [u8]], i: usize) -> Vec<u8> {
            let mut own = [1, 2];
            let mut spare = [3, 4];
            let mut held = [Held { next: &mut own }];
            fill(parts[i]);
            fill(held[0].next);
            held[0].swap(parts[i]);
            let mut last: &mut [u8] = &mut spare;
            last[0] = 9;
            last = parts[i];
            last[1] = 5;
            let raw = parts[i] as *mut [u8];
            fill(Some(&mut parts[i]).unwrap());
            let mut all = parts[i].to_vec();
            all.push(u8::from(raw.is_null()));
            all
        }
    }
    let lists = [plain, protected].map(|function| {
        let (mut first, mut second) = ([0, 0], [8, 8]);
        function(&mut [&mut first, &mut second], 1)
    });
    assert_eq!(lists[0], lists[1]);
}
