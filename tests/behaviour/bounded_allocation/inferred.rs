//! Types that are found out later than the call.

use std::collections::HashMap;
use std::fmt::Debug;
use std::io::Read;

use portcullis::{Violation, bounded_allocation};

use super::refused;

#[test]
fn an_element_that_is_known_later() {
    #[bounded_allocation(max = 80)]
    fn ask(n: usize) -> Result<(Vec<u64>, Vec<Option<u16>>, HashMap<u8, u64>), Violation> {
        let mut list = Vec::with_capacity(n);
        let optional = vec![None; n];
        let mut map = HashMap::new();
        map.reserve(n);
        list.push(Default::default());
        list.resize(n, Default::default());
        let mut all = vec![Default::default(); n];
        all[0] = 1_u64;
        map.insert(1, list[0]);
        map.insert(2, all[0]);
        Ok((list, optional, map))
    }
    // A map of two words an entry, the largest.
    ask(5).unwrap();
    refused(ask(6), "reserve");
    refused(ask(11), "with_capacity");
}

#[test]
fn items_and_collections_that_are_known_later() {
    twin! {
        fn plain, protected(text: &str) -> Result<(u32, Vec<u64>, Vec<i8>, Vec<f32>), std::num::ParseIntError> {
            fn sum(list: &[u32]) -> u32 {
                list.iter().sum()
            }
            let list: Vec<_> = text.split(',').map(|part| part.parse().unwrap()).collect();
            let tried: Vec<u64> = text.split(',').map(|part| part.parse()).collect::<Result<_, _>>()?;
            let late = text.split(',').map(|part| part.parse().unwrap()).collect();
            let mut fractions = Vec::new();
            fractions.extend(text.split(',').map(|part| part.parse::<f32>().unwrap()));
            let late: Vec<i8> = late;
            Ok((sum(&list), tried, late, fractions))
        }
    }
    assert_eq!(plain("1,2"), protected("1,2"));
}

#[test]
fn counts_that_are_known_later() {
    twin! {
        fn plain, protected(text: &str, lists: &[Vec<u8>]) -> (usize, Vec<u8>, String) {
            let mut list = Vec::with_capacity(text.parse().unwrap());
            list.reserve(lists.iter().map(Vec::len).sum());
            list.resize(text.parse().unwrap(), 7);
            #[rustfmt::skip]
            let filled: Vec<u8> = std::iter::once(&1,).copied().chain(vec![1; text.parse().unwrap()],).collect();
            #[rustfmt::skip]
            let mut list = [list, Vec::with_capacity(text.len(),)].concat();
            #[rustfmt::skip]
            let _ = (&b""[..]).read_to_end(&mut list,);
            (list.len(), filled, "ab".repeat(3u8.into()))
        }
    }
    assert_eq!(plain("4", &[vec![1]]), protected("4", &[vec![1]]));
}

#[test]
fn coercions() {
    trait Shape: Debug {}
    impl Shape for u8 {}
    twin! {
        fn plain, protected(n: usize) -> String {
            let dynamic: Vec<&dyn Shape> = vec![&7_u8; n];
            let functions: Vec<fn(u8) -> u8> = vec![|at| at + 1; n];
            let slice: &[u8] = &vec![1; n];
            let boxed: Box<[u8]> = vec![2; n].into();
            let collected: Box<[&dyn Shape]> = dynamic.iter().copied().collect();
            format!("{dynamic:?} {} {slice:?} {boxed:?} {collected:?}", functions[0](1))
        }
    }
    assert_eq!(plain(2), protected(2));
}

#[test]
fn values_that_live_as_long_as_without_it() {
    twin! {
        fn plain, protected(n: usize) -> usize {
            let mut count = 0;
            for text in vec![&String::from("abc"); n] {
                count += text.len();
            }
            let kept = &vec![String::from("kept"); n];
            count += String::from("chained").chars().collect::<Vec<_>>().iter().filter(|at| **at == 'c').count();
            count += vec![&*String::from("x").repeat(3); n].concat().len();
            count + kept.len()
        }
    }
    assert_eq!(plain(2), protected(2));
}

#[test]
fn hidden_types_and_generic_ones() {
    twin! {
        fn plain, protected<T: Clone + Default + Debug, C: FromIterator<T> + Extend<T> + Default>(n: usize) -> (impl Iterator<Item = T>, C) {
            let mut list = vec![T::default(); n];
            list.extend(std::iter::repeat_n(T::default(), n));
            let mut other: C = list.iter().cloned().collect();
            other.extend(list.clone());
            (list.into_iter(), other)
        }
    }
    let (a, b) = (plain::<u8, Vec<u8>>(2), protected::<u8, Vec<u8>>(2));
    assert_eq!((a.0.collect::<Vec<_>>(), a.1), (b.0.collect(), b.1));
    #[bounded_allocation(max = 100)]
    fn of<T: Clone + Default>(n: usize) -> Result<Vec<T>, Violation> {
        Ok(vec![T::default(); n])
    }
    assert_eq!(of::<u8>(100).unwrap().len(), 100);
    refused(of::<u16>(51).map(|list| list.len()), "vec!");
}
