//! Types of the user's: with an index operator of their own, or leading to a list by `Deref`.

use std::cell::Cell;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use portcullis::{Values, Violation, checked_indexing};

use super::{part, refused};

/// Any number is inside. How often it was asked, shared and mutable, is counted.
#[derive(Debug, Default, PartialEq)]
struct Ring {
    items: [u8; 3],
    shared: Cell<u32>,
    mutable: u32,
}

impl Index<i32> for Ring {
    type Output = u8;
    fn index(&self, i: i32) -> &u8 {
        self.shared.set(self.shared.get() + 1);
        &self.items[i.rem_euclid(3) as usize]
    }
}

impl IndexMut<i32> for Ring {
    fn index_mut(&mut self, i: i32) -> &mut u8 {
        self.mutable += 1;
        &mut self.items[i.rem_euclid(3) as usize]
    }
}

#[test]
fn an_operator_of_the_users_is_called_as_before_and_once() {
    twin! {
        fn plain, protected(ring: &mut Ring, i: i32) -> u8 {
            ring[i] = 7;
            ring[i] += 1;
            ring[-1] |= ring[i];
            let x = &mut ring[4];
            *x += 1;
            let y = &ring[i];
            y.count_ones() as u8 + ring[i].leading_zeros() as u8 + ring[1_000]
        }
    }
    let (mut a, mut b) = (Ring::default(), Ring::default());
    assert_eq!(plain(&mut a, -5), protected(&mut b, -5));
    assert_eq!(a, b);
    assert_eq!((a.shared.get(), a.mutable), (4, 4));
}

#[test]
fn a_key_that_is_no_copy() {
    struct Named(Vec<(String, u8)>);
    impl Index<String> for Named {
        type Output = u8;
        fn index(&self, key: String) -> &u8 {
            self.0.iter().find(|(name, _)| *name == key).map_or(&0, |(_, value)| value)
        }
    }
    twin! {
        fn plain, protected(named: &Named, key: String) -> u8 {
            let first = named[String::from("a")];
            let again = named[key.clone()];
            first + again + named[key]
        }
    }
    let named = Named(vec![("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(plain(&named, "b".to_owned()), protected(&named, "b".to_owned()));
}

#[test]
fn a_list_behind_an_operator_of_the_users() {
    struct Rows(Vec<Vec<u8>>);
    impl Index<&str> for Rows {
        type Output = Vec<u8>;
        fn index(&self, name: &str) -> &Vec<u8> {
            &self.0[name.len()]
        }
    }
    impl IndexMut<&str> for Rows {
        fn index_mut(&mut self, name: &str) -> &mut Vec<u8> {
            &mut self.0[name.len()]
        }
    }
    twin! {
        fn plain, protected(rows: &mut Rows, i: usize) -> u8 {
            rows["a"][i] = 7;
            rows["a"].push(1);
            rows[""][0] += rows["a"][i];
            rows[""][0]
        }
    }
    let make = || Rows(vec![vec![1], vec![2]]);
    assert_eq!(plain(&mut make(), 0), protected(&mut make(), 0));
}

#[derive(Debug, PartialEq)]
struct Hand(Vec<u8>);

impl Deref for Hand {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Hand {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

const PLACES: [usize; 4] = [0, 1, 2, usize::MAX];

fn hand() -> Hand {
    Hand(vec![1, 2])
}

agreeing! {
    what_leads_to_a_list "[]" (list: Hand = hand(), i: usize = PLACES) { list[i] }
    a_write_to_what_leads_to_a_list "[]" (list: Hand = hand(), i: usize = PLACES) { list[i] = 9 }
    a_sum_in_what_leads_to_a_list "[]" (list: Hand = hand(), i: usize = PLACES) { list[i] += 9 }
    a_part_of_what_leads_to_a_list "[]" (list: Hand = hand(), i: usize = [0, 2, 3]) { &list[i..] }
    a_reference_to_what_leads_to_a_list "[]" (list: &Hand = &hand(), i: usize = PLACES) { list[i] }
    a_box_of_what_leads_to_a_list "[]" (list: Box<Hand> = Box::new(hand()), i: usize = PLACES) { list[i] = 9 }
    a_mutable_reference_to_what_leads_to_a_list "[]" (list: &mut Hand = &mut hand(), i: usize = PLACES) { list[i] += 9 }
    what_leads_to_a_list_in_a_list "[]" (list: Vec<Hand> = vec![hand()], i: usize = PLACES) { list[0][i] = 9 }
    what_leads_to_a_list_in_a_missing_element "[]" (list: Vec<Hand> = vec![hand()], i: usize = [0, 1]) { list[i][0] += 9 }
    a_newtype "[]" (list: Hand = hand(), i: usize = PLACES) { list.0[i] }
    a_write_to_a_newtype "[]" (list: Hand = hand(), i: usize = PLACES) { list.0[i] -= 1 }
    behind_a_star "[]" (list: Hand = hand(), i: usize = PLACES) { (*list)[i] }
}

#[test]
fn what_leads_to_text() {
    struct Name(String);
    impl Deref for Name {
        type Target = str;
        fn deref(&self) -> &str {
            &self.0
        }
    }
    #[checked_indexing]
    fn protected(name: &Name, i: usize) -> Result<&str, Violation> {
        Ok(&name[i..])
    }
    let name = Name("aß".to_owned());
    assert_eq!(protected(&name, 1).unwrap(), "ß");
    refused(protected(&name, 2), "[]", part(2, 3, 3));
}

#[test]
fn an_operator_wins_over_what_deref_leads_to() {
    struct Shifted(Vec<u8>);
    impl Deref for Shifted {
        type Target = Vec<u8>;
        fn deref(&self) -> &Vec<u8> {
            &self.0
        }
    }
    impl Index<usize> for Shifted {
        type Output = u8;
        fn index(&self, i: usize) -> &u8 {
            self.0.get(i.wrapping_sub(1)).unwrap_or(&9)
        }
    }
    twin! {
        fn plain, protected(list: &Shifted) -> [u8; 4] {
            let boxed = Box::new(Shifted(vec![7]));
            [list[1], list[2], list[0], boxed[1]]
        }
    }
    let list = Shifted(vec![1, 2]);
    assert_eq!(plain(&list), protected(&list));
    assert_eq!(protected(&list), [1, 2, 9, 7]);
}

#[test]
fn a_list_of_the_users_named_as_one_of_stds() {
    struct Vec(u8);
    impl Index<u8> for Vec {
        type Output = u8;
        fn index(&self, _: u8) -> &u8 {
            &self.0
        }
    }
    twin! { fn plain, protected(list: &Vec) -> u8 { list[200] + list[0] } }
    assert_eq!(plain(&Vec(3)), protected(&Vec(3)));
}

#[test]
fn several_operators_on_one_type() {
    struct Table(Vec<u8>);
    impl Index<usize> for Table {
        type Output = u8;
        fn index(&self, i: usize) -> &u8 {
            self.0.get(i).unwrap_or(&0)
        }
    }
    impl Index<&str> for Table {
        type Output = [u8];
        fn index(&self, _: &str) -> &[u8] {
            &self.0
        }
    }
    #[checked_indexing]
    fn protected(table: &Table, i: usize) -> Result<u8, Violation> {
        Ok(table[9] + table["all"][i])
    }
    #[checked_indexing]
    fn lends(table: &Table, i: usize) -> Result<&u8, Violation> {
        Ok(&table["all"][i])
    }
    let table = Table(vec![1]);
    assert_eq!((protected(&table, 0).unwrap(), *lends(&table, 0).unwrap()), (1, 1));
    refused(protected(&table, 1), "[]", Values::Index { index: 1, length: 1 });
    // What is behind an operator of the user's is only known where it is read.
    crate::common::panic_of(|| lends(&table, 1).is_ok());
}

/// Leads to a list, and has an operator of its own, for which any index is inside.
#[derive(Clone, Debug, PartialEq)]
struct Wheel(Vec<u8>);

impl Deref for Wheel {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wheel {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Index<usize> for Wheel {
    type Output = u8;
    fn index(&self, i: usize) -> &u8 {
        &self.0[i % self.0.len()]
    }
}

impl IndexMut<usize> for Wheel {
    fn index_mut(&mut self, i: usize) -> &mut u8 {
        let length = self.0.len();
        &mut self.0[i % length]
    }
}

#[test]
fn an_operator_of_its_own_comes_before_the_list_that_it_leads_to() {
    twin! {
        fn plain, protected(wheel: &mut Wheel, i: usize) -> u8 {
            wheel[i] += 1;
            let next = &mut wheel[i + 1];
            *next *= 2;
            wheel[i] + wheel[i + 1] + wheel[1_000]
        }
    }
    let mut wheels = [Wheel(vec![1, 2, 3]), Wheel(vec![1, 2, 3])];
    for i in [0, 2, 3, 100] {
        assert_eq!(plain(&mut wheels[0], i), protected(&mut wheels[1], i));
    }
    assert_eq!(wheels[0], wheels[1]);
}

#[test]
fn an_operator_of_its_own_comes_first_also_with_no_reference_between() {
    struct Cart {
        wheel: Wheel,
    }
    twin! {
        fn plain, protected(cart: &mut Cart, mut wheel: Wheel, i: usize) -> [u8; 2] {
            cart.wheel[i] += 1;
            wheel[i] += 1;
            [cart.wheel[i + 1_000], wheel[i + 1_000]]
        }
    }
    let wheel = Wheel(vec![1, 2, 3]);
    let mut carts = [Cart { wheel: wheel.clone() }, Cart { wheel: wheel.clone() }];
    for i in [0, 2, 3, 100] {
        assert_eq!(plain(&mut carts[0], wheel.clone(), i), protected(&mut carts[1], wheel.clone(), i));
    }
    assert_eq!(carts[0].wheel, carts[1].wheel);
}
