//! Protected functions that a macro writes, with lists and indices that come from its caller.

use portcullis::{Violation, checked_indexing};

use super::{at, refused};

macro_rules! functions {
    ($($name:ident($list:ident: $type:ty, $i:ident) $read:expr, $written:expr, $value:expr;)*) => {$(
        #[checked_indexing]
        #[allow(unused_mut)]
        fn $name(mut $list: $type, $i: usize) -> Result<(u8, $type), Violation> {
            let before = $read;
            $written = $value;
            $written += $value;
            let place = &mut $written;
            *place += $value;
            Ok((before, $list))
        }
    )*};
}
functions! {
    of_an_array(list: [u8; 2], i) list[i], list[i], 7;
    of_a_vector(list: Vec<u8>, i) list[i], list[i], 7;
    of_a_grid(list: Vec<Vec<u8>>, i) list[0][i], list[0][i], 7;
    of_a_tuple(list: (u8, Vec<(u8, u8)>), i) list.1[i].0, list.1[i].1, 7;
}

#[test]
fn whole_places_from_the_caller() {
    assert_eq!(of_an_array([1, 2], 1).unwrap(), (2, [1, 21]));
    assert_eq!(of_a_vector(vec![1, 2], 1).unwrap(), (2, vec![1, 21]));
    assert_eq!(of_a_grid(vec![vec![1, 2]], 1).unwrap(), (2, vec![vec![1, 21]]));
    assert_eq!(of_a_tuple((0, vec![(3, 4)]), 0).unwrap(), (3, (0, vec![(3, 21)])));
    refused(of_an_array([1, 2], 2), "[]", at(2, 2));
    refused(of_a_vector(vec![], 0), "[]", at(0, 0));
    refused(of_a_grid(vec![vec![]], 0), "[]", at(0, 0));
    refused(of_a_tuple((0, vec![]), 0), "[]", at(0, 0));
}

macro_rules! parts {
    ($($name:ident($list:ident: $type:ty, $i:ident) $base:expr, $index:expr;)*) => {$(
        #[checked_indexing]
        #[allow(unused_mut)]
        fn $name(mut $list: $type, $i: usize) -> Result<($type, u8), Violation> {
            $base[$index] = 7;
            $base[$index] += 1;
            $base.swap(0, $index);
            let length = $base[$index].count_ones() as u8;
            Ok(($list, length))
        }
    )*};
}
parts! {
    base_of_an_array(list: [u8; 2], i) list, i;
    base_of_a_vector(list: Vec<u8>, i) list, i;
    base_of_a_field(list: (u8, Vec<u8>), i) list.1, i;
    base_of_an_element(list: Vec<Vec<u8>>, i) list[0], i;
    computed(list: [u8; 2], i) list, i * 2 - i;
}

/// A list that is named by an expression of the caller's is that list, and no copy of it.
#[test]
fn bases_and_indices_from_the_caller() {
    assert_eq!(base_of_an_array([1, 2], 1).unwrap(), ([8, 1], 1));
    assert_eq!(base_of_a_vector(vec![1, 2], 1).unwrap(), (vec![8, 1], 1));
    assert_eq!(base_of_a_field((0, vec![1, 2]), 1).unwrap(), ((0, vec![8, 1]), 1));
    assert_eq!(base_of_an_element(vec![vec![1, 2]], 1).unwrap(), (vec![vec![8, 1]], 1));
    assert_eq!(computed([1, 2], 1).unwrap(), ([8, 1], 1));
    refused(base_of_an_array([1, 2], 2), "[]", at(2, 2));
    refused(base_of_a_field((0, vec![]), 0), "[]", at(0, 0));
    refused(base_of_an_element(vec![vec![1]], 1), "[]", at(1, 1));
}

#[test]
fn names_of_the_macro_and_of_its_caller_stay_apart() {
    macro_rules! function {
        ($name:ident, $i:expr) => {
            #[checked_indexing]
            fn $name(i: usize) -> Result<u8, Violation> {
                let list = [1, 2];
                Ok(list[$i] * 10 + list[i])
            }
        };
    }
    const PLACE: usize = 1;
    function!(apart, PLACE);
    assert_eq!(apart(0).unwrap(), 21);
    refused(apart(2), "[]", at(2, 2));
}

#[test]
fn names_that_are_shadowed() {
    twin! {
        fn plain, protected(list: &[u8], i: usize) -> u8 {
            let list = &list[i..];
            let i = list[0] as usize;
            let list = [list[i], list[i - 1]];
            {
                let list = vec![9, 8];
                let i = list[i] as usize - 8;
                let _ = list[i];
            }
            let [element, found, violation] = [list[i], list[0], list[1]];
            element + found + violation
        }
    }
    assert_eq!(plain(&[0, 1, 2], 1), protected(&[0, 1, 2], 1));
}
